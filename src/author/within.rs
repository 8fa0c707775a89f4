//! Which periods lie within others, whatever the time is and however a zone's clocks change.

use regulars_core::period::{ALWAYS, Period};
use regulars_core::zone::Unit;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// No local day begins earlier or later than all zones' offsets allow: so far apart can the
/// beginnings of days be beside 24 hours for each day between.
const CLOCKS: i64 = 31 * HOUR;

/// An event of so many days ago is not older than this, in milliseconds.
pub fn longest(days: i64) -> i64 {
    days.saturating_add(1).saturating_mul(DAY).saturating_add(CLOCKS)
}

/// How many days ago the oldest event of a period can be; the extreme is without end.
pub fn back_to(period: Period) -> i64 {
    match period {
        Period::Sliding { older, .. } => older.saturating_add(CLOCKS) / DAY + 1,
        Period::Calendar { unit, count, .. } => days_of(unit).saturating_mul(count.saturating_add(1)),
        Period::Fixed { .. } => i64::MAX,
    }
}

/// How many days ago events of a period can be: at least, and at most.
pub fn ages(period: Period) -> (i64, i64) {
    let least = match period {
        Period::Sliding { newer, .. } => (newer - CLOCKS).max(0) / DAY - 1,
        _ => 0,
    };
    (least.max(0), back_to(period))
}

/// How many days a period surely looks back; 0 if that hangs on what day it is.
pub fn whole_days_back(period: Period) -> i64 {
    match period {
        Period::Sliding { older, .. } => (older + DAY - 1) / DAY,
        Period::Calendar { unit: Unit::Day, count, current } => count - i64::from(current),
        Period::Calendar { unit: Unit::Week, count, current } => 7 * (count - i64::from(current)),
        Period::Calendar { unit, count, current } => {
            let shortest = match unit {
                Unit::Month => 28,
                Unit::Quarter => 90,
                _ => 365,
            };
            shortest * (count - i64::from(current))
        }
        Period::Fixed { .. } => 0,
    }
}

/// The most days that a unit has.
fn days_of(unit: Unit) -> i64 {
    match unit {
        Unit::Day => 1,
        Unit::Week => 7,
        Unit::Month => 31,
        Unit::Quarter => 92,
        Unit::Year => 366,
    }
}

/// Whatever counts in the one also counts in the other, at every instant.
pub fn lies_within(one: Period, other: Period) -> bool {
    if one == other || other == ALWAYS {
        return true;
    }
    match (one, other) {
        (Period::Sliding { older, newer }, Period::Sliding { older: older_too, newer: newer_too }) => {
            older <= older_too && newer >= newer_too
        }
        (Period::Fixed { from, to }, Period::Fixed { from: from_too, to: to_too }) => from >= from_too && to <= to_too,
        (Period::Calendar { unit, count, current }, Period::Calendar { unit: unit_too, count: count_too, current: current_too }) => {
            unit == unit_too && (current_too || !current) && count + i64::from(current_too && !current) <= count_too
        }
        (Period::Calendar { .. }, Period::Sliding { older, newer: 0 }) => longest(back_to(one)) <= older,
        _ => false,
    }
}
