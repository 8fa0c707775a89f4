//! Rules that say the same in other words.

use serde_json::{Value, json};

const PAIRS: [(&str, &str); 5] = [
    ("is_exactly", "is_not"),
    ("is_between", "is_not_between"),
    ("contains", "does_not_contain"),
    ("is_one_of", "is_none_of"),
    ("is_known", "is_unknown"),
];

/// The rule (or predicate) with `leaf` done to every part that is no group, and `group` to every group of done parts.
fn each_part(rule: &Value, leaf: &dyn Fn(&Value) -> Value, group: &dyn Fn(&str, Vec<Value>) -> Value) -> Value {
    for word in ["all", "any"] {
        if let Some(parts) = rule.get(word) {
            let done = parts.as_array().unwrap().iter().map(|part| each_part(part, leaf, group)).collect();
            return group(word, done);
        }
    }
    if let Some(part) = rule.get("not") {
        return json!({ "not": each_part(part, leaf, group) });
    }
    let mut done = rule.clone();
    if let Some(events) = done.get_mut("events") {
        for key in ["where", "items"] {
            if let Some(predicate) = events.get_mut(key) {
                *predicate = each_part(predicate, leaf, group);
            }
        }
    }
    leaf(&done)
}

/// Every modifier that has an opposite becomes `not` of that.
pub fn other_modifiers(rule: &Value) -> Value {
    let group = |word: &str, parts: Vec<Value>| json!({ word: parts });
    each_part(rule, &opposite, &group)
}

fn opposite(leaf: &Value) -> Value {
    let modifier = leaf.get("events").unwrap_or(leaf).get("modifier").and_then(Value::as_str);
    let other = PAIRS.iter().find_map(|&(one, other)| match modifier {
        Some(word) if word == one => Some(other),
        Some(word) if word == other => Some(one),
        _ => None,
    });
    let Some(other) = other else { return leaf.clone() };
    let mut turned = leaf.clone();
    if turned.get("events").is_some() {
        turned["events"]["modifier"] = json!(other);
    } else {
        turned["modifier"] = json!(other);
    }
    json!({ "not": turned })
}

/// Every `all` becomes `not` of `any` of `not`, and every `any` likewise.
pub fn de_morgan(rule: &Value) -> Value {
    let group = |word: &str, parts: Vec<Value>| {
        let denied: Vec<Value> = parts.into_iter().map(|part| json!({ "not": part })).collect();
        json!({ "not": { if word == "all" { "any" } else { "all" }: denied } })
    };
    each_part(rule, &Value::clone, &group)
}
