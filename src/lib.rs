//! Regulars: audience segmentation that runs in the visitor's browser.
//!
//! A *package* (JSON: settings, segments, campaigns) is compiled into a *plan*; a visitor's
//! *events* are read into a *history*; an [`Evaluator`] answers for an instant: member or not,
//! and until when.
//!
//! ```
//! use regulars::{Evaluator, Visitor, compile_package, read_visitor};
//! use serde_json::json;
//!
//! let package = json!({ "regulars": 1, "timeZone": "Europe/Amsterdam", "currency": "EUR",
//!     "segments": [{ "id": "recent", "rule": { "events": {
//!         "of": "conversion", "modifier": "is_exactly", "value": 1, "period": { "last": 90, "unit": "day" } } } }] });
//! let plan = compile_package(&package, false).plan.ok_or("refused")?;
//!
//! let mut visitor = Visitor::default();
//! let bought = 1_772_362_800_000; // 1 March 2026, 12:00 in Amsterdam
//! read_visitor(&mut visitor, &json!({ "events": [{ "type": "conversion", "id": "1001", "at": bought }] }));
//!
//! let membership = Evaluator::default().evaluate(&plan, &visitor, bought);
//! assert!(membership.segments[0].member);
//! assert_eq!(membership.segments[0].holds_until, Some(bought + 90 * 86_400_000));
//! # Ok::<(), &str>(())
//! ```
//!
//! Instants are milliseconds since 1970 UTC; numbers are ten-thousandths.

pub use regulars_author::diagnostic::{Problem, Severity};
pub use regulars_author::native::{compile_package, fold, zone_table};
pub use regulars_author::package::{Compiled, ZoneTable, compile};
pub use regulars_author::wire::{Fold, encode};
pub use regulars_core::decide::{Decision, Reason, decide};
pub use regulars_core::evaluate::{Answer, Evaluator, HORIZON, Membership};
pub use regulars_core::event::Event;
pub use regulars_core::plan::Plan;
pub use regulars_core::read::{Code, Refusal};
pub use regulars_core::retention::{Cell, Spot};
pub use regulars_core::snapshot::{self, Unopened};
pub use regulars_core::visitor::{Coverage, Ingested, Visitor};

/// Reads a whole visitor (`id`, `profile`, `coveredSince`, `events`) into `visitor`.
pub fn read_visitor(visitor: &mut Visitor, json: &serde_json::Value) -> Ingested {
    let bytes = encode(json, fold);
    visitor.read(&regulars_core::wire::read(&bytes).unwrap_or(regulars_core::wire::Wire::Unreadable))
}

/// Takes a list of events into `visitor`.
pub fn ingest(visitor: &mut Visitor, json: &serde_json::Value) -> Ingested {
    let bytes = encode(json, fold);
    visitor.ingest(&regulars_core::wire::read(&bytes).unwrap_or(regulars_core::wire::Wire::Unreadable))
}
