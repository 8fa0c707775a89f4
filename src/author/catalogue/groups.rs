//! The nine groups of conditions that a marketer chooses from (SPEC 5.4).

use crate::catalogue::entry::{Both, Entry, Wants, entry};
use serde_json::{Value, json};

/// All entries, group by group.
pub fn entries() -> Vec<Entry> {
    let groups =
        [conversion(), behaviour(), profile_data(), campaigns(), predictive(), geographic(), referrer_utm(), returns(), device_time()];
    groups.into_iter().flatten().collect()
}

/// How many events of a type there were.
fn counted(id: &str, group: &'static str, of: &str, label: Both, help: Both) -> Entry {
    measured(id, group, json!({ "of": of, "modifier": "is_at_least", "value": 1 }), label, help)
}

/// A measure of events.
fn measured(id: &str, group: &'static str, events: Value, label: Both, help: Both) -> Entry {
    entry(id, group, Wants::Measured, json!({ "events": events }), "/events", label, help)
}

/// Events of a type of which a property is asked.
fn with(id: &str, group: &'static str, wants: Wants, of: &str, test: Value, label: Both, help: Both) -> Entry {
    let rule = json!({ "events": { "of": of, "where": test, "modifier": "is_at_least", "value": 1 } });
    entry(id, group, wants, rule, "/events/where", label, help)
}

/// Events of a type with a line of which a field is asked.
fn holding(id: &str, group: &'static str, wants: Wants, of: &str, test: Value, label: Both, help: Both) -> Entry {
    let rule = json!({ "events": { "of": of, "items": test, "modifier": "is_at_least", "value": 1 } });
    entry(id, group, wants, rule, "/events/items", label, help)
}

fn is(field: &str, value: impl Into<Value>) -> Value {
    json!({ "field": field, "modifier": "is_exactly", "value": value.into() })
}

fn has(field: &str, value: &str) -> Value {
    json!({ "field": field, "modifier": "contains", "value": value })
}

fn conversion() -> Vec<Entry> {
    let group = "conversion";
    let of = |measure: &str, modifier: &str, value: Value| json!({ "of": "conversion", "measure": measure, "modifier": modifier, "value": value });
    let line = |id, wants, test, label, help| holding(id, group, wants, "conversion", test, label, help);
    vec![
        counted(
            "conversions",
            group,
            "conversion",
            ["Number of orders", "Aantal orders"],
            ["How many orders the visitor placed.", "Hoeveel orders de bezoeker plaatste."],
        ),
        with(
            "order_value",
            group,
            Wants::Number,
            "conversion",
            json!({ "field": "value", "modifier": "is_between", "value": [50, 100] }),
            ["Order value", "Orderwaarde"],
            ["An order that was worth so much.", "Een order die zoveel waard was."],
        ),
        measured(
            "total_value",
            group,
            of("total_value", "is_at_least", json!(500)),
            ["Total spent", "Totaal besteed"],
            ["All orders together.", "Alle orders samen."],
        ),
        measured(
            "average_value",
            group,
            of("average_value", "is_at_least", json!(75)),
            ["Average order value", "Gemiddelde orderwaarde"],
            ["The average of all orders.", "Het gemiddelde van alle orders."],
        ),
        measured(
            "highest_value",
            group,
            of("highest_value", "is_at_least", json!(150)),
            ["Highest order value", "Hoogste orderwaarde"],
            ["The greatest order.", "De grootste order."],
        ),
        measured(
            "lowest_value",
            group,
            of("lowest_value", "is_at_most", json!(20)),
            ["Lowest order value", "Laagste orderwaarde"],
            ["The smallest order.", "De kleinste order."],
        ),
        measured(
            "days_since_last_order",
            group,
            of("days_since_last", "is_greater_than", json!(60)),
            ["Days since the last order", "Dagen sinds de laatste order"],
            ["Calendar days; an order of today is 0.", "Kalenderdagen; een order van vandaag is 0."],
        ),
        measured(
            "days_since_first_order",
            group,
            of("days_since_first", "is_at_most", json!(30)),
            ["Days since the first order", "Dagen sinds de eerste order"],
            ["Calendar days; an order of today is 0.", "Kalenderdagen; een order van vandaag is 0."],
        ),
        line(
            "bought_product",
            Wants::Text,
            is("id", "SKU1"),
            ["Bought product", "Gekocht product"],
            ["An order with the product of this id.", "Een order met het product met dit id."],
        ),
        line(
            "bought_name",
            Wants::Text,
            has("name", "runner"),
            ["Bought product by name", "Gekocht product op naam"],
            ["An order with a product whose name fits.", "Een order met een product waarvan de naam past."],
        ),
        line(
            "bought_brand",
            Wants::Text,
            is("brand", "Acme"),
            ["Bought brand", "Gekocht merk"],
            ["An order with a product of this brand.", "Een order met een product van dit merk."],
        ),
        line(
            "bought_category",
            Wants::Text,
            has("category", "shoe"),
            ["Bought category", "Gekochte categorie"],
            ["An order with a product of this category.", "Een order met een product uit deze categorie."],
        ),
        line(
            "bought_variant",
            Wants::Text,
            is("variant", "42"),
            ["Bought size or variant", "Gekochte maat of variant"],
            ["An order with a product in this variant.", "Een order met een product in deze variant."],
        ),
        line(
            "bought_price",
            Wants::Number,
            json!({ "field": "price", "modifier": "is_at_least", "value": 100 }),
            ["Price of a bought product", "Prijs van een gekocht product"],
            ["An order with a product of this price.", "Een order met een product van deze prijs."],
        ),
        measured(
            "bought_units",
            group,
            of("units", "is_at_least", json!(3)),
            ["Units bought", "Gekochte stuks"],
            ["All quantities together; `items` narrows them.", "Alle aantallen samen; `items` beperkt ze."],
        ),
        measured(
            "bought_products",
            group,
            of("distinct_items", "is_at_least", json!(5)),
            ["Different products bought", "Verschillende gekochte producten"],
            ["Different product ids; `items` narrows them.", "Verschillende product-id's; `items` beperkt ze."],
        ),
        measured(
            "bought_item_value",
            group,
            of("item_value", "is_at_least", json!(100)),
            ["Spent on products", "Besteed aan producten"],
            ["Price times quantity; `items` says of which products.", "Prijs maal aantal; `items` zegt van welke producten."],
        ),
        with(
            "coupon",
            group,
            Wants::Text,
            "conversion",
            json!({ "field": "coupon", "modifier": "is_known" }),
            ["Coupon", "Kortingscode"],
            ["An order with this coupon, or any.", "Een order met deze code, of een willekeurige."],
        ),
    ]
}

fn behaviour() -> Vec<Entry> {
    let group = "behaviour";
    let count = |id, of, label, help| counted(id, group, of, label, help);
    let abandoned = json!({ "sequence": { "steps": [
        { "of": "cart_add" }, { "of": "conversion", "within": { "last": 3, "unit": "hour" }, "absent": true } ] } });
    let followed = json!({ "sequence": { "steps": [ { "of": "item_view" }, { "of": "cart_add", "within": { "last": 1, "unit": "day" }, "sameItem": true } ] } });
    vec![
        count("visits", "visit", ["Number of visits", "Aantal bezoeken"], ["How often the visitor came.", "Hoe vaak de bezoeker kwam."]),
        count(
            "page_views",
            "page_view",
            ["Pages viewed", "Bekeken pagina's"],
            ["How many pages were seen.", "Hoeveel pagina's zijn gezien."],
        ),
        with(
            "page_path",
            group,
            Wants::Text,
            "page_view",
            has("path", "/sale"),
            ["Viewed page", "Bekeken pagina"],
            ["A page whose address fits.", "Een pagina waarvan het adres past."],
        ),
        with(
            "page_title",
            group,
            Wants::Text,
            "page_view",
            has("title", "sale"),
            ["Viewed page by title", "Bekeken pagina op titel"],
            ["A page whose title fits.", "Een pagina waarvan de titel past."],
        ),
        count(
            "items_viewed",
            "item_view",
            ["Products viewed", "Bekeken producten"],
            ["How often a product was looked at.", "Hoe vaak een product is bekeken."],
        ),
        holding(
            "viewed_product",
            group,
            Wants::Text,
            "item_view",
            is("id", "SKU1"),
            ["Viewed product", "Bekeken product"],
            ["Looked at the product of this id.", "Bekeek het product met dit id."],
        ),
        holding(
            "viewed_brand",
            group,
            Wants::Text,
            "item_view",
            is("brand", "Acme"),
            ["Viewed brand", "Bekeken merk"],
            ["Looked at a product of this brand.", "Bekeek een product van dit merk."],
        ),
        holding(
            "viewed_category",
            group,
            Wants::Text,
            "item_view",
            has("category", "shoe"),
            ["Viewed product's category", "Categorie van bekeken product"],
            ["Looked at a product of this category.", "Bekeek een product uit deze categorie."],
        ),
        count(
            "category_views",
            "category_view",
            ["Categories viewed", "Bekeken categorieën"],
            ["How often a category page was looked at.", "Hoe vaak een categoriepagina is bekeken."],
        ),
        count(
            "searches",
            "search",
            ["Number of searches", "Aantal zoekopdrachten"],
            ["How often something was searched for.", "Hoe vaak er is gezocht."],
        ),
        with(
            "search_term",
            group,
            Wants::Text,
            "search",
            has("term", "boots"),
            ["Searched for", "Gezocht naar"],
            ["A search whose words fit.", "Een zoekopdracht waarvan de woorden passen."],
        ),
        with(
            "search_results",
            group,
            Wants::Number,
            "search",
            is("results", 0),
            ["Search results", "Zoekresultaten"],
            ["A search that found so many.", "Een zoekopdracht met zoveel resultaten."],
        ),
        count(
            "cart_adds",
            "cart_add",
            ["Put into the cart", "In het mandje gelegd"],
            ["How often something went into the cart.", "Hoe vaak er iets in het mandje ging."],
        ),
        holding(
            "cart_brand",
            group,
            Wants::Text,
            "cart_add",
            is("brand", "Acme"),
            ["Brand put into the cart", "Merk in het mandje"],
            ["Put a product of this brand into the cart.", "Legde een product van dit merk in het mandje."],
        ),
        count(
            "cart_removes",
            "cart_remove",
            ["Taken out of the cart", "Uit het mandje gehaald"],
            ["How often something left the cart.", "Hoe vaak er iets uit het mandje ging."],
        ),
        count(
            "checkouts",
            "checkout",
            ["Checkouts begun", "Begonnen met afrekenen"],
            ["How often the checkout was begun.", "Hoe vaak het afrekenen is begonnen."],
        ),
        count(
            "wishlist_adds",
            "wishlist_add",
            ["Put on the wish list", "Op het verlanglijstje gezet"],
            ["How often something went onto the wish list.", "Hoe vaak er iets op het verlanglijstje kwam."],
        ),
        count(
            "custom_events",
            "newsletter_signup",
            ["Custom event", "Eigen gebeurtenis"],
            ["An event with a name of the shop's own.", "Een gebeurtenis met een eigen naam van de winkel."],
        ),
        measured(
            "active_days",
            group,
            json!({ "of": "visit", "measure": "active_days", "modifier": "is_at_least", "value": 3 }),
            ["Active days", "Actieve dagen"],
            ["Different days with a visit.", "Verschillende dagen met een bezoek."],
        ),
        measured(
            "days_since_last_visit",
            group,
            json!({ "of": "visit", "measure": "days_since_last", "modifier": "is_at_least", "value": 14 }),
            ["Days since the last visit", "Dagen sinds het laatste bezoek"],
            ["Calendar days; a visit of today is 0.", "Kalenderdagen; een bezoek van vandaag is 0."],
        ),
        entry(
            "sequence",
            group,
            Wants::Steps,
            followed,
            "/sequence",
            ["One thing after another", "Het een na het ander"],
            ["Steps that follow each other in time.", "Stappen die elkaar in de tijd opvolgen."],
        ),
        entry(
            "not_followed",
            group,
            Wants::Steps,
            abandoned,
            "/sequence",
            ["One thing, and not the other", "Het een, en niet het ander"],
            ["Put into the cart and not bought within the time.", "In het mandje gelegd en niet op tijd gekocht."],
        ),
    ]
}

fn profile_data() -> Vec<Entry> {
    let group = "profile_data";
    let field = |id, wants, test: Value, label, help| entry(id, group, wants, json!({ "profile": test }), "/profile", label, help);
    let days = |measure: &str, modifier: &str, value: i64| json!({ "field": "customer_since", "measure": measure, "modifier": modifier, "value": value });
    vec![
        field(
            "profile_text",
            Wants::Text,
            has("tags", "b2b"),
            ["Profile field (text)", "Profielveld (tekst)"],
            ["A field of the profile that is text.", "Een veld van het profiel dat tekst is."],
        ),
        field(
            "profile_number",
            Wants::Number,
            json!({ "field": "points", "modifier": "is_at_least", "value": 100 }),
            ["Profile field (number)", "Profielveld (getal)"],
            ["A field of the profile that is a number.", "Een veld van het profiel dat een getal is."],
        ),
        field(
            "profile_flag",
            Wants::Boolean,
            is("newsletter", true),
            ["Profile field (yes or no)", "Profielveld (ja of nee)"],
            ["A field of the profile that is true or false.", "Een veld van het profiel dat waar of onwaar is."],
        ),
        field(
            "profile_date",
            Wants::Date,
            json!({ "field": "customer_since", "modifier": "is_less_than", "value": "2025-01-01" }),
            ["Profile field (date)", "Profielveld (datum)"],
            ["A field of the profile that is a date.", "Een veld van het profiel dat een datum is."],
        ),
        field(
            "profile_days_since",
            Wants::Measured,
            days("days_since", "is_at_least", 365),
            ["Days since a date of the profile", "Dagen sinds een datum in het profiel"],
            [
                "Calendar days; today is 0, a date to come is negative.",
                "Kalenderdagen; vandaag is 0, een datum in de toekomst is negatief.",
            ],
        ),
        field(
            "profile_anniversary",
            Wants::Measured,
            days("days_until_anniversary", "is_at_most", 7),
            ["Days until an anniversary", "Dagen tot een verjaardag"],
            [
                "Of a date of the profile, such as a birthday; on the day itself 0.",
                "Van een datum in het profiel, zoals een geboortedag; op de dag zelf 0.",
            ],
        ),
        field(
            "known_visitor",
            Wants::Text,
            json!({ "field": "customer", "modifier": "is_known" }),
            ["Known or unknown visitor", "Bekende of onbekende bezoeker"],
            ["Whether the customer's number is known.", "Of het klantnummer bekend is."],
        ),
        measured(
            "returning_visitor",
            group,
            json!({ "of": "visit", "modifier": "is_at_least", "value": 2 }),
            ["New or returning visitor", "Nieuwe of terugkerende bezoeker"],
            ["One visit is new, two or more are returning.", "Eén bezoek is nieuw, twee of meer is terugkerend."],
        ),
        entry(
            "segment",
            group,
            Wants::Segment,
            json!({ "segment": "one-time-buyer" }),
            "",
            ["Member of a segment", "Lid van een segment"],
            ["Another segment of the package.", "Een ander segment van het pakket."],
        ),
    ]
}

fn campaigns() -> Vec<Entry> {
    let group = "campaigns";
    let of = |id, of, label, help| with(id, group, Wants::Text, of, is("campaign", "welcome-back"), label, help);
    vec![
        counted(
            "impressions",
            group,
            "impression",
            ["Number of impressions", "Aantal vertoningen"],
            ["How often campaigns were seen.", "Hoe vaak campagnes zijn gezien."],
        ),
        of(
            "seen_campaign",
            "impression",
            ["Saw campaign", "Zag campagne"],
            ["Saw the campaign of this id.", "Zag de campagne met dit id."],
        ),
        counted(
            "clicks",
            group,
            "click",
            ["Number of clicks", "Aantal kliks"],
            ["How often campaigns were clicked.", "Hoe vaak op campagnes is geklikt."],
        ),
        of(
            "clicked_campaign",
            "click",
            ["Clicked campaign", "Klikte op campagne"],
            ["Clicked the campaign of this id.", "Klikte op de campagne met dit id."],
        ),
        counted(
            "dismissals",
            group,
            "dismiss",
            ["Number of dismissals", "Aantal keren weggeklikt"],
            ["How often campaigns were closed.", "Hoe vaak campagnes zijn weggeklikt."],
        ),
        of(
            "dismissed_campaign",
            "dismiss",
            ["Dismissed campaign", "Klikte campagne weg"],
            ["Closed the campaign of this id.", "Klikte de campagne met dit id weg."],
        ),
    ]
}

fn predictive() -> Vec<Entry> {
    vec![entry(
        "retention_cell",
        "predictive",
        Wants::Cells,
        json!({ "retention": ["none"] }),
        "/retention",
        ["Retention cell", "Retentiecel"],
        ["Where the visitor stands in the retention grid.", "Waar de bezoeker staat in het retentiegrid."],
    )]
}

/// A test of what the page knows now.
fn context(id: &str, group: &'static str, wants: Wants, test: Value, label: Both, help: Both) -> Entry {
    entry(id, group, wants, json!({ "context": test }), "/context", label, help)
}

fn geographic() -> Vec<Entry> {
    let place = |id, field, value, label, help| context(id, "geographic", Wants::Text, is(field, value), label, help);
    vec![
        place("country", "country", "NL", ["Country", "Land"], ["Where the visitor is now.", "Waar de bezoeker nu is."]),
        place("region", "region", "Utrecht", ["Region", "Regio"], ["Where the visitor is now.", "Waar de bezoeker nu is."]),
        place("city", "city", "Amsterdam", ["City", "Plaats"], ["Where the visitor is now.", "Waar de bezoeker nu is."]),
        context(
            "distance",
            "geographic",
            Wants::Place,
            json!({ "near": [52.37, 4.89], "withinKm": 5 }),
            ["Near a place", "Dicht bij een plek"],
            ["At most so many kilometres away.", "Hoogstens zoveel kilometer ver."],
        ),
    ]
}

fn referrer_utm() -> Vec<Entry> {
    const FIELDS: [(&str, Both); 7] = [
        ("utm_source", ["UTM source", "UTM-bron"]),
        ("utm_medium", ["UTM medium", "UTM-medium"]),
        ("utm_campaign", ["UTM campaign", "UTM-campagne"]),
        ("utm_term", ["UTM term", "UTM-zoekwoord"]),
        ("utm_content", ["UTM content", "UTM-inhoud"]),
        ("referrer_host", ["Referring site", "Verwijzende site"]),
        ("referrer", ["Full referrer", "Volledige verwijzing"]),
    ];
    const VISITS: [(&str, Option<&str>, Both, Both); 3] = [
        ("this_visit", Some("latest"), ["this visit", "dit bezoek"], ["Of the latest visit.", "Van het laatste bezoek."]),
        ("first_visit", Some("first"), ["first visit", "eerste bezoek"], ["Of the very first visit.", "Van het allereerste bezoek."]),
        ("any_visit", None, ["any visit", "een bezoek"], ["Of at least one visit.", "Van minstens één bezoek."]),
    ];
    let entries = VISITS.iter().flat_map(|(visit, only, which, help)| {
        FIELDS.iter().map(move |(field, label)| {
            let mut made =
                with(&format!("{visit}_{field}"), "referrer_utm", Wants::Text, "visit", is(field, example(field)), *label, *help);
            made.label = [0, 1].map(|language| format!("{}: {}", label[language], which[language]));
            if let Some(only) = only {
                made.rule["events"]["only"] = json!(only);
            }
            made
        })
    });
    entries.collect()
}

fn example(field: &str) -> &'static str {
    match field {
        "referrer" => "https://www.example.com/shoes",
        "referrer_host" => "www.example.com",
        "utm_medium" => "email",
        "utm_campaign" => "spring",
        _ => "newsletter",
    }
}

fn returns() -> Vec<Entry> {
    let group = "returns";
    let of =
        |measure: &str, modifier: &str, value: Value| json!({ "of": "return", "measure": measure, "modifier": modifier, "value": value });
    let net = json!({ "of": "conversion", "measure": "total_value", "net": true, "modifier": "is_at_least", "value": 200 });
    vec![
        counted(
            "returns",
            group,
            "return",
            ["Number of returns", "Aantal retouren"],
            ["How often something came back.", "Hoe vaak er iets terugkwam."],
        ),
        measured(
            "returned_value",
            group,
            of("total_value", "is_at_least", json!(100)),
            ["Value of returns", "Waarde van retouren"],
            ["All returns together.", "Alle retouren samen."],
        ),
        measured(
            "returns_ratio",
            group,
            of("ratio", "is_at_least", json!(0.5)),
            ["Returns ratio", "Retourratio"],
            ["Orders returned to orders placed: 0.5 is every other one.", "Geretourneerde op geplaatste orders: 0,5 is om de andere."],
        ),
        measured(
            "days_since_last_return",
            group,
            of("days_since_last", "is_at_most", json!(30)),
            ["Days since the last return", "Dagen sinds de laatste retour"],
            ["Calendar days; a return of today is 0.", "Kalenderdagen; een retour van vandaag is 0."],
        ),
        with(
            "return_reason",
            group,
            Wants::Text,
            "return",
            has("reason", "size"),
            ["Reason of a return", "Reden van een retour"],
            ["A return whose reason fits.", "Een retour waarvan de reden past."],
        ),
        measured(
            "net_value",
            group,
            net,
            ["Total spent after returns", "Totaal besteed na retouren"],
            ["All orders without what came back of them.", "Alle orders zonder wat ervan terugkwam."],
        ),
    ]
}

fn device_time() -> Vec<Entry> {
    let now = |id, wants, test, label, help| context(id, "device_time", wants, test, label, help);
    vec![
        now(
            "device",
            Wants::Device,
            is("device", "mobile"),
            ["Device", "Apparaat"],
            ["A phone, a tablet or a desktop.", "Een telefoon, een tablet of een computer."],
        ),
        now("browser", Wants::Text, is("browser", "Firefox"), ["Browser", "Browser"], ["The browser's name.", "De naam van de browser."]),
        now(
            "os",
            Wants::Text,
            is("os", "Android"),
            ["Operating system", "Besturingssysteem"],
            ["The system's name.", "De naam van het systeem."],
        ),
        now(
            "language",
            Wants::Text,
            json!({ "field": "language", "modifier": "starts_with", "value": "nl" }),
            ["Language", "Taal"],
            ["The language the visitor prefers.", "De taal die de bezoeker verkiest."],
        ),
        now(
            "page",
            Wants::Text,
            has("path", "/sale"),
            ["This page", "Deze pagina"],
            ["The address of the page that is open now.", "Het adres van de pagina die nu open is."],
        ),
        now(
            "hour",
            Wants::Number,
            json!({ "field": "hour", "modifier": "is_between", "value": [18, 22] }),
            ["Hour of the day", "Uur van de dag"],
            ["0 to 23, in the package's time zone.", "0 tot 23, in de tijdzone van het pakket."],
        ),
        now(
            "weekday",
            Wants::Weekday,
            json!({ "field": "weekday", "modifier": "is_one_of", "value": ["saturday", "sunday"] }),
            ["Day of the week", "Dag van de week"],
            ["In the package's time zone.", "In de tijdzone van het pakket."],
        ),
    ]
}
