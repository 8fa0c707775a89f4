//! Regulars: audience segmentation that runs in the visitor's browser.
//!
//! A *package* (JSON: settings, segments, campaigns) is compiled into a *plan*; a visitor's
//! *events* are read into a *history*; an [`Evaluator`] answers for an instant: member or not,
//! and until when.
//!
//! ```
//! use regulars::{Evaluator, Visitor, compile_package, fold, read_visitor};
//! use serde_json::json;
//!
//! let package = json!({ "regulars": 1, "timeZone": "Europe/Amsterdam", "currency": "EUR",
//!     "segments": [{ "id": "recent", "rule": { "events": {
//!         "of": "conversion", "modifier": "is_exactly", "value": 1, "period": { "last": 90, "unit": "day" } } } }] });
//! let plan = compile_package(&package, false).plan.ok_or("refused")?;
//!
//! let mut visitor = Visitor::default();
//! let bought = 1_772_362_800_000; // 1 March 2026, 12:00 in Amsterdam
//! read_visitor(&mut visitor, &json!({ "events": [{ "type": "conversion", "id": "1001", "at": bought }] }), fold);
//!
//! let membership = Evaluator::default().evaluate(&plan, &visitor, bought);
//! assert!(membership.segments[0].member);
//! assert_eq!(membership.segments[0].holds_until, Some(bought + 90 * 86_400_000));
//! # Ok::<(), &str>(())
//! ```
//!
//! Instants are milliseconds since 1970 UTC; numbers are ten-thousandths.

pub use regulars_author::answers::{decision, membership, names};
pub use regulars_author::diagnostic::{Problem, Severity};
pub use regulars_author::native::{compile_package, fold, zone_table};
pub use regulars_author::package::{Compiled, ZoneTable, compile};
pub use regulars_author::read::{Code, Ingested, Refusal, ingest, read_visitor};
pub use regulars_author::text::{Fold, Text};
pub use regulars_core::evaluate::{Answer, Evaluator, HORIZON, Membership};
pub use regulars_core::plan::Plan;
pub use regulars_core::snapshot::{self, Unopened};
pub use regulars_core::visitor::Visitor;
