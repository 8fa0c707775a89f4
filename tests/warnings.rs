//! The texts of warnings: the cases of `tests/warnings` say exactly these. `UPDATE=1 cargo test --test warnings` writes what
//! is said now into the files; the diff is then part of the change.

use std::fmt::Write;
use std::path::Path;

use regulars::compile_package;
use serde_json::{Value, json};

/// The package of a case; `rule` is that of its segment "s".
fn package(case: &Value) -> Value {
    let mut package = json!({ "regulars": 1, "timeZone": "Europe/Amsterdam", "currency": "EUR" });
    let whole = package.as_object_mut().unwrap();
    whole.extend(case.get("package").and_then(Value::as_object).cloned().unwrap_or_default());
    if let Some(rule) = case.get("rule") {
        whole.insert("segments".to_owned(), json!([{ "id": "s", "rule": rule }]));
    }
    package
}

/// A file as it is written: a key a line, and a warning a line.
fn written(cases: &[Value]) -> String {
    let mut text = "{\n  \"cases\": [\n".to_owned();
    for (index, case) in cases.iter().enumerate() {
        text.push_str("    {\n");
        for (key, value) in case.as_object().unwrap().iter().filter(|(key, _)| *key != "warnings") {
            writeln!(text, "      \"{key}\": {value},").unwrap();
        }
        let warnings: Vec<String> = case["warnings"].as_array().unwrap().iter().map(|warning| format!("\n        {warning}")).collect();
        let end = if warnings.is_empty() { "" } else { "\n      " };
        let after = if index + 1 < cases.len() { "," } else { "" };
        writeln!(text, "      \"warnings\": [{}{end}]\n    }}{after}", warnings.join(",")).unwrap();
    }
    text.push_str("  ]\n}\n");
    text
}

#[test]
fn warnings_say_what_the_files_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/warnings");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(&file).unwrap();
        let read: Value = serde_json::from_str(&text).unwrap();
        let mut cases = read["cases"].as_array().unwrap().clone();
        let code = file.file_stem().unwrap().to_str().unwrap();
        let mut told = 0;
        for case in &mut cases {
            let problems = compile_package(&package(case), true).problems;
            told += problems.iter().filter(|problem| problem.code == code).count();
            case["warnings"] = serde_json::to_value(problems).unwrap();
        }
        assert!(told > 0 || text.is_empty(), "no case of {code} is warned about so");
        seen += told;
        let now = written(&cases);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, now).unwrap();
        } else {
            assert!(now == text, "{code} differs; UPDATE=1 writes\n{now}");
        }
    }
    assert!(seen > 20);
}
