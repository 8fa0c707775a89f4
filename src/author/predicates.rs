//! Reading predicates: `where` over an event, `items` over a line (SPEC 5.1).

use crate::catalogue::{MODIFIERS, Modifier};
use crate::diagnostic::{Place, Problems, code};
use crate::periods::pair;
use crate::rules::Size;
use crate::wire::Fold;
use regulars_core::number;
use regulars_core::predicate::{Field, Operand, Test, Want, day_of};
use regulars_core::text::{Text, trim};
use regulars_core::zone::Zone;
use serde_json::{Map, Value};

/// A predicate as a tree.
#[derive(Debug, Clone)]
pub enum Predicate {
    /// All of them.
    All(Vec<Predicate>),
    /// Any of them.
    Any(Vec<Predicate>),
    /// The opposite.
    Not(Box<Predicate>),
    /// A test of one field.
    Test(Test),
}

/// What a predicate is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The event: `where`.
    Event,
    /// One of its lines: `items`.
    Line,
}

/// What reading needs to know besides the value.
pub struct Reading<'a> {
    /// The package's zone: an instant in a rule is its local day.
    pub zone: &'a Zone,
    /// The host's folding.
    pub fold: Fold,
}

/// Reads a predicate.
pub fn predicate(problems: &mut Problems, value: &Value, place: &Place, over: Over, reading: &Reading<'_>, size: &mut Size) -> Option<Predicate> {
    if !size.enter(problems, place) {
        return None;
    }
    let read = inner(problems, value, place, over, reading, size);
    size.leave();
    read
}

fn inner(problems: &mut Problems, value: &Value, place: &Place, over: Over, reading: &Reading<'_>, size: &mut Size) -> Option<Predicate> {
    let object = problems.plain_object(value, place)?;
    for (group, make) in [("all", Predicate::All as fn(Vec<Predicate>) -> Predicate), ("any", Predicate::Any)] {
        if let Some(list) = object.get(group) {
            problems.object(value, place, &[group], &[]);
            let place = place.key(group);
            let list = problems.list(list, &place)?;
            if list.is_empty() {
                problems.error(code::EMPTY_GROUP, &place, "The group is empty; put at least one predicate in.");
            }
            let read: Vec<_> = list.iter().enumerate().map(|(index, part)| predicate(problems, part, &place.index(index), over, reading, size)).collect();
            return read.into_iter().collect::<Option<Vec<_>>>().map(make);
        }
    }
    if let Some(part) = object.get("not") {
        problems.object(value, place, &["not"], &[]);
        return predicate(problems, part, &place.key("not"), over, reading, size).map(|part| Predicate::Not(Box::new(part)));
    }
    problems.object(value, place, &["field", "modifier", "value", "caseSensitive"], &[]);
    test(problems, object, place, over, reading).map(Predicate::Test)
}

fn test(problems: &mut Problems, object: &Map<String, Value>, place: &Place, over: Over, reading: &Reading<'_>) -> Option<Test> {
    let field = problems.required(object, "field", place).and_then(|value| problems.text(value, &place.key("field"))).map(|name| field(name, over));
    let modifier = problems.required(object, "modifier", place).and_then(|value| problems.word(value, &place.key("modifier"), &MODIFIERS));
    let case_sensitive = object.get("caseSensitive").map_or(Some(false), |value| problems.boolean(value, &place.key("caseSensitive")));
    let (modifier, negated) = modifier?;
    let exact = field == Some(Field::Id);
    let want = want(problems, object, place, modifier, reading, case_sensitive.unwrap_or(false), exact);
    case_sensitive?;
    Some(Test { field: field?, want: want?, negated })
}

fn field(name: &str, over: Over) -> Field {
    match (over, name) {
        (Over::Event, "value") => Field::Value,
        (Over::Event, "currency") => Field::Currency,
        (Over::Event, "id") => Field::Id,
        (Over::Line, "price") => Field::Price,
        (Over::Line, "quantity") => Field::Quantity,
        _ => Field::Named(name.to_owned()),
    }
}

fn want(problems: &mut Problems, object: &Map<String, Value>, place: &Place, modifier: Modifier, reading: &Reading<'_>, case_sensitive: bool, exact: bool) -> Option<Want> {
    if modifier == Modifier::Known {
        if object.contains_key("value") {
            problems.error_with_fix(code::UNKNOWN_KEY, &place.key("value"), "This modifier takes no value.", "Leave `value` out.");
            return None;
        }
        return Some(Want::Known);
    }
    let value = problems.required(object, "value", place)?;
    let place = &place.key("value");
    let operand = |problems: &mut Problems, value: &Value, place: &Place| operand(problems, value, place, reading, exact);
    match modifier {
        Modifier::Equal => operand(problems, value, place).map(|operand| Want::Equal { operands: vec![operand], case_sensitive }),
        Modifier::OneOf => {
            let list = problems.full_list(value, place)?;
            let read: Vec<_> = list.iter().enumerate().map(|(index, value)| operand(problems, value, &place.index(index))).collect();
            let operands = read.into_iter().collect::<Option<Vec<_>>>()?;
            Some(Want::Equal { operands, case_sensitive })
        }
        Modifier::Like(shape) => {
            let raw = problems.text(value, place)?;
            let text = if exact { Text::new(raw, raw) } else { (reading.fold)(raw) };
            Some(Want::Like { shape, pattern: text.form(case_sensitive).to_owned(), case_sensitive })
        }
        Modifier::Between => {
            let [low, high] = pair(problems, value, place)?;
            let low = ordered(problems, low, &place.index(0), reading);
            let high = ordered(problems, high, &place.index(1), reading);
            let (low, high) = (low?, high?);
            let (numbers, days) = (low.number.zip(high.number), low.day.zip(high.day));
            if numbers.is_none() && days.is_none() {
                problems.error(code::BAD_NUMBER, place, "Both ends must be numbers, or both dates.");
                return None;
            }
            if numbers.is_some_and(|(low, high)| low > high) || days.is_some_and(|(low, high)| low > high) {
                problems.error_with_fix(code::REVERSED_PAIR, place, "The low end is above the high end.", "Exchange the two.");
                return None;
            }
            Some(Want::Within { low: Some((low, false)), high: Some((high, false)) })
        }
        Modifier::Less | Modifier::AtMost => {
            let high = ordered(problems, value, place, reading)?;
            Some(Want::Within { low: None, high: Some((high, modifier == Modifier::Less)) })
        }
        _ => {
            let low = ordered(problems, value, place, reading)?;
            Some(Want::Within { low: Some((low, modifier == Modifier::Greater)), high: None })
        }
    }
}

/// A wanted value: a text, a number, or true or false. Ids compare exactly, unfolded.
fn operand(problems: &mut Problems, value: &Value, place: &Place, reading: &Reading<'_>, exact: bool) -> Option<Operand> {
    match value {
        Value::Number(_) => problems.number(value, place).map(|number| Operand { number: Some(number), ..Operand::default() }),
        Value::Bool(value) => Some(Operand { boolean: Some(*value), ..Operand::default() }),
        _ => {
            let raw = problems.text(value, place)?;
            let text = if exact { Text::new(raw, raw) } else { (reading.fold)(raw) };
            let day = day_of(&text.clean, reading.zone);
            Some(Operand { number: number::parse(&text.clean), day, text: Some(text), boolean: None })
        }
    }
}

/// A wanted value that has an order: a number or a date.
fn ordered(problems: &mut Problems, value: &Value, place: &Place, reading: &Reading<'_>) -> Option<Operand> {
    if value.is_boolean() {
        problems.number(value, place);
        return None;
    }
    let operand = operand(problems, value, place, reading, false)?;
    if operand.number.is_none() && operand.day.is_none() {
        let message = format!("`{}` is neither a number nor a date, so nothing is less or greater.", trim(value.as_str().unwrap_or("")));
        problems.error_with_fix(code::BAD_NUMBER, place, message, "Write a plain decimal such as 59.90, or a date such as 2026-03-31.");
        return None;
    }
    Some(operand)
}
