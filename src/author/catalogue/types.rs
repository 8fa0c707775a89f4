//! The TypeScript types of a package: exact, so that a mistake in a literal is an error where it stands.

use crate::catalogue::package::definitions;
use crate::catalogue::shape::{Case, Comparison, Definition, Key, Object, Shape, Word};
use serde_json::{Value, json};

const HEAD: &str = r#"/**
 * What a package may say. Written from the catalogue of the rule language (`UPDATE=1 cargo test --test catalogue`), like
 * `regulars/package.schema.json`; a mistake in a literal is an error where it stands.
 */
import type { Context, Decimal, Instant, Json, Visitor } from "./types.js";

/** A whole number, or one as a text of digits. */
export type Whole = number | `${number}`;

/** Exactly one of several forms: the keys of one may not stand beside those of another. */
export type OneOf<Form, All = Form> = Form extends unknown ? Form & { readonly [Key in Exclude<KeysOf<All>, keyof Form>]?: never } : never;
type KeysOf<Form> = Form extends unknown ? keyof Form : never;
"#;

/// The module `rules.ts`.
pub fn types() -> String {
    let mut text = HEAD.to_owned();
    for definition in definitions() {
        if let Some(printed) = defined(&definition) {
            text.push_str(&format!("\n/** {} */\n{printed}\n", definition.about));
        }
    }
    for (comparison, about) in [
        (Comparison::Fields, "A modifier, and the value that it takes, for fields."),
        (Comparison::Numbers, "A modifier, and the value that it takes, for measures."),
    ] {
        text.push_str(&format!("\n/** {about} */\nexport type {} =\n{};\n", comparison.name(), forms(comparison)));
    }
    text
}

fn defined(definition: &Definition) -> Option<String> {
    let name = definition.name;
    Some(match &definition.shape {
        Shape::Printed(_, None) => return None,
        Shape::Object(object) if object.comparison.is_none() && object.cases.is_empty() => {
            format!("export interface {name} {}", braces(&object.keys, 0))
        }
        Shape::Object(object) => format!("export type {name} ={};", alternatives(&members(object))),
        Shape::Either(shapes) => {
            format!("export type {name} = OneOf<{}\n>;", alternatives(&shapes.iter().map(|shape| printed(shape, 1)).collect::<Vec<_>>()))
        }
        Shape::OneKey(keys) => {
            let one = |key: &Key| braces(&[Key { required: true, ..key.clone() }], 1);
            format!("export type {name} = OneOf<{}\n>;", alternatives(&keys.iter().map(one).collect::<Vec<_>>()))
        }
        shape => format!("export type {name} = {};", printed(shape, 0)),
    })
}

fn alternatives(members: &[String]) -> String {
    members.iter().map(|member| format!("\n  | {member}")).collect()
}

fn printed(shape: &Shape, depth: usize) -> String {
    match shape {
        Shape::Named(name) => (*name).to_owned(),
        Shape::Text => "string".to_owned(),
        Shape::Open(words) => format!("{} | (string & {{}})", union(words)),
        Shape::Words(words) if words.is_empty() => "never".to_owned(),
        Shape::Words(words) => union(words),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Exactly(value) => value.to_string(),
        Shape::Whole(..) => "Whole".to_owned(),
        Shape::List(of, ..) => format!("readonly {}[]", grouped(printed(of, depth))),
        Shape::Pair(of) => {
            let of = printed(of, depth);
            format!("readonly [{of}, {of}]")
        }
        Shape::Map(of) => format!("{{ readonly [name: string]: {} }}", printed(of, depth)),
        Shape::Either(shapes) => shapes.iter().map(|shape| printed(shape, depth)).collect::<Vec<_>>().join(" | "),
        Shape::OneKey(keys) => braces(keys, depth),
        Shape::Object(object) => members_at(object, depth).join(" | "),
        Shape::Printed(_, types) => types.unwrap_or("Json").to_owned(),
    }
}

fn grouped(text: String) -> String {
    if text.contains(" | ") { format!("({text})") } else { text }
}

fn union(words: &[Word]) -> String {
    words.iter().map(|(word, _)| format!("\"{word}\"")).collect::<Vec<_>>().join(" | ")
}

fn braces(keys: &[Key], depth: usize) -> String {
    let indent = "  ".repeat(depth + 1);
    let mut text = "{\n".to_owned();
    for key in keys {
        let optional = if key.required { "" } else { "?" };
        let name = if key.name.starts_with('$') { format!("\"{}\"", key.name) } else { key.name.to_owned() };
        let about = match &key.default {
            Some(default) if !key.about.ends_with("given.") => format!("{} `{default}` unless given.", key.about),
            _ => key.about.to_owned(),
        };
        text.push_str(&format!("{indent}/** {about} */\n{indent}readonly {name}{optional}: {};\n", printed(&key.shape, depth + 1)));
    }
    text.push_str(&"  ".repeat(depth));
    text.push('}');
    text
}

/// The forms of an object: one for each of its cases, and one for when none applies.
fn members(object: &Object) -> Vec<String> {
    members_at(object, 1)
}

fn members_at(object: &Object, depth: usize) -> Vec<String> {
    let mut rest = object.keys.clone();
    let mut members = Vec::new();
    for case in &object.cases {
        let comparison = case.comparison.or(object.comparison);
        members.push(member(&narrowed(&rest, case), comparison, depth));
        rest = without(rest, case);
    }
    members.push(member(&rest, object.comparison, depth));
    members
}

fn member(keys: &[Key], comparison: Option<Comparison>, depth: usize) -> String {
    let keys = braces(keys, depth);
    comparison.map_or(keys.clone(), |comparison| format!("{keys} & {}", comparison.name()))
}

/// The keys when the case applies.
fn narrowed(keys: &[Key], case: &Case) -> Vec<Key> {
    let narrow = |key: &Key| {
        if key.name == case.key {
            let words = match &key.shape {
                Shape::Words(words) => Shape::Words(words.iter().filter(|(word, _)| case.equals.contains(&json!(word))).copied().collect()),
                _ => Shape::Exactly(case.equals.first().cloned().unwrap_or(Value::Null)),
            };
            return Key { shape: words, required: true, default: None, ..key.clone() };
        }
        case.keys.iter().find(|other| other.name == key.name).unwrap_or(key).clone()
    };
    keys.iter().map(narrow).collect()
}

/// The keys when the case does not apply.
fn without(keys: Vec<Key>, case: &Case) -> Vec<Key> {
    let narrow = |key: Key| {
        if key.name != case.key {
            return key;
        }
        let shape = match key.shape {
            Shape::Words(words) => Shape::Words(words.into_iter().filter(|(word, _)| !case.equals.contains(&json!(word))).collect()),
            Shape::Boolean => Shape::Exactly(json!(!case.equals.contains(&json!(true)))),
            shape => shape,
        };
        Key { shape, ..key }
    };
    keys.into_iter().map(narrow).collect()
}

fn forms(comparison: Comparison) -> String {
    let form = |modifiers: Vec<&str>, value: Option<Shape>| {
        let words: Vec<_> = modifiers.iter().map(|word| format!("\"{word}\"")).collect();
        let value = value.map_or("value?: never".to_owned(), |value| format!("value: {}", printed(&value, 1)));
        format!("  | {{ readonly modifier: {}; readonly {value} }}", words.join(" | "))
    };
    comparison.forms().into_iter().map(|each| form(each.modifiers, each.value)).collect::<Vec<_>>().join("\n")
}
