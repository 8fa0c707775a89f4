//! Many visitors at once: a shop's order file becomes columns, and the same plan that pages load
//! is asked over all of its customers.
//!
//! ```
//! use regulars_author::native::{compile_package, fold};
//! use regulars_population::{audience, orders::{Orders, Settings}};
//! let mut orders = Orders::new(Settings::default(), fold);
//! orders.take(b"visitor_id,order_id,at,value\nann,1,2026-03-01T10:00:00Z,60\nben,2,2026-03-02T10:00:00Z,40\n");
//! let population = orders.end().population.unwrap();
//! let package = serde_json::json!({ "regulars": 1, "timeZone": "Europe/Amsterdam", "currency": "EUR",
//!     "segments": [{ "id": "spent-50", "rule": { "events": { "of": "conversion", "measure": "total_value", "modifier": "is_at_least", "value": 50 } } }] });
//! let plan = compile_package(&package, false).plan.unwrap();
//! let now = regulars_core::time::parse_instant("2026-03-03T00:00:00Z").unwrap();
//! assert_eq!(audience::sizes(&population, &plan, now), [1]);
//! let members = audience::members(&population, &plan, 0, now);
//! assert_eq!(population.id(members[0] as usize), "ann");
//! ```

pub mod audience;
pub mod cells;
pub mod filter;
pub mod header;
pub mod local;
pub mod measure;
pub mod orders;
pub mod peek;
pub mod population;
pub mod refusal;
pub mod rows;
pub mod seal;
