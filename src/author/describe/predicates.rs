//! Predicates over events and lines, and tests of the profile and the context.

use super::MAX_DEPTH;
use super::values::{Compared, wanted};
use super::words::of;
use super::writer::{Writer, full_list, number, object, text};
use crate::predicates::Over;
use serde_json::{Map, Value};

const TEST: [&str; 4] = ["field", "modifier", "value", "caseSensitive"];

/// Says a predicate. Groups are in brackets.
pub fn predicate<'a>(writer: &mut Writer<'a>, value: &'a Value, over: Over) -> Option<()> {
    if writer.depth == MAX_DEPTH {
        return None;
    }
    writer.depth += 1;
    let words = writer.words;
    let written = value.as_object()?;
    if let (1, Some(part)) = (written.len(), written.get("not")) {
        writer.push(words.not_part);
        let mark = writer.enter("not");
        // A group of several brings brackets of its own.
        let several = ["all", "any"].iter().any(|key| part.get(key).and_then(Value::as_array).is_some_and(|parts| parts.len() > 1));
        writer.push(if several { "" } else { "[" });
        predicate(writer, part, over)?;
        writer.push(if several { "" } else { "]" });
        writer.leave(mark);
    } else if let (1, Some(parts)) = (written.len(), written.get("all")) {
        group(writer, "all", parts, over)?;
    } else if let (1, Some(parts)) = (written.len(), written.get("any")) {
        group(writer, "any", parts, over)?;
    } else {
        let (fields, own, compared): (_, _, fn(&str) -> Compared) = match over {
            Over::Event => (words.fields, words.own_field, of_event),
            // Facts are single tests, which come in no predicate.
            Over::Line | Over::Fact => (words.line_fields, words.own_line_field, of_line),
        };
        let test = object(value, &TEST)?;
        let name = text(test.get("field")?)?;
        self::test(writer, test, of(fields, name).unwrap_or(own), compared(name))?;
    }
    writer.depth -= 1;
    Some(())
}

fn group<'a>(writer: &mut Writer<'a>, key: &str, parts: &'a Value, over: Over) -> Option<()> {
    let (words, parts, any) = (writer.words, full_list(parts)?, usize::from(key == "any"));
    let mark = writer.enter(key);
    writer.push(if parts.len() == 1 { words.before_part[any] } else { "" });
    for (index, part) in parts.iter().enumerate() {
        writer.push(if index == 0 { "[" } else { words.between_parts[any] });
        let mark = writer.enter_index(index);
        predicate(writer, part, over)?;
        writer.leave(mark);
    }
    writer.push("]");
    writer.leave(mark);
    Some(())
}

fn of_event(field: &str) -> Compared {
    let (value, id, currency) = (field == "value", field == "id", field == "currency");
    Compared { numeric: value, money: value, exact: id, present: currency, ..Compared::default() }
}

fn of_line(field: &str) -> Compared {
    let (price, quantity) = (field == "price", field == "quantity");
    Compared { numeric: price || quantity, money: price, present: quantity, ..Compared::default() }
}

fn of_present(field: &str) -> Compared {
    let (hour, weekday) = (field == "hour", field == "weekday");
    Compared { numeric: hour, weekday, present: hour || weekday, ..Compared::default() }
}

/// Says a test; `field` is the phrase for its field.
fn test<'a>(writer: &mut Writer<'a>, test: &'a Map<String, Value>, field: &'static str, compared: Compared) -> Option<()> {
    let name = text(test.get("field")?)?;
    writer.fill(writer.words.test, &mut |writer, slot| match slot {
        'f' => writer.at(test, "field", &mut |writer, _| {
            writer.fill(field, &mut |writer, _| {
                writer.quote(name);
                Some(())
            })
        }),
        _ => wanted(writer, test, compared),
    })
}

/// Says a `profile` condition.
pub fn profile<'a>(writer: &mut Writer<'a>, value: &'a Value) -> Option<()> {
    let words = writer.words;
    let written = object(value, &["field", "measure", "modifier", "value", "caseSensitive"])?;
    let Some(measure) = written.get("measure") else { return test(writer, written, words.profile, Compared::default()) };
    writer.days = true;
    test(writer, written, of(words.profile_measures, text(measure)?)?, Compared { numeric: true, ..Compared::default() })
}

/// Says a `context` condition.
pub fn context<'a>(writer: &mut Writer<'a>, value: &'a Value) -> Option<()> {
    let words = writer.words;
    if value.get("near").is_none() {
        let written = object(value, &TEST)?;
        let name = text(written.get("field")?)?;
        writer.days |= matches!(name, "hour" | "weekday");
        return test(writer, written, of(words.present, name).unwrap_or(words.own_present), of_present(name));
    }
    let written = object(value, &["near", "withinKm"])?;
    let [latitude, longitude] = value["near"].as_array()?.as_slice() else { return None };
    writer.fill(words.near, &mut |writer, slot| {
        let (key, value) = match slot {
            'd' => ("withinKm", written.get("withinKm")?),
            'a' => ("near", latitude),
            _ => ("near", longitude),
        };
        let mark = writer.enter(key);
        writer.number(number(value)?);
        writer.leave(mark);
        Some(())
    })
}
