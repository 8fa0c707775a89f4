//! Reading rules (SPEC 5): groups, references, grid cells, and conditions.

use crate::conditions::{Events, events};
use crate::diagnostic::{Place, Problems, code};
use crate::facts::{Fact, context, profile};
use crate::grid::Cell;
use crate::predicates::Reading;
use crate::sequences::{Sequence, sequence};
use serde_json::Value;

/// How deep rules may nest, predicates below their condition included.
pub const MAX_DEPTH: usize = 16;
/// How many groups, conditions and predicates a rule may have.
pub const MAX_NODES: usize = 4096;

/// A rule as a tree.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What it says.
    pub kind: Kind,
    /// Where it is.
    pub place: Place,
}

/// The kinds of rules.
#[derive(Debug, Clone)]
pub enum Kind {
    /// All of them.
    All(Vec<Rule>),
    /// Any of them.
    Any(Vec<Rule>),
    /// The opposite.
    Not(Box<Rule>),
    /// An `events` condition.
    Events(Box<Events>),
    /// A `profile` or `context` condition.
    Fact(Box<Fact>),
    /// A `sequence` condition.
    Sequence(Box<Sequence>),
    /// Member of the segment with this id, which stands here.
    Segment(String, Place),
    /// In one of these cells.
    Retention(Vec<String>),
}

/// How large a rule has become while it is read.
#[derive(Debug, Default)]
pub struct Size {
    depth: usize,
    nodes: usize,
}

impl Size {
    /// One level deeper; false, with a problem, beyond the limits.
    pub fn enter(&mut self, problems: &mut Problems, place: &Place) -> bool {
        self.nodes += 1;
        if self.nodes == MAX_NODES + 1 {
            problems.error(code::TOO_MANY_NODES, place, format!("A rule may have at most {MAX_NODES} groups, conditions and predicates."));
        }
        if self.depth == MAX_DEPTH {
            problems.error(code::TOO_DEEP, place, format!("Rules may nest at most {MAX_DEPTH} levels deep."));
        }
        self.depth += 1;
        let fits = self.nodes <= MAX_NODES && self.depth <= MAX_DEPTH;
        if !fits {
            self.depth -= 1;
        }
        fits
    }

    /// Back up.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }
}

const KINDS: [&str; 10] = ["all", "any", "not", "events", "segment", "retention", "profile", "context", "sequence", "prediction"];

/// Reads a rule; `None` if anything in it is wrong.
pub fn rule(problems: &mut Problems, value: &Value, place: &Place, cells: &[Cell], reading: &Reading<'_>, size: &mut Size) -> Option<Rule> {
    if !size.enter(problems, place) {
        return None;
    }
    let read = inner(problems, value, place, cells, reading, size);
    size.leave();
    read.map(|kind| Rule { kind, place: place.clone() })
}

fn inner(problems: &mut Problems, value: &Value, place: &Place, cells: &[Cell], reading: &Reading<'_>, size: &mut Size) -> Option<Kind> {
    let object = problems.plain_object(value, place)?;
    let Some((kind, part)) = object.iter().find(|(key, _)| KINDS.contains(&key.as_str())) else {
        if object.is_empty() {
            let fix = format!("Write one of: {}.", KINDS.join(", "));
            problems.error_with_fix(code::MISSING_KEY, place, "This rule says nothing.", fix);
        }
        problems.object(value, place, &KINDS, &[]);
        return None;
    };
    problems.object(value, place, &[kind], &[]);
    let place = place.key(kind);
    match kind.as_str() {
        "all" | "any" => {
            let list = problems.list(part, &place)?;
            if list.is_empty() {
                problems.error(code::EMPTY_GROUP, &place, "The group is empty; put at least one rule in.");
                return None;
            }
            let read: Vec<_> =
                list.iter().enumerate().map(|(index, part)| rule(problems, part, &place.index(index), cells, reading, size)).collect();
            let parts = read.into_iter().collect::<Option<Vec<_>>>()?;
            Some(if kind == "all" { Kind::All(parts) } else { Kind::Any(parts) })
        }
        "not" => rule(problems, part, &place, cells, reading, size).map(|part| Kind::Not(Box::new(part))),
        "events" => events(problems, part, &place, reading, size).map(|events| Kind::Events(Box::new(events))),
        "profile" => profile(problems, part, &place, reading).map(|fact| Kind::Fact(Box::new(fact))),
        "context" => context(problems, part, &place, reading).map(|fact| Kind::Fact(Box::new(fact))),
        "sequence" => sequence(problems, part, &place, reading, size).map(|sequence| Kind::Sequence(Box::new(sequence))),
        "segment" => problems.text(part, &place).map(|id| Kind::Segment(id.to_owned(), place)),
        "retention" => retention(problems, part, &place, cells),
        // prediction
        later => {
            problems.not_built(&place, later);
            None
        }
    }
}

fn retention(problems: &mut Problems, value: &Value, place: &Place, cells: &[Cell]) -> Option<Kind> {
    let list = problems.full_list(value, place)?;
    let known: Vec<&str> = cells.iter().map(|cell| cell.id.as_str()).chain(["none"]).collect();
    let mut wanted = Some(Vec::new());
    for (index, value) in list.iter().enumerate() {
        let place = place.index(index);
        match problems.text(value, &place) {
            Some(id) if known.contains(&id) => {
                if let Some(wanted) = &mut wanted {
                    wanted.push(id.to_owned());
                }
                continue;
            }
            Some(id) => {
                let fix = problems
                    .nearest(id, &known)
                    .map_or_else(|| format!("Use one of: {}.", known.join(", ")), |near| format!("Did you mean `{near}`?"));
                problems.error_with_fix(code::UNKNOWN_CELL, &place, format!("The retention grid has no cell `{id}`."), fix);
            }
            None => {}
        }
        wanted = None;
    }
    wanted.map(Kind::Retention)
}

impl Rule {
    /// Calls `see` for this rule and every rule in it.
    pub fn walk<'a>(&'a self, see: &mut impl FnMut(&'a Rule)) {
        see(self);
        match &self.kind {
            Kind::All(parts) | Kind::Any(parts) => parts.iter().for_each(|part| part.walk(see)),
            Kind::Not(part) => part.walk(see),
            _ => {}
        }
    }

    /// The segments it refers to, each with where.
    pub fn references(&self) -> Vec<(&str, &Place)> {
        let mut found = Vec::new();
        self.walk(&mut |rule| {
            if let Kind::Segment(id, place) = &rule.kind {
                found.push((id.as_str(), place));
            }
        });
        found
    }
}
