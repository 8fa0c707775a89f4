//! Sizes and members of segments, the retention grid, and single measures, over all customers.

use crate::filter::Money;
use crate::measure::{Block, Condition, Series};
use crate::population::Population;
use regulars_core::condition::measure;
use regulars_core::evaluate::Evaluator;
use regulars_core::number::ONE;
use regulars_core::plan::{CONDITIONS, NODES, Plan, SEGMENTS, SERIES, node};
use regulars_core::time::{FIRST, LAST};
use std::ops::Range;

/// Customers asked at a time: what is gathered of them stays in the cache.
const BLOCK: usize = 2048;

/// How many customers are members of each segment at `now` (milliseconds since 1970 UTC).
pub fn sizes(population: &Population, plan: &Plan, now: i64) -> Vec<u32> {
    let roots: Vec<Option<usize>> = (0..plan.len(SEGMENTS)).map(|segment| root(plan, segment)).collect();
    let mut sizes = vec![0; roots.len()];
    each_block(population, plan, &roots, now, &mut |_, nodes| {
        for (size, root) in sizes.iter_mut().zip(&roots) {
            *size += root.map_or(0, |root| nodes[root].iter().filter(|member| **member).count() as u32);
        }
    });
    sizes
}

/// The members of a segment at `now`, ascending, as numbers for [`Population::id`].
pub fn members(population: &Population, plan: &Plan, segment: usize, now: i64) -> Vec<u32> {
    let mut members = Vec::new();
    let Some(root) = root(plan, segment) else { return members };
    each_block(population, plan, &[Some(root)], now, &mut |customers, nodes| {
        members.extend(customers.zip(&nodes[root]).filter(|(_, member)| **member).map(|(customer, _)| customer as u32));
    });
    members
}

/// Who is in a state of the retention grid.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// How many customers.
    pub customers: u64,
    /// Their conversions up to now.
    pub conversions: u64,
    /// The value of those, in ten-thousandths of the package's currency; what has none, or no
    /// rate, adds nothing.
    pub value: i128,
}

/// For each state of the grid ([`regulars_core::retention`]) at `now`: who is in it.
pub fn grid(population: &Population, plan: &Plan, now: i64) -> Vec<Cell> {
    let now = now.clamp(FIRST, LAST);
    let money = Money::new(plan, population);
    let (condition, mut block) = (Condition::new(plan, 0, now), Block::default());
    let series = Series::new(plan, population, &money, condition.series());
    let mut cells: Vec<Cell> = Vec::new();
    for customers in blocks(population) {
        series.gather(customers.clone(), &mut block);
        let mut customer = customers.start;
        condition.states(&block, |state| {
            let state = state as usize;
            if cells.len() <= state {
                cells.resize(state + 1, Cell::default());
            }
            let cell = &mut cells[state];
            cell.customers += 1;
            for order in population.orders_of(customer).filter(|&order| population.at[order] <= now) {
                cell.conversions += 1;
                cell.value += money.value(order).unwrap_or(0);
            }
            customer += 1;
        });
    }
    cells
}

/// For each customer the measure of one of the plan's conditions, as the nearest double; NaN is
/// missing.
pub fn measure(population: &Population, plan: &Plan, condition: usize, now: i64) -> Vec<f64> {
    let money = Money::new(plan, population);
    let (condition, mut block) = (Condition::new(plan, condition, now.clamp(FIRST, LAST)), Block::default());
    let series = Series::new(plan, population, &money, condition.series());
    let mut numbers = Vec::with_capacity(population.len());
    if condition.is_ratio() {
        // An order file has no returns: nothing came back of what was bought in the period.
        let all = Series::new(plan, population, &money, 0);
        for customers in blocks(population) {
            all.gather(customers, &mut block);
            condition.counts(&block, |count| numbers.push(if count == 0 { f64::NAN } else { 0.0 }));
        }
        return numbers;
    }
    for customers in blocks(population) {
        series.gather(customers, &mut block);
        condition.numbers(&block, |number| numbers.push(number.map_or(f64::NAN, |(sum, of)| double(sum, of))));
    }
    numbers
}

/// `sum / of` ten-thousandths, an average rounded half away from zero to four places.
fn double(sum: i128, of: i64) -> f64 {
    let of = i128::from(of);
    let rounded = (sum.abs() + of / 2) / of;
    (if sum < 0 { -rounded } else { rounded }) as f64 / ONE as f64
}

fn root(plan: &Plan, segment: usize) -> Option<usize> {
    plan.index(SEGMENTS, segment, 0).checked_sub(1)
}

fn blocks(population: &Population) -> impl Iterator<Item = Range<usize>> {
    let len = population.len();
    (0..len).step_by(BLOCK).map(move |start| start..(start + BLOCK).min(len))
}

/// A series, and the conditions over it with the nodes that ask about each.
struct Asked<'a> {
    series: Series<'a>,
    conditions: Vec<(Condition<'a>, &'a [usize])>,
}

/// Takes a block of customers, and the value of each node for them.
type Give<'a> = dyn FnMut(Range<usize>, &[Vec<bool>]) + 'a;

/// Gives, for one block of customers after the other, the value of every node that the roots
/// hang on.
fn each_block(population: &Population, plan: &Plan, roots: &[Option<usize>], now: i64, give: &mut Give<'_>) {
    let now = now.clamp(FIRST, LAST);
    let money = Money::new(plan, population);
    let wanted = wanted_nodes(plan, roots);
    if (0..wanted.len()).any(|index| wanted[index] && needs_time(plan, index)) {
        return each_customer(population, plan, &money, &wanted, now, give);
    }
    // Which nodes ask about each condition, and which conditions each series.
    let mut conditions: Vec<Vec<usize>> = vec![Vec::new(); plan.len(CONDITIONS)];
    for (index, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
        match plan.get(NODES, index, 0) {
            node::CONDITION => conditions[plan.index(NODES, index, 1)].push(index),
            node::STATES => conditions[0].push(index),
            _ => {}
        }
    }
    let mut asked: Vec<Asked<'_>> = Vec::new();
    let mut of_series = std::collections::BTreeMap::new();
    for (number, asking) in conditions.iter().enumerate().filter(|(_, asking)| !asking.is_empty()) {
        let condition = Condition::new(plan, number, now);
        let at = *of_series.entry(condition.series()).or_insert_with(|| {
            asked.push(Asked { series: Series::new(plan, population, &money, condition.series()), conditions: Vec::new() });
            asked.len() - 1
        });
        asked[at].conditions.push((condition, asking));
    }
    let (mut block, mut nodes): (Block, Vec<Vec<bool>>) = (Block::default(), vec![Vec::new(); wanted.len()]);
    for customers in blocks(population) {
        nodes.iter_mut().for_each(Vec::clear);
        for Asked { series, conditions } in &asked {
            series.gather(customers.clone(), &mut block);
            for (condition, asking) in conditions {
                condition.states(&block, |state| {
                    for &index in *asking {
                        let states = plan.get(NODES, index, 0) == node::STATES;
                        let value = if states { plan.list_of(NODES, index, 1).contains(&state) } else { state == 1 };
                        nodes[index].push(value);
                    }
                });
            }
        }
        for index in (0..wanted.len()).filter(|&index| wanted[index]) {
            combine(plan, index, customers.len(), &mut nodes);
        }
        give(customers, &nodes);
    }
}

/// Whether a node looks at more than one stretch of a customer's orders at one instant.
fn needs_time(plan: &Plan, index: usize) -> bool {
    match plan.get(NODES, index, 0) {
        node::KEEP => true,
        node::CONDITION => plan.get(CONDITIONS, plan.index(NODES, index, 1), 1) > measure::CELL,
        _ => false,
    }
}

/// As [`each_block`], for nodes that need time: one customer after the other, as a page evaluates
/// them.
fn each_customer(population: &Population, plan: &Plan, money: &Money<'_>, wanted: &[bool], now: i64, give: &mut Give<'_>) {
    let series: Vec<Series<'_>> = (0..plan.len(SERIES)).map(|number| Series::new(plan, population, money, number)).collect();
    let (mut block, mut nodes): (Block, Vec<Vec<bool>>) = (Block::default(), vec![Vec::new(); wanted.len()]);
    for customers in blocks(population) {
        nodes.iter_mut().for_each(Vec::clear);
        for customer in customers.clone() {
            let gathered = series.iter().map(|series| {
                series.gather(customer..customer + 1, &mut block);
                block.series()
            });
            let values = Evaluator::over(plan, gathered.collect(), now);
            for (node, value) in nodes.iter_mut().zip(values) {
                node.push(value);
            }
        }
        give(customers, &nodes);
    }
}

/// The nodes that some roots hang on.
fn wanted_nodes(plan: &Plan, roots: &[Option<usize>]) -> Vec<bool> {
    let mut wanted = vec![false; plan.len(NODES)];
    roots.iter().flatten().for_each(|&root| wanted[root] = true);
    for index in (0..wanted.len()).rev() {
        if wanted[index] {
            plan.parts(index).iter().for_each(|&child| wanted[child as usize] = true);
        }
    }
    wanted
}

/// Brings a group's values together; its parts stand before it.
fn combine(plan: &Plan, index: usize, len: usize, nodes: &mut [Vec<bool>]) {
    let kind = plan.get(NODES, index, 0);
    if kind < node::NOT {
        return;
    }
    let (parts, rest) = nodes.split_at_mut(index);
    let whole = &mut rest[0];
    whole.resize(len, kind != node::ANY);
    for &part in plan.list_of(NODES, index, 1) {
        for (whole, part) in whole.iter_mut().zip(&parts[part as usize]) {
            *whole = if kind == node::ANY { *whole | part } else { *whole & part };
        }
    }
    if kind == node::NOT {
        whole.iter_mut().for_each(|value| *value = !*value);
    }
}
