//! The nine groups of conditions that a marketer chooses from (SPEC 5.4).

mod behaviour;
mod orders;
mod visitor;
mod visits;

use crate::catalogue::entry::{Both, Entry, Wants, entry};
use serde_json::{Value, json};

/// All entries, group by group.
pub fn entries() -> Vec<Entry> {
    let groups = [
        orders::conversion(),
        behaviour::behaviour(),
        visitor::profile_data(),
        visits::campaigns(),
        visitor::predictive(),
        visitor::geographic(),
        visits::referrer_utm(),
        orders::returns(),
        visitor::device_time(),
    ];
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
