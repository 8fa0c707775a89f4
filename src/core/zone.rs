//! A time zone as the plan carries it: a table of offsets, 1970–2100. A page never asks `Intl`.

use crate::time::{DAY, civil_from_days, days_from_civil, weekday};
use alloc::vec::Vec;

/// Milliseconds in an hour.
const HOUR: i64 = 3_600_000;

/// A zone's table, and on which weekday its weeks begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Zone {
    /// Instant and offset from UTC from then on, in milliseconds; ascending. Before the
    /// first and after the last the nearest offset holds.
    pub offsets: Vec<(i64, i64)>,
    /// 0 is Monday, 6 Sunday.
    pub week_starts_on: i64,
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A local day.
    Day,
    /// Seven local days from the package's first weekday on.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months from January, April, July or October on.
    Quarter,
    /// A calendar year.
    Year,
}

/// The units in the order of their numbers in a plan.
pub const UNITS: [Unit; 5] = [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year];

impl Zone {
    /// The local day (days since 1970-01-01) that an instant belongs to.
    ///
    /// A day begins at its first local instant, the earlier one if midnight comes twice. So when
    /// clocks go back over midnight, the repeated last minutes belong to the new day: the day
    /// never goes back.
    pub fn day(&self, instant: i64) -> i64 {
        let index = self.stretch(instant);
        let day = |index: usize, instant: i64| self.offsets.get(index).map_or(0, |stretch| (instant + stretch.1).div_euclid(DAY));
        let today = day(index, instant);
        if index == 0 { today } else { today.max(day(index - 1, self.offsets[index].0 - 1)) }
    }

    /// The hour that clocks show, 0 to 23.
    pub fn hour(&self, instant: i64) -> i64 {
        self.clock(instant).rem_euclid(DAY) / HOUR
    }

    /// The first instant after another at which the hour may change: a full hour, or a change of
    /// the clocks.
    pub fn next_hour(&self, instant: i64) -> i64 {
        let full = instant + HOUR - self.clock(instant).rem_euclid(HOUR);
        self.offsets.get(self.stretch(instant) + 1).map_or(full, |&(begins, _)| if begins > instant { full.min(begins) } else { full })
    }

    /// What clocks show, as if it were UTC.
    fn clock(&self, instant: i64) -> i64 {
        instant + self.offsets.get(self.stretch(instant)).map_or(0, |stretch| stretch.1)
    }

    /// The number of the stretch that an instant lies in.
    fn stretch(&self, instant: i64) -> usize {
        self.offsets.partition_point(|&(begins, _)| begins <= instant).saturating_sub(1)
    }

    /// The first instant of a local day. A day that the zone skips begins (and ends) where the
    /// next one begins.
    pub fn day_start(&self, day: i64) -> i64 {
        let midnight = day * DAY;
        // No offset is beyond a day, so the answer lies in this stretch or one of the next.
        let mut index = self.stretch(midnight - DAY);
        loop {
            let Some(&(begins, offset)) = self.offsets.get(index) else { return midnight };
            let first = begins.max(midnight - offset);
            index += 1;
            if self.offsets.get(index).is_none_or(|next| first < next.0) {
                return first;
            }
        }
    }

    /// The number of the unit that a local day lies in; units are numbered without gaps.
    pub fn unit_of_day(&self, unit: Unit, day: i64) -> i64 {
        let (year, month, _) = civil_from_days(day);
        match unit {
            Unit::Day => day,
            Unit::Week => (day - (weekday(day) - self.week_starts_on).rem_euclid(7) + 3).div_euclid(7),
            Unit::Month => year * 12 + month - 1,
            Unit::Quarter => year * 4 + (month - 1) / 3,
            Unit::Year => year,
        }
    }

    /// The first local day of a unit.
    pub fn first_day(&self, unit: Unit, number: i64) -> i64 {
        match unit {
            Unit::Day => number,
            // Inverse of the above: the only day of that weekday in the seven.
            Unit::Week => {
                let earliest = number * 7 - 3;
                earliest + (self.week_starts_on - weekday(earliest)).rem_euclid(7)
            }
            Unit::Month => days_from_civil(number.div_euclid(12), number.rem_euclid(12) + 1, 1),
            Unit::Quarter => days_from_civil(number.div_euclid(4), number.rem_euclid(4) * 3 + 1, 1),
            Unit::Year => days_from_civil(number, 1, 1),
        }
    }

    /// The number of the unit that an instant lies in.
    pub fn unit(&self, unit: Unit, instant: i64) -> i64 {
        self.unit_of_day(unit, self.day(instant))
    }

    /// The first instant of a unit.
    pub fn unit_start(&self, unit: Unit, number: i64) -> i64 {
        self.day_start(self.first_day(unit, number))
    }
}
