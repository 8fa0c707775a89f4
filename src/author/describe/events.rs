//! `events` conditions (SPEC 5.1).

use super::periods::period;
use super::predicates::predicate;
use super::values::{Compared, wanted};
use super::words::of;
use super::writer::{Writer, full_list, object, text};
use crate::predicates::Over;
use serde_json::{Map, Value};

const KEYS: [&str; 9] = ["of", "measure", "modifier", "value", "period", "where", "items", "only", "net"];

/// Measures of nothing that are missing; the others are 0.
const MISSING: [&str; 6] = ["average_value", "highest_value", "lowest_value", "ratio", "days_since_last", "days_since_first"];

/// Says an `events` condition.
pub fn events<'a>(writer: &mut Writer<'a>, value: &'a Value) -> Option<()> {
    let words = writer.words;
    let written = object(value, &KEYS)?;
    let measure = written.get("measure").map_or(Some("count"), text)?;
    let template = of(words.measures, measure)?;
    writer.days |= matches!(measure, "active_days" | "days_since_last" | "days_since_first");
    let compared =
        Compared { numeric: true, money: measure.ends_with("_value"), present: !MISSING.contains(&measure), ..Compared::default() };
    let length = writer.pointer.len();
    writer.at(written, "measure", &mut |writer, _| {
        writer.fill(template, &mut |writer, slot| {
            writer.outside(length, &mut |writer| match slot {
                'o' => {
                    types(writer, written, Number::Many)?;
                    returns(writer, written, measure)
                }
                'p' => writer.at(written, "period", &mut |writer, value| period(writer, value)),
                _ => wanted(writer, written, compared),
            })
        })
    })?;
    filters(writer, written, measure)
}

/// Of conversions alone: whether returns are subtracted.
fn returns<'a>(writer: &mut Writer<'a>, written: &'a Map<String, Value>, measure: &str) -> Option<()> {
    let net = written.get("net").map_or(Some(false), Value::as_bool)?;
    let only_conversions = kinds(written.get("of")?)?.iter().all(|kind| text(kind) == Some("conversion"));
    if !only_conversions || measure == "ratio" {
        return (!net).then_some(());
    }
    let phrase = writer.words.net[usize::from(net)];
    writer.at(written, "net", &mut |writer, _| {
        writer.push(phrase);
        Some(())
    })
}

/// What of these events counts: `only`, `where`, `items`.
fn filters<'a>(writer: &mut Writer<'a>, written: &'a Map<String, Value>, measure: &str) -> Option<()> {
    let words = writer.words;
    let lines = matches!(measure, "item_value" | "units" | "distinct_items");
    let (items, condition) = (if lines { words.lines } else { words.items }, words.condition);
    if let Some(only) = written.get("only") {
        filter(writer, written, "only", of(words.only, text(only)?)?, None)?;
    }
    for (key, template, over) in [("where", condition, Over::Event), ("items", items, Over::Line)] {
        if written.contains_key(key) {
            filter(writer, written, key, template, Some(over))?;
        } else if lines && over == Over::Line {
            writer.push(words.all_lines);
        }
    }
    Some(())
}

fn filter<'a>(writer: &mut Writer<'a>, written: &'a Map<String, Value>, key: &str, template: &str, over: Option<Over>) -> Option<()> {
    let length = writer.pointer.len();
    writer.at(written, key, &mut |writer, value| {
        writer.fill(template, &mut |writer, slot| match (slot, over) {
            ('c', Some(over)) => predicate(writer, value?, over),
            _ => writer.outside(length, &mut |writer| types(writer, written, Number::Many)),
        })
    })
}

/// How event types are said: conversions, visits and page views; or a conversion or a visit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// One of any of them.
    One,
    /// All there are.
    Many,
}

/// Says the event types of `of`.
pub fn types<'a>(writer: &mut Writer<'a>, written: &'a Map<String, Value>, number: Number) -> Option<()> {
    let words = writer.words;
    writer.at(written, "of", &mut |writer, value| {
        let value = value?;
        let kinds = kinds(value)?;
        for (index, kind) in kinds.iter().enumerate() {
            let last = index + 1 == kinds.len();
            let (form, between) = if number == Number::One { (0, words.or) } else { (1, words.and[usize::from(!last)]) };
            writer.push(if index == 0 { "" } else { between });
            let kind = text(kind)?;
            let mark = writer.pointer.len();
            if value.is_array() {
                let _ = writer.enter_index(index);
            }
            let own = words.own_events;
            writer.fill(of(words.events, kind).unwrap_or(own)[form], &mut |writer, _| {
                writer.quote(kind);
                Some(())
            })?;
            writer.pointer.truncate(mark);
        }
        Some(())
    })
}

fn kinds(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(_) => full_list(value).map(Vec::as_slice),
        value => Some(std::slice::from_ref(value)),
    }
}
