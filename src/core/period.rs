//! Periods (SPEC 5.2): which instants count, seen from `now`.
//!
//! Seen from the event, every period is one stretch of `now`: an event counts from the instant
//! it *enters* until, not including, the instant it *leaves*. Both grow with the event's time,
//! so the events that count are always neighbours.

use crate::bytes::{Reader, put_int, put_uint};
use crate::zone::{UNITS, Unit, Zone};
use alloc::vec::Vec;

/// A period. Lengths are milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// Everything up to now.
    Always,
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
    /// from ≤ t < to, and up to now. Open ends are the extremes.
    Fixed {
        /// The first instant.
        from: i64,
        /// The first instant after.
        to: i64,
    },
}

impl Period {
    /// The instants that count at `now`: the first, and the first after the last.
    pub fn bounds(self, zone: &Zone, now: i64) -> (i64, i64) {
        let next = now.saturating_add(1);
        match self {
            Period::Always => (i64::MIN, next),
            Period::Sliding { older, newer } => (next - older, next - newer),
            Period::Calendar { unit, count, current } => {
                let this = zone.unit(unit, now);
                if current {
                    (zone.unit_start(unit, this - count + 1), next)
                } else {
                    (zone.unit_start(unit, this - count), zone.unit_start(unit, this))
                }
            }
            Period::Fixed { from, to } => (from, to.min(next)),
        }
    }

    /// From which `now` on an event at `at` counts.
    pub fn enters(self, zone: &Zone, at: i64) -> i64 {
        match self {
            Period::Always | Period::Fixed { .. } => at,
            Period::Sliding { newer, .. } => at + newer,
            Period::Calendar { current: true, .. } => at,
            Period::Calendar { unit, .. } => zone.unit_start(unit, zone.unit(unit, at) + 1),
        }
    }

    /// From which `now` on an event at `at` does not count any more; the extreme is never.
    pub fn leaves(self, zone: &Zone, at: i64) -> i64 {
        match self {
            Period::Always | Period::Fixed { .. } => i64::MAX,
            Period::Sliding { older, .. } => at + older,
            Period::Calendar { unit, count, current } => {
                zone.unit_start(unit, zone.unit(unit, at) + count + i64::from(!current))
            }
        }
    }

    /// Until when, not including, the period reaches back beyond `since`: the extremes are
    /// always and never. A fixed period without a first day reaches back without end.
    pub fn reaches_back_until(self, zone: &Zone, since: i64) -> i64 {
        match self {
            Period::Always => i64::MAX,
            Period::Fixed { from, .. } if from < since => i64::MAX,
            Period::Fixed { .. } => i64::MIN,
            // The millisecond before is the last that is not covered; it has left from then on.
            _ => self.leaves(zone, since - 1),
        }
    }

    pub(crate) fn write(self, out: &mut Vec<u8>) {
        match self {
            Period::Always => out.push(0),
            Period::Sliding { older, newer } => {
                out.push(1);
                put_int(out, older);
                put_int(out, newer);
            }
            Period::Calendar { unit, count, current } => {
                out.push(if current { 3 } else { 2 });
                put_uint(out, unit as usize);
                put_int(out, count);
            }
            Period::Fixed { from, to } => {
                out.push(4);
                put_int(out, from);
                put_int(out, to);
            }
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        match reader.u8() {
            0 => Period::Always,
            1 => Period::Sliding { older: reader.int(), newer: reader.int() },
            tag @ (2 | 3) => {
                let unit = reader.uint().min(UNITS.len() - 1);
                Period::Calendar { unit: UNITS[unit], count: reader.int(), current: tag == 3 }
            }
            _ => Period::Fixed { from: reader.int(), to: reader.int() },
        }
    }
}
