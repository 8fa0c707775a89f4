//! A visitor under a plan, as JavaScript holds one. Both builds have this; it only converts.

use alloc::string::String;
use alloc::vec::Vec;
use regulars_core::decide::decide;
use regulars_core::evaluate::Evaluator;
use regulars_core::plan::Plan;
use regulars_core::visitor::Ingested;
use regulars_core::{snapshot, visitor, wire};
use wasm_bindgen::prelude::*;

/// A visitor, a plan, and what is kept to answer fast.
#[wasm_bindgen]
#[derive(Default)]
pub struct Visitor {
    plan: Plan,
    visitor: visitor::Visitor,
    evaluator: Evaluator,
    answer: Vec<f64>,
}

#[wasm_bindgen]
impl Visitor {
    /// A visitor without a past. Give it a plan before asking anything.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "JavaScript has no Default")]
    pub fn new() -> Visitor {
        Visitor::default()
    }

    /// Takes a plan's bytes: 0, or 1 foreign bytes, 2 another version, 3 damaged.
    pub fn plan(&mut self, bytes: &[u8]) -> u32 {
        match Plan::open(bytes) {
            Ok(plan) => {
                self.plan = plan;
                self.evaluator = Evaluator::default();
                0
            }
            Err(unopened) => unopened as u32,
        }
    }

    /// Takes a snapshot's bytes: 0, or 1 foreign bytes, 2 another version, 3 damaged.
    pub fn restore(&mut self, bytes: &[u8]) -> u32 {
        match snapshot::read(bytes) {
            Ok(visitor) => {
                self.visitor = visitor;
                self.evaluator = Evaluator::default();
                0
            }
            Err(unopened) => unopened as u32,
        }
    }

    /// The visitor's bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        snapshot::write(&self.visitor)
    }

    /// Reads a visitor object (wire bytes); what was read and refused, as JSON.
    pub fn read(&mut self, bytes: &[u8]) -> String {
        let read = self.visitor.read(&wire::read(bytes).unwrap_or(wire::Wire::Unreadable));
        self.report(&read)
    }

    /// Reads a list of events (wire bytes); what was read and refused, as JSON.
    pub fn ingest(&mut self, bytes: &[u8]) -> String {
        let read = self.visitor.ingest(&wire::read(bytes).unwrap_or(wire::Wire::Unreadable));
        self.report(&read)
    }

    fn report(&self, read: &Ingested) -> String {
        read.json(|currency| self.plan.rate_of(currency).is_some())
    }

    /// Evaluates; where in memory the numbers of `Membership::numbers` are, until the next call.
    pub fn evaluate(&mut self, now: f64) -> *const f64 {
        self.answer = if self.plan.conditions.is_empty() {
            Vec::new() // no plan, no answers
        } else {
            self.evaluator.evaluate(&self.plan, &self.visitor, now as i64).numbers()
        };
        self.answer.as_ptr()
    }

    /// Decides for a slot; the decision as JSON.
    pub fn decide(&mut self, slot: &str, now: f64) -> String {
        decide(&mut self.evaluator, &self.plan, &self.visitor, slot, now as i64).json(&self.plan, slot)
    }

    /// What the numbers of `evaluate` stand for, as JSON.
    pub fn names(&self) -> String {
        self.plan.names()
    }
}
