//! What is left of an order after its returns (SPEC 5.1, `net`).

use crate::event::{Seen, value};
use crate::fields::{named, number_of};
use crate::history::{History, Table};
use crate::number::{RATE_ONE, convert, line_value};
use crate::plan::Plan;
use alloc::vec::Vec;

/// The type of events that say what came back.
pub const RETURN: &[u8] = b"return";
/// The property of a return that names the conversion.
pub const NAMED: &[u8] = b"conversion";

/// Which returns name which order, among those up to an instant.
#[derive(Debug)]
pub struct Returns {
    /// By row of the order: where its first is + 1; 0 is none.
    first: Vec<usize>,
    /// Row of the return, and where the order's next one is + 1.
    links: Vec<(usize, usize)>,
    /// From when, and until when not including, there are these.
    pub since: i64,
    /// See `since`.
    pub until: i64,
}

/// An order with what came back subtracted.
#[derive(Debug)]
pub struct Left {
    /// Nothing is left: it does not count.
    pub whole: bool,
    /// Its value in the package's currency; `None` if it has none, or no rate.
    pub value: Option<i128>,
    /// By line, the quantity that is left; 0 is gone. Empty if no line was touched.
    pub quantities: Vec<Option<i64>>,
}

/// The returns up to `at` of the orders of a table.
#[inline(never)]
pub fn returns(history: &History, orders: &Table, at: i64) -> Returns {
    let mut returns = Returns { first: Vec::new(), links: Vec::new(), since: i64::MIN, until: i64::MAX };
    returns.first.resize(orders.len(), 0);
    let Some(table) = history.tables.get(history.table(RETURN)) else { return returns };
    let mut ids = orders.ids.clone();
    // The latest first, so that each order's list begins with its earliest.
    for row in (0..table.len()).rev() {
        let instant = table.at(row);
        if instant > at {
            returns.until = instant;
            continue;
        }
        returns.since = returns.since.max(instant);
        each_named(history, table, row, &mut |id| {
            if let Some(order) = ids.find(id) {
                let first = returns.first[order];
                // It may name the order twice, and returns it once.
                if returns.links.get(first.wrapping_sub(1)).is_none_or(|link| link.0 != row) {
                    returns.links.push((row, first));
                    returns.first[order] = returns.links.len();
                }
            }
        });
    }
    returns
}

/// Gives the ids of the conversions that a return names: texts as they are, numbers by their
/// digits.
#[inline(never)]
pub fn each_named(history: &History, table: &Table, row: usize, give: &mut dyn FnMut(&[u8])) {
    let (of, fields) = table.fields(None, row);
    for index in fields {
        let field = table.field(of, index);
        if history.pool.get((field.name >> 2) as usize) == NAMED {
            match value(&history.pool, field.value) {
                Seen::Text { clean, .. } => give(clean),
                Seen::Number(number) => {
                    let mut digits = Vec::new();
                    crate::number::print(number as i64, &mut digits);
                    give(&digits);
                }
                _ => {}
            }
        }
    }
}

/// The rate of a row's currency, and that currency, folded.
#[inline(never)]
pub fn rate_of<'a>(plan: &'a Plan, history: &'a History, table: &Table, row: usize) -> (Option<i64>, &'a [u8]) {
    match table.currency(row) {
        0 => (Some(RATE_ONE), plan.currency()),
        currency => match value(&history.pool, currency - 1) {
            Seen::Text { folded, .. } => (plan.rate(folded), folded),
            _ => (None, b""),
        },
    }
}

impl Returns {
    /// What is left of an order; `None` if nothing of it came back.
    #[inline(never)]
    pub fn left(&self, plan: &Plan, history: &History, orders: &Table, order: usize) -> Option<Left> {
        let mut link = *self.first.get(order)?;
        if link == 0 {
            return None;
        }
        let table = &history.tables[history.table(RETURN)];
        let (rate, currency) = rate_of(plan, history, orders, order);
        let mut left = Left { whole: false, value: None, quantities: Vec::new() };
        for _ in orders.lines(order) {
            left.quantities.push(None);
        }
        // What came back in the order's own currency, and in others by the package's.
        let (mut same, mut foreign) = (0i128, 0i128);
        // Whether anything can be compared with the order's value, and in which currency.
        let (mut compared, mut converted) = (false, false);
        while let Some(&(row, next)) = self.links.get(link.wrapping_sub(1)) {
            link = next;
            let lines = table.lines(row);
            let said = table.value(row);
            left.whole |= said.is_none() && lines.is_empty();
            let mut taken = 0;
            for line in lines {
                taken += left.take(history, orders, order, (table, row, line));
            }
            let (from, its) = rate_of(plan, history, table, row);
            match said {
                None => same += taken,
                Some(value) if its == currency => same += i128::from(value),
                Some(value) => {
                    let (Some(from), Some(_)) = (from, rate) else { continue };
                    foreign += convert(i128::from(value), from);
                    converted = true;
                }
            }
            compared = true;
        }
        let lines = left.quantities.len();
        let gone = left.quantities.iter().filter(|quantity| **quantity == Some(0)).count();
        left.whole |= lines > 0 && gone == lines;
        if let Some(value) = orders.value(order) {
            let value = i128::from(value) - same;
            left.value = rate.map(|rate| convert(value, rate) - foreign);
            // In one currency they are compared in it; a rate may round a little to nothing.
            left.whole |= compared && left.value.filter(|_| converted).unwrap_or(value) <= 0;
        }
        Some(left)
    }
}

impl Left {
    /// Takes a returned line from the order's lines of that item, in their order. What that was
    /// worth, in the order's currency.
    #[inline(never)]
    fn take(&mut self, history: &History, orders: &Table, order: usize, (table, row, line): (&Table, usize, usize)) -> i128 {
        let Some(Seen::Text { folded: wanted, .. }) = named(history, table, (row, line), b"id") else { return 0 };
        let mut open = number_of(history, table, (row, line), b"quantity").unwrap_or(crate::number::ONE);
        let mut worth = 0;
        for (index, ordered) in orders.lines(order).enumerate() {
            let Some(Seen::Text { folded, .. }) = named(history, orders, (order, ordered), b"id") else { continue };
            let bought = number_of(history, orders, (order, ordered), b"quantity").unwrap_or(crate::number::ONE);
            let there = self.quantities[index].unwrap_or(bought);
            let taken = there.min(open);
            if folded != wanted || taken <= 0 {
                continue;
            }
            open -= taken;
            self.quantities[index] = Some(there - taken);
            if let Some(price) = number_of(history, orders, (order, ordered), b"price") {
                worth += line_value(price, taken);
            }
        }
        worth
    }
}
