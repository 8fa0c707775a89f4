//! Behaviour: what visitors do in the shop.

use super::{counted, has, holding, is, measured, with};
use crate::catalogue::entry::{Entry, Wants, entry};
use serde_json::json;

/// The group.
pub(super) fn behaviour() -> Vec<Entry> {
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
