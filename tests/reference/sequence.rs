//! Steps that follow each other in time (SPEC 5.3), by trying every assignment of events to steps.

use super::Settings;
use super::events::{Event, Visitor};
use super::predicates::Predicate;
use super::rules::Period;

pub struct Step {
    pub of: Vec<String>,
    pub where_: Option<Predicate>,
    pub items: Option<Predicate>,
    /// Milliseconds from the step before.
    pub within: Option<i64>,
    pub same_item: bool,
    pub absent: bool,
}

pub struct Sequence {
    pub steps: Vec<Step>,
    pub period: Period,
}

impl Sequence {
    pub fn predicates(&self) -> impl Iterator<Item = &Predicate> {
        self.steps.iter().flat_map(|step| [&step.where_, &step.items]).flatten()
    }

    /// "A match is any assignment of events in strictly increasing time. `period` limits all steps but an absent one."
    pub fn holds(&self, settings: &Settings, visitor: &Visitor, now: i64) -> bool {
        self.follow(None, 0, settings, visitor, now)
    }

    /// Whether events can be found for this step and those after it.
    fn follow(&self, before: Option<&Event>, place: usize, settings: &Settings, visitor: &Visitor, now: i64) -> bool {
        let Some(step) = self.steps.get(place) else {
            return true;
        };
        let fits = |event: &&Event| self.fits(step, event) && before.is_none_or(|before| self.may_follow(before, event, place));
        if let (true, Some(before), Some(limit)) = (step.absent, before, step.within) {
            // "no such event follows within it; true exactly from the step before + the limit on"
            return before.at + limit <= now && !visitor.events.iter().any(|event| fits(&event));
        }
        let mut candidates = self.period.events(settings, visitor, now, |kind| step.of.iter().any(|of| of == kind)).filter(fits);
        candidates.any(|event| self.follow(Some(event), place + 1, settings, visitor, now))
    }

    fn fits(&self, step: &Step, event: &Event) -> bool {
        step.of.contains(&event.kind)
            && step.where_.as_ref().is_none_or(|where_| where_.holds(&event.fields))
            && (step.items.is_none() || !event.lines_that(step.items.as_ref()).is_empty())
    }

    /// "`within` limits the gap from the step before (gap < limit); `"sameItem": true` asks for an item id shared with
    /// the step before, among the lines that satisfy each step's `items`."
    fn may_follow(&self, before: &Event, event: &Event, place: usize) -> bool {
        let [earlier, step] = [&self.steps[place - 1], &self.steps[place]];
        let shared = || {
            let ids: Vec<&String> = before.lines_that(earlier.items.as_ref()).into_iter().filter_map(|line| line.id.as_ref()).collect();
            event.lines_that(step.items.as_ref()).into_iter().filter_map(|line| line.id.as_ref()).any(|id| ids.contains(&id))
        };
        event.at > before.at && step.within.is_none_or(|limit| event.at - before.at < limit) && (!step.same_item || shared())
    }

    /// The types of all steps count, an absent one's too.
    pub fn reaches_back(&self, settings: &Settings, visitor: &Visitor, now: i64) -> bool {
        let of: Vec<&str> = self.steps.iter().flat_map(|step| &step.of).map(String::as_str).collect();
        self.period.reaches_back(&of, settings, visitor, now)
    }
}
