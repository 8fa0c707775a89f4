//! Rules to the tables of a plan ([`regulars_core::plan`]): each distinct row, list and text once.

use crate::campaigns::Read;
use crate::conditions::{Events, Wanted};
use crate::grid::{Cell, NONE};
use crate::predicates::{Operand, Predicate, Test};
use crate::rules::Rule;
use regulars_core::condition::{flag as condition_flag, measure};
use regulars_core::hash;
use regulars_core::number::{ONE, RATE_ONE};
use regulars_core::period::ALWAYS;
use regulars_core::plan::{
    CAMPAIGNS, CONDITIONS, LISTS, NODES, PREDICATES, Plan, RANKS, RATES, SEGMENTS, SERIES, SETTINGS, TABLES, TESTS, WIDTHS, ZONE, node,
};
use regulars_core::predicate::{field, flag, operand, step};
use regulars_core::retention;
use regulars_core::series::{only, weight};
use regulars_core::zone::Zone;
use std::collections::HashMap;

/// A plan under construction.
#[derive(Debug)]
pub struct Compiler {
    plan: Plan,
    /// Rows that are in a table already.
    rows: HashMap<(usize, Vec<i64>), usize>,
    /// Lists that are there already, and where.
    lists: HashMap<Vec<i64>, i64>,
    /// Clean form of the package's currency, for tests of currencies.
    currency: i64,
}

impl Compiler {
    /// Begins with the settings and the grid, which is the first condition.
    pub fn new(currency: &crate::text::Text, rates: &[(String, i64)], zone: Zone, cells: &[Cell]) -> Self {
        let plan = Plan { tables: vec![Vec::new(); TABLES], ..Plan::default() };
        let mut compiler = Self { plan, rows: HashMap::new(), lists: HashMap::new(), currency: 0 };
        compiler.currency = compiler.text(&currency.clean);
        let folded = compiler.text(&currency.folded);
        compiler.plan.tables[SETTINGS] = vec![zone.week_starts_on];
        compiler.plan.tables[RATES] = vec![folded, RATE_ONE];
        compiler.plan.tables[ZONE] = zone.offsets.iter().flat_map(|&(at, offset)| [at, offset]).collect();
        compiler.plan.zone = zone;
        for (currency, rate) in rates {
            let currency = compiler.text(currency);
            compiler.plan.tables[RATES].extend([currency, *rate]);
        }
        let bounds = cells.iter().flat_map(|cell| {
            let high = |high: Option<i64>| high.unwrap_or(i64::MAX);
            [state_of(cells, &cell.id), cell.conversions.0, high(cell.conversions.1), cell.days.0, high(cell.days.1)]
        });
        let cells = compiler.list(bounds.collect());
        let kinds = vec![compiler.text("conversion")];
        let kinds = compiler.list(kinds);
        let series = compiler.row(SERIES, vec![kinds[0], kinds[1], 0, 0, only::ALL, weight::PRESENCE]);
        let [form, first, second] = ALWAYS.numbers();
        compiler.row(CONDITIONS, vec![series, measure::CELL, 0, cells[0], cells[1], form, first, second]);
        compiler
    }

    fn text(&mut self, text: &str) -> i64 {
        self.plan.texts.intern(text.as_bytes()) as i64
    }

    /// The number of a row, appended if there was none like it.
    fn row(&mut self, table: usize, row: Vec<i64>) -> i64 {
        debug_assert_eq!(row.len(), WIDTHS[table]);
        let next = self.plan.len(table);
        let number = *self.rows.entry((table, row)).or_insert_with_key(|(_, row)| {
            self.plan.tables[table].extend(row);
            next
        });
        number as i64
    }

    /// Place and length of a list.
    fn list(&mut self, list: Vec<i64>) -> [i64; 2] {
        let len = list.len() as i64;
        let next = self.plan.tables[LISTS].len() as i64;
        let start = *self.lists.entry(list).or_insert_with_key(|list| {
            self.plan.tables[LISTS].extend(list);
            next
        });
        [start, len]
    }

    /// The node of a rule. `segments` are the nodes of segments compiled before; every reference
    /// must be among them.
    pub fn rule(&mut self, rule: &Rule, segments: &HashMap<&str, i64>, cells: &[Cell]) -> i64 {
        let (kind, list) = match rule {
            Rule::All(parts) | Rule::Any(parts) => {
                let mut nodes: Vec<i64> = parts.iter().map(|part| self.rule(part, segments, cells)).collect();
                nodes.sort_unstable();
                nodes.dedup();
                if let [only] = nodes[..] {
                    return only;
                }
                (if matches!(rule, Rule::All(_)) { node::ALL } else { node::ANY }, nodes)
            }
            Rule::Not(part) => (node::NOT, vec![self.rule(part, segments, cells)]),
            Rule::Segment(id, _) => return segments[id.as_str()],
            Rule::Retention(wanted) => {
                let mut states: Vec<i64> = wanted.iter().map(|id| state_of(cells, id)).collect();
                states.sort_unstable();
                states.dedup();
                (node::STATES, states)
            }
            Rule::Events(events) => {
                let condition = self.events(events);
                return self.row(NODES, vec![node::CONDITION, condition, 0]);
            }
        };
        let [start, len] = self.list(list);
        self.row(NODES, vec![kind, start, len])
    }

    fn events(&mut self, events: &Events) -> i64 {
        let kinds = events.kinds.iter().map(|kind| self.text(kind)).collect();
        let [start, len] = self.list(kinds);
        let condition = events.condition.as_ref().map_or(0, |predicate| 1 + self.predicate(predicate));
        let items = events.items.as_ref().map_or(0, |predicate| 1 + self.predicate(predicate));
        let series = self.row(SERIES, vec![start, len, condition, items, events.only, events.weight]);
        let Wanted { begins, missing, turns } = &events.wanted;
        let flags = i64::from(*begins) * condition_flag::BEGINS + i64::from(*missing) * condition_flag::MISSING;
        let [start, len] = self.list(turns.iter().map(|&(turn, above)| turn * 2 + i64::from(above)).collect());
        let [form, first, second] = events.period.numbers();
        self.row(CONDITIONS, vec![series, events.measure, flags, start, len, form, first, second])
    }

    fn predicate(&mut self, predicate: &Predicate) -> i64 {
        let mut steps = Vec::new();
        self.steps(predicate, &mut steps);
        let [start, len] = self.list(steps);
        self.row(PREDICATES, vec![start, len])
    }

    fn steps(&mut self, predicate: &Predicate, steps: &mut Vec<i64>) {
        match predicate {
            Predicate::All(parts) | Predicate::Any(parts) => {
                parts.iter().for_each(|part| self.steps(part, steps));
                let kind = if matches!(predicate, Predicate::All(_)) { step::ALL } else { step::ANY };
                steps.push((parts.len() as i64) << 2 | kind);
            }
            Predicate::Not(part) => {
                self.steps(part, steps);
                steps.push(step::NOT);
            }
            Predicate::Test(test) => steps.push(self.test(test) << 2 | step::TEST),
        }
    }

    fn test(&mut self, test: &Test) -> i64 {
        let name = if test.field == field::CURRENCY { self.currency } else { self.text(&test.name) };
        let flags = i64::from(test.negated) * flag::NEGATED + i64::from(test.case_sensitive) * flag::CASE;
        let [start, len] = match &test.operands[..] {
            [Operand { pattern: Some(pattern), .. }] => [self.plan.texts.intern(pattern) as i64, 0],
            operands => {
                let list = operands.iter().flat_map(|operand| self.operand(operand)).collect();
                self.list(list)
            }
        };
        self.row(TESTS, vec![test.field, name, flags, test.want, start, len])
    }

    fn operand(&mut self, wanted: &Operand) -> [i64; operand::WIDTH] {
        let text = wanted.text.as_ref().map(|text| self.text(text));
        let readings = [
            (wanted.number.is_some(), operand::NUMBER),
            (wanted.day.is_some(), operand::DAY),
            (text.is_some(), operand::TEXT),
            (wanted.boolean.is_some(), operand::BOOL),
        ];
        let readings = readings.iter().filter(|(has, _)| *has).map(|(_, reading)| reading).sum();
        let number = wanted.number.or(wanted.boolean.map(i64::from));
        [readings, number.unwrap_or(0), wanted.day.unwrap_or(0), text.unwrap_or(0), i64::from(wanted.strict)]
    }

    /// Appends a segment; without a root it is broken.
    pub fn segment(&mut self, root: Option<i64>) {
        self.plan.tables[SEGMENTS].push(root.map_or(0, |root| root + 1));
    }

    /// Appends campaigns that have an id and a slot (its number is given), ranked.
    pub fn campaigns(&mut self, campaigns: &[(&Read, usize)], segments: &HashMap<&str, i64>, cells: &[Cell]) {
        for (campaign, slot) in campaigns {
            let when = campaign.when.as_ref().filter(|_| !campaign.broken).map_or(0, |when| 1 + self.rule(when, segments, cells));
            let seed = hash::seed(campaign.id.as_deref().unwrap_or(""));
            let [start, len] = self.list(buckets(campaign));
            self.plan.tables[CAMPAIGNS].extend([*slot as i64, when, i64::from(campaign.allow_partial), i64::from(seed), start, len]);
        }
        let mut ranks: Vec<usize> = (0..campaigns.len()).collect();
        ranks.sort_by(|&a, &b| {
            let (a, b) = (campaigns[a].0, campaigns[b].0);
            b.priority.cmp(&a.priority).then_with(|| a.id.cmp(&b.id))
        });
        self.plan.tables[RANKS] = ranks.into_iter().map(|rank| rank as i64).collect();
    }

    /// The plan, with what its numbers stand for (JSON).
    pub fn finish(mut self, names: String) -> Plan {
        self.plan.names = names.into_bytes();
        self.plan
    }
}

/// The grid's state in a cell with this id.
fn state_of(cells: &[Cell], id: &str) -> i64 {
    match cells.iter().position(|cell| cell.id == id) {
        _ if id == NONE => retention::NONE,
        Some(first) => retention::FIRST + first as i64,
        None => retention::NULL,
    }
}

/// The range of buckets (0 … 9 999) of each variant, by GrowthBook's scheme: ranges follow each
/// other by weight, and coverage cuts each short. A bucket b is in the range [s, e) of parts of the
/// sum of weights if s ≤ b / 10 000 < e, compared exactly, so that the range of whole buckets
/// begins and ends at the ceiling of its bounds.
fn buckets(campaign: &Read) -> Vec<i64> {
    let total: i128 = campaign.variants.iter().map(|variant| i128::from(variant.weight)).sum();
    let mut before = 0i128;
    let mut ranges = Vec::new();
    for variant in &campaign.variants {
        let (weight, one) = (i128::from(variant.weight), i128::from(ONE));
        let from = before * one;
        let to = from + weight * i128::from(campaign.coverage);
        for end in [from, to] {
            ranges.push(if total > 0 { (end + total - 1).div_euclid(total) as i64 } else { 0 });
        }
        before += weight;
    }
    ranges
}
