//! One condition over a series: a measure of the events in a period, and what it must be.
//!
//! A [`Walk`] stands at an instant and can step to the next one at which anything about the
//! condition may change. Evaluation, `holdsUntil` and whole timelines are all such walks.

use crate::number::ONE;
use crate::period::Period;
use crate::plan::{CONDITIONS, Plan, SERIES};
use crate::retention;
use crate::series::{Series, only};
use crate::zone::Zone;
use alloc::vec::Vec;

/// What is measured over the events that count.
pub mod measure {
    /// How many.
    pub const COUNT: i64 = 0;
    /// The sum of the weights; of nothing 0.
    pub const TOTAL: i64 = 1;
    /// How many different item ids.
    pub const DISTINCT_ITEMS: i64 = 2;
    /// How many different local days.
    pub const ACTIVE_DAYS: i64 = 3;
    /// The average weight; missing of nothing, as all that follow.
    pub const AVERAGE: i64 = 4;
    /// The greatest.
    pub const HIGHEST: i64 = 5;
    /// The least.
    pub const LOWEST: i64 = 6;
    /// Calendar days from the last event's day to today.
    pub const DAYS_SINCE_LAST: i64 = 7;
    /// Calendar days from the first event's day to today.
    pub const DAYS_SINCE_FIRST: i64 = 8;
    /// The state of the retention grid.
    pub const CELL: i64 = 9;
}

/// Flags of a condition: what satisfies it.
pub mod flag {
    /// The least numbers do.
    pub const BEGINS: i64 = 1;
    /// A missing number does.
    pub const MISSING: i64 = 2;
}

/// How many of ascending instants lie before another.
#[inline(never)]
pub fn before(instants: &[i64], at: i64) -> usize {
    instants.partition_point(|&instant| instant < at)
}

/// 1 if `sum / of` (ten-thousandths) is among the numbers that a condition's flags and turns stand
/// for, else 0. Never divides.
#[inline(never)]
pub fn satisfies(flags: i64, turns: &[i64], sum: i128, of: i64) -> i64 {
    let mut holds = flags & flag::BEGINS;
    for &turn in turns {
        let at = i128::from(turn >> 1).wrapping_mul(i128::from(of));
        if sum < at || (sum == at && turn & 1 == 1) {
            break;
        }
        holds ^= 1;
    }
    holds
}

/// A condition standing at an instant.
pub struct Walk<'a> {
    series: &'a Series,
    zone: &'a Zone,
    period: Period,
    only: i64,
    measure: i64,
    flags: i64,
    /// Where on the number line it turns: a number × 2, + 1 if it turns just above it. Of the
    /// grid, its cells.
    turns: &'a [i64],
    /// Where it stands.
    now: i64,
    /// The events that count are `low..high`; none beyond `end` ever will.
    low: usize,
    high: usize,
    end: usize,
    /// For highest and lowest: candidates in order of time, the best first; those before
    /// `best_from` have left.
    best: Vec<usize>,
    best_from: usize,
    /// For distinct items: how often each id counts, and how many count at all.
    counts: Vec<usize>,
    distinct: i64,
}

impl<'a> Walk<'a> {
    /// A walk of condition number `index` that stands at `now`; before all events, if `None`.
    #[inline(never)]
    pub fn new(plan: &'a Plan, index: usize, series: &'a Series, now: Option<i64>) -> Self {
        let only = plan.get(SERIES, plan.index(CONDITIONS, index, 0), 4);
        let (measure, flags) = (plan.get(CONDITIONS, index, 1), plan.get(CONDITIONS, index, 2));
        let (zone, period, turns) = (&plan.zone, plan.period(index), plan.list_of(CONDITIONS, index, 3));
        let before = |at: i64| before(&series.at, at);
        // A fixed period bounds the events once and for all; the others slide over all of them.
        let (first, end) = match period {
            Period::Fixed { from, to } => (before(from), before(to)),
            _ => (0, series.at.len()),
        };
        let (mut low, mut high) = (first, first);
        if let Some(now) = now {
            let (from, to) = period.bounds(zone, now);
            high = before(to).min(end).max(first);
            low = before(from).min(high).max(first);
        }
        let mut counts = Vec::new();
        if measure == measure::DISTINCT_ITEMS {
            while counts.len() < series.names.len() {
                counts.push(0);
            }
        }
        let now = now.unwrap_or(i64::MIN);
        let mut walk = Walk {
            series,
            zone,
            period,
            only,
            measure,
            flags,
            turns,
            now,
            low,
            high,
            end,
            best: Vec::new(),
            best_from: 0,
            counts,
            distinct: 0,
        };
        for event in low..high {
            walk.enter(event);
        }
        walk
    }

    /// About what it took to begin here.
    pub fn begun(&self) -> usize {
        self.high - self.low + 1
    }

    /// 1 if the condition holds, else 0; of the grid, its state.
    #[inline(never)]
    pub fn state(&self) -> i64 {
        let (mut low, mut high) = (self.low, self.high);
        if self.only != only::ALL && low < high {
            low = if self.only == only::FIRST { low } else { high - 1 };
            high = low + self.series.passes[low];
        }
        let count = (high - low) as i64;
        if count == 0 && self.measure >= measure::AVERAGE {
            return if self.measure == measure::CELL { retention::NONE } else { i64::from(self.flags & flag::MISSING != 0) };
        }
        let number = match self.measure {
            measure::TOTAL => return satisfies(self.flags, self.turns, self.sum(low, high), 1),
            measure::AVERAGE => return satisfies(self.flags, self.turns, self.sum(low, high), count),
            measure::HIGHEST | measure::LOWEST => {
                let best = if self.only == only::ALL { self.best[self.best_from] } else { low };
                return satisfies(self.flags, self.turns, self.sum(best, best + 1), 1);
            }
            measure::CELL => return retention::state(self.turns, count, self.days_since(high - 1)),
            measure::DAYS_SINCE_LAST => self.days_since(high - 1),
            measure::DAYS_SINCE_FIRST => self.days_since(low),
            _ if count == 0 => 0,
            measure::DISTINCT_ITEMS if self.only == only::ALL => self.distinct,
            measure::DISTINCT_ITEMS => self.ids(low).len() as i64,
            measure::ACTIVE_DAYS => (self.series.marks[high - 1] - self.series.marks[low]) as i64 + 1,
            _ => count,
        };
        satisfies(self.flags, self.turns, i128::from(number * ONE), 1)
    }

    fn days_since(&self, event: usize) -> i64 {
        self.zone.day(self.now) - self.zone.day(self.series.at[event])
    }

    #[inline(never)]
    fn sum(&self, low: usize, high: usize) -> i128 {
        if low == high { 0 } else { self.series.sums[high].wrapping_sub(self.series.sums[low]) }
    }

    fn ids(&self, event: usize) -> &'a [usize] {
        let start = if event == 0 { 0 } else { self.series.marks[event - 1] };
        &self.series.ids[start..self.series.marks[event]]
    }

    /// The next instant at which the state may change; it is constant until then. The extreme
    /// is never.
    #[inline(never)]
    pub fn next(&self) -> i64 {
        let mut next = i64::MAX;
        if self.high < self.end {
            next = self.period.enters(self.zone, self.series.at[self.high]);
        }
        if self.low < self.high {
            next = next.min(self.period.leaves(self.zone, self.series.at[self.low]));
            if self.measure >= measure::DAYS_SINCE_LAST {
                next = next.min(self.next_day_turn());
            }
        }
        next
    }

    /// The start of the day on which the number of days next reaches a turn.
    fn next_day_turn(&self) -> i64 {
        let first = if self.only == only::ALL { self.measure == measure::DAYS_SINCE_FIRST } else { self.only == only::FIRST };
        let day = self.zone.day(self.series.at[if first { self.low } else { self.high - 1 }]);
        let today = self.zone.day(self.now) - day;
        let mut next = i64::MAX;
        let mut consider = |turn: i64| {
            if turn > today {
                next = next.min(turn);
            }
        };
        if self.measure == measure::CELL {
            for cell in self.turns.chunks_exact(retention::WIDTH) {
                consider(cell[3]);
                consider(cell[4].saturating_add(1));
            }
        } else {
            // The first whole number of days at or above each turn.
            self.turns.iter().for_each(|turn| consider((turn + 2 * ONE - 1).div_euclid(2 * ONE)));
        }
        // Beyond any day there is none.
        if next > 4_000_000 { i64::MAX } else { self.zone.day_start(day + next) }
    }

    /// Goes to `now`, an instant that [`Walk::next`] gave.
    pub fn step(&mut self, now: i64) {
        self.now = now;
        while self.high < self.end && self.period.enters(self.zone, self.series.at[self.high]) <= now {
            self.enter(self.high);
            self.high += 1;
        }
        while self.low < self.high && self.period.leaves(self.zone, self.series.at[self.low]) <= now {
            self.leave(self.low);
            self.low += 1;
        }
    }

    #[inline(never)]
    fn enter(&mut self, event: usize) {
        if self.measure == measure::HIGHEST || self.measure == measure::LOWEST {
            // A candidate is never best again once a later one is as good.
            let weight = self.sum(event, event + 1);
            while self.best.len() > self.best_from {
                let last = self.best[self.best.len() - 1];
                let other = self.sum(last, last + 1);
                if if self.measure == measure::HIGHEST { weight < other } else { weight > other } {
                    break;
                }
                self.best.pop();
            }
            self.best.push(event);
        }
        if !self.counts.is_empty() {
            for &id in self.ids(event) {
                self.counts[id] += 1;
                self.distinct += i64::from(self.counts[id] == 1);
            }
        }
    }

    fn leave(&mut self, event: usize) {
        if self.best.get(self.best_from) == Some(&event) {
            self.best_from += 1;
        }
        if !self.counts.is_empty() {
            for &id in self.ids(event) {
                self.counts[id] -= 1;
                self.distinct -= i64::from(self.counts[id] == 0);
            }
        }
    }
}
