//! The reference: what SPEC.md says, written down as plainly as it can be run. It is slow, and it shares no evaluation
//! code with `src`: days come from chrono, text from the Unicode tables, `holdsUntil` from asking again at every
//! instant where anything may change. Where SPEC.md is quoted, what follows does that sentence.

#![allow(dead_code, reason = "each test file uses its own part of this")]

mod conditions;
mod copies;
pub mod days;
pub mod decide;
pub mod events;
pub mod numbers;
mod package;
mod predicates;
mod present;
mod returns;
pub mod rules;
mod sequence;
pub mod text;
pub mod until;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use decide::{Campaign, Decision};
use events::Visitor;
use rules::{Cell, Rule};

pub struct Settings {
    pub zone: &'static days::Zone,
    /// 0 is Monday.
    pub week_starts_on: i64,
    pub currency: String,
    pub rates: BTreeMap<String, i128>,
}

pub struct Segment {
    pub id: String,
    /// None: the segment is broken.
    pub rule: Option<Rule>,
    /// How long a member stays one after the rule last held, in milliseconds; 0 without `keep`.
    pub keep: i64,
}

pub struct Reference {
    pub settings: Settings,
    pub cells: Vec<Cell>,
    pub segments: Vec<Segment>,
    pub campaigns: Vec<Campaign>,
}

impl Reference {
    pub fn new(package: &Value) -> Self {
        Self::try_new(package).expect("the package is refused as a whole")
    }

    /// None: "An error in `timeZone`, `rates`, `currency` or `retention` refuses the package".
    pub fn try_new(package: &Value) -> Option<Self> {
        let settings = package::settings(package)?;
        let cells = package::cells(package)?;
        let mut segments = package::segments(package, &settings, &cells);
        let mut campaigns = package::campaigns(package, &settings, &cells);
        // "A segment or campaign that refers to a broken one, anywhere in its rule and in either polarity, is itself
        // broken as a whole." A segment is sound once everything it refers to is known to be: what refers to nothing,
        // or in a circle, never is.
        let mut sound: BTreeSet<String> = BTreeSet::new();
        let refers_to_sound = |rule: &Rule, sound: &BTreeSet<String>| {
            rule.leaves().into_iter().all(|leaf| if let Rule::Segment(id) = leaf { sound.contains(id) } else { true })
        };
        for _ in 0..segments.len() {
            for segment in &segments {
                if segment.rule.as_ref().is_some_and(|rule| refers_to_sound(rule, &sound)) {
                    sound.insert(segment.id.clone());
                }
            }
        }
        for segment in &mut segments {
            segment.rule = segment.rule.take().filter(|_| sound.contains(&segment.id));
        }
        for campaign in &mut campaigns {
            campaign.when = campaign.when.take().filter(|when| refers_to_sound(when, &sound));
        }
        Some(Self { settings, cells, segments, campaigns })
    }

    /// A visitor's history: copies settled, sorted, money converted.
    pub fn read(&self, visitor: &Value) -> Visitor {
        events::read(visitor, &self.settings)
    }

    /// From now on the page knows this.
    pub fn set_context(&self, visitor: &mut Visitor, context: &Value) {
        visitor.context = events::context(context, &self.settings);
        visitor.known.borrow_mut().clear();
    }

    pub fn segment(&self, id: &str) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.id == id)
    }

    /// "A segment with an error is broken: it never matches."
    pub fn member(&self, id: &str, visitor: &Visitor, now: i64) -> bool {
        let Some((segment, rule)) = self.segment(id).and_then(|segment| Some((segment, segment.rule.as_ref()?))) else {
            return false;
        };
        if segment.keep == 0 {
            return self.holds(rule, visitor, now);
        }
        // "member at `now` if the rule held at some instant in [now − keep, now], computed from history"
        let held = |at: i64| {
            let key = (segment.id.clone(), at);
            if let Some(held) = visitor.known.borrow().get(&key) {
                return *held;
            }
            let held = self.holds(rule, visitor, at);
            visitor.known.borrow_mut().insert(key, held);
            held
        };
        let since = now - segment.keep;
        held(since) || held(now) || self.instants(rule, visitor, since, now).into_iter().any(held)
    }

    /// In the order of the package.
    pub fn members(&self, visitor: &Visitor, now: i64) -> Vec<(String, bool)> {
        self.segments.iter().map(|segment| (segment.id.clone(), self.member(&segment.id, visitor, now))).collect()
    }

    /// In the order of the package; a broken segment is not partial.
    pub fn partial(&self, visitor: &Visitor, now: i64) -> Vec<bool> {
        self.segments.iter().map(|segment| self.partial_of(segment, visitor, now)).collect()
    }

    /// "`partial` reaches back by `keep`: each period as it lay at now − keep."
    pub fn partial_of(&self, segment: &Segment, visitor: &Visitor, now: i64) -> bool {
        segment.rule.as_ref().is_some_and(|rule| self.reaches_back(rule, visitor, now - segment.keep))
    }

    pub fn decision(&self, visitor: &Visitor, slot: &str, now: i64) -> Decision {
        decide::decision(self, visitor, slot, now)
    }
}

#[cfg(test)]
mod tests;
