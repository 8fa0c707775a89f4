//! The rule as a tree: what each node says now, and why.

use super::Source;
use super::evidence::{Evidence, events};
use super::facts;
use super::steps::sequence;
use crate::describe::{Language, describe, sentence};
use crate::diagnostic::Place;
use crate::focus::Focus;
use crate::text::trim;
use regulars_core::evaluate::{Evaluator, HORIZON};
use regulars_core::plan::{NODES, node};
use regulars_core::visitor::Visitor;
use serde_json::{Map, Value};

/// One explanation on its way.
struct Tree<'a> {
    source: &'a Source,
    focus: &'a Focus,
    visitor: &'a Visitor,
    evaluator: Evaluator,
    now: i64,
    /// By node: when it first changes.
    changes: Vec<Option<i64>>,
    /// Segments that were explained; another reference only says what came of it.
    told: Vec<String>,
}

/// The tree of a segment at a place.
pub(crate) fn tree(source: &Source, focus: &Focus, visitor: &Visitor, place: &Place, now: i64) -> Map<String, Value> {
    let (mut evaluator, limit) = (Evaluator::default(), now + HORIZON);
    let mut changes = vec![None; focus.root + 1];
    evaluator.look(&focus.plan, visitor, now, limit);
    for &node in &focus.nodes {
        changes[node] = Some(evaluator.change(&focus.plan, visitor, node, limit)).filter(|&change| change <= limit);
    }
    // Looking ahead may have left what is net of returns at a later instant.
    evaluator.look(&focus.plan, visitor, now, limit);
    let mut tree = Tree { source, focus, visitor, evaluator, now, changes, told: Vec::new() };
    tree.segment(place, focus.root)
}

fn put(map: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    map.insert(key.to_owned(), value.into());
}

impl Tree<'_> {
    /// What every node says.
    fn node(&self, place: &Place, node: usize, sentence: String) -> Map<String, Value> {
        let mut map = Map::new();
        put(&mut map, "path", place.0.as_str());
        put(&mut map, "matched", self.evaluator.now(node).value);
        put(&mut map, "sentence", sentence);
        put(&mut map, "holdsUntil", self.changes[node].map_or(Value::Null, Value::from));
        if self.now < self.evaluator.partial_until(node) {
            put(&mut map, "partial", true);
        }
        map
    }

    /// A segment, whose node is known: its rule, or what keeps.
    fn segment(&mut self, place: &Place, node: usize) -> Map<String, Value> {
        self.told.push(place.0.clone());
        let rule = place.key("rule");
        if self.focus.plan.get(NODES, node, 0) != node::KEEP || self.source.nodes.get(&rule.0) == Some(&node) {
            return self.rule(&rule);
        }
        let id = self.source.at(&place.key("id")).as_str().map_or("", trim);
        let described = describe(&self.source.package, id, Language::English);
        let sentence = described.map_or(String::new(), |described| described.phrases.into_iter().map(|phrase| phrase.text).collect());
        let mut map = self.node(&place.key("keep"), node, sentence);
        let keep = self.focus.plan.list_of(NODES, node, 1).get(1).copied().unwrap_or(0);
        let mut past = self.evaluator.held(node).iter().skip_while(|&&(_, state)| state == 0);
        let mut left = None;
        while let (Some(&(from, _)), Some(&(until, _))) = (past.next(), past.next())
            && from <= self.now
        {
            left = Some(until);
        }
        // A stretch ends when it has kept for so long: it held up to, not including, that before.
        let held = left.map(|until| (until - keep - 1).min(self.now)).filter(|&held| held >= self.now - keep);
        put(&mut map, "actual", held.map_or(Value::Null, Value::from));
        put(&mut map, "wanted", self.source.at(&place.key("keep")).clone());
        put(&mut map, "from", self.now - keep);
        put(&mut map, "to", self.now + 1);
        put(&mut map, "children", vec![Value::Object(self.rule(&rule))]);
        map
    }

    fn rule(&mut self, place: &Place) -> Map<String, Value> {
        let source = self.source;
        let node = source.nodes.get(&place.0).copied().unwrap_or(self.focus.root);
        let said = sentence(&source.package, source.at(place), &place.0, Language::English);
        let mut map = self.node(place, node, said);
        let Some((key, part)) = source.at(place).as_object().and_then(|rule| rule.iter().next()) else { return map };
        let place = place.key(key);
        match key.as_str() {
            "all" | "any" => {
                let count = part.as_array().map_or(0, Vec::len);
                let children: Vec<Value> = (0..count).map(|index| Value::Object(self.rule(&place.index(index)))).collect();
                put(&mut map, "children", children);
            }
            "not" => put(&mut map, "children", vec![Value::Object(self.rule(&place))]),
            "segment" => {
                let id = part.as_str().map_or("", trim);
                put(&mut map, "actual", self.evaluator.now(node).value);
                put(&mut map, "wanted", id);
                let target = source.place_of(id).filter(|target| !self.told.contains(&target.0));
                put(&mut map, "children", target.map_or(vec![], |target| vec![Value::Object(self.segment(&target, node))]));
            }
            "retention" => {
                put_evidence(&mut map, facts::cell(&source.plan, self.visitor, self.now), part.clone());
            }
            "profile" => {
                put(&mut map, "actual", facts::profile(&source.plan, self.visitor, part, self.now));
                put(&mut map, "wanted", wanted(part, ""));
            }
            "context" => {
                put(&mut map, "actual", facts::context(&source.plan, self.visitor, part, self.now));
                put(&mut map, "wanted", wanted(part, ""));
            }
            kind => {
                let plan = &source.plan;
                let condition = plan.index(NODES, node, 1);
                let (from, to) = plan.period(condition).bounds(&plan.zone, self.now);
                let open = part.get("period").is_none();
                let found = if kind == "sequence" {
                    sequence(plan, self.visitor, condition, self.now)
                } else {
                    events(plan, self.visitor, condition, self.now)
                };
                put(&mut map, "from", if from == i64::MIN { Value::Null } else { from.into() });
                put(&mut map, "to", if open { Value::Null } else { to.into() });
                if kind == "sequence" {
                    put(&mut map, "evidence", found.counted);
                    put(&mut map, "leftOut", found.left_out);
                } else {
                    put_evidence(&mut map, found, wanted(part, "count"));
                }
            }
        }
        map
    }
}

fn put_evidence(map: &mut Map<String, Value>, found: Evidence, wanted: Value) {
    put(map, "actual", found.actual);
    put(map, "wanted", wanted);
    put(map, "evidence", found.counted);
    put(map, "leftOut", found.left_out);
}

/// The comparison that a condition asks for, with the measure that is meant where it says none.
fn wanted(condition: &Value, measure: &str) -> Value {
    let mut wanted = Map::new();
    if !measure.is_empty() && condition.get("measure").is_none() {
        put(&mut wanted, "measure", measure);
    }
    for key in ["measure", "modifier", "value", "caseSensitive", "near", "withinKm"] {
        if let Some(value) = condition.get(key) {
            put(&mut wanted, key, value.clone());
        }
    }
    Value::Object(wanted)
}
