//! The smallest change that would flip an answer, or put off its flip by time (SPEC 7, `flips` and
//! `keeps`).
//!
//! If time alone flips the answer, waiting is the smallest change. Otherwise, and for what keeps a
//! member in, **one more event** is looked for, by trial: each candidate is put into a copy of the
//! visitor, and the same evaluator answers. Nothing is said that was not tried in this way.
//!
//! What is tried ([`super::candidates`]): for every condition of the rule, also through references,
//! an event of each type it looks at: bare; with what a simple witness of `where` and `items` asks
//! for, or of what `where` does not allow; for steps of a sequence that share an item, with each of
//! the latest items known; for `net` and `ratio`, returns of the latest orders; two of these joined,
//! and all of one type joined. An event has at most one line, or, where different items are counted, several that differ in
//! nothing but the item. What is not tried: two events, taking
//! an event away, another profile or context, and an event that would have to wait for its moment
//! (it must do when it happens now).
//!
//! Of those that do, the one that flips earliest is said, then that with the smallest bound, then
//! that which asks for the least. Each amount has the bounds between which it does, found by
//! bisection to 0.0001; an amount that is not needed is left out. `latest` is the last instant at
//! which the event still does it, to the millisecond: up to the first instant at which, among all
//! those where a condition may change by itself, it does no more (of more than 256 such instants
//! only the first 256 and the last are tried); `null` if it does within 400 × 24 h, at least.

use super::candidates::{AMOUNTS, Amount, Candidate};
use super::event::number;
use super::evidence::events;
use super::witness::amount;
use crate::focus::Focus;
use crate::order::{distinct, in_order};
use crate::read::event;
use crate::text::Fold;
use regulars_core::condition::{Walk, measure};
use regulars_core::evaluate::{Evaluator, HORIZON};
use regulars_core::number::{LIMIT, ONE};
use regulars_core::plan::{CONDITIONS, PREDICATES, SERIES, TESTS};
use regulars_core::predicate::{operand, step, want};
use regulars_core::series::weight;
use regulars_core::time::LAST;
use regulars_core::visitor::Visitor;
use serde_json::{Map, Value};

/// Instants at which a candidate is tried again to find out until when it does.
const TRIES: usize = 256;

/// What is asked of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// The answer is the other one as soon as the event happens.
    Flip,
    /// The answer becomes the other one some time after the event.
    FlipLater,
    /// The answer does not change up to, including, this instant, at which it would.
    Keep(i64),
}

/// One answer, for which a change is looked for.
pub(crate) struct Search<'a> {
    pub(crate) focus: &'a Focus,
    pub(crate) visitor: &'a Visitor,
    pub(crate) now: i64,
    pub(crate) fold: Fold,
    /// Whether the visitor is a member.
    pub(crate) member: bool,
    /// When that changes by itself.
    pub(crate) until: Option<i64>,
}

/// A candidate that does it.
struct Found {
    candidate: Candidate,
    /// When the answer is the other one, if the event happens now.
    at: i64,
    /// By [`Amount`]: the least and the greatest that do.
    bounds: [(Option<i64>, Option<i64>); 3],
}

impl Found {
    /// The smaller, the better.
    fn rank(&self) -> (i64, u64, usize) {
        let size = self.candidate.amounts.iter().flatten().map(|amount| amount.unsigned_abs()).sum();
        (self.at, size, self.candidate.demands())
    }
}

impl Search<'_> {
    /// `{ "wait": instant }`, or `{ "event": …, "latest": instant }`, with `at` if the answer flips
    /// only some time after the event (which is when, if it happens now); `None` if neither does.
    pub(crate) fn flips(&self, candidates: &[Candidate]) -> Option<Value> {
        if let Some(until) = self.until {
            return Some(Value::Object(Map::from_iter([("wait".to_owned(), until.into())])));
        }
        self.best(candidates, Aim::Flip).or_else(|| self.best(candidates, Aim::FlipLater))
    }

    /// What keeps a member in beyond the instant at which time would end it.
    pub(crate) fn keeps(&self, candidates: &[Candidate]) -> Option<Value> {
        self.best(candidates, Aim::Keep(self.until.filter(|_| self.member)?))
    }

    fn best(&self, candidates: &[Candidate], aim: Aim) -> Option<Value> {
        let probes = self.probes();
        let mut best: Option<Found> = None;
        for candidate in candidates {
            // What does it at once and without any bound is the smallest: the others ask for more.
            if aim != Aim::FlipLater && best.as_ref().is_some_and(|best| best.candidate.amounts == [None; 3]) {
                break;
            }
            if let Some(found) = self.bounded(candidate, aim, &probes)
                && best.as_ref().is_none_or(|best| found.rank() < best.rank())
            {
                best = Some(found);
            }
        }
        best.map(|found| self.said(&found, aim))
    }

    /// The visitor, to whom this happened; `None` if it would not be one more event.
    fn with(&self, candidate: &Candidate, at: i64) -> Option<Visitor> {
        let bytes = event(&candidate.event(at), self.fold).ok()?;
        let mut visitor = self.visitor.clone();
        let count = |visitor: &Visitor| visitor.history.tables.iter().map(|table| table.len()).sum::<usize>();
        visitor.history.add(&bytes);
        (count(&visitor) > count(self.visitor)).then_some(visitor)
    }

    /// When the answer is the other one, if a candidate happens at an instant; `None` if it does
    /// not do what is aimed at.
    fn tried(&self, candidate: &Candidate, at: i64, aim: Aim) -> Option<i64> {
        let visitor = self.with(candidate, at)?;
        match aim {
            Aim::Flip => (self.focus.holds(&visitor, at) != self.member).then_some(at),
            Aim::FlipLater => {
                let (holds, change) = self.focus.answer(&visitor, at, (at + HORIZON).min(LAST));
                if holds == self.member { change } else { Some(at) }
            }
            Aim::Keep(until) => (self.focus.answer(&visitor, self.now, until) == (true, None)).then_some(self.now),
        }
    }

    fn does(&self, candidate: &Candidate, aim: Aim) -> bool {
        self.tried(candidate, self.now, aim).is_some()
    }

    /// A candidate with the amounts that it needs, and their bounds.
    fn bounded(&self, candidate: &Candidate, aim: Aim, probes: &[i64]) -> Option<Found> {
        let mut candidate = candidate.clone();
        for which in AMOUNTS {
            let place = which as usize;
            if candidate.amounts[place].is_none() {
                continue;
            }
            let less = Candidate { amounts: without(candidate.amounts, which), ..candidate.clone() };
            if self.does(&less, aim) {
                candidate = less;
            }
        }
        if !self.does(&candidate, aim) {
            let with = |which: Amount, number: i64| {
                let mut amounts = candidate.amounts;
                amounts[which as usize] = Some(number);
                Candidate { amounts, ..candidate.clone() }
            };
            let asked: Vec<Amount> = AMOUNTS.into_iter().filter(|&which| candidate.amounts[which as usize].is_some()).collect();
            // One of them at a time, and then all of them the same.
            let alone = asked.iter().flat_map(|&which| probes.iter().map(move |&number| with(which, number)));
            let together = probes.iter().filter(|_| asked.len() > 1).map(|&number| {
                let amounts = candidate.amounts.map(|amount| amount.map(|_| number));
                Candidate { amounts, ..candidate.clone() }
            });
            candidate = alone.chain(together).find(|candidate| self.does(candidate, aim))?;
        }
        let mut bounds = [(None, None); 3];
        // What one of them may be can hang on what the others are: until nothing moves any more.
        for _ in 0..AMOUNTS.len() {
            let before = candidate.amounts;
            for which in AMOUNTS {
                if candidate.amounts[which as usize].is_some() {
                    bounds[which as usize] = self.bounds(&mut candidate, which, aim, probes);
                }
            }
            if candidate.amounts == before {
                break;
            }
        }
        let at = self.tried(&candidate, self.now, aim)?;
        Some(Found { candidate, at, bounds })
    }

    /// Between which numbers an amount does, from the one nearest to zero that does; that is left
    /// in the candidate.
    fn bounds(&self, candidate: &mut Candidate, which: Amount, aim: Aim, probes: &[i64]) -> (Option<i64>, Option<i64>) {
        let does = |number: i64| {
            let mut candidate = candidate.clone();
            candidate.amounts[which as usize] = Some(number);
            self.does(&candidate, aim)
        };
        let start = candidate.amounts[which as usize].unwrap_or(0);
        let first = probes.iter().copied().find(|&probe| does(probe)).unwrap_or(start);
        let ascending = distinct(probes.to_vec());
        // Those beyond it, on either side, up to the first that does not do.
        let bound = |beyond: &mut dyn Iterator<Item = i64>| {
            let mut good = first;
            for probe in beyond {
                if !does(probe) {
                    return Some(edge(good, probe, &does));
                }
                good = probe;
            }
            None
        };
        let least = bound(&mut ascending.iter().rev().copied().filter(|&probe| probe < first));
        let most = bound(&mut ascending.iter().copied().filter(|&probe| probe > first));
        let nearest = match first.signum() {
            1 => least,
            -1 => most,
            _ => None,
        };
        candidate.amounts[which as usize] = Some(nearest.unwrap_or(first));
        (least, most)
    }

    /// Numbers worth trying, those nearest to zero first: what conditions and predicates compare
    /// with, what is missing to it, and a number of each size.
    fn probes(&self) -> Vec<i64> {
        let plan = &self.focus.plan;
        let mut found = vec![0, -LIMIT, LIMIT];
        let mut size = ONE;
        while size < LIMIT {
            found.push(size);
            size *= 10;
        }
        for &condition in &self.focus.conditions {
            let series = plan.index(CONDITIONS, condition, 0);
            if !(weight::VALUE..=weight::UNITS).contains(&plan.get(SERIES, series, 5)) {
                continue;
            }
            for now in [Some(self.now), self.until].into_iter().flatten() {
                let evidence = events(plan, self.visitor, condition, now);
                let (actual, count) = (amount(&evidence.actual).unwrap_or(0), evidence.counted.len() as i64);
                for turn in plan.list_of(CONDITIONS, condition, 3).iter().map(|turn| turn >> 1) {
                    found.extend([turn, turn.saturating_sub(actual)]);
                    if plan.get(CONDITIONS, condition, 1) == measure::AVERAGE {
                        let (turn, actual, count) = (i128::from(turn), i128::from(actual), i128::from(count));
                        found.extend(i64::try_from(turn * (count + 1) - actual * count));
                    }
                }
            }
        }
        let filters = self.focus.series.iter().filter(|&&series| plan.get(SERIES, series, 5) < weight::DATE);
        let predicates = filters.flat_map(|&series| [plan.get(SERIES, series, 2), plan.get(SERIES, series, 3)]);
        for predicate in predicates.filter(|&predicate| predicate > 0) {
            let steps = plan.list_of(PREDICATES, predicate as usize - 1, 0).iter();
            for test in steps.filter(|&step| step & 3 == step::TEST).map(|step| (step >> 2) as usize) {
                if [want::EQUAL, want::WITHIN].contains(&plan.get(TESTS, test, 3)) {
                    let operands = plan.list_of(TESTS, test, 4).chunks_exact(operand::WIDTH);
                    found.extend(operands.filter(|operand| operand[0] & operand::NUMBER != 0).map(|operand| operand[1]));
                }
            }
        }
        let around = found.iter().flat_map(|&number| [number.saturating_sub(1), number, number.saturating_add(1)]);
        let probes = around.filter(|number| (-LIMIT..=LIMIT).contains(number)).collect();
        in_order(distinct(probes), |number| (number.abs(), i64::from(*number < 0)))
    }

    fn said(&self, found: &Found, aim: Aim) -> Value {
        let event = found.candidate.json(|which, _| {
            let (least, most) = found.bounds[which as usize];
            let mut said = Map::new();
            for (key, bound) in [("atLeast", least), ("atMost", most)] {
                if let Some(bound) = bound {
                    said.insert(key.to_owned(), number(bound.into()));
                }
            }
            Value::Object(said)
        });
        let mut change = Map::new();
        change.insert("event".to_owned(), Value::Object(event));
        change.insert("latest".to_owned(), self.latest(&found.candidate, aim).map_or(Value::Null, Value::from));
        if aim == Aim::FlipLater {
            change.insert("at".to_owned(), found.at.into());
        }
        Value::Object(change)
    }

    /// The last instant at which a candidate does it that does now.
    fn latest(&self, candidate: &Candidate, aim: Aim) -> Option<i64> {
        let end = if let Aim::Keep(until) = aim { until } else { (self.now + HORIZON).min(LAST) };
        let does = |at: i64| self.tried(candidate, at, aim).is_some();
        let mut good = self.now;
        for at in self.instants(candidate, end) {
            if !does(at) {
                return Some(edge(good, at, &does));
            }
            good = at;
        }
        (end < self.now + HORIZON).then_some(end)
    }

    /// Instants up to an end at which a condition may change by itself, ascending; the end last.
    fn instants(&self, candidate: &Candidate, end: i64) -> Vec<i64> {
        let plan = &self.focus.plan;
        let mut found = Vec::new();
        for visitor in [Some(self.visitor.clone()), self.with(candidate, self.now)].iter().flatten() {
            let mut evaluator = Evaluator::default();
            evaluator.look(plan, visitor, self.now, self.now);
            for &condition in &self.focus.conditions {
                let mut walk = Walk::new(plan, condition, evaluator.series(), Some(self.now));
                let mut next = walk.next();
                let mut steps = 0;
                while next <= end && steps < TRIES {
                    found.push(next);
                    walk.step(next);
                    next = walk.next();
                    steps += 1;
                }
            }
            for table in &visitor.history.tables {
                found.extend((0..table.len()).map(|row| table.at(row)));
            }
        }
        let (first, last) = (self.now + 1, end);
        let mut instants: Vec<i64> = distinct(found).into_iter().filter(|at| (first..last).contains(at)).take(TRIES).collect();
        instants.extend((last > self.now).then_some(last));
        instants
    }
}

fn without(mut amounts: [Option<i64>; 3], which: Amount) -> [Option<i64>; 3] {
    amounts[which as usize] = None;
    amounts
}

/// Of two numbers, of which the first does and the other does not, the last on the way that does.
fn edge(mut good: i64, mut bad: i64, does: &dyn Fn(i64) -> bool) -> i64 {
    while good.abs_diff(bad) > 1 {
        let middle = good + (bad - good) / 2;
        if does(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}
