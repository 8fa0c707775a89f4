//! One condition over a series: a measure of the events in a period, and what it must be.
//!
//! A [`Walk`] stands at an instant and can step to the next one at which anything about the
//! condition may change. Evaluation, `holdsUntil` and whole timelines are all such walks.

use crate::number::ONE;
use crate::period::Period;
use crate::plan::{CONDITIONS, Plan, SERIES};
use crate::retention;
use crate::series::{Series, only};
use crate::time::{civil_from_days, days_from_civil, weekday};
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
    /// How many conversions the returns name, by how many conversions there are in the period
    /// (of which the grid's series knows); missing without any.
    pub const RATIO: i64 = 10;
    /// Whether a sequence lies in the period. The only turn is how long after its last event that
    /// shows, in milliseconds.
    pub const SEQUENCE: i64 = 11;
    /// Calendar days from a date to today, for any of the dates.
    pub const DAYS_SINCE: i64 = 12;
    /// Calendar days from today to the next anniversary of a date, for any of the dates.
    pub const DAYS_UNTIL_ANNIVERSARY: i64 = 13;
    /// The local hour is one of those whose bits are set in the only turn.
    pub const HOUR: i64 = 14;
    /// The local weekday is one of those whose bits are set in the only turn.
    pub const WEEKDAY: i64 = 15;
}

/// Whether a condition's states over all time are few enough to be kept: those that follow the
/// calendar or the clock go on for ever.
pub fn is_finite(measure: i64) -> bool {
    measure < measure::DAYS_SINCE
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
/// for, else 0. Never divides; a list may have very many turns.
#[inline(never)]
pub fn satisfies(flags: i64, turns: &[i64], sum: i128, of: i64) -> i64 {
    let passed = turns.partition_point(|turn| {
        let at = i128::from(turn >> 1).wrapping_mul(i128::from(of));
        sum > at || (sum == at && turn & 1 == 0)
    });
    (flags & flag::BEGINS) ^ (passed as i64 & 1)
}

/// The only turn of what has one.
fn turn(turns: &[i64]) -> i64 {
    turns.first().copied().unwrap_or(0)
}

/// The first whole number at or above a turn.
fn above(turn: i64) -> i64 {
    turn.wrapping_add(2 * ONE - 1).div_euclid(2 * ONE)
}

/// Days since a date, or until its anniversary, by [`measure`]; seen from a day.
pub fn days(measure: i64, date: i64, today: i64) -> i64 {
    if measure == measure::DAYS_SINCE {
        return today - date;
    }
    let (year, _, _) = civil_from_days(today);
    let (_, month, day) = civil_from_days(date);
    let in_year = |year: i64| {
        let day = days_from_civil(year, month, day);
        // 29 February is 1 March in years without: it is kept the day before.
        if civil_from_days(day).1 == month { day } else { day - 1 }
    };
    let this = in_year(year);
    (if this < today { in_year(year + 1) } else { this }) - today
}

/// A condition standing at an instant.
pub struct Walk<'a> {
    series: &'a Series,
    /// Of a ratio, all conversions.
    conversions: &'a [i64],
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
    /// `series` are all those of the plan.
    #[inline(never)]
    pub fn new(plan: &'a Plan, index: usize, series: &'a [Series], now: Option<i64>) -> Self {
        let number = plan.index(CONDITIONS, index, 0);
        let only = plan.get(SERIES, number, 4) & !only::NET;
        let (series, conversions) = (&series[number], &series[0].at);
        let (measure, flags) = (plan.get(CONDITIONS, index, 1), plan.get(CONDITIONS, index, 2));
        let (zone, period, turns) = (&plan.zone, plan.period(index), plan.list_of(CONDITIONS, index, 3));
        let before = |at: i64| before(&series.at, at);
        // A fixed period bounds the events once and for all; the others slide over all of them.
        let (first, end) = match period {
            Period::Fixed { from, to } => (before(from), before(to)),
            _ => (0, series.at.len()),
        };
        let (mut low, mut high) = (first, first);
        // What is known of the present has no past: it does not enter.
        if let Some(now) = now
            && is_finite(measure)
        {
            let (from, to) = period.bounds(zone, now);
            high = before(if measure == measure::SEQUENCE { to.min(now + 1 - turn(turns)) } else { to }).min(end).max(first);
            low = before(from).min(high).max(first);
        }
        let mut counts = Vec::new();
        if measure == measure::DISTINCT_ITEMS || measure == measure::RATIO {
            while counts.len() < series.names.len() {
                counts.push(0);
            }
        }
        let now = now.unwrap_or(i64::MIN);
        let mut walk = Walk {
            series,
            conversions,
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
        if self.measure > measure::RATIO {
            return i64::from(self.holds_now());
        }
        if self.only != only::ALL && low < high {
            low = if self.only == only::FIRST { low } else { high - 1 };
            high = low + self.series.passes.get(low).copied().unwrap_or(0);
        }
        let count = (high - low) as i64;
        if self.measure == measure::RATIO {
            let (from, to) = self.conversions_inside();
            let named = match count {
                0 => 0,
                _ if self.only == only::ALL => self.distinct,
                _ => self.series.ids_of(low).len() as i64,
            };
            if from == to {
                return i64::from(self.flags & flag::MISSING != 0);
            }
            return satisfies(self.flags, self.turns, i128::from(named * ONE), (to - from) as i64);
        }
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
            measure::DISTINCT_ITEMS => self.series.ids_of(low).len() as i64,
            measure::ACTIVE_DAYS => self.series.mark(high - 1) as i64 - self.series.mark(low) as i64 + 1,
            _ => count,
        };
        satisfies(self.flags, self.turns, i128::from(number * ONE), 1)
    }

    /// The state of what depends on today, on the clock, or on a sequence.
    fn holds_now(&self) -> bool {
        let (zone, now) = (self.zone, self.now);
        let bit = |index: i64| turn(self.turns) >> index & 1 == 1;
        match self.measure {
            measure::HOUR => bit(zone.hour(now)),
            measure::WEEKDAY => bit(weekday(zone.day(now))),
            // Of all that have ended, the one that began latest is the last to leave.
            measure::SEQUENCE => self.high > 0 && self.began() >= self.period.bounds(zone, now).0,
            _ => {
                let today = zone.day(now);
                let satisfies = |date: i64| satisfies(self.flags, self.turns, i128::from(days(self.measure, date, today) * ONE), 1) == 1;
                self.series.sums.iter().any(|&date| satisfies(date as i64))
            }
        }
    }

    /// Of a sequence: the latest beginning of all that have ended.
    fn began(&self) -> i64 {
        self.series.sum_at(self.high - 1) as i64
    }

    /// Which conversions lie in the period.
    fn conversions_inside(&self) -> (usize, usize) {
        if self.now == i64::MIN {
            return (0, 0);
        }
        let (from, to) = self.period.bounds(self.zone, self.now);
        let to = before(self.conversions, to);
        (before(self.conversions, from).min(to), to)
    }

    fn days_since(&self, event: usize) -> i64 {
        self.zone.day(self.now) - self.zone.day(self.series.at[event])
    }

    #[inline(never)]
    fn sum(&self, low: usize, high: usize) -> i128 {
        self.series.sum_at(high).wrapping_sub(self.series.sum_at(low))
    }

    /// The next instant at which the state may change; it is constant until then. The extreme
    /// is never.
    #[inline(never)]
    pub fn next(&self) -> i64 {
        let next = self.soon();
        // A walk goes on or ends, whatever is said of zones, periods and events.
        if next > self.now { next } else { i64::MAX }
    }

    fn soon(&self) -> i64 {
        let mut next = i64::MAX;
        if self.measure == measure::HOUR {
            return self.zone.next_hour(self.now);
        }
        if self.measure >= measure::DAYS_SINCE {
            return self.next_day();
        }
        if self.high < self.end {
            next = self.enters(self.high);
        }
        if self.measure == measure::SEQUENCE {
            if self.holds_now() {
                next = next.min(self.period.leaves(self.zone, self.began()));
            }
            return next;
        }
        if self.measure == measure::RATIO {
            let (from, to) = self.conversions_inside();
            let fixed_end = if let Period::Fixed { to, .. } = self.period { to } else { i64::MAX };
            if let Some(&at) = self.conversions.get(to)
                && at < fixed_end
            {
                next = next.min(self.period.enters(self.zone, at));
            }
            if from < to {
                next = next.min(self.period.leaves(self.zone, self.conversions[from]));
            }
        }
        if self.low < self.high {
            next = next.min(self.period.leaves(self.zone, self.series.at[self.low]));
            if (measure::DAYS_SINCE_LAST..=measure::CELL).contains(&self.measure) {
                next = next.min(self.next_day_turn());
            }
        }
        next
    }

    /// From which `now` on an event counts; of a sequence, from which it shows that it has ended.
    fn enters(&self, event: usize) -> i64 {
        let at = self.series.at[event];
        let enters = self.period.enters(self.zone, at);
        if self.measure == measure::SEQUENCE { enters.max(at + turn(self.turns)) } else { enters }
    }

    /// The start of the day on which what depends on the day may next change.
    fn next_day(&self) -> i64 {
        let today = self.zone.day(self.now);
        if self.measure == measure::WEEKDAY {
            return self.zone.day_start(today + 1);
        }
        let mut next = i64::MAX;
        let mut consider = |in_days: i64| {
            if in_days > 0 {
                next = next.min(in_days);
            }
        };
        for &date in &self.series.sums {
            let days = days(self.measure, date as i64, today);
            for turn in self.turns {
                let from = above(*turn);
                // Days since a date grow; those until an anniversary shrink, and then begin anew.
                consider(if self.measure == measure::DAYS_SINCE { from - days } else { days - (from - 1).max(0) });
            }
            if self.measure == measure::DAYS_UNTIL_ANNIVERSARY {
                consider(days + 1);
            }
        }
        if next > 4_000_000 { i64::MAX } else { self.zone.day_start(today + next) }
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
            // Ascending, and perhaps very many.
            let passed = self.turns.partition_point(|turn| above(*turn) <= today);
            self.turns.get(passed).iter().for_each(|turn| consider(above(**turn)));
        }
        // Beyond any day there is none.
        if next > 4_000_000 { i64::MAX } else { self.zone.day_start(day + next) }
    }

    /// Goes to `now`, an instant that [`Walk::next`] gave.
    pub fn step(&mut self, now: i64) {
        self.now = now;
        while self.high < self.end && self.enters(self.high) <= now {
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
            for &id in self.series.ids_of(event) {
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
            for &id in self.series.ids_of(event) {
                self.counts[id] -= 1;
                self.distinct -= i64::from(self.counts[id] == 0);
            }
        }
    }
}
