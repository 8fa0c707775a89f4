//! The JSON Schema of a package (draft 2020-12), for editors and other programs.
//!
//! Where a key decides what may stand beside it, the schema says so with `if` and `then` rather than with alternatives: an editor
//! then offers what fits, and a mistake is named at its own place.

use crate::catalogue::package::{ROOT, WHOLE, definitions};
use crate::catalogue::shape::{Case, Comparison, Definition, Key, Object, Shape, Word};
use crate::catalogue::words::{MODIFIER_WORDS, abouts};
use serde_json::{Map, Value, json};

/// The schema.
pub fn schema() -> Value {
    let mut root = Value::Null;
    let mut named = Map::new();
    for definition in definitions() {
        let printed = defined(&definition);
        if definition.name == ROOT {
            root = printed;
        } else {
            named.insert(definition.name.to_owned(), printed);
        }
    }
    let mut schema = Map::from_iter([
        ("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema")),
        ("title".to_owned(), json!("A package of Regulars")),
    ]);
    if let Value::Object(root) = root {
        schema.extend(root);
    }
    schema.insert("$defs".to_owned(), Value::Object(named));
    Value::Object(schema)
}

fn defined(definition: &Definition) -> Value {
    let mut schema = Map::from_iter([("description".to_owned(), json!(definition.about))]);
    if let Value::Object(printed) = printed(&definition.shape) {
        schema.extend(printed);
    }
    if !definition.examples.is_empty() {
        schema.insert("examples".to_owned(), json!(definition.examples));
    }
    Value::Object(schema)
}

fn printed(shape: &Shape) -> Value {
    match shape {
        Shape::Named(name) => json!({ "$ref": format!("#/$defs/{name}") }),
        Shape::Text => json!({ "type": "string", "pattern": "\\S" }),
        Shape::Open(words) => json!({ "type": "string", "pattern": "\\S", "examples": names(words) }),
        Shape::Words(words) => enumerated(words),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Exactly(value) => json!({ "const": value }),
        Shape::Whole(low, high) => json!({ "type": ["integer", "string"], "minimum": low, "maximum": high, "pattern": WHOLE }),
        Shape::List(of, least, most) => {
            let mut schema = json!({ "type": "array", "items": printed(of) });
            if *least > 0 {
                schema["minItems"] = json!(least);
            }
            if let Some(most) = most {
                schema["maxItems"] = json!(most);
            }
            schema
        }
        Shape::Pair(of) => json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": printed(of) }),
        Shape::Map(of) => json!({ "type": "object", "additionalProperties": printed(of) }),
        Shape::Either(shapes) => json!({ "anyOf": shapes.iter().map(printed).collect::<Value>() }),
        Shape::OneKey(keys) => json!({
            "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false, "properties": properties(keys),
        }),
        Shape::Object(object) => self::object(object),
        Shape::Printed(schema, _) => schema.clone(),
    }
}

fn names(words: &[Word]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

fn enumerated(words: &[Word]) -> Value {
    let mut schema = json!({ "enum": names(words) });
    if words.iter().any(|(_, about)| !about.is_empty()) {
        schema["enumDescriptions"] = words.iter().map(|(_, about)| *about).collect();
    }
    schema
}

fn properties(keys: &[Key]) -> Map<String, Value> {
    let property = |key: &Key| {
        let mut schema = printed(&key.shape);
        schema["description"] = json!(key.about);
        if let Some(default) = &key.default {
            schema["default"] = default.clone();
        }
        (key.name.to_owned(), schema)
    };
    keys.iter().map(property).collect()
}

fn object(object: &Object) -> Value {
    let mut properties = properties(&object.keys);
    let mut required: Vec<&str> = object.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut clauses: Vec<Value> = object.cases.iter().map(case).collect();
    if let Some(comparison) = object.comparison {
        let words = abouts(&MODIFIER_WORDS).into_iter().filter(|(word, _)| comparison.modifiers().contains(word)).collect::<Vec<_>>();
        let mut modifier = enumerated(&words);
        modifier["description"] = json!("The comparison.");
        properties.insert("modifier".to_owned(), modifier);
        properties.insert("value".to_owned(), json!({ "description": "What it is compared with; its form depends on the modifier." }));
        required.push("modifier");
        clauses.extend(comparisons(comparison));
    }
    let mut schema = json!({ "type": "object", "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema["properties"] = Value::Object(properties);
    if !clauses.is_empty() {
        schema["allOf"] = json!(clauses);
    }
    schema
}

/// What `value` is, by the modifier.
fn comparisons(comparison: Comparison) -> Vec<Value> {
    let clause = |modifiers: Vec<&str>, value: Option<Shape>| {
        let then = match value {
            Some(value) => json!({ "required": ["value"], "properties": { "value": printed(&value) } }),
            None => json!({ "properties": { "value": false } }),
        };
        json!({ "if": { "required": ["modifier"], "properties": { "modifier": { "enum": modifiers } } }, "then": then })
    };
    comparison.forms().into_iter().map(|form| clause(form.modifiers, form.value)).collect()
}

fn case(case: &Case) -> Value {
    let mut then = json!({ "properties": properties(&case.keys) });
    if let Some(comparison) = case.comparison {
        then["properties"]["modifier"] = json!({ "enum": comparison.modifiers() });
        then["allOf"] = json!(comparisons(comparison));
    }
    json!({ "if": { "required": [case.key], "properties": { case.key: { "enum": case.equals } } }, "then": then })
}
