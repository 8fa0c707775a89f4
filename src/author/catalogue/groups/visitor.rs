//! Profile data, Predictive, Geographic, and Device & time: who is looking, where, with what and when.

use super::{has, is, measured};
use crate::catalogue::entry::{Both, Entry, Wants, entry};
use serde_json::{Value, json};

/// The group.
pub(super) fn profile_data() -> Vec<Entry> {
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

/// The group.
pub(super) fn predictive() -> Vec<Entry> {
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

/// The group.
pub(super) fn geographic() -> Vec<Entry> {
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

/// The group.
pub(super) fn device_time() -> Vec<Entry> {
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

/// A test of what the page knows now.
fn context(id: &str, group: &'static str, wants: Wants, test: Value, label: Both, help: Both) -> Entry {
    entry(id, group, wants, json!({ "context": test }), "/context", label, help)
}
