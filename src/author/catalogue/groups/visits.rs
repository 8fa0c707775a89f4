//! Campaigns, and Referrer & UTM: what brought the visitor here.

use super::{counted, is, with};
use crate::catalogue::entry::{Both, Entry, Wants};
use serde_json::json;

/// The group.
pub(super) fn campaigns() -> Vec<Entry> {
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

/// The group.
pub(super) fn referrer_utm() -> Vec<Entry> {
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
