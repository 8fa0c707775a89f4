//! Rules to plan: each distinct test, predicate, series, condition and node once.

use crate::conditions::Events;
use crate::predicates::Predicate;
use crate::rules::Rule;
use regulars_core::condition::{Condition, Measure, Numbers};
use regulars_core::period::Period;
use regulars_core::plan::{Node, Plan};
use regulars_core::predicate::Step;
use regulars_core::retention::Spot;
use regulars_core::series::{Spec, Weight};
use std::collections::{BTreeMap, HashMap};

/// Adds rules to a plan, sharing what is equal.
#[derive(Debug, Default)]
pub struct Compiler {
    /// The plan so far.
    pub plan: Plan,
    series: BTreeMap<Spec, usize>,
    conditions: BTreeMap<Condition, usize>,
    nodes: BTreeMap<Node, usize>,
}

impl Compiler {
    /// Begins with a plan that has its settings and cells; its first condition is the grid.
    pub fn new(plan: Plan) -> Self {
        let mut compiler = Self { plan, ..Self::default() };
        let spec = Spec { kinds: vec!["conversion".to_owned()], condition: None, items: None, only: None, weight: Weight::Presence };
        let series = compiler.series(spec);
        compiler.condition(Condition { series, period: Period::Always, measure: Measure::Cell, wanted: Numbers::default() });
        compiler
    }

    /// The node of a rule. `segments` are the nodes of segments compiled before; every reference
    /// must be among them.
    pub fn rule(&mut self, rule: &Rule, segments: &HashMap<&str, usize>) -> usize {
        let node = match rule {
            Rule::All(parts) | Rule::Any(parts) => {
                let mut nodes: Vec<usize> = parts.iter().map(|part| self.rule(part, segments)).collect();
                nodes.sort_unstable();
                nodes.dedup();
                match (nodes.as_slice(), rule) {
                    ([only], _) => return *only,
                    (_, Rule::All(_)) => Node::All(nodes),
                    _ => Node::Any(nodes),
                }
            }
            Rule::Not(part) => Node::Not(self.rule(part, segments)),
            Rule::Segment(id, _) => return segments[id.as_str()],
            Rule::Retention(cells) => Node::Spots(self.spots(cells)),
            Rule::Events(events) => Node::Condition(self.events(events)),
        };
        let next = self.plan.nodes.len();
        *self.nodes.entry(node).or_insert_with_key(|node| {
            self.plan.nodes.push(node.clone());
            next
        })
    }

    fn spots(&self, cells: &[String]) -> Vec<u16> {
        let spot = |id: &String| match id.as_str() {
            crate::grid::NONE => Some(Spot::None),
            id => self.plan.cells.iter().position(|cell| cell.id == id).map(Spot::Cell),
        };
        let mut states: Vec<u16> = cells.iter().filter_map(spot).map(Spot::state).collect();
        states.sort_unstable();
        states.dedup();
        states
    }

    fn events(&mut self, events: &Events) -> usize {
        let spec = Spec {
            kinds: events.kinds.clone(),
            condition: events.condition.as_ref().map(|predicate| self.predicate(predicate)),
            items: events.items.as_ref().map(|predicate| self.predicate(predicate)),
            only: events.only,
            weight: events.weight,
        };
        let series = self.series(spec);
        self.condition(Condition { series, period: events.period, measure: events.measure, wanted: events.wanted.clone() })
    }

    fn series(&mut self, spec: Spec) -> usize {
        let next = self.plan.series.len();
        *self.series.entry(spec).or_insert_with_key(|spec| {
            self.plan.series.push(spec.clone());
            next
        })
    }

    fn condition(&mut self, condition: Condition) -> usize {
        let next = self.plan.conditions.len();
        *self.conditions.entry(condition).or_insert_with_key(|condition| {
            self.plan.conditions.push(condition.clone());
            next
        })
    }

    fn predicate(&mut self, predicate: &Predicate) -> usize {
        let mut steps = Vec::new();
        self.steps(predicate, &mut steps);
        position(&mut self.plan.predicates, steps)
    }

    fn steps(&mut self, predicate: &Predicate, steps: &mut Vec<Step>) {
        match predicate {
            Predicate::All(parts) | Predicate::Any(parts) => {
                parts.iter().for_each(|part| self.steps(part, steps));
                steps.push(if matches!(predicate, Predicate::All(_)) { Step::All(parts.len()) } else { Step::Any(parts.len()) });
            }
            Predicate::Not(part) => {
                self.steps(part, steps);
                steps.push(Step::Not);
            }
            Predicate::Test(test) => steps.push(Step::Test(position(&mut self.plan.tests, test.clone()))),
        }
    }
}

/// Where a thing is in a list, appended if it was not there.
fn position<T: PartialEq>(list: &mut Vec<T>, thing: T) -> usize {
    list.iter().position(|other| *other == thing).unwrap_or_else(|| {
        list.push(thing);
        list.len() - 1
    })
}
