//! What something must be: a modifier and its values.

use super::periods::instant;
use super::words::of;
use super::writer::{Writer, full_list, number, text};
use crate::catalogue::{MODIFIERS, Modifier};
use crate::read::reading;
use regulars_core::event::entry;
use regulars_core::time;
use serde_json::{Map, Value};

/// What is compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Compared {
    /// It is a number, whatever the value in the rule is.
    pub numeric: bool,
    /// It is a text in which case counts, such as an event's id.
    pub exact: bool,
    /// It is a weekday.
    pub weekday: bool,
    /// It is money in the package's currency.
    pub money: bool,
    /// It is always there.
    pub present: bool,
}

/// Says a modifier with its value, and what it does where there is nothing to compare.
pub fn wanted<'a>(writer: &mut Writer<'a>, test: &'a Map<String, Value>, compared: Compared) -> Option<()> {
    let words = writer.words;
    let name = text(test.get("modifier")?)?;
    let (modifier, negative) = MODIFIERS.iter().find(|(known, _)| *known == name)?.1;
    let exact = compared.exact || test.get("caseSensitive").map_or(Some(false), Value::as_bool)?;
    let value = test.get("value");
    if (modifier == Modifier::Known) != value.is_none() {
        return None;
    }
    let dated = modifier.orders() && dated(value?)?;
    let template = of(if dated { words.dates } else { words.modifiers }, name)?;
    let mut texts = false;
    let mut say = |writer: &mut Writer<'a>, value: &'a Value| {
        texts |= match modifier {
            Modifier::Like(_) => quoted(writer, value)?,
            _ if modifier.orders() => ordered(writer, value, dated, compared)?,
            _ => equal(writer, value, exact, compared)?,
        };
        Some(())
    };
    let length = writer.pointer.len();
    let mark = writer.enter("modifier");
    writer.fill(template, &mut |writer, slot| {
        writer.outside(length, &mut |writer| {
            writer.at(test, "value", &mut |writer, value| match (modifier, value?) {
                (Modifier::Between, pair) => {
                    let end = usize::from(slot == 'h');
                    let mark = writer.enter_index(end);
                    say(writer, pair.get(end)?)?;
                    writer.leave(mark);
                    Some(())
                }
                (Modifier::OneOf, list) => full_list(list)?.iter().enumerate().try_for_each(|(index, value)| {
                    writer.push(if index == 0 { "" } else { words.list });
                    let mark = writer.enter_index(index);
                    say(writer, value)?;
                    writer.leave(mark);
                    Some(())
                }),
                (_, value) => say(writer, value),
            })
        })
    })?;
    writer.leave(mark);
    let missing = negative && !compared.present && modifier != Modifier::Known;
    let suffix = words.suffixes[if texts { 1 + usize::from(exact) } else { 0 }][usize::from(missing)];
    let key = if test.contains_key("caseSensitive") { "caseSensitive" } else { "modifier" };
    let mark = writer.enter(key);
    writer.push(suffix);
    writer.leave(mark);
    Some(())
}

/// Whether a value that orders is a date, or a pair of dates, and not numbers. `None`: it is neither.
fn dated(value: &Value) -> Option<bool> {
    match value {
        Value::Array(pair) => match pair.as_slice() {
            [low, high] if number(low).is_some() == number(high).is_some() => Some(dated(low)? && dated(high)?),
            _ => None,
        },
        value if number(value).is_some() => Some(false),
        value => reading(text(value)?).map(|_| true),
    }
}

fn ordered(writer: &mut Writer<'_>, value: &Value, dated: bool, compared: Compared) -> Option<bool> {
    if !dated {
        amount(writer, number(value)?, compared);
        return Some(false);
    }
    let date = text(value)?;
    writer.days = true;
    match time::parse_instant(date) {
        Some(at) => {
            let day_of = writer.words.day_of;
            writer.fill_text(day_of, &instant(at));
        }
        None => writer.push(date),
    }
    Some(false)
}

/// Says a number, with the currency if it is money.
fn amount(writer: &mut Writer<'_>, number: i64, compared: Compared) {
    writer.number(number);
    let package = writer.package;
    if let Some(currency) = package.get("currency").and_then(text).filter(|_| compared.money) {
        writer.push(" ");
        writer.push(currency);
    }
}

fn quoted(writer: &mut Writer<'_>, value: &Value) -> Option<bool> {
    writer.quote(text(value)?);
    Some(true)
}

/// Says a value that may be of any kind; true if case could matter to it.
fn equal(writer: &mut Writer<'_>, value: &Value, exact: bool, compared: Compared) -> Option<bool> {
    match value {
        Value::Bool(truth) => writer.push(writer.words.truth[usize::from(*truth)]),
        Value::Number(_) => amount(writer, number(value)?, compared),
        value => {
            let text = text(value)?;
            let weekday = writer.words.weekdays.iter().find(|(known, _)| compared.weekday && !exact && text.eq_ignore_ascii_case(known));
            if let Some(number) = number(value).filter(|_| compared.numeric) {
                amount(writer, number, compared);
            } else if let Some((_, weekday)) = weekday {
                writer.push(weekday);
            } else {
                // A date in a text equals an instant of that local day.
                writer.days |= !compared.exact && reading(text).is_some_and(|(kind, _)| kind != entry::DECIMAL);
                return quoted(writer, value);
            }
        }
    }
    Some(false)
}
