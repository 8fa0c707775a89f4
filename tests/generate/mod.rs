//! Packages and visitors from a seed: the same seed gives the same case, on every machine and for ever. Values come from
//! small pools, so that conditions are true about as often as false, and times lie on the edges that matter: `now`, the
//! ends of windows, midnights, clock changes, each one millisecond early and late.

#![allow(dead_code, reason = "each test file uses its own part of this")]

mod conditions;
mod package;
mod rules;
mod visitor;

use serde_json::Value;

use crate::reference::days::{DAY, HOUR, Unit, Zone};
use crate::reference::numbers::instant_in_text;

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xd129_0b26_88da_3c3d))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// From the first to the last, both included.
    pub fn from(&mut self, first: i64, last: i64) -> i64 {
        first + (self.next() % (last - first + 1) as u64) as i64
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, pool: &'a [T]) -> &'a T {
        &pool[self.below(pool.len())]
    }
}

pub struct Case {
    pub package: Value,
    pub visitor: Value,
    /// What the page knows.
    pub context: Value,
    /// Instants worth asking about, the first being the one that all edges were laid around.
    pub nows: Vec<i64>,
}

/// Instants where something happens to the clock or the calendar.
const ZONES: [(&str, &[&str]); 6] = [
    ("UTC", &["2026-03-01T00:00:00Z", "2024-02-29T12:00:00Z", "2025-12-31T23:59:59.999Z"]),
    ("Europe/Amsterdam", &["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-01-01T00:00:00+01:00"]),
    ("America/New_York", &["2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z", "2024-02-29T05:00:00Z"]),
    ("Asia/Kolkata", &["2026-04-01T00:00:00+05:30", "2025-06-15T10:00:00Z"]),
    ("Pacific/Apia", &["2011-12-30T10:00:00Z", "2011-12-31T12:00:00Z", "2010-09-26T11:00:00Z", "2012-03-31T14:00:00Z"]),
    ("America/St_Johns", &["2010-11-07T02:31:00Z", "2010-03-14T03:31:00Z", "2009-11-01T02:31:00Z", "2026-11-01T04:30:00Z"]),
];

/// Where the tables of offsets end.
const ENDS: [&str; 2] = ["1970-01-01T00:00:00Z", "2101-01-01T00:00:00Z"];

/// What the parts of a case have in common.
struct World {
    dice: Dice,
    zone_name: &'static str,
    zone: &'static Zone,
    now: i64,
    /// The lengths of the periods that were made, and the ends of the fixed ones.
    lengths: Vec<i64>,
    ends: Vec<i64>,
    /// Times of the events that were made.
    times: Vec<i64>,
}

impl World {
    fn nudge(&mut self) -> i64 {
        *self.dice.pick(&[-1, 0, 0, 1])
    }

    /// An instant that is likely to matter.
    fn moment(&mut self) -> i64 {
        let nudge = self.nudge();
        match self.dice.below(20) {
            0..=4 => self.now - *self.dice.pick(&self.lengths) + nudge,
            // As far back as one period before another, or before the end of what is kept.
            5 => self.now - *self.dice.pick(&self.lengths) - *self.dice.pick(&self.lengths) + nudge,
            6..=9 => {
                let back = *self.dice.pick(&[-1, 0, 0, 1, 1, 2, 3, 7, 14, 30, 31, 90, 91, 365]);
                self.zone.day_start(self.zone.day(self.now) - back) + nudge
            }
            10 => {
                let unit = *self.dice.pick(&[Unit::Week, Unit::Month, Unit::Quarter, Unit::Year]);
                let back = self.dice.from(0, 3);
                let first = unit.first_day(self.zone.day(self.now), self.dice.from(0, 6));
                self.zone.day_start(unit.back(first, back)) + nudge
            }
            11 if !self.ends.is_empty() => *self.dice.pick(&self.ends) + nudge,
            12..=13 if !self.times.is_empty() => *self.dice.pick(&self.times),
            14 => self.now + self.dice.from(0, 3 * HOUR),
            15 => self.now + self.dice.from(0, 100 * DAY),
            16..=17 => self.now - self.dice.from(0, 2 * DAY),
            _ => self.now - self.dice.from(0, 120 * DAY),
        }
    }
}

pub fn case(seed: u64) -> Case {
    let mut dice = Dice::new(seed);
    let (zone_name, anchors) = *dice.pick(&ZONES);
    let anchor = if dice.chance(2) { *dice.pick(&ENDS) } else { *dice.pick(anchors) };
    let away = *dice.pick(&[0, 0, HOUR, -HOUR, 12 * HOUR, DAY, -DAY, 2 * DAY, 7 * DAY, 30 * DAY, 90 * DAY]);
    let away = away + if dice.chance(30) { dice.from(0, DAY) } else { dice.from(-1, 1) };
    let now = instant_in_text(anchor).unwrap() + away;
    let zone = Zone::named(zone_name).unwrap();
    let mut world = World { dice, zone_name, zone, now, lengths: vec![0], ends: Vec::new(), times: Vec::new() };
    let package = package::package(&mut world);
    let visitor = visitor::visitor(&mut world);
    let context = conditions::context_of(&mut world);
    let mut nows = vec![now, world.moment()];
    if let Some(time) = world.times.first() {
        nows.push(time + *world.dice.pick(&world.lengths) + *world.dice.pick(&[-1, 0, 1]));
    }
    Case { package, visitor, context, nows }
}
