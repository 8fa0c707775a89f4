//! A series: the events that a condition looks at, with what it measures, in order of time.
//!
//! Conditions that differ only in period, modifier and value share one. It is built when first
//! asked, and grows with the history as long as events come in order.

use crate::history::{History, Pool, Table};
use crate::number;
use crate::plan::Plan;
use crate::predicate::{Field, Seen, Step};
use crate::sort::sort;
use alloc::vec::Vec;

/// Which events, and what of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spec {
    /// Event types.
    pub kinds: Vec<alloc::string::String>,
    /// `where`: index of a predicate over the event.
    pub condition: Option<usize>,
    /// `items`: index of a predicate over a line.
    pub items: Option<usize>,
    /// Only the first or latest event of the period is looked at, before `where` and `items`.
    pub only: Option<Only>,
    /// What is measured.
    pub weight: Weight,
}

/// Which single event of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Only {
    /// The first.
    First,
    /// The latest.
    Latest,
}

/// What is measured of each event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// That it is there.
    Presence,
    /// Its value; an event without one, or without a rate, takes no part.
    Value,
    /// Σ price × quantity of the lines that satisfy `items`.
    ItemValue,
    /// Σ quantity of those lines.
    Units,
    /// The item ids of those lines.
    ItemIds,
    /// Its local day.
    Day,
}

/// All weights, in the order of their numbers in a plan.
pub const WEIGHTS: [Weight; 6] =
    [Weight::Presence, Weight::Value, Weight::ItemValue, Weight::Units, Weight::ItemIds, Weight::Day];

/// A built series.
#[derive(Debug, Default)]
pub struct Series {
    /// When each event counts; ascending.
    pub at: Vec<i64>,
    /// With `only`: whether the event satisfies the rest of the condition. Empty otherwise,
    /// where events that do not are left out.
    pub passes: Vec<bool>,
    /// Sums of the weights before each event, and of all; empty if nothing is summed.
    pub sums: Vec<i128>,
    /// Where each event's item ids end.
    pub ids_end: Vec<u32>,
    /// Item ids, numbered from 0; each once an event.
    pub ids: Vec<u32>,
    /// How many different item ids there are.
    pub distinct: usize,
    /// The rank of each event's local day among the days that have events.
    pub days: Vec<u32>,
    /// What was read so far: version and length of each type's table.
    seen: Vec<(u32, usize)>,
    names: Pool,
}

/// Answers of tests, by value in the pool: 0 not asked, 1 no, 2 yes.
pub type Memo = Vec<Vec<u8>>;

/// The event being looked at.
struct Look<'a> {
    plan: &'a Plan,
    history: &'a History,
    table: &'a Table,
    row: usize,
    rate: Option<i128>,
}

impl Series {
    /// Brings the series up to the history. True if anything changed.
    pub fn update(&mut self, spec: &Spec, plan: &Plan, history: &History, memo: &mut Memo) -> bool {
        let tables: Vec<Option<&Table>> = spec.kinds.iter().map(|kind| history.table(kind)).collect();
        let now: Vec<(u32, usize)> = tables.iter().map(|table| table.map_or((0, 0), |table| (table.version, table.len()))).collect();
        if now == self.seen {
            return false;
        }
        if !self.continues(&tables) {
            *self = Series::default();
        }
        let old = if self.seen.is_empty() { alloc::vec![(0, 0); now.len()] } else { core::mem::take(&mut self.seen) };
        let mut rows: Vec<(i64, usize, usize)> = Vec::new();
        for (index, table) in tables.iter().enumerate() {
            if let Some(table) = table {
                rows.extend((old[index].1..table.len()).map(|row| (table.at(row), index, row)));
            }
        }
        if tables.len() > 1 {
            // Types are compiled in order, so this is SPEC's order of events at one instant.
            sort(&mut rows, Ord::cmp);
        }
        for (_, index, row) in rows {
            if let Some(table) = tables[index] {
                self.push(spec, Look { plan, history, table, row, rate: None }, memo);
            }
        }
        self.seen = now;
        true
    }

    /// True if all that is new comes after all that was seen.
    fn continues(&self, tables: &[Option<&Table>]) -> bool {
        if self.seen.len() != tables.len() {
            return false;
        }
        let mut last = i64::MIN;
        let mut first_new = i64::MAX;
        for (table, &(version, len)) in tables.iter().zip(&self.seen) {
            let Some(table) = table else { continue };
            if table.version != version || table.len() < len {
                return false;
            }
            if len > 0 {
                last = last.max(table.at(len - 1));
            }
            if len < table.len() {
                first_new = first_new.min(table.at(len));
            }
        }
        // At an equal instant another type may have to come between.
        first_new > last || (tables.len() == 1 && first_new == last)
    }

    fn push(&mut self, spec: &Spec, mut look: Look<'_>, memo: &mut Memo) {
        look.rate = look.plan.rate(look.history, look.table.columns.currency.get(look.row));
        let (table, row) = (look.table, look.row);
        let at = table.at(row);
        let lines: Vec<usize> = match spec.items {
            Some(items) => table.lines(row).filter(|&line| look.holds(items, Some(line), memo)).collect(),
            None if matches!(spec.weight, Weight::ItemValue | Weight::Units | Weight::ItemIds) => table.lines(row).collect(),
            None => Vec::new(),
        };
        let value = match spec.weight {
            Weight::Value => look.value(),
            Weight::ItemValue => Some(lines.iter().map(|&line| look.line_value(line)).fold(0, i128::wrapping_add)),
            Weight::Units => Some(lines.iter().map(|&line| i128::from(look.quantity(line))).sum()),
            _ => Some(0),
        };
        let passes = value.is_some()
            && (spec.items.is_none() || !lines.is_empty())
            && spec.condition.is_none_or(|condition| look.holds(condition, None, memo));
        if spec.only.is_none() && !passes {
            return;
        }
        self.at.push(at);
        if spec.only.is_some() {
            self.passes.push(passes);
        }
        match spec.weight {
            Weight::Value | Weight::ItemValue | Weight::Units => {
                let before = self.sums.last().copied().unwrap_or(0);
                if self.sums.is_empty() {
                    self.sums.push(0);
                }
                self.sums.push(before.wrapping_add(value.unwrap_or(0)));
            }
            Weight::ItemIds => {
                let start = self.ids.len();
                for line in lines {
                    if let Some(Seen::Text(_, folded)) = look.named(line, "id") {
                        let id = self.names.intern(folded.as_bytes()) as u32;
                        if !self.ids[start..].contains(&id) {
                            self.ids.push(id);
                        }
                    }
                }
                self.distinct = self.names.len();
                self.ids_end.push(self.ids.len() as u32);
            }
            Weight::Day => {
                let zone = &look.plan.zone;
                let rank = match self.at.len().checked_sub(2) {
                    Some(before) => self.days[before] + u32::from(zone.day(self.at[before]) != zone.day(at)),
                    None => 0,
                };
                self.days.push(rank);
            }
            Weight::Presence => {}
        }
    }
}

impl<'a> Look<'a> {
    /// Runs a predicate's steps over the event, or one of its lines.
    fn holds(&self, predicate: usize, line: Option<usize>, memo: &mut Memo) -> bool {
        let mut results: Vec<bool> = Vec::new();
        for step in self.plan.predicates.get(predicate).map_or(&[][..], |steps| steps) {
            let result = match *step {
                Step::Test(test) => self.test(test, line, memo),
                Step::Not => !results.pop().unwrap_or(false),
                Step::All(n) => results.split_off(results.len().saturating_sub(n)).into_iter().all(|result| result),
                Step::Any(n) => results.split_off(results.len().saturating_sub(n)).into_iter().any(|result| result),
            };
            results.push(result);
        }
        results.pop().unwrap_or(false)
    }

    fn test(&self, index: usize, line: Option<usize>, memo: &mut Memo) -> bool {
        let Some(test) = self.plan.tests.get(index) else { return false };
        let zone = &self.plan.zone;
        let seen = match &test.field {
            Field::Named(name) => return self.named_test(index, name, line, memo) != test.negated,
            Field::Value => self.value().map(Seen::Number),
            Field::Price => line.and_then(|line| self.price(line)).map(Seen::Number),
            Field::Quantity => line.map(|line| Seen::Number(i128::from(self.quantity(line)))),
            Field::Currency => Some(match self.table.columns.currency.get(self.row).checked_sub(1) {
                Some(index) => self.history.value(index).into(),
                None => Seen::Text(&self.plan.currency.clean, &self.plan.currency.folded),
            }),
            Field::Id => match core::str::from_utf8(self.table.ids.get(self.row)) {
                Ok("") | Err(_) => None,
                Ok(id) => Some(Seen::Text(id, id)),
            },
        };
        seen.is_some_and(|seen| test.want.holds(seen, zone)) != test.negated
    }

    /// Whether any value under this name holds: positively, before negation.
    fn named_test(&self, index: usize, name: &str, line: Option<usize>, memo: &mut Memo) -> bool {
        let answers = &mut memo[index];
        let test = &self.plan.tests[index];
        self.values(line, name).any(|value| {
            let at = value as usize;
            if answers.len() <= at {
                answers.resize(self.history.pool.len().max(at + 1), 0);
            }
            if answers[at] == 0 {
                answers[at] = 1 + u8::from(test.want.holds(self.history.value(value).into(), &self.plan.zone));
            }
            answers[at] == 2
        })
    }

    /// Pool indexes of the values under a name: fields of a line, or properties of the event.
    fn values(&self, line: Option<usize>, name: &str) -> impl Iterator<Item = u64> {
        let columns = &self.table.columns;
        let (range, names, values) = match line {
            Some(line) => (self.table.fields(line), &columns.field_name, &columns.field_value),
            None => (self.table.properties(self.row), &columns.property_name, &columns.property_value),
        };
        let history = self.history;
        range.filter_map(move |index| {
            let entry = names.get(index);
            history.is_name(entry >> 2, name).then(|| values.get(index))
        })
    }

    fn named(&self, line: usize, name: &str) -> Option<Seen<'a>> {
        let history = self.history;
        self.values(Some(line), name).next().map(|value| history.value(value).into())
    }

    fn number(&self, line: usize, name: &str) -> Option<i64> {
        match self.named(line, name) {
            Some(Seen::Number(number)) => Some(number as i64),
            _ => None,
        }
    }

    fn quantity(&self, line: usize) -> i64 {
        self.number(line, "quantity").unwrap_or(number::ONE)
    }

    fn price(&self, line: usize) -> Option<i128> {
        Some(number::convert(i128::from(self.number(line, "price")?), self.rate?))
    }

    fn line_value(&self, line: usize) -> i128 {
        match (self.number(line, "price"), self.rate) {
            (Some(price), Some(rate)) => number::convert(number::line_value(price, self.quantity(line)), rate),
            _ => 0,
        }
    }

    fn value(&self) -> Option<i128> {
        Some(number::convert(i128::from(self.table.value(self.row)?), self.rate?))
    }
}
