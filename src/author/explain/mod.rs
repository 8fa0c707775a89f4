//! Why a visitor is in a segment or not (SPEC 7, `explain`): the rule as a tree, with what was
//! counted and what was not, from the same evaluator that answers.

mod candidates;
mod change;
mod event;
pub mod evidence;
mod facts;
mod steps;
mod tree;
mod witness;

use crate::diagnostic::Place;
use crate::focus::Focus;
use crate::package::{ZoneTable, compile_text};
use crate::text::{Fold, trim};
use regulars_core::plan::{Plan, SEGMENTS};
use regulars_core::visitor::Visitor;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A plan with the package that it was compiled from.
#[derive(Debug)]
pub struct Source {
    /// As it was given.
    text: String,
    package: Value,
    plan: Plan,
    nodes: BTreeMap<String, usize>,
    fold: Fold,
}

impl Source {
    /// Ties a package (JSON text) to its plan; `None` if the plan is not that of the package.
    pub fn new(plan: &Plan, text: &str, fold: Fold) -> Option<Self> {
        let package = serde_json::from_str(text).ok()?;
        // The plan's own zone: the host's table may be of another edition by now.
        let version = crate::answers::names(plan)["zoneVersion"].as_str().unwrap_or("").to_owned();
        let (first, rest) = plan.zone.offsets.split_first()?;
        let zone = ZoneTable { version, initial: first.1, transitions: rest.to_vec() };
        let compiled = compile_text(text, Some(zone), fold, false);
        let same = compiled.plan.filter(|compiled| compiled.bytes() == plan.bytes())?;
        Some(Source { text: text.to_owned(), package, plan: same, nodes: compiled.nodes, fold })
    }

    /// Whether this is that plan with the package of that text.
    pub fn is_of(&self, plan: &Plan, text: &str) -> bool {
        self.text == text && self.plan.bytes() == plan.bytes()
    }

    /// Explains the answer of a segment at `now`, as JSON; `{ "problem": … }` if there is no such
    /// segment, or it is broken.
    ///
    /// The tree: each node has `path`, `matched`, `sentence`, and, as far as they mean something there,
    /// `actual`, `wanted`, `from` and `to` (from ≤ t < to; `null` is open), `evidence` and
    /// `leftOut` (with a `reason`, see [`evidence::reason`]), `holdsUntil` and `children`. Under a
    /// reference stands the segment that it refers to, the first time; under a segment that keeps
    /// stands its rule. `partial` is there if it is true. At the root, `flips` and `keeps`: see
    /// [`change`].
    pub fn explain(&self, visitor: &Visitor, segment: &str, now: i64) -> Value {
        let segment = trim(segment);
        let names = crate::answers::names(&self.plan);
        let number = names["segments"].as_array().into_iter().flatten().position(|id| id == segment);
        let (Some(number), Some(place)) = (number, self.place_of(segment)) else {
            return problem("unknown_segment", "", &["There is no segment `", segment, "` in this package."].concat());
        };
        let Some(root) = self.plan.index(SEGMENTS, number, 0).checked_sub(1) else {
            let message = ["The segment `", segment, "` is broken, so it never matches: mend what `check` says of it."].concat();
            return problem("broken_segment", &place.0, &message);
        };
        let focus = Focus::new(&self.plan, root);
        let visitor = focus.visitor(visitor);
        let mut explanation = Map::new();
        explanation.insert("segment".to_owned(), segment.into());
        explanation.insert("now".to_owned(), now.into());
        explanation.extend(tree::tree(self, &focus, &visitor, &place, now));
        let (member, until) = (explanation["matched"] == true, explanation["holdsUntil"].as_i64());
        let search = change::Search { focus: &focus, visitor: &visitor, now, fold: self.fold, member, until };
        let candidates = candidates::candidates(self, &place, &visitor.history);
        for (key, change) in [("flips", search.flips(&candidates)), ("keeps", search.keeps(&candidates))] {
            if let Some(change) = change {
                explanation.insert(key.to_owned(), change);
            }
        }
        Value::Object(explanation)
    }

    /// Where the first segment with an id stands.
    fn place_of(&self, id: &str) -> Option<Place> {
        let segments = self.package["segments"].as_array()?;
        let index = segments.iter().position(|segment| segment["id"].as_str().map(trim) == Some(id))?;
        Some(Place::default().key("segments").index(index))
    }

    /// The part of the package at a place.
    fn at(&self, place: &Place) -> &Value {
        self.package.pointer(&place.0).unwrap_or(&Value::Null)
    }
}

fn problem(code: &str, pointer: &str, message: &str) -> Value {
    json!({ "problem": { "code": code, "severity": "error", "pointer": pointer, "message": message } })
}
