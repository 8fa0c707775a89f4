//! What a value could be that satisfies a predicate: simple witnesses, from its own words.

use crate::catalogue::{MODIFIERS, Modifier, Shape};
use crate::decimals::{parse, printed};
use crate::text::trim;
use regulars_core::number::print;
use regulars_core::time::{civil_from_days, parse_date};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is asked of some fields: a value, or that there is none.
pub(crate) type Wish = BTreeMap<String, Option<Value>>;

/// More ways to satisfy one predicate are not tried.
const MOST: usize = 8;

/// Ways to satisfy a predicate (or, without `wanted`, its opposite); none if no simple one is known.
/// Each is to be tried: of two parts that ask for different values of one field, either is taken.
pub(crate) fn wishes(predicate: &Value, wanted: bool) -> Vec<Wish> {
    let list = |key: &str| predicate.get(key).and_then(Value::as_array);
    if let Some(part) = predicate.get("not") {
        return wishes(part, !wanted);
    }
    if let Some(parts) = list("all").or_else(|| list("any")) {
        let each = parts.iter().map(|part| wishes(part, wanted));
        if list("all").is_some() != wanted {
            return each.flatten().take(MOST).collect();
        }
        return each.fold(vec![Wish::new()], |wishes, more| both(&wishes, &more));
    }
    let name = predicate["field"].as_str().map_or("", trim).to_owned();
    values(predicate, wanted).into_iter().take(MOST).map(|value| Wish::from([(name.clone(), value)])).collect()
}

/// Every way to have both.
pub(crate) fn both(some: &[Wish], more: &[Wish]) -> Vec<Wish> {
    let mut joined = Vec::new();
    for one in some {
        for other in more {
            let agree = other.iter().all(|(name, value)| one.get(name).is_none_or(|known| known == value));
            let merge = |first: &Wish, second: &Wish| second.clone().into_iter().chain(first.clone()).collect();
            joined.push(merge(one, other));
            if !agree {
                joined.push(merge(other, one));
            }
        }
    }
    joined.truncate(MOST);
    joined
}

/// Values of the field that satisfy a test; `None` is that there is none.
fn values(test: &Value, wanted: bool) -> Vec<Option<Value>> {
    let word = test["modifier"].as_str().map_or("", trim);
    let Some((_, (modifier, opposite))) = MODIFIERS.iter().find(|(known, _)| *known == word) else { return Vec::new() };
    let value = &test["value"];
    let list = || value.as_array().into_iter().flatten().cloned().map(Some);
    let moved = |by: i64| shifted(value, by);
    if *opposite == wanted {
        // What is missing satisfies every opposite; a number may do so as well.
        let beside = match modifier {
            Modifier::Less => vec![Some(value.clone())],
            Modifier::AtMost => vec![moved(1)],
            Modifier::Greater => vec![Some(value.clone())],
            Modifier::AtLeast => vec![moved(-1)],
            Modifier::Between => vec![shifted(&value[0], -1), shifted(&value[1], 1)],
            Modifier::Equal if amount(value).is_some() => vec![moved(1)],
            _ => Vec::new(),
        };
        return std::iter::once(None).chain(beside.into_iter().filter(Option::is_some)).collect();
    }
    match modifier {
        Modifier::Equal | Modifier::AtMost | Modifier::AtLeast => vec![Some(value.clone())],
        Modifier::Less => vec![moved(-1)],
        Modifier::Greater => vec![moved(1)],
        Modifier::Between | Modifier::OneOf => list().collect(),
        Modifier::Known => vec![Some("1".into())],
        Modifier::Like(shape) => vec![Some(like(*shape, value.as_str().map_or("", trim)).into())],
    }
    .into_iter()
    .filter(Option::is_some)
    .collect()
}

/// A text of that shape.
fn like(shape: Shape, text: &str) -> String {
    if shape != Shape::Matches {
        return text.to_owned();
    }
    let written = text.replace('*', "").replace('?', "x");
    if written.is_empty() { "x".to_owned() } else { written }
}

/// A number in ten-thousandths: a JSON number, or a plain decimal text.
pub(crate) fn amount(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => parse(&printed(number)),
        Value::String(text) => parse(trim(text)),
        _ => None,
    }
}

/// Ten-thousandths as a plain decimal text.
pub(crate) fn decimal(amount: i64) -> String {
    let mut digits = Vec::new();
    print(amount, &mut digits);
    String::from_utf8_lossy(&digits).into_owned()
}

/// The next number, or the next date.
fn shifted(value: &Value, by: i64) -> Option<Value> {
    if let Some(amount) = amount(value) {
        return Some(decimal(amount + by).into());
    }
    let day = parse_date(value.as_str().map(trim)?.get(..10)?)?;
    let (year, month, day) = civil_from_days(day + by);
    Some(format!("{year:04}-{month:02}-{day:02}").into())
}
