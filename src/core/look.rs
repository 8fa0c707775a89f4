//! The event being looked at: what of it is measured, and whether a predicate holds of it.

use crate::event::{Seen, entry, value};
use crate::fields::{first_of, named, number_of};
use crate::history::{History, Table};
use crate::near;
use crate::net::{Left, rate_of};
use crate::number;
use crate::plan::{PREDICATES, Plan, TESTS};
use crate::predicate::{self, field, flag, step};
use alloc::vec::Vec;

/// The event being looked at.
pub struct Look<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) history: &'a History,
    pub(crate) table: &'a Table,
    pub(crate) row: usize,
    rate: Option<i64>,
    /// What is left of it after returns; `None` if nothing came back.
    pub left: Option<Left>,
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
    pub fn each_day(&self, name: &[u8], give: &mut dyn FnMut(i64)) {
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
