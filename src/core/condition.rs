//! One condition over a series: a measure of the events in a period, and what it must be.
//!
//! A [`Walk`] stands at an instant and can step to the next one at which anything about the
//! condition may change. Evaluation, `holdsUntil` and whole timelines are all such walks.

use crate::bytes::{Reader, put_int, put_list, put_uint};
use crate::number::ONE;
use crate::period::Period;
use crate::retention;
use crate::series::{Only, Series, Spec};
use crate::zone::Zone;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// A condition: which series, over which period, measured how, and what it must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Condition {
    /// Index of the series.
    pub series: usize,
    /// Which instants count.
    pub period: Period,
    /// What is measured.
    pub measure: Measure,
    /// What it must be.
    pub wanted: Numbers,
}

/// What is measured over the events that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// How many.
    Count,
    /// The sum of the weights; of nothing 0.
    Total,
    /// Their average; missing of nothing.
    Average,
    /// The greatest; missing of nothing.
    Highest,
    /// The least; missing of nothing.
    Lowest,
    /// How many different item ids.
    DistinctItems,
    /// How many different local days.
    ActiveDays,
    /// Calendar days from the last event's day to today; missing of nothing.
    DaysSinceLast,
    /// Calendar days from the first event's day to today; missing of nothing.
    DaysSinceFirst,
    /// The cell of the retention grid.
    Cell,
}

/// All measures, in the order of their numbers in a plan.
pub const MEASURES: [Measure; 10] = [
    Measure::Count, Measure::Total, Measure::Average, Measure::Highest, Measure::Lowest, Measure::DistinctItems,
    Measure::ActiveDays, Measure::DaysSinceLast, Measure::DaysSinceFirst, Measure::Cell,
];

/// A set of numbers, as the places on the number line where membership in it turns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Numbers {
    /// The least numbers are in it.
    pub begins: bool,
    /// A missing number is in it.
    pub missing: bool,
    /// Ascending: it turns at this number (ten-thousandths), or just above it.
    pub turns: Vec<(i64, bool)>,
}

impl Numbers {
    /// True if `sum / count` is in the set. Never divides.
    pub fn has(&self, sum: i128, count: i128) -> bool {
        let passed = self.turns.iter().take_while(|&&(turn, above)| {
            let turn = i128::from(turn).wrapping_mul(count);
            if above { sum > turn } else { sum >= turn }
        });
        self.begins ^ (passed.count() % 2 == 1)
    }

    /// Whole numbers at which membership turns.
    fn whole_turns(&self) -> Vec<i64> {
        let first_whole = |&(turn, above): &(i64, bool)| turn.div_euclid(ONE) + i64::from(above || turn.rem_euclid(ONE) > 0);
        self.turns.iter().map(first_whole).collect()
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.begins) | u8::from(self.missing) << 1);
        put_list(out, &self.turns, |out, &(turn, above)| {
            put_int(out, turn);
            out.push(u8::from(above));
        });
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let flags = reader.u8();
        let turns = reader.list(|reader| (reader.int(), reader.u8() == 1));
        Numbers { begins: flags & 1 == 1, missing: flags & 2 == 2, turns }
    }
}

impl Condition {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        put_uint(out, self.series);
        self.period.write(out);
        put_uint(out, self.measure as usize);
        self.wanted.write(out);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        Condition {
            series: reader.uint(),
            period: Period::read(reader),
            measure: MEASURES[reader.uint().min(MEASURES.len() - 1)],
            wanted: Numbers::read(reader),
        }
    }
}

/// A condition standing at an instant.
pub struct Walk<'a> {
    condition: &'a Condition,
    only: Option<Only>,
    series: &'a Series,
    zone: &'a Zone,
    cells: &'a [retention::Cell],
    /// Where it stands.
    now: i64,
    /// The events that count are `low..high`; none beyond `end` ever will.
    low: usize,
    high: usize,
    end: usize,
    /// Numbers of days at which the state may turn.
    day_turns: Vec<i64>,
    /// For highest and lowest: candidates, best first, in order of time.
    best: VecDeque<usize>,
    /// For distinct items: how often each id counts, and how many count at all.
    counts: Vec<u32>,
    distinct: i128,
}

impl<'a> Walk<'a> {
    /// A walk that stands at `now`.
    pub fn new(condition: &'a Condition, spec: &Spec, series: &'a Series, zone: &'a Zone, cells: &'a [retention::Cell], now: i64) -> Self {
        let (from, to) = condition.period.bounds(zone, now);
        let before = |at: i64| series.at.partition_point(|&event| event < at);
        // A fixed period bounds the events once and for all; the others slide over all of them.
        let (start, end) = match condition.period {
            Period::Fixed { from, to } => (before(from), before(to)),
            _ => (0, series.at.len()),
        };
        let high = before(to).min(end).max(start);
        let low = before(from).min(high);
        let day_turns = match condition.measure {
            Measure::DaysSinceLast | Measure::DaysSinceFirst => condition.wanted.whole_turns(),
            Measure::Cell => retention::borders(cells),
            _ => Vec::new(),
        };
        let counts = match condition.measure {
            Measure::DistinctItems if spec.only.is_none() => alloc::vec![0; series.distinct],
            _ => Vec::new(),
        };
        let mut walk = Walk {
            condition,
            only: spec.only,
            series,
            zone,
            cells,
            now,
            low,
            high,
            end,
            day_turns,
            best: VecDeque::new(),
            counts,
            distinct: 0,
        };
        for event in low..high {
            walk.enter(event);
        }
        walk
    }

    /// 1 if the condition holds, else 0; of the grid, the spot.
    pub fn state(&self) -> u16 {
        let wanted = &self.condition.wanted;
        let number = |number: i128| wanted.has(number * i128::from(ONE), 1);
        let Some((low, high)) = self.counted() else { return self.of_nothing() };
        let holds = match self.condition.measure {
            Measure::Count => number((high - low) as i128),
            Measure::Total => wanted.has(self.sum(low, high), 1),
            Measure::Average => wanted.has(self.sum(low, high), (high - low) as i128),
            Measure::Highest | Measure::Lowest => {
                let best = if self.only.is_some() { low } else { self.best.front().copied().unwrap_or(low) };
                wanted.has(self.sum(best, best + 1), 1)
            }
            Measure::DistinctItems => number(if self.only.is_some() { self.ids(low).len() as i128 } else { self.distinct }),
            Measure::ActiveDays => number(i128::from(self.series.days[high - 1] - self.series.days[low]) + 1),
            Measure::DaysSinceLast | Measure::DaysSinceFirst => number(i128::from(self.days().unwrap_or(0))),
            Measure::Cell => return retention::spot(self.cells, (high - low) as i64, self.days()).state(),
        };
        u16::from(holds)
    }

    fn of_nothing(&self) -> u16 {
        let wanted = &self.condition.wanted;
        match self.condition.measure {
            Measure::Count | Measure::Total | Measure::DistinctItems | Measure::ActiveDays => u16::from(wanted.has(0, 1)),
            Measure::Cell => retention::Spot::None.state(),
            _ => u16::from(wanted.missing),
        }
    }

    /// The events that count, after `only`; `None` if there are none.
    fn counted(&self) -> Option<(usize, usize)> {
        if self.low >= self.high {
            return None;
        }
        let one = match self.only {
            None => return Some((self.low, self.high)),
            Some(Only::First) => self.low,
            Some(Only::Latest) => self.high - 1,
        };
        self.series.passes[one].then_some((one, one + 1))
    }

    /// How many events had to be looked at to begin here.
    pub fn begun(&self) -> usize {
        if self.best.is_empty() && self.counts.is_empty() { 0 } else { self.high - self.low }
    }

    /// Calendar days from the last (or first) counted event's day to today.
    fn days(&self) -> Option<i64> {
        let event = self.day_event()?;
        Some(self.zone.day(self.now) - self.zone.day(self.series.at[event]))
    }

    fn day_event(&self) -> Option<usize> {
        let (low, high) = self.counted()?;
        Some(if self.condition.measure == Measure::DaysSinceFirst { low } else { high - 1 })
    }

    fn sum(&self, low: usize, high: usize) -> i128 {
        self.series.sums[high].wrapping_sub(self.series.sums[low])
    }

    fn ids(&self, event: usize) -> &'a [u32] {
        let ends = &self.series.ids_end;
        let start = event.checked_sub(1).map_or(0, |before| ends[before] as usize);
        &self.series.ids[start..ends[event] as usize]
    }

    /// The next instant at which the state may change; the state is constant until then.
    pub fn next(&self) -> Option<i64> {
        let period = self.condition.period;
        let enters = (self.high < self.end).then(|| period.enters(self.zone, self.series.at[self.high]));
        let leaves = (self.low < self.high).then(|| period.leaves(self.zone, self.series.at[self.low]));
        let turns = if self.day_turns.is_empty() { None } else { self.next_day_turn() };
        [enters, leaves, turns].into_iter().flatten().filter(|&at| at < i64::MAX).min()
    }

    /// The start of the day on which the number of days next reaches a turn.
    fn next_day_turn(&self) -> Option<i64> {
        let day = self.zone.day(self.series.at[self.day_event()?]);
        let days = self.zone.day(self.now) - day;
        let turn = self.day_turns.iter().copied().filter(|&turn| turn > days).min()?;
        Some(self.zone.day_start(day + turn))
    }

    /// Goes to `now`, an instant that [`Walk::next`] gave.
    pub fn step(&mut self, now: i64) {
        let period = self.condition.period;
        self.now = now;
        while self.high < self.end && period.enters(self.zone, self.series.at[self.high]) <= now {
            self.enter(self.high);
            self.high += 1;
        }
        while self.low < self.high && period.leaves(self.zone, self.series.at[self.low]) <= now {
            self.leave(self.low);
            self.low += 1;
        }
    }

    fn enter(&mut self, event: usize) {
        match self.condition.measure {
            Measure::Highest | Measure::Lowest if self.only.is_none() => {
                // A candidate is never best again once a later one is as good.
                let weight = self.sum(event, event + 1);
                while let Some(&last) = self.best.back() {
                    let other = self.sum(last, last + 1);
                    let as_good = if self.condition.measure == Measure::Highest { weight >= other } else { weight <= other };
                    if !as_good {
                        break;
                    }
                    self.best.pop_back();
                }
                self.best.push_back(event);
            }
            Measure::DistinctItems if self.only.is_none() => {
                for &id in self.ids(event) {
                    self.counts[id as usize] += 1;
                    self.distinct += i128::from(self.counts[id as usize] == 1);
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, event: usize) {
        if self.best.front() == Some(&event) {
            self.best.pop_front();
        }
        if !self.counts.is_empty() {
            for &id in self.ids(event) {
                self.counts[id as usize] -= 1;
                self.distinct -= i128::from(self.counts[id as usize] == 0);
            }
        }
    }
}
