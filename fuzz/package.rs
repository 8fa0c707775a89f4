//! JSON of a package.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use regulars_author::diagnostic::Severity;
use regulars_author::native::{fold, zone_table};
use regulars_author::package::compile_text;
use regulars_author::text::trim;
use regulars_core::plan::Plan;
use regulars_core::visitor::Visitor;
use regulars_fuzz::{ask, bounded, visitor};
use serde_json::Value;
use std::sync::LazyLock;

static VISITOR: LazyLock<Visitor> = LazyLock::new(visitor);

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let zone = value.get("timeZone").and_then(Value::as_str).and_then(|name| zone_table(trim(name)));
    let compiled = compile_text(text, zone, fold, false);
    let errors = compiled.problems.iter().any(|problem| problem.severity == Severity::Error);
    assert!(compiled.plan.is_some() || errors, "a package is refused without an error");
    if let Some(plan) = compiled.plan {
        let bytes = plan.bytes();
        assert_eq!(Plan::open(&bytes).as_ref(), Ok(&plan), "a plan is the same through its bytes");
        assert!(ask(&plan, &VISITOR, true) <= bounded(&plan, &VISITOR), "the work is bounded");
    }
    if value.is_object() { Corpus::Keep } else { Corpus::Reject }
});
