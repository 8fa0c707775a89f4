//! Sets of numbers: what a measure may be, as far as conditions say (for [`crate::prove`]).

use regulars_core::number::ONE;

/// A whole number's distance from the next in the turns of [`Numbers`].
const WHOLE: i64 = 2 * ONE;

/// A set of numbers in ten-thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The least numbers are in it.
    pub begins: bool,
    /// A missing number is in it.
    pub missing: bool,
    /// Ascending: where membership turns. A number × 2, + 1 if it turns just above it.
    pub turns: Vec<i64>,
}

/// What numbers there are at all.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    /// Only whole ones.
    pub whole: bool,
    /// Only those from zero on.
    pub positive: bool,
    /// The greatest whole number; the extreme is none.
    pub most: i64,
    /// It may be missing.
    pub missable: bool,
}

impl Numbers {
    /// The set without what is out of range, so that two sets are equal if their lists are.
    pub fn within(mut self, range: Range) -> Self {
        self.missing &= range.missable;
        let mut turns: Vec<i64> = Vec::new();
        for mut turn in self.turns {
            if range.whole {
                turn = (turn + WHOLE - 1).div_euclid(WHOLE) * WHOLE;
            }
            if range.positive && turn <= 0 {
                self.begins = !self.begins;
            } else if turns.last() == Some(&turn) {
                turns.pop();
            } else if turn <= range.most.saturating_mul(WHOLE) {
                turns.push(turn);
            }
        }
        self.turns = turns;
        self
    }

    /// The whole numbers whose bits are set.
    pub fn of_bits(bits: i64) -> Self {
        let mut turns = Vec::new();
        let mut inside = false;
        for index in 0..i64::from(i64::BITS) {
            if (bits >> index & 1 == 1) != inside {
                inside = !inside;
                turns.push(index * WHOLE);
            }
        }
        Numbers { begins: false, missing: false, turns }
    }

    /// Every number that is not in it.
    pub fn opposite(mut self) -> Self {
        self.begins = !self.begins;
        self.missing = !self.missing;
        self
    }

    /// What is in both.
    pub fn and(&self, other: &Self) -> Self {
        let mut every: Vec<i64> = self.turns.iter().chain(&other.turns).copied().collect();
        every.sort_unstable();
        every.dedup();
        let begins = self.begins && other.begins;
        let mut inside = begins;
        every.retain(|&turn| {
            let turns = (self.at(turn) && other.at(turn)) != inside;
            inside ^= turns;
            turns
        });
        Numbers { begins, missing: self.missing && other.missing, turns: every }
    }

    /// What stands at a place where sets may turn is in it.
    fn at(&self, place: i64) -> bool {
        self.begins ^ (self.turns.partition_point(|&turn| turn <= place) % 2 == 1)
    }

    /// Zero is in it.
    pub fn has_zero(&self) -> bool {
        self.at(0)
    }

    /// No number is in it.
    pub fn is_only_missing(&self) -> bool {
        !self.begins && self.turns.is_empty()
    }

    /// Nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.is_only_missing() && !self.missing
    }

    /// The least whole number that may be in it, `least` if it has no bound.
    pub fn lowest(&self, least: i64) -> i64 {
        if self.begins { least } else { self.turns.first().map_or(i64::MAX, |turn| (turn + WHOLE - 1).div_euclid(WHOLE)) }
    }

    /// The greatest; the extreme if it has no bound.
    pub fn highest(&self) -> i64 {
        let ends = self.begins ^ (self.turns.len() % 2 == 1);
        if ends { i64::MAX } else { self.turns.last().map_or(i64::MIN, |turn| (turn - 1).div_euclid(WHOLE)) }
    }
}
