//! Plan, history, now → membership, with the exact instant until which each answer holds.
//!
//! A node's sample at an instant is its value, a bound until which the value cannot change, and
//! whether it does change there. For `all` that does not hold the bound is the latest of those
//! parts that do not hold, so whole stretches are skipped; from there the node is looked at
//! again until it changes or the horizon is passed.

use crate::condition::{Walk, before, is_finite, measure};
use crate::follow::follow;
use crate::net::RETURN;
use crate::plan::{CONDITIONS, NODES, Plan, SEGMENTS, SERIES, node};
use crate::series::{Series, only, weight};
use crate::time::{DAY, FIRST, LAST};
use crate::visitor::{Visitor, is_present};
use alloc::vec::Vec;

/// How far ahead `holdsUntil` looks: 400 × 24 h, that instant included.
pub const HORIZON: i64 = 400 * DAY;

/// Answers for one visitor under one plan, and what is kept to give the next ones fast.
#[derive(Debug, Default)]
pub struct Evaluator {
    /// Of the history that all this is about; none yet, if there are no samples.
    changes: u64,
    series: Vec<Series>,
    memo: Vec<u8>,
    kept: Vec<Kept>,
    nodes: Vec<Node>,
    /// Of nodes that keep, when they hold, from `since` up to, including, `until`; of the others
    /// nothing. Empty if none keeps.
    held: Vec<Kept>,
    /// Samples of nodes and steps of walks so far. Only tests have it.
    #[cfg(feature = "count")]
    pub steps: u64,
}

/// What is known of a node: at the instant last looked at, and at one ahead of it.
#[derive(Debug, Clone, Copy)]
struct Node {
    now: Sample,
    ahead: Sample,
    /// Until when its answer is partial; the extreme is for ever, the other never.
    partial_until: i64,
}

/// A node at an instant.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Whether it holds.
    pub value: bool,
    /// The value is the same until here; beyond the limit of the question it says no more.
    pub until: i64,
    /// And here it changes.
    exact: bool,
}

/// What is known of a condition: its state over one stretch, or over all time.
#[derive(Debug, Default, Clone)]
struct Kept {
    since: i64,
    until: i64,
    exact: bool,
    state: i64,
    /// Steps walked so far. A condition that was walked twice as far as its whole history is
    /// long has paid for its timeline, which is kept from then on.
    walked: usize,
    /// Ascending: instants and the state from each on.
    timeline: Vec<(i64, i64)>,
}

impl Kept {
    #[inline(never)]
    fn new() -> Self {
        Self::default()
    }
}

impl Evaluator {
    /// Membership of `visitor` at `now` (milliseconds since 1970 UTC, years 1 to 9999; beyond
    /// them the nearest), as numbers: until when all this may be reused; the earliest change of
    /// all; the state of the grid ([`crate::retention`]); conversions; calendar days since the last; the
    /// grid's change; then for each segment 1 for member + 2 for partial, and its change. What is
    /// absent is NaN.
    pub fn numbers(&mut self, plan: &Plan, visitor: &Visitor, now: i64) -> Vec<f64> {
        let now = now.clamp(FIRST, LAST);
        let limit = now + 2 * HORIZON;
        self.look(plan, visitor, now, limit);
        let mut fresh = Fresh { until: limit + 1 - HORIZON, now, earliest: i64::MAX };
        let spot = self.state(plan, visitor, 0, now, limit);
        let conversions = &self.series[plan.index(CONDITIONS, 0, 0)].at;
        let count = before(conversions, now + 1);
        let mut days = f64::NAN;
        if count > 0 {
            let today = plan.zone.day(now);
            days = (today - plan.zone.day(conversions[count - 1])) as f64;
            fresh.change(plan.zone.day_start(today + 1));
        }
        if let Some(&next) = conversions.get(count) {
            fresh.change(next);
        }
        let mut out = Vec::new();
        out.push(0.0);
        out.push(0.0);
        out.push(spot.1 as f64);
        out.push(count as f64);
        out.push(days);
        out.push(fresh.holds(spot.0.until));
        for segment in 0..plan.len(SEGMENTS) {
            // A broken segment is never a member, and never changes.
            let (mut flags, mut change) = (0, i64::MAX);
            if let Some(root) = plan.index(SEGMENTS, segment, 0).checked_sub(1) {
                change = self.change(plan, visitor, root, limit);
                flags = u8::from(self.nodes[root].now.value);
                if now < self.nodes[root].partial_until {
                    flags += 2;
                    fresh.change(self.nodes[root].partial_until);
                }
            }
            out.push(f64::from(flags));
            out.push(fresh.holds(change));
        }
        out[0] = fresh.until as f64;
        out[1] = if fresh.earliest < i64::MAX { fresh.earliest as f64 } else { f64::NAN };
        out
    }

    /// Which of a plan's nodes hold at `now`, over series that were gathered elsewhere, one for
    /// each of the plan's; the ends of sequences are found here.
    pub fn over(plan: &Plan, series: Vec<Series>, now: i64) -> Vec<bool> {
        let visitor = Visitor::default();
        let mut evaluator = Evaluator { series, ..Evaluator::default() };
        for index in 0..evaluator.series.len() {
            let (parts, rest) = evaluator.series.split_at_mut(index);
            if plan.get(SERIES, index, 5) == weight::SEQUENCE {
                follow(plan, index, parts, &mut rest[0]);
            }
        }
        evaluator.prepare(plan, &visitor);
        evaluator.look(plan, &visitor, now, now);
        evaluator.nodes.iter().map(|node| node.now.value).collect()
    }

    /// Brings everything up to the visitor's history and samples every node at `now`. What is asked
    /// from here on lies between `now` and `limit`.
    pub fn look(&mut self, plan: &Plan, visitor: &Visitor, now: i64, limit: i64) {
        if self.kept.is_empty() || self.changes != visitor.history.changes {
            self.update(plan, visitor, now);
        }
        self.hold(plan, visitor, now, limit);
        for index in 0..plan.len(NODES) {
            self.nodes[index].now = self.sample(plan, visitor, index, now, limit, false);
        }
    }

    /// Finds out when the nodes that keep hold, from `now` up to a limit: each over all the time
    /// that those look back to which hang on it.
    #[inline(never)]
    fn hold(&mut self, plan: &Plan, visitor: &Visitor, now: i64, limit: i64) {
        if self.held.is_empty() {
            return;
        }
        // From when on each node is asked for. Nodes hang only on earlier ones.
        let mut since = Vec::new();
        since.resize(plan.len(NODES), now);
        for index in (0..since.len()).rev() {
            let from = since[index].saturating_sub(keep_of(plan, index)).max(FIRST);
            for &part in plan.parts(index) {
                let part = part as usize;
                since[part] = since[part].min(from);
            }
        }
        for index in 0..since.len() {
            let held = &self.held[index];
            let known = !held.timeline.is_empty() && held.since <= since[index] && limit <= held.until;
            let &[part] = plan.parts(index) else { continue };
            if plan.get(NODES, index, 0) != node::KEEP || known {
                continue;
            }
            let (part, keep) = (part as usize, keep_of(plan, index));
            let parts = hanging(plan, part);
            let mut held = Kept { since: since[index], until: limit, ..Kept::new() };
            held.timeline.push((i64::MIN, 0));
            let mut at = since[index].saturating_sub(keep).max(FIRST);
            while at <= limit {
                let sample = self.sample_ahead(plan, visitor, &parts, at, limit);
                if sample.value {
                    // What begins before the last has left goes on with it.
                    if held.timeline.last().is_some_and(|last| last.0 >= at) {
                        held.timeline.pop();
                    } else {
                        held.timeline.push((at, 1));
                    }
                    held.timeline.push((sample.until.saturating_add(keep), 0));
                }
                at = sample.until;
            }
            self.held[index] = held;
        }
    }

    /// A node at the instant last looked at.
    pub fn now(&self, node: usize) -> Sample {
        self.nodes[node].now
    }

    /// Until when, not including, the history may not reach back far enough for a node's answer.
    pub fn partial_until(&self, node: usize) -> i64 {
        self.nodes[node].partial_until
    }

    /// The series of the plan, as they were last brought up to the history.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// When a node that keeps holds, as far as that was found out: instants, and from each on 1 if
    /// it does, 0 if not. It held last so long before it leaves as it keeps.
    pub fn held(&self, node: usize) -> &[(i64, i64)] {
        self.held.get(node).map_or(&[], |held| &held.timeline)
    }

    #[inline(never)]
    fn update(&mut self, plan: &Plan, visitor: &Visitor, now: i64) {
        while self.series.len() < plan.len(SERIES) {
            self.series.push(Series::new());
        }
        for index in 0..self.series.len() {
            let (parts, rest) = self.series.split_at_mut(index);
            if rest[0].update(plan, index, visitor, now, parts, &mut self.memo) {
                for condition in 0..self.kept.len() {
                    let of_all = index == 0 && plan.get(CONDITIONS, condition, 1) == measure::RATIO;
                    if plan.index(CONDITIONS, condition, 0) == index || of_all {
                        self.kept[condition] = Kept::new();
                    }
                }
            }
        }
        self.prepare(plan, visitor);
        self.changes = visitor.history.changes;
    }

    /// Begins with nothing known of the nodes but until when they are partial.
    #[inline(never)]
    fn prepare(&mut self, plan: &Plan, visitor: &Visitor) {
        while self.kept.len() < plan.len(CONDITIONS) {
            self.kept.push(Kept::new());
        }
        self.nodes.clear();
        self.held.clear();
        for index in 0..plan.len(NODES) {
            let mut until = i64::MIN;
            let kind = plan.get(NODES, index, 0);
            while kind == node::KEEP && self.held.len() < plan.len(NODES) {
                self.held.push(Kept::new());
            }
            match kind {
                node::CONDITION => until = partial_until(plan, visitor, plan.index(NODES, index, 1)),
                node::STATES => until = partial_until(plan, visitor, 0),
                _ => {
                    for &child in plan.parts(index) {
                        until = until.max(self.nodes[child as usize].partial_until);
                    }
                    if until > i64::MIN {
                        until = until.saturating_add(keep_of(plan, index));
                    }
                }
            }
            let sample = Sample { value: false, until: i64::MAX, exact: true };
            self.nodes.push(Node { now: sample, ahead: sample, partial_until: until });
        }
    }

    /// The first instant up to `limit` at which a node's value is not what it is now; later if
    /// there is none.
    #[inline(never)]
    pub fn change(&mut self, plan: &Plan, visitor: &Visitor, root: usize, limit: i64) -> i64 {
        let mut sample = self.nodes[root].now;
        let value = sample.value;
        let parts = hanging(plan, root);
        while sample.until <= limit && !sample.exact {
            let at = sample.until;
            sample = self.sample_ahead(plan, visitor, &parts, at, limit);
            if sample.value != value {
                return at;
            }
        }
        sample.until
    }

    /// The first of some nodes, [`hanging`] together, at a later instant.
    #[inline(never)]
    pub fn sample_ahead(&mut self, plan: &Plan, visitor: &Visitor, parts: &[usize], at: i64, limit: i64) -> Sample {
        for &index in parts.iter().rev() {
            self.nodes[index].ahead = self.sample(plan, visitor, index, at, limit, true);
        }
        self.nodes[parts[0]].ahead
    }

    /// Counts what was done, where that is asked.
    fn count(&mut self, _steps: usize) {
        #[cfg(feature = "count")]
        {
            self.steps += _steps as u64;
        }
    }

    #[inline(never)]
    fn sample(&mut self, plan: &Plan, visitor: &Visitor, index: usize, at: i64, limit: i64, ahead: bool) -> Sample {
        self.count(1);
        let kind = plan.get(NODES, index, 0);
        if kind == node::CONDITION {
            return self.state(plan, visitor, plan.index(NODES, index, 1), at, limit).0;
        }
        if kind == node::KEEP {
            let (state, until) = found(&self.held[index].timeline, at);
            return Sample { value: state == 1, until: until.min(limit + 1), exact: until <= limit };
        }
        let list = plan.list_of(NODES, index, 1);
        if kind == node::STATES {
            let (mut sample, state) = self.state(plan, visitor, 0, at, limit);
            sample.value = list.contains(&state);
            // The grid may move to another state that is wanted as well.
            sample.exact &= list == [state];
            return sample;
        }
        let mut sample = combine(&self.nodes, ahead, list, kind != node::ANY);
        sample.value ^= kind == node::NOT;
        sample
    }

    /// A condition at an instant, and its state.
    #[inline(never)]
    fn state(&mut self, plan: &Plan, visitor: &Visitor, index: usize, at: i64, limit: i64) -> (Sample, i64) {
        let number = plan.index(CONDITIONS, index, 0);
        let net = plan.get(SERIES, number, 4) & only::NET != 0;
        if net && self.series[number].update(plan, number, visitor, at, &[], &mut self.memo) {
            self.count(self.series[number].at.len());
        }
        let mut steps = 0;
        let series = &self.series[number];
        let kept = &mut self.kept[index];
        let finite = !net && is_finite(plan.get(CONDITIONS, index, 1));
        if kept.timeline.is_empty() && finite && kept.walked > 2 * series.at.len() + 64 {
            let mut walk = Walk::new(plan, index, &self.series, None);
            let mut from = i64::MIN;
            while from < i64::MAX {
                steps += 1;
                let state = walk.state();
                if kept.timeline.last().is_none_or(|last| last.1 != state) {
                    kept.timeline.push((from, state));
                }
                from = walk.next();
                walk.step(from);
            }
        }
        if !kept.timeline.is_empty() {
            (kept.state, kept.until) = found(&kept.timeline, at);
            kept.exact = true;
        } else if !(kept.since <= at && at < kept.until && (kept.exact || kept.until > limit)) {
            let mut walk = Walk::new(plan, index, &self.series, Some(at));
            kept.since = at;
            kept.state = walk.state();
            steps += walk.begun();
            loop {
                kept.until = walk.next();
                kept.exact = kept.until <= limit || kept.until == i64::MAX;
                if !kept.exact {
                    kept.until = limit + 1;
                }
                if net && series.until <= kept.until {
                    // From there on there is another return.
                    (kept.until, kept.exact) = (series.until, series.until == i64::MAX);
                    break;
                }
                if kept.until > limit {
                    break;
                }
                walk.step(kept.until);
                steps += 1;
                if walk.state() != kept.state {
                    break;
                }
            }
        }
        kept.walked += steps;
        let answer = (Sample { value: kept.state == 1, until: kept.until, exact: kept.exact }, kept.state);
        self.count(steps);
        answer
    }
}

/// A node and those that its value hangs on, the later ones first. When a node holds that keeps is
/// known already.
#[inline(never)]
pub fn hanging(plan: &Plan, root: usize) -> Vec<usize> {
    let mut wanted = Vec::new();
    wanted.resize(root + 1, 0u8);
    wanted[root] = 1;
    let mut hanging = Vec::new();
    for index in (0..root + 1).rev() {
        if wanted[index] > 0 {
            hanging.push(index);
            if plan.get(NODES, index, 0) != node::KEEP {
                for &child in plan.parts(index) {
                    wanted[child as usize] = 1;
                }
            }
        }
    }
    hanging
}

/// `all` (or, with everything turned round, `any`) of samples.
#[inline(never)]
fn combine(nodes: &[Node], ahead: bool, parts: &[i64], all: bool) -> Sample {
    // Of the parts that agree with `all`, the first to change; of those that decide, the last.
    let mut first = Sample { value: all, until: i64::MAX, exact: true };
    let mut last = Sample { value: !all, until: i64::MIN, exact: false };
    let mut deciding = 0;
    for &part in parts {
        let node = &nodes[part as usize];
        let part = if ahead { node.ahead } else { node.now };
        if part.value == all {
            if part.until < first.until || (part.until == first.until && part.exact) {
                first = part;
            }
        } else {
            deciding += 1;
            if part.until > last.until {
                last = part;
            }
        }
    }
    if deciding == 0 {
        // Everything agrees: the first part to change changes the whole.
        return first;
    }
    // Nothing changes before the last deciding part does; the whole changes there, if no other
    // part may have changed by then.
    last.exact &= deciding == 1 && first.until > last.until;
    last
}

/// Until when, not including, a condition's period reaches back beyond what is covered.
#[inline(never)]
fn partial_until(plan: &Plan, visitor: &Visitor, condition: usize) -> i64 {
    let mut until = i64::MIN;
    let mut see = |kind: &[u8]| {
        let since = if is_present(kind) { i64::MIN } else { visitor.covered_since(kind) };
        if since > i64::MIN {
            until = until.max(plan.period(condition).reaches_back_until(&plan.zone, since));
        }
    };
    let series = plan.index(CONDITIONS, condition, 0);
    for &kind in plan.list_of(SERIES, series, 0) {
        see(plan.text(kind));
    }
    if plan.get(CONDITIONS, condition, 1) == measure::RATIO {
        see(b"conversion");
    }
    if plan.get(SERIES, series, 4) & only::NET != 0 {
        see(RETURN);
    }
    until
}

/// For how long a node goes on holding, in milliseconds.
pub fn keep_of(plan: &Plan, node: usize) -> i64 {
    if plan.get(NODES, node, 0) == node::KEEP { plan.list_of(NODES, node, 1).get(1).copied().unwrap_or(0) } else { 0 }
}

/// The state at an instant, and until when, among instants and the state from each on.
#[inline(never)]
fn found(timeline: &[(i64, i64)], at: i64) -> (i64, i64) {
    let next = timeline.partition_point(|&(from, _)| from <= at);
    let state = next.checked_sub(1).map_or(0, |last| timeline[last].1);
    (state, timeline.get(next).map_or(i64::MAX, |&(from, _)| from))
}

/// Collects until when an answer may be reused, and the earliest change in it.
struct Fresh {
    until: i64,
    now: i64,
    earliest: i64,
}

impl Fresh {
    /// Something printed changes at an instant.
    fn change(&mut self, at: i64) {
        self.until = self.until.min(at.max(self.now + 1));
    }

    /// A first change, as it is printed: not if it is beyond the horizon. Then it comes into
    /// sight later, and that too is a change of what is printed.
    fn holds(&mut self, change: i64) -> f64 {
        if change > self.now + HORIZON {
            self.change(change - HORIZON);
            return f64::NAN;
        }
        self.change(change);
        self.earliest = self.earliest.min(change);
        change as f64
    }
}

/// The answer to `evaluate`, for people who write Rust.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    /// The first instant at which anything here would be said differently, given the same
    /// history. The answer may be reused until then.
    pub fresh_until: i64,
    /// For each segment of the plan.
    pub segments: Vec<Answer>,
    /// Where on the retention grid: [`crate::retention::NONE`], [`crate::retention::NULL`], or a cell's state.
    pub state: i64,
    /// When that changes.
    pub state_until: Option<i64>,
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
    /// From the numbers of [`Evaluator::numbers`].
    pub fn of(numbers: &[f64]) -> Self {
        let maybe = |number: f64| (!number.is_nan()).then_some(number as i64);
        let answer =
            |pair: &[f64]| Answer { member: pair[0] as i64 & 1 == 1, partial: pair[0] as i64 & 2 == 2, holds_until: maybe(pair[1]) };
        Membership {
            fresh_until: numbers[0] as i64,
            holds_until: maybe(numbers[1]),
            state: numbers[2] as i64,
            conversions: numbers[3] as i64,
            days_since_last: maybe(numbers[4]),
            state_until: maybe(numbers[5]),
            segments: numbers[6..].chunks(2).map(answer).collect(),
        }
    }
}

impl Evaluator {
    /// Membership of `visitor` at `now`; see [`Evaluator::numbers`].
    pub fn evaluate(&mut self, plan: &Plan, visitor: &Visitor, now: i64) -> Membership {
        Membership::of(&self.numbers(plan, visitor, now))
    }
}
