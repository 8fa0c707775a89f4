//! Rules with every default written out and every value in one form: two rules are the same rule if these are equal.
//! What cannot be read is `None`.

use serde_json::{Map, Value, json};

use crate::reference::numbers::{date_in_text, instant, number, print, whole};
use crate::reference::text::trim;

pub fn rule(value: &Value) -> Option<Value> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    let (key, part) = object.iter().next()?;
    let normal = match key.as_str() {
        "all" | "any" => part.as_array()?.iter().map(rule).collect::<Option<Value>>()?,
        "not" => rule(part)?,
        "segment" => text(part)?,
        "retention" => part.as_array()?.iter().map(text).collect::<Option<Value>>()?,
        "events" => events(part.as_object()?)?,
        "profile" => match part.get("measure") {
            Some(measure) => {
                json!({ "field": text(&part["field"])?, "measure": text(measure)?, "modifier": text(part.get("modifier")?)?, "value": numbers(part.get("value"))? })
            }
            None => test(part, false, |_| false)?,
        },
        "context" => match part.get("near") {
            Some(near) => json!({ "near": numbers(Some(near))?, "withinKm": numbers(part.get("withinKm"))? }),
            None => test(part, false, |field| field == "hour")?,
        },
        "sequence" => {
            let steps = part.get("steps")?.as_array()?.iter().map(|step| self::step(step.as_object()?)).collect::<Option<Value>>()?;
            json!({ "steps": steps, "period": part.get("period").map_or(Some(Value::Null), period)? })
        }
        _ => return None,
    };
    Some(json!({ key: normal }))
}

fn text(value: &Value) -> Option<Value> {
    value.as_str().map(|text| json!(trim(text)))
}

/// A number, or a list of them; nothing stays nothing.
fn numbers(value: Option<&Value>) -> Option<Value> {
    match value {
        None => Some(Value::Null),
        Some(Value::Array(list)) => list.iter().map(|value| number(value).map(print)).collect::<Option<Vec<_>>>().map(|list| json!(list)),
        Some(value) => number(value).map(|number| json!(print(number))),
    }
}

fn kinds(value: &Value) -> Option<Value> {
    match value {
        Value::Array(list) => list.iter().map(text).collect(),
        value => text(value).map(|kind| json!([kind])),
    }
}

fn events(part: &Map<String, Value>) -> Option<Value> {
    let measure = part.get("measure").map_or(Some(json!("count")), text)?;
    let (of, predicate) = (kinds(part.get("of")?)?, |key: &str, numeric: fn(&str) -> bool| match part.get(key) {
        None => Some(Value::Null),
        Some(value) => self::predicate(value, key == "where", numeric),
    });
    let net = part.get("net").map_or(Some(false), Value::as_bool)?;
    Some(json!({
        "of": of,
        "measure": measure,
        "modifier": text(part.get("modifier")?)?,
        "value": numbers(part.get("value"))?,
        "period": part.get("period").map_or(Some(Value::Null), period)?,
        "where": predicate("where", |field| field == "value")?,
        "items": predicate("items", |field| ["price", "quantity"].contains(&field))?,
        "only": part.get("only").map_or(Some(Value::Null), text)?,
        "net": net,
    }))
}

fn step(part: &Map<String, Value>) -> Option<Value> {
    let truth = |key: &str| part.get(key).map_or(Some(false), Value::as_bool);
    let within = match part.get("within") {
        None => Value::Null,
        Some(within) => json!([whole(&within["last"])?, text(&within["unit"])?]),
    };
    let predicate = |key: &str, numeric: fn(&str) -> bool| match part.get(key) {
        None => Some(Value::Null),
        Some(value) => self::predicate(value, key == "where", numeric),
    };
    Some(json!({
        "of": kinds(part.get("of")?)?,
        "where": predicate("where", |field| field == "value")?,
        "items": predicate("items", |field| ["price", "quantity"].contains(&field))?,
        "within": within,
        "sameItem": truth("sameItem")?,
        "absent": truth("absent")?,
    }))
}

fn predicate(value: &Value, event: bool, numeric: fn(&str) -> bool) -> Option<Value> {
    let object = value.as_object()?;
    for key in ["all", "any"] {
        if let Some(list) = object.get(key) {
            let parts = list.as_array()?.iter().map(|part| predicate(part, event, numeric)).collect::<Option<Value>>()?;
            return Some(json!({ key: parts }));
        }
    }
    match object.get("not") {
        Some(part) => Some(json!({ "not": predicate(part, event, numeric)? })),
        None => test(value, event, numeric),
    }
}

/// Case matters only to texts; an event's id is always compared exactly; weekdays are words.
fn test(value: &Value, event: bool, numeric: fn(&str) -> bool) -> Option<Value> {
    let field = text(value.get("field")?)?;
    let name = field.as_str()?;
    let modifier = trim(value.get("modifier")?.as_str()?);
    let case = (event && name == "id") || value.get("caseSensitive").map_or(Some(false), Value::as_bool)?;
    let mut cased = false;
    let mut one = |value: &Value| -> Option<Value> {
        let ordered = ["is_less_than", "is_at_most", "is_greater_than", "is_at_least", "is_between", "is_not_between"].contains(&modifier);
        let like = ["contains", "does_not_contain", "starts_with", "ends_with", "matches"].contains(&modifier);
        Some(match value {
            Value::Bool(_) if !ordered && !like => value.clone(),
            Value::Number(_) if !like => json!({ "number": print(number(value)?) }),
            Value::String(_) if !like && (ordered || numeric(name)) && number(value).is_some() => {
                json!({ "number": print(number(value)?) })
            }
            Value::String(date) if ordered => match date_in_text(trim(date)) {
                Some(_) => text(value)?,
                None => json!({ "instant": instant(value)? }),
            },
            Value::String(day) if !like && name == "weekday" && !event && !case && day.to_lowercase() == "monday" => {
                json!({ "day": "monday" })
            }
            Value::String(_) => {
                cased = true;
                text(value)?
            }
            _ => return None,
        })
    };
    let said = match value.get("value") {
        None => Value::Null,
        Some(Value::Array(list)) => list.iter().map(&mut one).collect::<Option<Value>>()?,
        Some(value) => one(value)?,
    };
    Some(json!({ "field": field, "modifier": modifier, "value": said, "case": cased && case }))
}

fn period(value: &Value) -> Option<Value> {
    let mut normal = value.as_object()?.clone();
    for (key, part) in &mut normal {
        *part = match key.as_str() {
            "last" | "count" => json!(whole(part)?),
            "between" => part.as_array()?.iter().map(|end| whole(end).map(Value::from)).collect::<Option<Value>>()?,
            "from" | "to" => match part.as_str().and_then(|text| date_in_text(trim(text))) {
                Some(_) => text(part)?,
                None => json!(instant(part)?),
            },
            "unit" | "calendar" => text(part)?,
            _ => part.clone(),
        };
    }
    if normal.contains_key("calendar") {
        normal.entry("count").or_insert(json!(1));
        normal.entry("current").or_insert(json!(false));
    }
    Some(Value::Object(normal))
}
