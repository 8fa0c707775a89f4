//! Zones, days and calendar units (SPEC 2, "Days, weeks, months, years"), on chrono and chrono-tz.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;

/// The stretches of one offset, in order: where each begins, and the offset in milliseconds.
pub struct Zone {
    spans: Vec<(i64, i64)>,
}

impl Zone {
    pub fn named(name: &str) -> Option<&'static Self> {
        static KNOWN: LazyLock<Mutex<HashMap<Tz, &'static Zone>>> = LazyLock::new(Mutex::default);
        let zone: Tz = name.parse().ok()?;
        Some(KNOWN.lock().unwrap().entry(zone).or_insert_with(|| Box::leak(Box::new(Self::scan(zone)))))
    }

    /// "The plan carries the zone's table of offsets, 1970–2100": before, the offset at its beginning; after, the
    /// offset just before its end. Every hour is looked at; where the offset differs, the instant is found by halving.
    fn scan(zone: Tz) -> Self {
        let offset = |at: i64| {
            let utc = DateTime::from_timestamp_millis(at).unwrap().naive_utc();
            i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1_000
        };
        let end = day_number(NaiveDate::from_ymd_opt(2101, 1, 1).unwrap()) * DAY;
        let mut spans = vec![(i64::MIN, offset(0))];
        let mut at = 0;
        while at + HOUR < end {
            if offset(at) != offset(at + HOUR) {
                let (mut before, mut after) = (at, at + HOUR);
                while after - before > 1 {
                    let middle = (before + after) / 2;
                    if offset(middle) == offset(at) { before = middle } else { after = middle }
                }
                spans.push((after, offset(after)));
            }
            at += HOUR;
        }
        Self { spans }
    }

    fn span(&self, at: i64) -> usize {
        self.spans.partition_point(|(start, _)| *start <= at) - 1
    }

    pub fn offset(&self, at: i64) -> i64 {
        self.spans[self.span(at)].1
    }

    /// "A day begins at its first local instant (the earlier one if midnight comes twice)": the first instant at which
    /// the local clock shows this day's midnight or anything later. "A calendar day that the zone skips is empty": it
    /// begins where the next one does.
    pub fn day_start(&self, day: i64) -> i64 {
        let midnight = day * DAY;
        let mut span = self.span(midnight - DAY);
        loop {
            let (start, offset) = self.spans[span];
            let end = self.spans.get(span + 1).map_or(i64::MAX, |next| next.0);
            let reached = start.max(midnight - offset);
            if reached < end {
                return reached;
            }
            span += 1;
        }
    }

    /// What the clock on the wall shows, 0 to 23.
    pub fn hour(&self, at: i64) -> i64 {
        (at + self.offset(at)).rem_euclid(DAY) / HOUR
    }

    /// The instants in (from, until] at which the clock begins an hour or is changed.
    pub fn hour_starts(&self, from: i64, until: i64) -> Vec<i64> {
        let mut starts = Vec::new();
        for span in self.span(from)..=self.span(until) {
            let (start, offset) = self.spans[span];
            let end = self.spans.get(span + 1).map_or(until, |next| until.min(next.0 - 1));
            let begin = start.max(from);
            starts.push(begin);
            let first = begin + (-(begin + offset)).rem_euclid(HOUR);
            starts.extend((0..).map(|hour| first + hour * HOUR).take_while(|at| *at <= end));
        }
        starts.retain(|at| from < *at);
        starts
    }

    /// The day an instant belongs to: the last one that has begun.
    pub fn day(&self, at: i64) -> i64 {
        let mut day = (at + self.offset(at)).div_euclid(DAY) + 2;
        while self.day_start(day) > at {
            day -= 1;
        }
        day
    }
}

/// Days since 1970-01-01.
pub fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.to_epoch_days())
}

pub fn date(day: i64) -> NaiveDate {
    NaiveDate::from_epoch_days(i32::try_from(day).unwrap()).unwrap()
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            _ => return None,
        })
    }

    /// The first day of the unit that a day lies in; "weeks begin on `weekStartsOn`" (0 is Monday).
    pub fn first_day(self, day: i64, week_starts_on: i64) -> i64 {
        let date = date(day);
        let first = match self {
            Self::Day => date,
            Self::Week => {
                let into = (i64::from(date.weekday().num_days_from_monday()) - week_starts_on).rem_euclid(7);
                date - Days::new(into as u64)
            }
            Self::Month => date.with_day(1).unwrap(),
            Self::Quarter => NaiveDate::from_ymd_opt(date.year(), date.month0() / 3 * 3 + 1, 1).unwrap(),
            Self::Year => NaiveDate::from_ymd_opt(date.year(), 1, 1).unwrap(),
        };
        day_number(first)
    }

    /// The first day of the unit `units` before (or, negative, after) the one that begins on `first`.
    pub fn back(self, first: i64, units: i64) -> i64 {
        let months = |each: i64| {
            let size = Months::new((units.abs() * each) as u32);
            day_number(if units >= 0 { date(first) - size } else { date(first) + size })
        };
        match self {
            Self::Day => first - units,
            Self::Week => first - 7 * units,
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Year => months(12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::numbers::{date_in_text, instant_in_text};

    fn at(text: &str) -> i64 {
        instant_in_text(text).unwrap()
    }

    fn day(text: &str) -> i64 {
        day_number(date_in_text(text).unwrap())
    }

    #[test]
    fn apia_skips_a_day() {
        let zone = Zone::named("Pacific/Apia").unwrap();
        // 2011-12-29 ends at 24:00-10:00, and the next instant is 2011-12-31T00:00+14:00.
        assert_eq!(zone.day_start(day("2011-12-29")), at("2011-12-29T00:00:00-10:00"));
        assert_eq!(zone.day_start(day("2011-12-30")), at("2011-12-30T10:00:00Z"));
        assert_eq!(zone.day_start(day("2011-12-31")), at("2011-12-30T10:00:00Z"));
        assert_eq!(zone.day(at("2011-12-30T09:59:59.999Z")), day("2011-12-29"));
        assert_eq!(zone.day(at("2011-12-30T10:00:00Z")), day("2011-12-31"));
    }

    #[test]
    fn st_johns_has_midnight_twice_and_keeps_the_earlier() {
        let zone = Zone::named("America/St_Johns").unwrap();
        // On 2010-11-07 the clock went from 00:01 -02:30 back to 23:01 -03:30 of the 6th.
        assert_eq!(zone.offset(at("2010-11-07T02:30:59.999Z")), -(2 * HOUR + HOUR / 2));
        assert_eq!(zone.offset(at("2010-11-07T02:31:00Z")), -(3 * HOUR + HOUR / 2));
        assert_eq!(zone.day_start(day("2010-11-07")), at("2010-11-07T00:00:00-02:30"));
        assert_eq!(zone.day(at("2010-11-06T23:30:00-03:30")), day("2010-11-07"));
        assert_eq!(zone.day(at("2010-11-07T02:29:59.999Z")), day("2010-11-06"));
        // In spring it went from 00:01 to 01:01: midnight is there once.
        assert_eq!(zone.day_start(day("2010-03-14")), at("2010-03-14T00:00:00-03:30"));
    }

    #[test]
    fn days_at_clock_changes() {
        let zone = Zone::named("Europe/Amsterdam").unwrap();
        assert_eq!(zone.day_start(day("2026-03-30")) - zone.day_start(day("2026-03-29")), 23 * HOUR);
        assert_eq!(zone.day_start(day("2026-10-26")) - zone.day_start(day("2026-10-25")), 25 * HOUR);
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        // 2018-11-04 had no midnight: the clock went from 00:00 to 01:00.
        assert_eq!(zone.day_start(day("2018-11-04")), at("2018-11-04T01:00:00-02:00"));
        // On 2018-02-18 it went from 24:00 back to 23:00 of the 17th: the day begins once, at the later midnight.
        assert_eq!(zone.day_start(day("2018-02-18")), at("2018-02-18T00:00:00-03:00"));
    }

    #[test]
    fn hours_of_the_clock() {
        let zone = Zone::named("Europe/Amsterdam").unwrap();
        // 02:00 is shown twice in October, and not at all in March.
        let (from, until) = (at("2026-10-25T00:30:00+02:00"), at("2026-10-25T03:00:00+01:00"));
        let starts = zone.hour_starts(from, until);
        assert_eq!(starts.iter().map(|at| zone.hour(*at)).collect::<Vec<_>>(), [1, 2, 2, 2, 3]);
        assert_eq!(zone.hour(at("2026-03-29T01:59:59.999+01:00")), 1);
        assert_eq!(zone.hour(at("2026-03-29T03:00:00+02:00")), 3);
        // Half an hour past, and at 00:01, where the clock was changed.
        let zone = Zone::named("America/St_Johns").unwrap();
        let starts = zone.hour_starts(at("2010-11-07T02:29:59.999Z"), at("2010-11-07T03:30:00Z"));
        assert_eq!(starts, ["2010-11-07T02:30:00Z", "2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z"].map(at));
        assert_eq!(starts.iter().map(|at| zone.hour(*at)).collect::<Vec<_>>(), [0, 23, 0]);
    }

    #[test]
    fn offsets_outside_the_table_are_those_at_its_ends() {
        let zone = Zone::named("Europe/Amsterdam").unwrap();
        assert_eq!(zone.offset(at("1940-07-01T00:00:00Z")), HOUR);
        assert_eq!(zone.offset(at("2150-07-01T00:00:00Z")), HOUR);
        assert_eq!(zone.offset(at("2099-07-01T00:00:00Z")), 2 * HOUR);
        assert_eq!(zone.day_start(day("1960-07-01")), at("1960-07-01T00:00:00+01:00"));
    }

    #[test]
    fn units_begin() {
        // 2026-03-11 is a Wednesday.
        let wednesday = day("2026-03-11");
        assert_eq!(Unit::Week.first_day(wednesday, 0), day("2026-03-09"));
        assert_eq!(Unit::Week.first_day(wednesday, 2), wednesday);
        assert_eq!(Unit::Week.first_day(wednesday, 3), day("2026-03-05"));
        assert_eq!(Unit::Week.first_day(wednesday, 6), day("2026-03-08"));
        assert_eq!(Unit::Month.first_day(wednesday, 0), day("2026-03-01"));
        assert_eq!(Unit::Quarter.first_day(day("2026-06-30"), 0), day("2026-04-01"));
        assert_eq!(Unit::Year.first_day(wednesday, 0), day("2026-01-01"));
        assert_eq!(Unit::Month.back(day("2026-03-01"), 3), day("2025-12-01"));
        assert_eq!(Unit::Quarter.back(day("2026-01-01"), -1), day("2026-04-01"));
        assert_eq!(Unit::Year.back(day("2026-01-01"), 2), day("2024-01-01"));
    }
}
