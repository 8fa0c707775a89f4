//! JSON of an event, of a list of them, or of a whole visitor.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use regulars_author::native::fold;
use regulars_author::read::{event, ingest, read_context, read_visitor};
use regulars_core::plan::Plan;
use regulars_core::snapshot::{read, write};
use regulars_core::visitor::Visitor;
use regulars_fuzz::{ask, bounded, plan, visitor};
use serde_json::{Value, json};
use std::sync::LazyLock;

static PLAN: LazyLock<Plan> = LazyLock::new(plan);
static VISITOR: LazyLock<Visitor> = LazyLock::new(visitor);

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return Corpus::Reject };
    let mut visitor = Visitor::default();
    match &value {
        Value::Array(_) => drop(ingest(&mut visitor, &value, fold)),
        Value::Object(parts) if parts.contains_key("events") || parts.contains_key("profile") => {
            read_visitor(&mut visitor, &value, fold);
        }
        _ => {
            let report = ingest(&mut visitor, &json!([value]), fold);
            assert_eq!(event(&value, fold).is_ok(), report.accepted == 1, "an event is read alone as in a list");
            // Taken in twice it is one.
            let once = visitor.history.tables.first().map(|table| table.len());
            ingest(&mut visitor, &json!([value, value]), fold);
            assert_eq!(visitor.history.tables.first().map(|table| table.len()), once, "a copy is no other event");
            read_context(&mut visitor, &value, fold);
        }
    }
    ask_through_bytes(&visitor);
    // Into a past that has some of everything.
    let mut known = VISITOR.clone();
    ingest(&mut known, if value.is_array() { &value } else { &value["events"] }, fold);
    ingest(&mut known, &json!([value]), fold);
    ask_through_bytes(&known);
    Corpus::Keep
});

fn ask_through_bytes(visitor: &Visitor) {
    let bytes = write(visitor);
    let Ok(mut opened) = read(&bytes) else { panic!("a visitor opens from its bytes") };
    assert_eq!(write(&opened), bytes, "a visitor's bytes are the same again");
    opened.context = visitor.context.clone();
    assert!(ask(&PLAN, &opened, true) <= bounded(&PLAN, &opened), "the work is bounded");
}
