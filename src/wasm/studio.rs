//! The full build: for tools. Compiles packages, holds visitors as the page does, and populations.
#![cfg(target_arch = "wasm32")] // an empty crate natively, so that the workspace tests as one

extern crate alloc;

#[path = "orders.rs"]
mod orders;
#[cfg(test)]
#[path = "studio/tests.rs"]
mod tests;
#[path = "visitor.rs"]
mod visitor;

use js_sys::JsString;
use regulars_author::compare;
use regulars_author::describe::{Language, describe_all};
use regulars_author::diagnostic::Problem;
use regulars_author::explain::Source;
use regulars_author::package::{ZoneTable, compile_text};
use regulars_author::text::{Text, trim};
use regulars_author::timeline;
use regulars_author::work::bound;
use regulars_core::plan::Plan;
use serde::Serialize;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// What `compile` gives back.
#[derive(Serialize)]
struct Compiled {
    #[serde(with = "serde_bytes")]
    plan: Option<Vec<u8>>,
    problems: Vec<Problem>,
}

/// Compiles a package (JSON text) with the table of its time zone, or `null` if there is no such
/// zone: `{ plan: Uint8Array | null, problems: [{ code, severity, pointer, message, fix }] }`.
/// `strict` refuses the package for any error.
#[wasm_bindgen]
pub fn compile(package: &str, zone: JsValue, strict: bool) -> Result<JsValue, JsValue> {
    let zone: Option<ZoneTable> = serde_wasm_bindgen::from_value(zone)?;
    let compiled = compile_text(package, zone, fold, strict);
    let plan = compiled.plan.map(|plan| plan.bytes());
    let compiled = Compiled { plan, problems: compiled.problems };
    Ok(compiled.serialize(&serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true))?)
}

/// An upper bound of the steps that one evaluation of a plan takes for a history of so many events.
#[wasm_bindgen]
pub fn work(plan: &[u8], events: f64) -> f64 {
    Plan::open(plan).map_or(0.0, |plan| bound(&plan, events as usize) as f64)
}

/// What is proved of the segments that two packages (JSON text, each with the table of its time
/// zone) both have: a map of id → `equal`, `narrower` or `wider`.
#[wasm_bindgen]
pub fn compare(before: &str, zone: JsValue, after: &str, other_zone: JsValue) -> Result<JsValue, JsValue> {
    let (zone, other_zone) = (serde_wasm_bindgen::from_value(zone)?, serde_wasm_bindgen::from_value(other_zone)?);
    Ok(serde_wasm_bindgen::to_value(&compare::compare((before, zone), (after, other_zone), fold))?)
}

/// The segments of a package (JSON text) in words, `en` or `nl`: `[{ segment, name, phrases: [{ text, pointer }] }]`. Those
/// that cannot be put in words are left out.
#[wasm_bindgen]
pub fn describe(package: &str, language: &str) -> Result<JsValue, JsValue> {
    let described = Language::from_code(language).map_or(Vec::new(), |language| describe_all(package, language));
    Ok(described.serialize(&serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true))?)
}

thread_local! {
    /// The last package with its plan: it is asked about again and again.
    static SOURCE: RefCell<Option<Source>> = const { RefCell::new(None) };
}

/// Why the visitor is in a segment or not, at `now`: JSON text of `author::explain`. `package` is
/// the JSON text that the visitor's plan was compiled from; of any other there is no text.
#[wasm_bindgen]
pub fn explain(visitor: *mut visitor::Visitor, package: &str, segment: &str, now: f64) -> Option<String> {
    let visitor = visitor::at(visitor);
    SOURCE.with_borrow_mut(|source| {
        if source.as_ref().is_none_or(|source| !source.is_of(&visitor.plan, package)) {
            *source = Source::new(&visitor.plan, package, fold);
        }
        source.as_ref().map(|source| source.explain(&visitor.visitor, segment, now as i64).to_string())
    })
}

/// Whether a package (JSON text) is the one that a plan was compiled from.
#[wasm_bindgen]
pub fn belongs(plan: &[u8], package: &str) -> bool {
    Plan::open(plan).is_ok_and(|plan| Source::new(&plan, package, fold).is_some())
}

/// When the visitor is in the segment with this number: JSON text of `author::timeline`.
#[wasm_bindgen]
pub fn timeline(visitor: *mut visitor::Visitor, segment: usize, from: f64, to: f64) -> String {
    let visitor = visitor::at(visitor);
    timeline::intervals(&timeline::timeline(&visitor.plan, &visitor.visitor, segment, from as i64, to as i64)).to_string()
}

/// NFC, trimmed; folded to full lower case with every ς as σ: by the browser's own tables.
fn fold(text: &str) -> Text {
    if text.is_ascii() {
        let clean = trim(text).to_owned();
        return Text { folded: clean.to_ascii_lowercase(), clean };
    }
    let nfc = String::from(JsString::from(text).normalize("NFC"));
    let clean = trim(&nfc);
    let folded = String::from(JsString::from(clean).to_lower_case()).replace('ς', "σ");
    Text { clean: clean.to_owned(), folded }
}

/// Gives a visitor's memory back. Only tools hold visitors by the thousand; a page has one, for
/// as long as it lives.
#[wasm_bindgen]
#[allow(clippy::not_unsafe_ptr_arg_deref, reason = "only JavaScript calls this, where nothing is marked")]
pub fn close(visitor: *mut visitor::Visitor) {
    // SAFETY: the glue passes only what `open` gave, and forgets the address.
    drop(unsafe { Box::from_raw(visitor) });
}
