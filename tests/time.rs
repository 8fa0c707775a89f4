//! The core's own calendar against chrono: every day from 1900 to 2200, and days around every clock change of six zones.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use regulars_core::time::{DAY, civil_from_days, days_from_civil, parse_date, parse_instant, weekday};
use regulars_core::zone::{Unit, Zone};

const ZONES: [&str; 6] = ["UTC", "Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns"];
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn number(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

fn days() -> impl Iterator<Item = NaiveDate> {
    date(1900, 1, 1).iter_days().take_while(|day| day.year() <= 2200)
}

#[test]
fn every_day_has_chronos_number_date_and_weekday() {
    for day in days() {
        let (year, month, of_month) = (i64::from(day.year()), i64::from(day.month()), i64::from(day.day()));
        assert_eq!(days_from_civil(year, month, of_month), number(day), "{day}");
        assert_eq!(civil_from_days(number(day)), (year, month, of_month), "{day}");
        assert_eq!(weekday(number(day)), i64::from(day.weekday().num_days_from_monday()), "{day}");
        assert_eq!(parse_date(&day.to_string()), Some(number(day)), "{day}");
    }
    assert_eq!(days().count(), 109_938);
}

#[test]
fn dates_that_do_not_exist_are_refused() {
    for year in 1900..=2200 {
        for month in 0..=13 {
            for of_month in 0..=32 {
                let text = format!("{year}-{month:02}-{of_month:02}");
                let exists = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
                assert_eq!(parse_date(&text), exists.map(number), "{text}");
            }
        }
    }
}

#[test]
fn instants_are_read_as_chrono_reads_them() {
    let mut step = 0_i64;
    for day in days() {
        // A walk through the times of the day and the offsets, prime enough never to repeat itself.
        step += 1;
        let (hour, minute, second, millis) = (step * 7 % 24, step * 11 % 60, step * 13 % 60, step * 17 % 1000);
        let (sign, hours, minutes) = (if step % 2 == 0 { '+' } else { '-' }, step * 3 % 24, step * 5 % 60);
        let text = format!("{day}T{hour:02}:{minute:02}:{second:02}.{millis:03}{sign}{hours:02}:{minutes:02}");
        let read = DateTime::parse_from_rfc3339(&text).unwrap().timestamp_millis();
        assert_eq!(parse_instant(&text), Some(read), "{text}");
        let whole = format!("{day}t{hour:02}:{minute:02}:{second:02}z");
        let read = DateTime::parse_from_rfc3339(&whole).unwrap().timestamp_millis();
        assert_eq!(parse_instant(&whole), Some(read), "{whole}");
    }
}

/// First days of units as chrono adds and subtracts them, for each first day of the week.
#[test]
fn every_day_lies_in_chronos_units() {
    for week_starts_on in 0..7 {
        let zone = Zone { week_starts_on, ..Zone::default() };
        for day in days() {
            let week = day - Days::new((i64::from(day.weekday().num_days_from_monday()) - week_starts_on).rem_euclid(7) as u64);
            let month = day.with_day(1).unwrap();
            let quarter = month - Months::new(month.month0() % 3);
            let year = date(day.year(), 1, 1);
            let firsts = [
                (Unit::Day, day, day + Days::new(1)),
                (Unit::Week, week, week + Days::new(7)),
                (Unit::Month, month, month + Months::new(1)),
                (Unit::Quarter, quarter, quarter + Months::new(3)),
                (Unit::Year, year, year + Months::new(12)),
            ];
            for (unit, first, next) in firsts {
                let unit_number = zone.unit_of_day(unit, number(day));
                assert_eq!(zone.first_day(unit, unit_number), number(first), "{unit:?} of {day}");
                assert_eq!(zone.first_day(unit, unit_number + 1), number(next), "{unit:?} after {day}");
            }
        }
    }
}

fn zone(name: &str) -> (Zone, Tz) {
    let table = regulars::zone_table(name).unwrap();
    (Zone { offsets: table.offsets(), week_starts_on: 0 }, name.parse().unwrap())
}

fn offset(zone: Tz, at: i64) -> i64 {
    let utc = DateTime::<Utc>::from_timestamp_millis(at).unwrap().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()) * 1000
}

/// The local date that chrono shows; where the clocks were turned back over midnight, the day that had already begun.
fn local_day(zone: Tz, at: i64) -> i64 {
    let shown = |at: i64| {
        let utc = DateTime::<Utc>::from_timestamp_millis(at).unwrap().naive_utc();
        number((utc + TimeDelta::milliseconds(offset(zone, at))).date())
    };
    if offset(zone, at - 3 * HOUR) == offset(zone, at) {
        return shown(at);
    }
    (0..=180).map(|minutes| shown(at - minutes * MINUTE)).max().unwrap()
}

/// Every hour from 1970 to 2100, and a minute, a second and a millisecond to either side of each clock change.
#[test]
fn instants_lie_in_the_local_days_that_chrono_shows() {
    for name in ZONES {
        let (ours, theirs) = zone(name);
        let mut checked = 0;
        let hours = (0..number(date(2101, 1, 1)) * 24).map(|hour| hour * HOUR);
        let around = [-MINUTE, -1000, -1, 0, 1, 1000, MINUTE, 30 * MINUTE - 1, 30 * MINUTE, HOUR - 1];
        let changes = ours.offsets.iter().skip(1).flat_map(|&(at, _)| around.map(|step| at + step));
        for at in hours.chain(changes) {
            assert_eq!(ours.day(at), local_day(theirs, at), "{name} at {at}");
            checked += 1;
        }
        assert!(checked > 1_000_000);
    }
}

/// The start of each day is its first instant: one millisecond earlier it is an earlier day, and no instant is between.
#[test]
fn every_day_begins_at_its_first_local_instant() {
    let mut skipped = Vec::new();
    for name in ZONES {
        let (ours, theirs) = zone(name);
        for day in 1..number(date(2101, 1, 1)) {
            let start = ours.day_start(day);
            assert!(local_day(theirs, start - 1) < day, "{name} {day} has begun before {start}");
            let first = local_day(theirs, start);
            assert!(first >= day, "{name} {day} has not begun at {start}");
            if first > day {
                skipped.push((name, NaiveDate::default() + Days::new(day as u64)));
                assert_eq!(ours.day_start(day + 1), start, "a skipped day is empty");
            }
        }
    }
    assert_eq!(skipped, [("Pacific/Apia", date(2011, 12, 30))]);
}

/// Before 1970 and after 2100 the offsets are those at the ends of that range.
#[test]
fn outside_the_table_the_nearest_offset_holds() {
    for name in ZONES {
        let (ours, theirs) = zone(name);
        for day in days().filter(|day| !(1969..=2101).contains(&day.year())) {
            let end = if day.year() < 1970 { 0 } else { number(date(2101, 1, 1)) * DAY - 1 };
            let start = number(day) * DAY - offset(theirs, end);
            assert_eq!(ours.day_start(number(day)), start, "{name} {day}");
            assert_eq!((ours.day(start - 1), ours.day(start)), (number(day) - 1, number(day)), "{name} {day}");
        }
    }
}
