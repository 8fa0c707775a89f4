//! What sentences say, held against files that people have read. `REGULARS_UPDATE=1 cargo test --test describe` writes the
//! files anew; the diff is then the review.

use std::path::Path;

use regulars_author::catalogue::{CALENDAR, LENGTHS, MEASURES, MODIFIERS, Modifier, ONLY, WEEKDAYS};
use regulars_author::describe::{Language, describe};
use serde_json::{Map, Value, json};

fn read(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(file);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Compares with a file of `tests/describe`, or writes it.
fn compare(file: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/describe").join(file);
    if std::env::var_os("REGULARS_UPDATE").is_some() {
        std::fs::write(path, said).unwrap();
        return;
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    let first = known.lines().zip(said.lines()).find(|(known, said)| known != said);
    assert!(known == said, "{file} says otherwise: {first:?}; REGULARS_UPDATE=1 writes it anew, for you to read");
}

/// A title, and a segment in both languages.
fn entry(out: &mut String, title: &str, package: &Value, segment: &str) {
    out.push_str(title);
    out.push('\n');
    for language in [Language::English, Language::Dutch] {
        let description = describe(package, segment, language).unwrap_or_else(|| panic!("nothing to say of {title}"));
        let sentence: String = description.phrases.iter().map(|phrase| phrase.text.as_str()).collect();
        out.push_str(&format!("  {}: {sentence}\n", if language == Language::English { "en" } else { "nl" }));
    }
    out.push('\n');
}

fn entry_of_rule(out: &mut String, title: &str, rule: &Value) {
    let package = json!({ "timeZone": "Europe/Amsterdam", "currency": "EUR", "segments": [{ "id": "s", "rule": rule }] });
    entry(out, title, &package, "s");
}

/// Handwritten cases: every condition, and what is easily mistaken for something else.
#[test]
fn the_cases_say_what_they_said() {
    let cases = read("describe/cases.json");
    let mut out = String::new();
    for case in cases["cases"].as_array().unwrap() {
        let mut package = cases["package"].clone();
        package.as_object_mut().unwrap().extend(case.get("package").and_then(Value::as_object).cloned().unwrap_or_default());
        let mut segment = case.get("segment").and_then(Value::as_object).cloned().unwrap_or(Map::new());
        segment.entry("id").or_insert(json!("s"));
        segment.insert("rule".to_owned(), case["rule"].clone());
        let id = segment["id"].as_str().unwrap().trim().to_owned();
        package["segments"].as_array_mut().unwrap().push(Value::Object(segment));
        entry(&mut out, case["name"].as_str().unwrap(), &package, &id);
    }
    compare("cases.txt", &out);
}

/// Every word of the rule language in a condition of its own.
#[test]
fn the_words_say_what_they_said() {
    let mut out = String::new();
    let mut events = |title: String, parts: Value| {
        let mut condition = json!({ "of": "conversion", "modifier": "is_at_least", "value": 2 });
        condition.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
        condition.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        entry_of_rule(&mut out, &title, &json!({ "events": condition }));
    };
    let brand = json!({ "field": "brand", "modifier": "is_exactly", "value": "Acme" });
    for (measure, _) in MEASURES {
        let of = if measure == "ratio" { "return" } else { "conversion" };
        events(format!("measure {measure}"), json!({ "of": of, "measure": measure, "period": { "last": 90, "unit": "day" } }));
        events(format!("measure {measure} with items"), json!({ "of": of, "measure": measure, "items": brand }));
    }
    for (modifier, (kind, _)) in MODIFIERS {
        let value = |one: Value, other: Value| match modifier {
            "is_between" | "is_not_between" | "is_one_of" | "is_none_of" => json!([one, other]),
            _ => one,
        };
        let known = matches!(kind, Modifier::Known);
        let text_only = matches!(kind, Modifier::Like(_));
        for measure in ["count", "average_value"].into_iter().filter(|_| !text_only) {
            let value = if known { Value::Null } else { value(json!("59.90"), json!(100)) };
            events(format!("modifier {modifier} of {measure}"), json!({ "measure": measure, "modifier": modifier, "value": value }));
        }
        let number = ("number", json!(1.5), json!(10));
        let text = ("text", json!("Acme"), json!("Zeta"));
        let date = ("date", json!("2026-03-01"), json!("2026-03-31"));
        let instant = ("instant", json!("2026-03-01T12:00:00+01:00"), json!("2026-03-31T12:00:00.5+02:00"));
        let values = match kind {
            Modifier::Known => {
                events(format!("modifier {modifier}"), json!({ "where": { "field": "own", "modifier": modifier } }));
                vec![]
            }
            Modifier::Like(_) => vec![text],
            kind if kind.orders() => vec![number, date, instant],
            _ => vec![number, text, ("truth", json!(true), json!(false))],
        };
        for (name, one, other) in values {
            let mut test = json!({ "field": "own", "modifier": modifier, "value": value(one, other) });
            events(format!("modifier {modifier} of a {name}"), json!({ "where": test }));
            if name == "text" {
                test["caseSensitive"] = json!(true);
                events(format!("modifier {modifier} of a {name}, case-sensitive"), json!({ "where": test }));
            }
        }
    }
    for (unit, _) in LENGTHS {
        for count in [1, 3] {
            events(format!("last {count} {unit}"), json!({ "period": { "last": count, "unit": unit } }));
        }
        events(format!("between 1 and 2 {unit}"), json!({ "period": { "between": [1, 2], "unit": unit } }));
    }
    for (unit, _) in CALENDAR {
        for count in [1, 3] {
            for current in [false, true] {
                let period = json!({ "calendar": unit, "count": count, "current": current });
                events(format!("calendar {unit}, count {count}, current {current}"), json!({ "period": period }));
            }
        }
    }
    for (only, _) in ONLY {
        events(format!("only {only}"), json!({ "only": only }));
    }
    for (kind, _) in Language::English.words().events {
        events(format!("events {kind}"), json!({ "of": kind }));
    }
    for (field, _) in Language::English.words().fields {
        events(format!("field {field}"), json!({ "where": { "field": field, "modifier": "is_exactly", "value": "12" } }));
    }
    for (field, _) in Language::English.words().line_fields {
        events(format!("field {field} of an item"), json!({ "items": { "field": field, "modifier": "is_exactly", "value": "12" } }));
    }
    for (field, _) in Language::English.words().present {
        let test = json!({ "field": field, "modifier": "is_not", "value": "12" });
        entry_of_rule(&mut out, &format!("context {field}"), &json!({ "context": test }));
    }
    for (day, _) in WEEKDAYS {
        let test = json!({ "field": "weekday", "modifier": "is_exactly", "value": day });
        entry_of_rule(&mut out, &format!("weekday {day}"), &json!({ "context": test }));
        let package = json!({ "timeZone": "UTC", "weekStartsOn": day, "segments": [{ "id": "s", "rule":
            { "events": { "of": "visit", "modifier": "is_at_least", "value": 1, "period": { "calendar": "week" } } } }] });
        entry(&mut out, &format!("weeks begin on {day}"), &package, "s");
    }
    compare("words.txt", &out);
}

/// The recipes of the spec cases.
#[test]
fn the_recipes_say_what_they_said() {
    let topic = read("spec/recipes.json");
    let mut out = String::new();
    for case in topic["cases"].as_array().unwrap() {
        let mut package = topic.get("package").cloned().unwrap_or(json!({ "regulars": 1, "timeZone": "UTC", "currency": "EUR" }));
        package.as_object_mut().unwrap().extend(case.get("package").and_then(Value::as_object).cloned().unwrap_or_default());
        let name = case["name"].as_str().unwrap();
        if let Some(rule) = case.get("rule") {
            package["segments"] = json!([{ "id": "s", "rule": rule }]);
        }
        for segment in package["segments"].as_array().into_iter().flatten() {
            let id = segment["id"].as_str().unwrap();
            entry(&mut out, &format!("{name} · {id}"), &package, id);
        }
    }
    compare("recipes.txt", &out);
}
