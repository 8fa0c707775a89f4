//! What the columns of an order file mean (SPEC 8).

use regulars_author::diagnostic::{Place, Problem, Problems};

/// The columns with a meaning of their own.
pub const CANONICAL: [&str; 13] = [
    "visitor_id",
    "order_id",
    "at",
    "value",
    "currency",
    "item_id",
    "item_name",
    "item_brand",
    "item_category",
    "item_variant",
    "item_price",
    "item_quantity",
    "item_total",
];

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Whose order.
    Visitor,
    /// Which order.
    Order,
    /// When.
    At,
    /// The order's value.
    Value,
    /// The order's currency.
    Currency,
    /// What the line cost.
    Total,
    /// The price of one.
    Price,
    /// How many.
    Quantity,
    /// A field of the line, by its name.
    Field(String),
    /// A property of the order, by its name.
    Property(String),
    /// Nothing: it has no name, or another column took its place.
    Nothing,
}

/// What a column with this name is.
pub fn meaning_of(name: &str) -> Meaning {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "" => Meaning::Nothing,
        "visitor_id" => Meaning::Visitor,
        "order_id" => Meaning::Order,
        "at" => Meaning::At,
        "value" => Meaning::Value,
        "currency" => Meaning::Currency,
        "item_total" => Meaning::Total,
        "item_price" => Meaning::Price,
        "item_quantity" => Meaning::Quantity,
        _ if CANONICAL.contains(&lower.as_str()) => Meaning::Field(lower[5..].to_owned()),
        _ if lower.starts_with("item_") && lower.len() > 5 => Meaning::Field(name[5..].to_owned()),
        _ => Meaning::Property(name.to_owned()),
    }
}

/// What each column of a file means; `map` says which column a canonical name stands for.
///
/// # Errors
/// `unknown_name`, `unknown_column`, `duplicate_column`, `missing_column`: all at once.
pub fn meanings(columns: &[String], map: &[(String, String)]) -> Result<Vec<Meaning>, Vec<Problem>> {
    let mut problems = Problems::default();
    let root = Place::default();
    let mut meanings: Vec<Meaning> = columns.iter().map(|column| meaning_of(column)).collect();
    let mut mapped = vec![false; columns.len()];
    for (canonical, column) in map {
        let (canonical, column) = (canonical.trim(), column.trim());
        let meaning = meaning_of(canonical);
        if matches!(meaning, Meaning::Property(_) | Meaning::Nothing) {
            let near = nearest(canonical, &CANONICAL).unwrap_or_else(|| CANONICAL.join(", "));
            let fix = format!("Use {near}, or item_ and a name of your own.");
            problems.error_with_fix("unknown_name", &root, format!("`{canonical}` is not a name that a column can be mapped to."), fix);
            continue;
        }
        let exact = columns.iter().position(|other| other == column);
        let Some(at) = exact.or_else(|| columns.iter().position(|other| other.eq_ignore_ascii_case(column))) else {
            problems.error_with_fix("unknown_column", &root, format!("The file has no column `{column}`."), has(columns));
            continue;
        };
        if mapped[at] {
            problems.error("duplicate_column", &root, format!("The column `{column}` is mapped twice."));
        }
        if columns.iter().filter(|other| **other == columns[at]).count() > 1 {
            let message = format!("Two columns are called `{column}`.");
            problems.error_with_fix("duplicate_column", &root, message, "Rename one of them in the file.");
        }
        for (other, is_mapped) in meanings.iter_mut().zip(&mapped) {
            if *other == meaning && !is_mapped {
                *other = Meaning::Nothing;
            }
        }
        (meanings[at], mapped[at]) = (meaning, true);
    }
    for (at, meaning) in meanings.iter().enumerate().filter(|(_, meaning)| **meaning != Meaning::Nothing) {
        if meanings[..at].contains(meaning) {
            let message = format!("Two columns mean the same: the second is `{}`.", columns[at]);
            problems.error_with_fix(
                "duplicate_column",
                &root,
                message,
                "Rename one in the file, or map the one that is meant if they have different names.",
            );
        }
    }
    for (meaning, name) in [(Meaning::Visitor, "visitor_id"), (Meaning::At, "at")] {
        if !meanings.contains(&meaning) {
            problems.error_with_fix("missing_column", &root, format!("No column is {name}, which every order needs."), has(columns));
        }
    }
    if problems.list.is_empty() { Ok(meanings) } else { Err(problems.list) }
}

fn has(columns: &[String]) -> String {
    let named: Vec<_> = columns.iter().filter(|column| !column.is_empty()).map(|column| format!("`{column}`")).collect();
    format!("Its columns are {}; say which one is meant with a map.", named.join(", "))
}

fn nearest(name: &str, known: &[&str]) -> Option<String> {
    let near = known.iter().max_by(|a, b| strsim::jaro(name, a).total_cmp(&strsim::jaro(name, b)))?;
    (strsim::jaro(name, near) > 0.75).then(|| (*near).to_owned())
}

/// What shops call these columns: lower case, letters and digits only. The first that a file has counts.
const GUESSES: [(&str, &[&str]); 13] = [
    (
        "visitor_id",
        &[
            "visitorid",
            "customerid",
            "userid",
            "clientid",
            "householdid",
            "profileid",
            "contactid",
            "memberid",
            "custid",
            "customernumber",
            "customerno",
            "customer",
            "klantnummer",
            "klantid",
            "visitor",
            "user",
            "customeremail",
            "billingemail",
            "email",
        ],
    ),
    (
        "order_id",
        &[
            "orderid",
            "ordernumber",
            "orderno",
            "invoiceno",
            "invoiceid",
            "invoice",
            "basketid",
            "transactionid",
            "receiptid",
            "ordername",
            "bestelnummer",
            "ordernummer",
            "saleid",
            "order",
        ],
    ),
    (
        "at",
        &[
            "at",
            "orderedat",
            "createdat",
            "orderdate",
            "ordertime",
            "invoicedate",
            "transactiontimestamp",
            "transactiondate",
            "purchasedate",
            "processedat",
            "paidat",
            "timestamp",
            "datetime",
            "besteldatum",
            "orderdatum",
            "date",
            "datum",
            "time",
        ],
    ),
    (
        "value",
        &[
            "value",
            "ordervalue",
            "ordertotal",
            "total",
            "totalprice",
            "grandtotal",
            "revenue",
            "amount",
            "dollars",
            "totaal",
            "totaalbedrag",
            "bedrag",
        ],
    ),
    ("currency", &["currency", "currencycode", "ordercurrency", "valuta"]),
    ("item_id", &["itemid", "productid", "sku", "lineitemsku", "stockcode", "articleid", "articlenumber", "artikelnummer", "productsku"]),
    ("item_name", &["itemname", "productname", "lineitemname", "description", "producttitle", "product", "title", "productnaam"]),
    ("item_brand", &["itembrand", "brand", "vendor", "manufacturer", "merk"]),
    ("item_category", &["itemcategory", "category", "productcategory", "categories", "categorie"]),
    ("item_variant", &["itemvariant", "variant", "varianttitle", "size", "maat"]),
    ("item_price", &["itemprice", "unitprice", "price", "lineitemprice", "productprice", "prijs", "stukprijs"]),
    ("item_quantity", &["itemquantity", "quantity", "qty", "lineitemquantity", "units", "aantal"]),
    ("item_total", &["itemtotal", "linetotal", "salesvalue", "lineamount", "lineprice", "regeltotaal"]),
];

/// Which column is probably meant by each canonical name: to be shown and corrected, never used
/// unseen. Canonical names themselves come first.
pub fn guess(columns: &[String]) -> Vec<(&'static str, String)> {
    let plain = |name: &String| -> String { name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase() };
    let plain: Vec<String> = columns.iter().map(plain).collect();
    let mut taken = vec![false; columns.len()];
    let mut guessed = Vec::new();
    for (canonical, names) in GUESSES {
        let exact = columns.iter().position(|column| column.eq_ignore_ascii_case(canonical));
        let named = |name: &&str| plain.iter().enumerate().position(|(at, plain)| plain == name && !taken[at]);
        if let Some(at) = exact.or_else(|| names.iter().find_map(named)).filter(|&at| !taken[at]) {
            taken[at] = true;
            guessed.push((canonical, columns[at].clone()));
        }
    }
    // A unit price says what a line cost; a total beside it would say it again.
    if guessed.iter().any(|(canonical, _)| *canonical == "item_price") {
        guessed.retain(|(canonical, _)| *canonical != "item_total");
    }
    guessed
}
