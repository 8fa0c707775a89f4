//! What the tests ask of an evaluator, so that the same cases run through the reference and through the product.

#![allow(dead_code, reason = "each test file uses its own part of this")]

pub mod product;

use serde_json::Value;

use crate::reference::Reference;
use crate::reference::events::Visitor;
use crate::reference::until::Watch;

pub trait Engine: Sync {
    fn name(&self) -> &'static str;
    fn load(&self, package: &Value) -> Loaded;
}

pub struct Loaded {
    /// None if this engine does not say.
    pub problems: Option<Vec<Problem>>,
    /// None if the package is refused as a whole.
    pub plan: Option<Box<dyn Plan>>,
}

pub struct Problem {
    pub code: String,
    pub pointer: String,
    pub warning: bool,
}

pub trait Plan {
    fn read<'a>(&'a self, visitor: &Value) -> (Box<dyn History + 'a>, Vec<Refusal>);
}

/// An event that was refused: its place (the greatest number, −1, for the visitor's own parts), and, from an engine that says so, code and pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub index: usize,
    pub code: Option<String>,
    pub pointer: Option<String>,
}

/// `until` asks for `holds_until` as well; without it those fields may say anything.
pub trait History {
    /// What the page knows from now on; nothing until it is told.
    fn set_context(&mut self, context: &Value);
    fn evaluate(&self, now: i64, until: bool) -> Evaluation;
    fn decide(&self, slot: &str, now: i64, until: bool) -> Shown;
}

#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub id: String,
    pub member: bool,
    pub partial: bool,
    pub holds_until: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// In the order of the package.
    pub segments: Vec<Member>,
    pub cell: Option<String>,
    pub conversions: u64,
    pub days_since_last: Option<i64>,
    pub cell_holds_until: Option<i64>,
    /// The earliest of all.
    pub holds_until: Option<i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub campaign: Option<String>,
    pub variant: Option<String>,
    pub content: Value,
    pub held_out: bool,
    pub rejected: Vec<(String, String)>,
    pub holds_until: Option<i64>,
}

pub struct TheReference;

impl Engine for TheReference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn load(&self, package: &Value) -> Loaded {
        let plan = Reference::try_new(package).map(|reference| Box::new(reference) as Box<dyn Plan>);
        Loaded { problems: None, plan }
    }
}

impl Plan for Reference {
    fn read<'a>(&'a self, visitor: &Value) -> (Box<dyn History + 'a>, Vec<Refusal>) {
        let visitor = Reference::read(self, visitor);
        let refusal = |index: &usize| Refusal { index: *index, code: None, pointer: None };
        let refused = visitor.refused.iter().map(refusal).collect();
        (Box::new((self, visitor)), refused)
    }
}

impl History for (&Reference, Visitor) {
    fn set_context(&mut self, context: &Value) {
        self.0.set_context(&mut self.1, context);
    }

    fn evaluate(&self, now: i64, until: bool) -> Evaluation {
        let (reference, visitor) = self;
        let holds = |watch: Watch| {
            if until { reference.holds_until(visitor, &watch, now) } else { None }
        };
        let partial = reference.partial(visitor, now);
        let members = reference.members(visitor, now).into_iter().zip(partial).enumerate();
        let segments: Vec<Member> = members
            .map(|(place, ((id, member), partial))| Member { id, member, partial, holds_until: holds(Watch::Segment(place)) })
            .collect();
        let (cell, conversions, days_since_last) = reference.cell(visitor, now);
        let cell_holds_until = holds(Watch::Cell);
        let holds_until = segments.iter().filter_map(|segment| segment.holds_until).chain(cell_holds_until).min();
        Evaluation { segments, cell, conversions, days_since_last, cell_holds_until, holds_until }
    }

    fn decide(&self, slot: &str, now: i64, until: bool) -> Shown {
        let (reference, visitor) = self;
        let decision = reference.decision(visitor, slot, now);
        let watch = Watch::Decision(slot.to_owned());
        Shown {
            campaign: decision.campaign,
            variant: decision.variant,
            content: decision.content,
            held_out: false,
            rejected: decision.rejected.into_iter().map(|(id, reason)| (id, reason.to_owned())).collect(),
            holds_until: if until { reference.holds_until(visitor, &watch, now) } else { None },
        }
    }
}
