//! Plan, history, now → membership, with the exact instant until which each answer holds.
//!
//! A node's sample at an instant is its value, a bound until which the value cannot change, and
//! whether it does change there. For `all` that does not hold the bound is the latest of those
//! parts that do not hold, so whole stretches are skipped; from there the node is looked at
//! again until it changes or the horizon is passed.

use crate::condition::{Condition, Walk};
use crate::plan::{Node, Plan};
use crate::retention::Spot;
use crate::series::{Memo, Series};
use crate::time::{DAY, FIRST, LAST};
use crate::visitor::Visitor;
use alloc::vec::Vec;

/// How far ahead `holdsUntil` looks: 400 × 24 h, that instant included.
pub const HORIZON: i64 = 400 * DAY;

/// Answers for one visitor under one plan, and what is kept to give the next ones fast.
#[derive(Debug, Default)]
pub struct Evaluator {
    changes: Option<u64>,
    series: Vec<Series>,
    memo: Memo,
    kept: Vec<Kept>,
    /// Until when each node's answer is partial; the extreme is for ever, the other never.
    partial_until: Vec<i64>,
    now: Vec<Sample>,
    ahead: Vec<Sample>,
}

/// A node at an instant.
#[derive(Debug, Clone, Copy)]
struct Sample {
    value: bool,
    /// The value is the same until here; beyond the limit of the question it says no more.
    until: i64,
    /// And here it changes.
    exact: bool,
}

/// What is known of a condition: its state over one stretch, or over all time.
#[derive(Debug, Default)]
struct Kept {
    since: i64,
    until: i64,
    exact: bool,
    state: u16,
    /// Steps walked so far. A condition that was walked twice as far as its whole history is
    /// long has paid for its timeline, which is kept from then on.
    walked: usize,
    /// Ascending instants and the state from each on.
    timeline: Option<Vec<(i64, u16)>>,
}

/// The answer to `evaluate`.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The first instant at which anything here would be said differently, given the same
    /// history. The answer may be reused until then.
    pub fresh_until: i64,
    /// For each segment of the plan.
    pub segments: Vec<Answer>,
    /// Where on the retention grid, and until when.
    pub spot: Spot,
    /// When the spot changes.
    pub spot_until: Option<i64>,
    /// Conversions up to now.
    pub conversions: i64,
    /// Calendar days since the last one.
    pub days_since_last: Option<i64>,
    /// The earliest change of all.
    pub holds_until: Option<i64>,
}

/// One segment's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The visitor is a member.
    pub member: bool,
    /// The first instant at which that changes; `None` if not within [`HORIZON`].
    pub holds_until: Option<i64>,
    /// The history may not reach back far enough.
    pub partial: bool,
}

impl Membership {
    /// The answer as numbers, for crossing into JavaScript: until when it may be reused, the
    /// earliest change, the spot (index of its cell, −1 `none`, −2 no cell), conversions, days
    /// since the last, the spot's change; then for each segment 1 for member + 2 for partial, and
    /// its change. An absent instant or number is NaN.
    pub fn numbers(&self) -> Vec<f64> {
        let maybe = |value: Option<i64>| value.map_or(f64::NAN, |value| value as f64);
        let spot = match self.spot {
            Spot::None => -1.0,
            Spot::Null => -2.0,
            Spot::Cell(index) => index as f64,
        };
        let (days, until) = (maybe(self.days_since_last), maybe(self.spot_until));
        let mut out = alloc::vec![self.fresh_until as f64, maybe(self.holds_until), spot, self.conversions as f64, days, until];
        for answer in &self.segments {
            out.push(f64::from(u8::from(answer.member) + 2 * u8::from(answer.partial)));
            out.push(maybe(answer.holds_until));
        }
        out
    }
}

impl Evaluator {
    /// Membership of `visitor` at `now` (milliseconds since 1970 UTC, years 1 to 9999; beyond
    /// them the nearest).
    pub fn evaluate(&mut self, plan: &Plan, visitor: &Visitor, now: i64) -> Membership {
        let now = now.clamp(FIRST, LAST);
        let limit = now + 2 * HORIZON;
        self.look(plan, visitor, now, limit);
        let mut fresh = Fresh { until: limit + 1 - HORIZON, now };
        let segments: Vec<Answer> = plan.segments.iter().map(|segment| self.answer(plan, segment.root, limit, &mut fresh)).collect();
        let (spot, changes) = self.state(plan, 0, now, limit);
        let spot_until = fresh.holds(changes.0);
        let conversions = &self.series[plan.conditions[0].series].at;
        let count = conversions.partition_point(|&at| at <= now);
        let day = |at| plan.zone.day(at);
        let days_since_last = count.checked_sub(1).map(|last| day(now) - day(conversions[last]));
        if days_since_last.is_some() {
            fresh.change(plan.zone.day_start(day(now) + 1));
        }
        if let Some(&next) = conversions.get(count) {
            fresh.change(next);
        }
        let holds_until = segments.iter().filter_map(|answer| answer.holds_until).chain(spot_until).min();
        Membership {
            fresh_until: fresh.until,
            segments,
            spot: Spot::of_state(spot),
            spot_until,
            conversions: count as i64,
            days_since_last,
            holds_until,
        }
    }

    fn answer(&mut self, plan: &Plan, root: Option<usize>, limit: i64, fresh: &mut Fresh) -> Answer {
        let Some(root) = root else { return Answer { member: false, holds_until: None, partial: false } };
        let change = self.change(plan, root, limit);
        let partial = self.is_partial(root, fresh.now);
        if partial {
            fresh.change(self.partial_until[root]);
        }
        Answer { member: self.now[root].value, holds_until: fresh.holds(change), partial }
    }

    /// Brings everything up to the visitor's history and samples every node at `now`.
    pub(crate) fn look(&mut self, plan: &Plan, visitor: &Visitor, now: i64, limit: i64) {
        if self.changes != Some(visitor.history.changes) {
            self.update(plan, visitor);
        }
        for index in 0..plan.nodes.len() {
            let sample = self.sample(plan, index, now, limit, false);
            self.now[index] = sample;
        }
    }

    /// The node's value at the instant last looked at.
    pub(crate) fn holds(&self, node: usize) -> bool {
        self.now[node].value
    }

    /// True if the history may not reach back far enough for the node's answer at `now`.
    pub(crate) fn is_partial(&self, node: usize, now: i64) -> bool {
        now < self.partial_until[node]
    }

    /// Until when, not including, the node's answer is partial.
    pub(crate) fn partial_end(&self, node: usize) -> i64 {
        self.partial_until[node]
    }

    fn update(&mut self, plan: &Plan, visitor: &Visitor) {
        let sample = Sample { value: false, until: i64::MAX, exact: true };
        self.series.resize_with(plan.series.len(), Series::default);
        self.kept.resize_with(plan.conditions.len(), Kept::default);
        self.memo.resize_with(plan.tests.len(), Vec::new);
        self.now.resize(plan.nodes.len(), sample);
        self.ahead.resize(plan.nodes.len(), sample);
        for (index, spec) in plan.series.iter().enumerate() {
            if self.series[index].update(spec, plan, &visitor.history, &mut self.memo) {
                for (condition, kept) in plan.conditions.iter().zip(&mut self.kept) {
                    if condition.series == index {
                        *kept = Kept::default();
                    }
                }
            }
        }
        self.partial_until.clear();
        for node in &plan.nodes {
            let of = |nodes: &[usize]| nodes.iter().map(|&node| self.partial_until[node]).max().unwrap_or(i64::MIN);
            let until = match node {
                Node::Condition(condition) => partial_until(plan, visitor, &plan.conditions[*condition]),
                Node::Spots(_) => partial_until(plan, visitor, &plan.conditions[0]),
                Node::Not(node) => self.partial_until[*node],
                Node::All(nodes) | Node::Any(nodes) => of(nodes),
            };
            self.partial_until.push(until);
        }
        self.changes = Some(visitor.history.changes);
    }

    /// The first instant up to `limit` at which a node's value is not what it is now.
    fn change(&mut self, plan: &Plan, root: usize, limit: i64) -> Option<i64> {
        let Sample { value, mut until, mut exact } = self.now[root];
        let mut below: Option<Vec<usize>> = None;
        while until <= limit && !exact {
            let at = until;
            let below = below.get_or_insert_with(|| plan.below(root));
            for &node in below.iter() {
                let sample = self.sample(plan, node, at, limit, true);
                self.ahead[node] = sample;
            }
            let sample = self.ahead[root];
            if sample.value != value {
                return Some(at);
            }
            (until, exact) = (sample.until, sample.exact);
        }
        (until <= limit).then_some(until)
    }

    /// Samples nodes at a later instant, for decisions.
    pub(crate) fn sample_ahead(&mut self, plan: &Plan, root: usize, at: i64, limit: i64) -> (bool, i64) {
        for node in plan.below(root) {
            let sample = self.sample(plan, node, at, limit, true);
            self.ahead[node] = sample;
        }
        (self.ahead[root].value, self.ahead[root].until)
    }

    fn sample(&mut self, plan: &Plan, node: usize, at: i64, limit: i64, ahead: bool) -> Sample {
        let (condition, states) = match &plan.nodes[node] {
            Node::Condition(condition) => (*condition, None),
            Node::Spots(states) => (0, Some(states)),
            Node::Not(node) => {
                let sample = self.samples(ahead)[*node];
                return Sample { value: !sample.value, ..sample };
            }
            Node::All(nodes) => return combine(self.samples(ahead), nodes, true),
            Node::Any(nodes) => return combine(self.samples(ahead), nodes, false),
        };
        let (state, (until, exact)) = self.state(plan, condition, at, limit);
        match states {
            None => Sample { value: state == 1, until, exact },
            // The spot may move to another that is wanted as well.
            Some(states) => Sample { value: states.contains(&state), until, exact: exact && states.len() == 1 && states[0] == state },
        }
    }

    fn samples(&self, ahead: bool) -> &[Sample] {
        if ahead { &self.ahead } else { &self.now }
    }

    /// A condition's state at an instant, until when, and whether it changes there.
    fn state(&mut self, plan: &Plan, index: usize, at: i64, limit: i64) -> (u16, (i64, bool)) {
        let condition = &plan.conditions[index];
        let spec = &plan.series[condition.series];
        let series = &self.series[condition.series];
        let kept = &mut self.kept[index];
        let walk = |at| Walk::new(condition, spec, series, &plan.zone, &plan.cells, at);
        if kept.timeline.is_none() && kept.walked > 2 * series.at.len() + 64 {
            kept.timeline = Some(timeline(walk(series.at.first().map_or(FIRST, |&first| first - 1))));
        }
        if let Some(timeline) = &kept.timeline {
            let next = timeline.partition_point(|&(from, _)| from <= at);
            let until = timeline.get(next).map_or(i64::MAX, |&(from, _)| from);
            return (timeline[next.saturating_sub(1)].1, (until, true));
        }
        let known = kept.since <= at && at < kept.until && (kept.exact || kept.until > limit);
        if !known {
            let mut walk = walk(at);
            let state = walk.state();
            kept.walked += 1 + walk.begun();
            (kept.since, kept.state, kept.until, kept.exact) = (at, state, i64::MAX, true);
            while let Some(next) = walk.next() {
                if next > limit {
                    (kept.until, kept.exact) = (limit + 1, false);
                    break;
                }
                walk.step(next);
                kept.walked += 1;
                if walk.state() != state {
                    kept.until = next;
                    break;
                }
            }
        }
        (kept.state, (kept.until, kept.exact))
    }
}

/// The whole timeline of a condition, from before its first event on.
fn timeline(mut walk: Walk<'_>) -> Vec<(i64, u16)> {
    let mut states = alloc::vec![(i64::MIN, walk.state())];
    while let Some(next) = walk.next() {
        walk.step(next);
        let state = walk.state();
        if states.last().is_none_or(|last| last.1 != state) {
            states.push((next, state));
        }
    }
    states
}

/// `all` (or, with everything turned round, `any`) of samples.
fn combine(samples: &[Sample], nodes: &[usize], all: bool) -> Sample {
    let parts = || nodes.iter().map(|&node| samples[node]);
    // A part that differs from `all` decides: false for all, true for any.
    let deciding = || parts().filter(|part| part.value != all);
    if deciding().next().is_none() {
        // Everything agrees: the first part to change changes the whole.
        let until = parts().map(|part| part.until).min().unwrap_or(i64::MAX);
        return Sample { value: all, until, exact: nodes.is_empty() || parts().any(|part| part.exact && part.until == until) };
    }
    // Nothing changes before the last deciding part does.
    let until = deciding().map(|part| part.until).max().unwrap_or(i64::MAX);
    let alone = deciding().count() == 1 && deciding().all(|part| part.exact);
    let undisturbed = parts().filter(|part| part.value == all).all(|part| part.until > until);
    Sample { value: !all, until, exact: alone && undisturbed }
}

/// Until when, not including, a condition's period reaches back beyond what is covered.
fn partial_until(plan: &Plan, visitor: &Visitor, condition: &Condition) -> i64 {
    let until = |kind| match visitor.coverage.of(kind) {
        Some(since) => condition.period.reaches_back_until(&plan.zone, since),
        None => i64::MIN,
    };
    plan.series[condition.series].kinds.iter().map(|kind| until(kind)).max().unwrap_or(i64::MIN)
}

/// Collects until when an answer may be reused.
struct Fresh {
    until: i64,
    now: i64,
}

impl Fresh {
    /// Something printed changes at an instant.
    fn change(&mut self, at: i64) {
        self.until = self.until.min(at);
    }

    /// A first change, as it is printed: not if it is beyond the horizon. Then it comes into
    /// sight later, and that too is a change of what is printed.
    fn holds(&mut self, change: impl Into<Option<i64>>) -> Option<i64> {
        let change = change.into()?;
        if change <= self.now + HORIZON {
            self.change(change);
            return Some(change);
        }
        self.change(change.saturating_sub(HORIZON).max(self.now + 1));
        None
    }
}

impl Plan {
    /// The nodes that a node's value hangs on, earlier ones first, itself last.
    pub fn below(&self, root: usize) -> Vec<usize> {
        let mut wanted = alloc::vec![false; root + 1];
        wanted[root] = true;
        for index in (0..=root).rev() {
            if wanted[index] {
                match &self.nodes[index] {
                    Node::Condition(_) | Node::Spots(_) => {}
                    Node::Not(node) => wanted[*node] = true,
                    Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|&node| wanted[node] = true),
                }
            }
        }
        (0..=root).filter(|&index| wanted[index]).collect()
    }
}
