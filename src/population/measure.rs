//! A plan's conditions over many customers, a block of them at a time: the orders that a series
//! looks at are gathered once, and every condition over it is measured on them.

use crate::cells::{Codes, Names};
use crate::filter::{Filter, Money, Over};
use crate::header::Meaning;
use crate::population::Population;
use regulars_core::condition::{flag, measure, satisfies};
use regulars_core::number::ONE;
use regulars_core::plan::{CONDITIONS, Plan, SERIES};
use regulars_core::retention;
use regulars_core::series::{only, weight};
use std::ops::Range;

/// A series of the plan, ready to be gathered.
pub(crate) struct Series<'a> {
    plan: &'a Plan,
    population: &'a Population,
    money: &'a Money<'a>,
    /// It looks at orders at all: an order file has no other events.
    counts: bool,
    condition: Option<Filter<'a>>,
    items: Option<Filter<'a>>,
    only: i64,
    weight: i64,
    /// Of distinct items: the ids, and the number of what each distinct one folds to.
    ids: Option<(&'a Codes, Vec<u32>)>,
}

/// The orders of some customers that a series looks at.
#[derive(Default)]
pub(crate) struct Block {
    /// Where each customer's end.
    ends: Vec<usize>,
    at: Vec<i64>,
    /// With `only`: whether the order satisfies the rest.
    passes: Vec<bool>,
    /// What is summed, if anything is.
    weights: Vec<i128>,
    /// Of distinct items: where each order's end, and what they are.
    id_ends: Vec<usize>,
    ids: Vec<u32>,
    /// Of active days: the local day.
    days: Vec<i64>,
    results: Vec<bool>,
}

impl<'a> Series<'a> {
    /// The series with this number.
    pub(crate) fn new(plan: &'a Plan, population: &'a Population, money: &'a Money<'a>, number: usize) -> Self {
        let part = |column: usize| plan.get(SERIES, number, column);
        let counts = plan.list_of(SERIES, number, 0).iter().any(|&kind| plan.text(kind) == b"conversion");
        // The steps of a sequence are series of their own, and only conversions have filters here.
        let counts = counts && part(5) < weight::RETURNED;
        let filter = |predicate: i64, over| (counts && predicate > 0).then(|| Filter::new(plan, money, predicate as usize - 1, over));
        Series {
            plan,
            population,
            money,
            counts,
            condition: filter(part(2), Over::Order),
            items: filter(part(3), Over::Line),
            only: part(4) & !only::NET, // an order file has no returns
            weight: part(5),
            ids: if part(5) == weight::ITEM_IDS { folded_ids(population) } else { None },
        }
    }

    /// Gathers what the series looks at of some customers.
    pub(crate) fn gather(&self, customers: Range<usize>, block: &mut Block) {
        let results = std::mem::take(&mut block.results);
        *block = Block { results, ..block.emptied() };
        for customer in customers {
            if self.counts {
                for order in self.population.orders_of(customer) {
                    self.push(order, block);
                }
            }
            block.ends.push(block.at.len());
        }
    }

    fn push(&self, order: usize, block: &mut Block) {
        let (mut passes, mut sum) = (self.items.is_none(), 0i128);
        let ids_before = block.ids.len();
        if self.items.is_some() || (weight::ITEM_VALUE..=weight::ITEM_IDS).contains(&self.weight) {
            for row in self.population.lines_of(order) {
                if self.items.as_ref().is_some_and(|items| !items.holds(order, Some(row), &mut block.results)) {
                    continue;
                }
                passes = true;
                match self.weight {
                    weight::ITEM_VALUE => sum += self.money.line(order, row),
                    weight::UNITS => sum += i128::from(self.money.worth.quantity(row)),
                    weight::ITEM_IDS => self.push_id(row, ids_before, &mut block.ids),
                    _ => {}
                }
            }
        }
        if self.weight == weight::VALUE {
            let value = self.money.value(order);
            passes &= value.is_some();
            sum = value.unwrap_or(0);
        }
        passes = passes && self.condition.as_ref().is_none_or(|condition| condition.holds(order, None, &mut block.results));
        if self.only != only::ALL {
            block.passes.push(passes);
        } else if !passes {
            block.ids.truncate(ids_before);
            return;
        }
        let at = self.population.at[order];
        match self.weight {
            weight::VALUE | weight::ITEM_VALUE | weight::UNITS => block.weights.push(sum),
            weight::ITEM_IDS => block.id_ends.push(block.ids.len()),
            weight::DAY => block.days.push(self.plan.zone.day(at)),
            _ => {}
        }
        block.at.push(at);
    }

    fn push_id(&self, row: usize, from: usize, ids: &mut Vec<u32>) {
        let Some((codes, folded)) = &self.ids else { return };
        if let Some(name) = codes.get(row).checked_sub(1)
            && !ids[from..].contains(&folded[name])
        {
            ids.push(folded[name]);
        }
    }
}

/// Ids are compared as texts are: by the number of the first that reads the same.
fn folded_ids(population: &Population) -> Option<(&Codes, Vec<u32>)> {
    let cells = population.column(&Meaning::Field("id".to_owned()))?;
    let (texts, mut folded) = (&cells.names.texts, Names::default());
    let numbers = (0..texts.len()).map(|index| folded.intern(population.fold(texts.str(index)).folded.as_bytes())).collect();
    Some((&cells.codes, numbers))
}

/// A condition of the plan at an instant.
pub(crate) struct Condition<'a> {
    plan: &'a Plan,
    series: usize,
    only: i64,
    measure: i64,
    flags: i64,
    turns: &'a [i64],
    /// The instants that count.
    from: i64,
    to: i64,
    today: i64,
}

impl<'a> Condition<'a> {
    /// The condition with this number.
    pub(crate) fn new(plan: &'a Plan, number: usize, now: i64) -> Self {
        let series = plan.index(CONDITIONS, number, 0);
        let (from, to) = plan.period(number).bounds(&plan.zone, now);
        Condition {
            plan,
            series,
            only: plan.get(SERIES, series, 4) & !only::NET,
            measure: plan.get(CONDITIONS, number, 1),
            flags: plan.get(CONDITIONS, number, 2),
            turns: plan.list_of(CONDITIONS, number, 3),
            from,
            to,
            today: plan.zone.day(now),
        }
    }

    /// The number of its series.
    pub(crate) fn series(&self) -> usize {
        self.series
    }

    /// It is the ratio of returns to conversions.
    pub(crate) fn is_ratio(&self) -> bool {
        self.measure == measure::RATIO
    }

    /// For each customer of a block how many orders lie in its period.
    pub(crate) fn counts(&self, block: &Block, mut count: impl FnMut(usize)) {
        let mut start = 0;
        for &end in &block.ends {
            let at = &block.at[start..end];
            count(before(at, self.to).saturating_sub(before(at, self.from)));
            start = end;
        }
    }

    /// For each customer of a block of its series: 1 if it holds, else 0; of the grid, its state.
    pub(crate) fn states(&self, block: &Block, mut state: impl FnMut(i64)) {
        self.each(block, |range| {
            state(if self.measure == measure::CELL {
                match range.len() {
                    0 => retention::NONE,
                    count => retention::state(self.turns, count as i64, self.days_since(block.at[range.end - 1])),
                }
            } else {
                match self.number(block, range) {
                    None => i64::from(self.flags & flag::MISSING != 0),
                    Some((sum, of)) => self.holds(sum, of),
                }
            });
        });
    }

    /// As [`satisfies`], without 128 bits where 64 will do.
    fn holds(&self, sum: i128, of: i64) -> i64 {
        match i64::try_from(sum) {
            Ok(sum) if of == 1 => {
                let beyond = |turn: &&i64| (sum, 0) >= (**turn >> 1, **turn & 1);
                (self.flags & flag::BEGINS) ^ (self.turns.iter().filter(beyond).count() as i64 & 1)
            }
            _ => satisfies(self.flags, self.turns, sum, of),
        }
    }

    /// For each customer of a block of its series: the measure, as a sum to be divided by a count;
    /// `None` if it is missing.
    pub(crate) fn numbers(&self, block: &Block, mut number: impl FnMut(Option<(i128, i64)>)) {
        self.each(block, |range| number(self.number(block, range)));
    }

    /// The orders of each customer that count.
    fn each(&self, block: &Block, mut range: impl FnMut(Range<usize>)) {
        let mut start = 0;
        for &end in &block.ends {
            let at = &block.at[start..end];
            let (mut low, mut high) = (before(at, self.from), before(at, self.to));
            low = low.min(high);
            if self.only != only::ALL && low < high {
                low = if self.only == only::FIRST { low } else { high - 1 };
                high = low + usize::from(block.passes[start + low]);
            }
            range(start + low..start + high);
            start = end;
        }
    }

    fn number(&self, block: &Block, range: Range<usize>) -> Option<(i128, i64)> {
        if range.is_empty() && self.measure >= measure::AVERAGE {
            return None;
        }
        let whole = |number: usize| (number as i128 * i128::from(ONE), 1);
        let days = |order: usize| (i128::from(self.days_since(block.at[order])) * i128::from(ONE), 1);
        Some(match self.measure {
            measure::TOTAL => (block.weights[range].iter().sum(), 1),
            measure::AVERAGE => (block.weights[range.clone()].iter().sum(), range.len() as i64),
            measure::HIGHEST => (*block.weights[range].iter().max()?, 1),
            measure::LOWEST => (*block.weights[range].iter().min()?, 1),
            measure::DAYS_SINCE_LAST => days(range.end - 1),
            measure::DAYS_SINCE_FIRST => days(range.start),
            measure::DISTINCT_ITEMS => whole(distinct(block, range)),
            // In order of time, so equal days are neighbours.
            measure::ACTIVE_DAYS => whole(block.days[range].chunk_by(i64::eq).count()),
            _ => whole(range.len()),
        })
    }

    fn days_since(&self, at: i64) -> i64 {
        self.today - self.plan.zone.day(at)
    }
}

/// How many of ascending instants lie before another.
fn before(instants: &[i64], at: i64) -> usize {
    // Most customers have few orders, which are faster counted than searched.
    if instants.len() > 16 {
        instants.partition_point(|&instant| instant < at)
    } else {
        instants.iter().filter(|&&instant| instant < at).count()
    }
}

fn distinct(block: &Block, range: Range<usize>) -> usize {
    let Some(last) = range.clone().last() else { return 0 };
    let start = if range.start == 0 { 0 } else { block.id_ends[range.start - 1] };
    let mut ids = block.ids[start..block.id_ends[last]].to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

impl Block {
    /// What was gathered of one customer, as a page has it.
    pub(crate) fn series(&self) -> regulars_core::series::Series {
        let mut series = regulars_core::series::Series::new();
        (series.since, series.until) = (i64::MIN, i64::MAX);
        series.at.clone_from(&self.at);
        series.passes = self.passes.iter().map(|&passes| usize::from(passes)).collect();
        if !self.weights.is_empty() {
            series.sums.push(0);
        }
        for weight in &self.weights {
            series.sums.push(series.sums[series.sums.len() - 1] + weight);
        }
        series.ids = self.ids.iter().map(|id| series.names.intern(&id.to_le_bytes()) as usize).collect();
        series.marks.clone_from(&self.id_ends);
        for (index, day) in self.days.iter().enumerate() {
            let rank = if index == 0 { 0 } else { series.marks[index - 1] + usize::from(self.days[index - 1] != *day) };
            series.marks.push(rank);
        }
        series
    }

    /// The same memory, with nothing in it.
    fn emptied(&mut self) -> Block {
        let mut block = std::mem::take(self);
        block.ends.clear();
        block.at.clear();
        block.passes.clear();
        block.weights.clear();
        block.id_ends.clear();
        block.ids.clear();
        block.days.clear();
        block
    }
}
