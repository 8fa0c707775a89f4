//! The cases of `tests/spec/*.json`, through every engine there is. `tests/spec` says in data what SPEC.md says in words.

mod engine;
mod reference;

use std::collections::BTreeSet;
use std::path::Path;

use engine::product::TheProduct;
use engine::{Engine, Evaluation, History, TheReference};
use reference::numbers::instant;
use serde_json::{Map, Value, json};

struct Case {
    file: String,
    name: String,
    package: Value,
    case: Map<String, Value>,
}

/// Keys that a part of a case may have: a misspelt check must not pass for a check.
fn known<'a>(value: &'a Value, keys: &[&str], of: &str) -> &'a Map<String, Value> {
    let object = value.as_object().unwrap_or_else(|| panic!("{of} is not an object"));
    for key in object.keys() {
        assert!(keys.contains(&key.as_str()), "{of} has an unknown key \"{key}\"");
    }
    object
}

/// The short forms of `tests/spec/README.md` for what repeats.
fn expand(value: Value) -> Value {
    let form = |value: &Value, key: &str| {
        let object = value.as_object().filter(|object| object.len() == 1)?;
        object.get(key).cloned()
    };
    let times = |form: &Value| form["times"].as_u64().unwrap() as usize;
    if let Some(text) = form(&value, "$text") {
        return Value::from(text["repeat"].as_str().unwrap().repeat(times(&text)));
    }
    if let Some(nest) = form(&value, "$nest") {
        return (0..nest["list"].as_u64().unwrap()).fold(json!(1), |inner, _| json!([inner]));
    }
    match value {
        Value::Array(items) => items
            .into_iter()
            .flat_map(|item| match form(&item, "$repeat") {
                Some(repeat) => vec![expand(repeat["value"].clone()); times(&repeat)],
                None => vec![expand(item)],
            })
            .collect(),
        Value::Object(items) => Value::Object(items.into_iter().map(|(key, item)| (key, expand(item))).collect()),
        value => value,
    }
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let topic: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        known(&topic, &["topic", "about", "package", "cases"], &file);
        let mut names = BTreeSet::new();
        for case in topic["cases"].as_array().unwrap_or_else(|| panic!("{file} has no cases")) {
            let name = case["name"].as_str().unwrap_or_else(|| panic!("{file}: a case has no name")).to_owned();
            assert!(names.insert(name.clone()), "{file}: two cases are called \"{name}\"");
            let keys = ["name", "package", "rule", "visitor", "checks", "problems", "refused", "why"];
            let mut case = known(case, &keys, &format!("{file}: {name}")).clone();
            for key in ["package", "rule", "visitor"] {
                if let Some(part) = case.get_mut(key) {
                    *part = expand(part.take());
                }
            }
            cases.push(Case { package: package(&topic, &case), file: file.clone(), name, case });
        }
    }
    assert!(!cases.is_empty(), "tests/spec has no cases");
    cases
}

/// The package of the file, with the keys of the case over it, and the segment "s" that `rule` stands for.
fn package(topic: &Value, case: &Map<String, Value>) -> Value {
    let mut package = topic.get("package").cloned().unwrap_or(json!({ "regulars": 1, "timeZone": "UTC", "currency": "EUR" }));
    let whole = package.as_object_mut().unwrap();
    whole.extend(case.get("package").and_then(Value::as_object).cloned().unwrap_or_default());
    if let Some(rule) = case.get("rule") {
        let segments = whole.entry("segments").or_insert(json!([]));
        segments.as_array_mut().unwrap().push(json!({ "id": "s", "rule": rule }));
    }
    package
}

/// What is wrong, in sentences; nothing if all is as the case says.
fn run(engine: &dyn Engine, case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    let loaded = engine.load(&case.package);
    if let Some(mut found) = loaded.problems {
        found.retain(|problem| case.case.contains_key("problems") || !problem.warning);
        let mut found: Vec<_> = found.into_iter().map(|problem| (problem.code, problem.pointer)).collect();
        found.sort();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let listed = case.case.get("problems").and_then(Value::as_array);
        let mut wanted: Vec<_> = listed.into_iter().flatten().map(|problem| (text(&problem["code"]), text(&problem["pointer"]))).collect();
        wanted.sort();
        expect(&mut wrong, "problems", &found, &wanted);
    }
    let checks = case.case.get("checks").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let Some(plan) = loaded.plan else {
        if !checks.is_empty() {
            wrong.push("the package is refused, but there are checks".to_owned());
        }
        return wrong;
    };
    let (mut history, refused) = plan.read(case.case.get("visitor").unwrap_or(&json!({})));
    let wanted = case.case.get("refused").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let agrees = |found: &engine::Refusal, wanted: &Value| {
        let same = |said: &Option<String>, key: &str| said.as_deref().is_none_or(|said| Some(said) == wanted[key].as_str());
        wanted["index"].as_i64() == Some(found.index as i64) && same(&found.code, "code") && same(&found.pointer, "pointer")
    };
    if refused.len() != wanted.len() || !refused.iter().zip(wanted).all(|(found, wanted)| agrees(found, wanted)) {
        wrong.push(format!("refused: {refused:?}, not {}", json!(wanted)));
    }
    for check in checks {
        for sentence in run_check(&mut *history, check) {
            wrong.push(format!("at {}: {sentence}", check["now"]));
        }
    }
    wrong
}

fn expect<T: PartialEq + std::fmt::Debug>(wrong: &mut Vec<String>, what: &str, found: &T, wanted: &T) {
    if found != wanted {
        wrong.push(format!("{what}: {found:?}, not {wanted:?}"));
    }
}

fn run_check(history: &mut dyn History, check: &Value) -> Vec<String> {
    let keys = ["now", "context", "member", "members", "holdsUntil", "partial", "retention", "all", "slot", "decision"];
    let parts = known(check, &keys, "a check");
    let now = instant(&check["now"]).expect("a check needs an instant `now`");
    history.set_context(&expand(parts.get("context").cloned().unwrap_or(json!({}))));
    let until = |value: &Value| {
        if value.is_null() { None } else { Some(instant(value).expect("holdsUntil is an instant or null")) }
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let evaluation: Evaluation =
        history.evaluate(now, parts.contains_key("holdsUntil") || parts.contains_key("all") || parts.contains_key("retention"));
    let mut wrong = Vec::new();
    let segment = |id: &str| evaluation.segments.iter().find(|segment| segment.id == id).unwrap_or_else(|| panic!("no segment \"{id}\""));
    if let Some(member) = parts.get("member") {
        expect(&mut wrong, "member", &Some(segment("s").member), &member.as_bool());
    }
    for (id, member) in parts.get("members").and_then(Value::as_object).into_iter().flatten() {
        expect(&mut wrong, &format!("member of {id}"), &Some(segment(id).member), &member.as_bool());
    }
    if let Some(partial) = parts.get("partial") {
        expect(&mut wrong, "partial", &Some(segment("s").partial), &partial.as_bool());
    }
    if let Some(holds) = parts.get("holdsUntil") {
        expect(&mut wrong, "holdsUntil", &segment("s").holds_until, &until(holds));
    }
    if let Some(holds) = parts.get("all") {
        expect(&mut wrong, "the earliest holdsUntil", &evaluation.holds_until, &until(holds));
    }
    if let Some(cell) = parts.get("retention") {
        let wanted = known(cell, &["cell", "conversions", "daysSinceLast", "holdsUntil"], "retention");
        for (key, value) in wanted {
            match key.as_str() {
                "cell" => expect(&mut wrong, "cell", &evaluation.cell, &text(value)),
                "conversions" => expect(&mut wrong, "conversions", &Some(evaluation.conversions), &value.as_u64()),
                "daysSinceLast" => expect(&mut wrong, "daysSinceLast", &evaluation.days_since_last, &value.as_i64()),
                _ => expect(&mut wrong, "the cell's holdsUntil", &evaluation.cell_holds_until, &until(value)),
            }
        }
    }
    if let Some(decision) = parts.get("decision") {
        let wanted = known(decision, &["campaign", "variant", "content", "heldOut", "rejected", "holdsUntil"], "decision");
        let shown = history.decide(check["slot"].as_str().expect("a decision needs a slot"), now, wanted.contains_key("holdsUntil"));
        for (key, value) in wanted {
            match key.as_str() {
                "campaign" => expect(&mut wrong, "campaign", &shown.campaign, &text(value)),
                "variant" => expect(&mut wrong, "variant", &shown.variant, &text(value)),
                "content" => expect(&mut wrong, "content", &shown.content, value),
                "heldOut" => expect(&mut wrong, "heldOut", &Some(shown.held_out), &value.as_bool()),
                "rejected" => {
                    let listed: Vec<Value> =
                        shown.rejected.iter().map(|(id, reason)| json!({ "campaign": id, "reason": reason })).collect();
                    expect(&mut wrong, "rejected", &Value::from(listed), value);
                }
                _ => expect(&mut wrong, "the decision's holdsUntil", &shown.holds_until, &until(value)),
            }
        }
    }
    wrong
}

fn run_all(engine: &dyn Engine) {
    let cases = cases();
    let mut failures = Vec::new();
    for case in &cases {
        let wrong = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(engine, case)));
        for sentence in wrong.unwrap_or_else(|_| vec!["panicked (see above)".to_owned()]) {
            failures.push(format!("{} · {}\n    {sentence}", case.file, case.name));
        }
    }
    let name = engine.name();
    println!("{name}: {} cases of tests/spec", cases.len());
    assert!(failures.is_empty(), "{name}: {} things differ\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_product_does_what_the_cases_say() {
    run_all(&TheProduct);
}

#[test]
fn the_reference_does_what_the_cases_say() {
    run_all(&TheReference);
}
