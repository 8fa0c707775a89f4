//! Conversion and Returns: what was bought and what came back.

use super::{counted, has, holding, is, measured, with};
use crate::catalogue::entry::{Entry, Wants};
use serde_json::{Value, json};

/// The group.
pub(super) fn conversion() -> Vec<Entry> {
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

/// The group.
pub(super) fn returns() -> Vec<Entry> {
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
