//! How a series is built: when first asked; then it grows with the history as long as events come
//! in order.

use crate::event::Seen;
use crate::follow::follow;
use crate::history::Table;
use crate::look::Look;
use crate::net::{RETURN, each_named, returns};
use crate::plan::{Plan, SERIES};
use crate::series::{Series, only, weight};
use crate::visitor::{CONTEXT, Visitor};
use alloc::vec::Vec;

impl Series {
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
