//! A series: the events that a condition looks at, with what it measures, in order of time.
//!
//! Conditions that differ only in period, modifier and value share one. It is built when first
//! asked, and grows with the history as long as events come in order.

use crate::event::{Seen, value};
use crate::history::{History, Table};
use crate::number::{self, RATE_ONE};
use crate::plan::{PREDICATES, Plan, SERIES, TESTS};
use crate::pool::Pool;
use crate::predicate::{self, field, flag, step};
use alloc::vec::Vec;

/// Which single event of a period is looked at, before `where` and `items`.
pub mod only {
    /// Not one: all of them.
    pub const ALL: i64 = 0;
    /// The first.
    pub const FIRST: i64 = 1;
    /// The latest.
    pub const LATEST: i64 = 2;
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
}

/// A built series.
#[derive(Debug, Default)]
pub struct Series {
    /// When each event counts; ascending.
    pub at: Vec<i64>,
    /// With `only`: 1 if the event satisfies the rest of the condition. Empty otherwise,
    /// where events that do not are left out.
    pub passes: Vec<usize>,
    /// Sums of the weights before each event, and of all; empty if nothing is summed.
    pub sums: Vec<i128>,
    /// Where each event's item ids end; or the rank of its local day among the days with events.
    pub marks: Vec<usize>,
    /// Item ids, numbered from 0; each once an event.
    pub ids: Vec<usize>,
    /// The different item ids.
    pub names: Pool,
    /// What was read so far: of each type the length of its table + its version × 2^32, added
    /// up. All of them only grow.
    seen: u64,
}

/// The event being looked at.
struct Look<'a> {
    plan: &'a Plan,
    history: &'a History,
    table: &'a Table,
    row: usize,
    rate: Option<i64>,
}

impl Series {
    /// Without events. Not inlined, as all that builds large things: a page pays for each copy.
    #[inline(never)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Brings series number `index` of the plan up to the history. True if anything changed.
    #[inline(never)]
    pub fn update(&mut self, plan: &Plan, index: usize, history: &History, memo: &mut Vec<u8>) -> bool {
        let mut tables = Vec::new();
        let mut seen = 0;
        for &kind in plan.list_of(SERIES, index, 0) {
            if let Some(table) = history.tables.get(history.table(plan.text(kind))) {
                seen += (table.version << 32) + table.len() as u64;
                tables.push((table, 0));
            }
        }
        if seen == self.seen {
            return false;
        }
        if tables.len() > 1 || seen >> 32 != self.seen >> 32 {
            *self = Series::new();
        } else if let Some(first) = tables.first_mut() {
            // One type, and all that is new was appended.
            first.1 = self.seen as u32 as usize;
        }
        self.seen = seen;
        loop {
            // Types are compiled in order, so that the first of the earliest is SPEC's next.
            let mut next: Option<usize> = None;
            for (index, (table, row)) in tables.iter().enumerate() {
                let earlier = |other: usize| table.at(*row) < tables[other].0.at(tables[other].1);
                if *row < table.len() && next.is_none_or(earlier) {
                    next = Some(index);
                }
            }
            let Some((table, row)) = next.map(|next| &mut tables[next]) else { return true };
            let rate = match table.currency(*row) {
                0 => Some(RATE_ONE),
                currency => match value(&history.pool, currency - 1) {
                    Seen::Text { folded, .. } => plan.rate(folded),
                    _ => None,
                },
            };
            self.push(index, &Look { plan, history, table, row: *row, rate }, memo);
            *row += 1;
        }
    }

    #[inline(never)]
    fn push(&mut self, index: usize, look: &Look<'_>, memo: &mut Vec<u8>) {
        let part = |column: usize| look.plan.get(SERIES, index, column);
        let (condition, items, weight) = (part(2), part(3), part(5));
        let at = look.table.at(look.row);
        let (mut passes, mut sum) = (items == 0, 0i128);
        let ids_before = self.ids.len();
        if items > 0 || (weight::ITEM_VALUE..=weight::ITEM_IDS).contains(&weight) {
            for line in look.table.lines(look.row) {
                if items > 0 && !look.holds(items - 1, Some(line), memo) {
                    continue;
                }
                passes = true;
                match weight {
                    weight::ITEM_VALUE => sum = sum.wrapping_add(look.line_value(line)),
                    weight::UNITS => sum += i128::from(look.quantity(line)),
                    weight::ITEM_IDS => {
                        if let Some(Seen::Text { folded, .. }) = look.named(line, b"id") {
                            let id = self.names.intern(folded) as usize;
                            if !self.ids[ids_before..].contains(&id) {
                                self.ids.push(id);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
        if weight == weight::VALUE {
            let value = look.value();
            passes &= value.is_some();
            sum = value.unwrap_or(0);
        }
        passes = passes && (condition == 0 || look.holds(condition - 1, None, memo));
        if part(4) != only::ALL {
            self.passes.push(usize::from(passes));
        } else if !passes {
            self.ids.truncate(ids_before);
            return;
        }
        match weight {
            weight::VALUE | weight::ITEM_VALUE | weight::UNITS => {
                if self.sums.is_empty() {
                    self.sums.push(0);
                }
                self.sums.push(self.sums[self.at.len()].wrapping_add(sum));
            }
            weight::ITEM_IDS => self.marks.push(self.ids.len()),
            weight::DAY => {
                let zone = &look.plan.zone;
                let rank = match self.at.last() {
                    Some(&before) => self.marks[self.at.len() - 1] + usize::from(zone.day(before) != zone.day(at)),
                    None => 0,
                };
                self.marks.push(rank);
            }
            _ => {}
        }
        self.at.push(at);
    }
}

/// A text that reads as nothing else.
fn text<'a>(clean: &'a [u8], folded: &'a [u8]) -> Seen<'a> {
    Seen::Text { clean, folded, reading: 0, number: 0 }
}

impl<'a> Look<'a> {
    /// Runs a predicate's steps over the event, or one of its lines.
    #[inline(never)]
    fn holds(&self, predicate: i64, line: Option<usize>, memo: &mut Vec<u8>) -> bool {
        let mut results: Vec<bool> = Vec::new();
        for &step in self.plan.list_of(PREDICATES, predicate as usize, 0) {
            let n = (step >> 2) as usize;
            let result = match step & 3 {
                step::TEST => self.test(n, line, memo),
                step::NOT => !results.pop().unwrap_or(false),
                kind => {
                    let first = results.len().saturating_sub(n);
                    let all = kind == step::ALL;
                    let differs = results[first..].contains(&!all);
                    results.truncate(first);
                    differs != all
                }
            };
            results.push(result);
        }
        results.pop().unwrap_or(false)
    }

    #[inline(never)]
    fn test(&self, index: usize, line: Option<usize>, memo: &mut Vec<u8>) -> bool {
        let name = self.plan.text(self.plan.get(TESTS, index, 1));
        let negated = self.plan.get(TESTS, index, 2) & flag::NEGATED != 0;
        let line_or_zero = line.unwrap_or(0);
        let seen = match self.plan.get(TESTS, index, 0) {
            field::VALUE => self.value().map(Seen::Number),
            field::PRICE => self.price(line_or_zero).map(Seen::Number),
            field::QUANTITY => Some(Seen::Number(i128::from(self.quantity(line_or_zero)))),
            field::CURRENCY => Some(match self.table.currency(self.row) {
                0 => text(name, self.plan.currency()),
                currency => value(&self.history.pool, currency - 1),
            }),
            field::ID => {
                let id = self.table.ids.get(self.row);
                (!id.is_empty()).then_some(text(id, id))
            }
            _ => return self.any_value(index, name, line, memo) != negated,
        };
        seen.is_some_and(|seen| predicate::holds(self.plan, index, seen)) != negated
    }

    /// Whether any value under this name holds: positively, before negation. Each value in the
    /// pool is asked once.
    #[inline(never)]
    fn any_value(&self, test: usize, name: &[u8], line: Option<usize>, memo: &mut Vec<u8>) -> bool {
        // By value, then by test: 0 not asked, 1 no, 2 yes. The pool only grows, and so does this.
        let tests = self.plan.len(TESTS);
        memo.resize(self.history.pool.len() * tests, 0);
        let (of, fields) = self.table.fields(line, self.row);
        for index in fields {
            let field = self.table.field(of, index);
            if self.history.pool.get((field.name >> 2) as usize) != name {
                continue;
            }
            let Some(answer) = memo.get_mut(field.value as usize * tests + test) else { continue };
            if *answer == 0 {
                *answer = 1 + u8::from(predicate::holds(self.plan, test, value(&self.history.pool, field.value)));
            }
            if *answer == 2 {
                return true;
            }
        }
        false
    }

    #[inline(never)]
    fn named(&self, line: usize, name: &[u8]) -> Option<Seen<'a>> {
        let pool = &self.history.pool;
        let (of, fields) = self.table.fields(Some(line), self.row);
        for index in fields {
            let field = self.table.field(of, index);
            if pool.get((field.name >> 2) as usize) == name {
                return Some(value(pool, field.value));
            }
        }
        None
    }

    fn number(&self, line: usize, name: &[u8]) -> Option<i64> {
        match self.named(line, name) {
            Some(Seen::Number(number)) => Some(number as i64),
            _ => None,
        }
    }

    fn quantity(&self, line: usize) -> i64 {
        self.number(line, b"quantity").unwrap_or(number::ONE)
    }

    fn price(&self, line: usize) -> Option<i128> {
        Some(number::convert(i128::from(self.number(line, b"price")?), self.rate?))
    }

    fn line_value(&self, line: usize) -> i128 {
        match (self.number(line, b"price"), self.rate) {
            (Some(price), Some(rate)) => number::convert(number::line_value(price, self.quantity(line)), rate),
            _ => 0,
        }
    }

    fn value(&self) -> Option<i128> {
        Some(number::convert(i128::from(self.table.value(self.row)?), self.rate?))
    }
}
