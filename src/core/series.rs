//! A series: the events that a condition looks at, with what it measures, in order of time.
//!
//! Conditions that differ only in period, modifier and value share one.

use crate::pool::Pool;
use alloc::vec::Vec;

/// Which single event of a period is looked at, before `where` and `items`.
pub mod only {
    /// Not one: all of them.
    pub const ALL: i64 = 0;
    /// The first.
    pub const FIRST: i64 = 1;
    /// The latest.
    pub const LATEST: i64 = 2;
    /// Added to one of these: returns up to now are subtracted first.
    pub const NET: i64 = 4;
}

/// What is measured of each event.
pub mod weight {
    /// That it is there.
    pub const PRESENCE: i64 = 0;
    /// Its value; an event without one, or without a rate, takes no part.
    pub const VALUE: i64 = 1;
    /// Σ price × quantity of the lines that satisfy `items`.
    pub const ITEM_VALUE: i64 = 2;
    /// Σ quantity of those lines.
    pub const UNITS: i64 = 3;
    /// The item ids of those lines.
    pub const ITEM_IDS: i64 = 4;
    /// Its local day.
    pub const DAY: i64 = 5;
    /// Of a return, the conversions that it names, as ids; one that names none is its own.
    pub const RETURNED: i64 = 6;
    /// Of the profile, the local days that a field says: an event each.
    pub const DATE: i64 = 7;
    /// Events that end a sequence of steps, each step a series of its own.
    pub const SEQUENCE: i64 = 8;
}

/// A built series.
#[derive(Debug, Default)]
pub struct Series {
    /// When each event counts; ascending.
    pub at: Vec<i64>,
    /// With `only`: 1 if the event satisfies the rest of the condition. Empty otherwise,
    /// where events that do not are left out.
    pub passes: Vec<usize>,
    /// Sums of the weights before each event, and of all; empty if nothing is summed. Of dates,
    /// the days; of a sequence, the latest instant at which any began that ended up to there.
    pub sums: Vec<i128>,
    /// Where each event's item ids end; or the rank of its local day among the days with events.
    pub marks: Vec<usize>,
    /// Item ids, numbered from 0; each once an event.
    pub ids: Vec<usize>,
    /// The different item ids.
    pub names: Pool,
    /// What was read so far: of each type the length of its table + its version × 2^32, added
    /// up. All of them only grow.
    pub seen: u64,
    /// Net of returns, it is so from this instant to, not including, another.
    pub since: i64,
    /// See `since`; the extreme where nothing is subtracted.
    pub until: i64,
}

impl Series {
    /// Without events. Not inlined, as all that builds large things: a page pays for each copy.
    #[inline(never)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The item ids of an event.
    pub fn ids_of(&self, event: usize) -> &[usize] {
        let start = if event == 0 { 0 } else { self.mark(event - 1) };
        self.ids.get(start..self.mark(event)).unwrap_or(&[])
    }

    /// One of the marks; zero where none are kept.
    #[inline(never)]
    pub fn mark(&self, event: usize) -> usize {
        self.marks.get(event).copied().unwrap_or(0)
    }

    /// One of the sums; zero where none are kept.
    #[inline(never)]
    pub fn sum_at(&self, event: usize) -> i128 {
        self.sums.get(event).copied().unwrap_or(0)
    }

    /// Adds an id to those of the event that is being pushed, whose first is at `from`.
    #[inline(never)]
    pub fn push_id(&mut self, from: usize, name: &[u8]) {
        let id = self.names.intern(name) as usize;
        if !self.ids[from..].contains(&id) {
            self.ids.push(id);
        }
    }
}
