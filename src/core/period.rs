//! Periods (SPEC 5.2): which instants count, seen from `now`.
//!
//! Seen from the event, every period is one stretch of `now`: an event counts from the instant
//! it *enters* until, not including, the instant it *leaves*. Both grow with the event's time,
//! so the events that count are always neighbours.

use crate::zone::{UNITS, Unit, Zone};

/// A period. Lengths are milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// now − older **<** t ≤ now − newer. `last` has `newer` 0.
    Sliding {
        /// The far end.
        older: i64,
        /// The near end.
        newer: i64,
    },
    /// The last `count` units of the calendar.
    Calendar {
        /// Which unit.
        unit: Unit,
        /// How many.
        count: i64,
        /// The unfinished unit is the last of them.
        current: bool,
    },
    /// from ≤ t < to, and up to now. Open ends are the extremes; both open is no period at all.
    Fixed {
        /// The first instant.
        from: i64,
        /// The first instant after.
        to: i64,
    },
}

/// No period: everything up to now.
pub const ALWAYS: Period = Period::Fixed { from: i64::MIN, to: i64::MAX };

impl Period {
    /// The instants that count at `now`: the first, and the first after the last.
    pub fn bounds(self, zone: &Zone, now: i64) -> (i64, i64) {
        let next = now + 1;
        match self {
            Period::Sliding { older, newer } => (next.wrapping_sub(older), next.wrapping_sub(newer)),
            Period::Calendar { unit, count, current } => {
                let last = zone.unit(unit, now) + i64::from(current);
                let from = zone.unit_start(unit, last.wrapping_sub(count));
                (from, if current { next } else { zone.unit_start(unit, last) })
            }
            Period::Fixed { from, to } => (from, to.min(next)),
        }
    }

    /// From which `now` on an event at `at` counts.
    pub fn enters(self, zone: &Zone, at: i64) -> i64 {
        match self {
            Period::Sliding { newer, .. } => at.wrapping_add(newer),
            Period::Calendar { unit, current: false, .. } => zone.unit_start(unit, zone.unit(unit, at) + 1),
            _ => at,
        }
    }

    /// From which `now` on an event at `at` does not count any more; the extreme is never.
    pub fn leaves(self, zone: &Zone, at: i64) -> i64 {
        match self {
            Period::Sliding { older, .. } => at.wrapping_add(older),
            Period::Calendar { unit, count, current } => {
                zone.unit_start(unit, zone.unit(unit, at).wrapping_add(count + i64::from(!current)))
            }
            Period::Fixed { .. } => i64::MAX,
        }
    }

    /// Until when, not including, the period reaches back beyond `since`: the extremes are
    /// always and never. A fixed period without a first day reaches back without end; one that
    /// is empty, because the zone skips its only day, never does.
    pub fn reaches_back_until(self, zone: &Zone, since: i64) -> i64 {
        match self {
            Period::Fixed { from, to } => {
                if from < since.min(to) {
                    i64::MAX
                } else {
                    i64::MIN
                }
            }
            // The millisecond before is the last that is not covered; it has left from then on.
            _ => self.leaves(zone, since - 1),
        }
    }

    /// As a plan keeps it: form and two numbers.
    pub fn numbers(self) -> [i64; 3] {
        match self {
            Period::Fixed { from, to } => [0, from, to],
            Period::Sliding { older, newer } => [1, older, newer],
            Period::Calendar { unit, count, current } => [2 + i64::from(current), unit as i64, count],
        }
    }

    /// The inverse of [`Period::numbers`].
    pub fn of(form: i64, first: i64, second: i64) -> Self {
        match form {
            0 => Period::Fixed { from: first, to: second },
            1 => Period::Sliding { older: first, newer: second },
            _ => Period::Calendar { unit: UNITS[first as usize % UNITS.len()], count: second, current: form == 3 },
        }
    }
}
