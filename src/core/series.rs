//! A series: the events that a condition looks at, with what it measures, in order of time.
//!
//! Conditions that differ only in period, modifier and value share one. It is built when first
//! asked, and grows with the history as long as events come in order.

use crate::event::{Seen, entry, value};
use crate::follow::follow;
use crate::history::{History, Table};
use crate::near;
use crate::net::{Left, RETURN, each_named, rate_of, returns};
use crate::number;
use crate::plan::{PREDICATES, Plan, SERIES, TESTS};
use crate::pool::Pool;
use crate::predicate::{self, field, flag, step};
use crate::visitor::{CONTEXT, Visitor};
use alloc::vec::Vec;
use core::ops::Range;

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
    seen: u64,
    /// Net of returns, it is so from this instant to, not including, another.
    pub since: i64,
    /// See `since`; the extreme where nothing is subtracted.
    pub until: i64,
}

/// The event being looked at.
pub struct Look<'a> {
    plan: &'a Plan,
    history: &'a History,
    table: &'a Table,
    row: usize,
    rate: Option<i64>,
    /// What is left of it after returns; `None` if nothing came back.
    pub left: Option<Left>,
}

impl Series {
    /// Without events. Not inlined, as all that builds large things: a page pays for each copy.
    #[inline(never)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Brings series number `index` of the plan up to the history as it counts at `at`. `parts`
    /// are the series before it. True if anything changed.
    #[inline(never)]
    pub fn update(&mut self, plan: &Plan, index: usize, visitor: &Visitor, at: i64, parts: &[Series], memo: &mut Vec<u8>) -> bool {
        let mut history = &visitor.history;
        let mut fresh = Vec::new();
        let mut memo = memo;
        let kinds = plan.list_of(SERIES, index, 0);
        let (net, weight) = (plan.get(SERIES, index, 4) & only::NET != 0, plan.get(SERIES, index, 5));
        let mut tables = Vec::new();
        let mut seen = 0;
        let mut see = |table: &Table| seen += (table.version << 32) + table.len() as u64;
        for &kind in kinds {
            let kind = plan.text(kind);
            if kind == CONTEXT {
                history = &visitor.context;
                memo = &mut fresh; // what was found out is about the other pool
            }
            if let Some(table) = history.tables.get(history.table(kind)) {
                see(table);
                tables.push((table, 0));
            }
        }
        if net && let Some(table) = history.tables.get(history.table(RETURN)) {
            see(table);
        }
        if seen == self.seen && (!net || (self.since <= at && at < self.until)) {
            return false;
        }
        if tables.len() > 1 || seen >> 32 != self.seen >> 32 || net || weight >= weight::DATE {
            *self = Series::new();
        } else if let Some(first) = tables.first_mut() {
            // One type, and all that is new was appended.
            first.1 = self.seen as u32 as usize;
        }
        self.seen = seen;
        // Without orders there is nothing to subtract from, ever.
        (self.since, self.until) = (i64::MIN, i64::MAX);
        if weight == weight::SEQUENCE {
            follow(plan, index, parts, self);
            return true;
        }
        let mut subtracted = None;
        if net && let Some((orders, _)) = tables.first() {
            let returns = returns(history, orders, at);
            (self.since, self.until) = (returns.since, returns.until);
            subtracted = Some(returns);
        } else if net {
            // Without orders nothing is ever subtracted.
            (self.since, self.until) = (i64::MIN, i64::MAX);
        }
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
            let mut look = Look::new(plan, history, table, *row);
            if let Some(returns) = &subtracted {
                look.left = returns.left(plan, history, table, *row);
            }
            if !look.left.as_ref().is_some_and(|left| left.whole) {
                self.push(index, &look, memo);
            }
            *row += 1;
        }
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
    fn push_id(&mut self, from: usize, name: &[u8]) {
        let id = self.names.intern(name) as usize;
        if !self.ids[from..].contains(&id) {
            self.ids.push(id);
        }
    }

    #[inline(never)]
    fn push(&mut self, index: usize, look: &Look<'_>, memo: &mut Vec<u8>) {
        let part = |column: usize| look.plan.get(SERIES, index, column);
        let (condition, items, weight) = (part(2), part(3), part(5));
        let at = look.table.at(look.row);
        if weight == weight::DATE {
            look.each_day(look.plan.text(condition), &mut |day| {
                self.at.push(at);
                self.sums.push(i128::from(day));
            });
            return;
        }
        let (mut passes, mut sum) = (items == 0, 0i128);
        let ids_before = self.ids.len();
        if items > 0 || (weight::ITEM_VALUE..=weight::ITEM_IDS).contains(&weight) {
            for line in look.table.lines(look.row) {
                if look.quantity(line).is_none() || (items > 0 && !look.holds(items - 1, Some(line), memo)) {
                    continue;
                }
                passes = true;
                match weight {
                    weight::ITEM_VALUE => sum = sum.wrapping_add(look.line_value(line)),
                    weight::UNITS => sum += i128::from(look.quantity(line).unwrap_or(0)),
                    weight::ITEM_IDS => {
                        if let Some(Seen::Text { folded, .. }) = look.named(line, b"id") {
                            self.push_id(ids_before, folded);
                        }
                    }
                    _ => {}
                }
            }
        }
        if weight == weight::VALUE {
            let value = look.worth();
            passes &= value.is_some();
            sum = value.unwrap_or(0);
        }
        passes = passes && (condition == 0 || look.holds(condition - 1, None, memo));
        if weight == weight::RETURNED {
            each_named(look.history, look.table, look.row, &mut |id| self.push_id(ids_before, id));
            if self.ids.len() == ids_before {
                // No id begins with a space.
                let own = [&b" "[..], &(look.row as u32).to_le_bytes()].concat();
                self.push_id(ids_before, &own);
            }
        }
        if part(4) & !only::NET != only::ALL {
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
            weight::ITEM_IDS | weight::RETURNED => self.marks.push(self.ids.len()),
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
    /// At an event of a table.
    pub fn new(plan: &'a Plan, history: &'a History, table: &'a Table, row: usize) -> Self {
        Look { plan, history, table, row, rate: rate_of(plan, history, table, row).0, left: None }
    }

    /// Runs a predicate's steps over the event, or one of its lines. `memo` is of its history's
    /// pool, empty at first.
    #[inline(never)]
    pub fn holds(&self, predicate: i64, line: Option<usize>, memo: &mut Vec<u8>) -> bool {
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
            field::QUANTITY => self.quantity(line_or_zero).map(|quantity| Seen::Number(i128::from(quantity))),
            field::NEAR => return self.is_near(self.plan.list_of(TESTS, index, 4)),
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

    /// Gives the local days that a property says.
    #[inline(never)]
    fn each_day(&self, name: &[u8], give: &mut dyn FnMut(i64)) {
        let (of, fields) = self.table.fields(None, self.row);
        for index in fields {
            let field = self.table.field(of, index);
            if self.history.pool.get((field.name >> 2) as usize) == name
                && let Seen::Text { reading, number, .. } = value(&self.history.pool, field.value)
                && reading >= entry::DAY
            {
                give(if reading == entry::DAY { number } else { self.plan.zone.day(number) });
            }
        }
    }

    #[inline(never)]
    fn is_near(&self, wanted: &[i64]) -> bool {
        let mut here = [i64::MAX; 2];
        for (index, name) in [&b"latitude"[..], b"longitude"].into_iter().enumerate() {
            match first_of(self.history, self.table.fields(None, self.row), self.table, name) {
                Some(Seen::Number(degrees)) => here[index] = degrees as i64,
                Some(Seen::Text { reading: entry::DECIMAL, number, .. }) => here[index] = number,
                _ => {}
            }
        }
        let &[latitude, longitude, bound] = wanted else { return false };
        near::within(f64::from_bits(bound.cast_unsigned()), [latitude, longitude], here)
    }

    /// A field of a line.
    pub fn named(&self, line: usize, name: &[u8]) -> Option<Seen<'a>> {
        named(self.history, self.table, (self.row, line), name)
    }

    fn number(&self, line: usize, name: &[u8]) -> Option<i64> {
        number_of(self.history, self.table, (self.row, line), name)
    }

    /// What is left of a line; `None` if all of it came back.
    pub fn quantity(&self, line: usize) -> Option<i64> {
        let first = self.table.lines(self.row).start;
        match self.left.as_ref().and_then(|left| left.quantities.get(line - first).copied().flatten()) {
            Some(left) => (left > 0).then_some(left),
            None => Some(self.number(line, b"quantity").unwrap_or(number::ONE)),
        }
    }

    fn price(&self, line: usize) -> Option<i128> {
        Some(number::convert(i128::from(self.number(line, b"price")?), self.rate?))
    }

    /// Price × quantity of what is left of a line, in the package's currency.
    pub fn line_value(&self, line: usize) -> i128 {
        match (self.number(line, b"price"), self.rate) {
            (Some(price), Some(rate)) => number::convert(number::line_value(price, self.quantity(line).unwrap_or(0)), rate),
            _ => 0,
        }
    }

    fn value(&self) -> Option<i128> {
        Some(number::convert(i128::from(self.table.value(self.row)?), self.rate?))
    }

    /// What is left of the event's value, in the package's currency.
    pub fn worth(&self) -> Option<i128> {
        if let Some(left) = &self.left { left.value } else { self.value() }
    }
}

/// The first value under a name among fields of a table.
#[inline(never)]
fn first_of<'a>(history: &'a History, (of, fields): (usize, Range<usize>), table: &Table, name: &[u8]) -> Option<Seen<'a>> {
    for index in fields {
        let field = table.field(of, index);
        if history.pool.get((field.name >> 2) as usize) == name {
            return Some(value(&history.pool, field.value));
        }
    }
    None
}

/// A field of a line: row and line of a table.
pub(crate) fn named<'a>(history: &'a History, table: &Table, (row, line): (usize, usize), name: &[u8]) -> Option<Seen<'a>> {
    first_of(history, table.fields(Some(line), row), table, name)
}

/// As [`named`], a number.
pub(crate) fn number_of(history: &History, table: &Table, line: (usize, usize), name: &[u8]) -> Option<i64> {
    match named(history, table, line, name) {
        Some(Seen::Number(number)) => Some(number as i64),
        _ => None,
    }
}
