//! Periods (SPEC 5.2).

use super::words::of;
use super::writer::{Writer, integer, object, text, whole};
use crate::decimals::milliseconds;
use regulars_core::time;
use serde_json::{Map, Value};

/// Says a period; none is all the time there was.
pub fn period<'a>(writer: &mut Writer<'a>, value: Option<&'a Value>) -> Option<()> {
    let words = writer.words;
    let Some(value) = value else {
        writer.push(words.always);
        return Some(());
    };
    let has = |key: &str| value.get(key).is_some();
    if has("last") {
        let written = object(value, &["last", "unit"])?;
        return writer.fill(words.last, &mut |writer, _| writer.length(written, &value["last"]));
    }
    if has("between") {
        let written = object(value, &["between", "unit"])?;
        let [near, far] = value["between"].as_array()?.as_slice() else { return None };
        return writer.fill(words.between, &mut |writer, slot| writer.length(written, if slot == 'a' { near } else { far }));
    }
    if has("calendar") {
        return calendar(writer, object(value, &["calendar", "count", "current"])?);
    }
    fixed(writer, object(value, &["from", "to"])?)
}

fn calendar<'a>(writer: &mut Writer<'a>, written: &'a Map<String, Value>) -> Option<()> {
    let unit = text(&written["calendar"])?;
    let names = of(writer.words.calendar, unit)?;
    let count = written.get("count").map_or(Some(1), integer)?;
    let current = written.get("current").map_or(Some(false), Value::as_bool)?;
    writer.days = true;
    writer.weeks |= unit == "week";
    let first = 2 * usize::from(current);
    writer.many([names[first], names[first + 1]], count);
    Some(())
}

fn fixed<'a>(writer: &mut Writer<'a>, written: &'a Map<String, Value>) -> Option<()> {
    let words = writer.words;
    let end = |writer: &mut Writer<'a>, key: &str| {
        let templates = if key == "from" { words.from } else { words.to };
        writer.at(written, key, &mut |writer, value| match value? {
            Value::Number(at) => {
                writer.fill_text(templates[1], &instant(milliseconds(at)?));
                Some(())
            }
            value => {
                let value = text(value)?;
                if let Some(at) = time::parse_instant(value) {
                    writer.fill_text(templates[1], &instant(at));
                } else {
                    time::parse_date(value)?;
                    writer.days = true;
                    writer.fill_text(templates[0], value);
                }
                Some(())
            }
        })
    };
    match (written.contains_key("from"), written.contains_key("to")) {
        (true, to) => writer.fill(words.fixed[usize::from(to)], &mut |writer, slot| end(writer, if slot == 'f' { "from" } else { "to" })),
        _ => end(writer, "to"),
    }
}

/// An instant in UTC: `2026-03-01T11:00:00Z`, with milliseconds if there are any.
pub fn instant(at: i64) -> String {
    let (year, month, day) = time::civil_from_days(at.div_euclid(time::DAY));
    let rest = at.rem_euclid(time::DAY);
    let padded = |number: i64, digits: usize| {
        let text = whole(number);
        "0".repeat(digits.saturating_sub(text.len())) + &text
    };
    let mut text = padded(year, 4);
    let parts = [
        ('-', month, 2),
        ('-', day, 2),
        ('T', rest / 3_600_000, 2),
        (':', rest / 60_000 % 60, 2),
        (':', rest / 1_000 % 60, 2),
        ('.', rest % 1_000, 3),
    ];
    for (before, number, digits) in parts {
        if before != '.' || number > 0 {
            text.push(before);
            text.push_str(&padded(number, digits));
        }
    }
    text.push('Z');
    text
}
