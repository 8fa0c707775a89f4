//! Rules to the tables of a plan ([`regulars_core::plan`]): each distinct row, list and text once.

use crate::campaigns::Read;
use crate::catalogue::WEEKDAYS;
use crate::conditions::{Events, Wanted};
use crate::facts::Fact;
use crate::grid::{Cell, NONE};
use crate::predicates::{Operand, Predicate, Test};
use crate::rules::{Kind, Rule};
use crate::sequences::Sequence;
use regulars_core::condition::{flag as condition_flag, measure};
use regulars_core::event::Seen;
use regulars_core::hash;
use regulars_core::near;
use regulars_core::number::{ONE, RATE_ONE};
use regulars_core::period::{ALWAYS, Period};
use regulars_core::plan::{
    CAMPAIGNS, CONDITIONS, LISTS, NODES, PREDICATES, Plan, RANKS, RATES, SEGMENTS, SERIES, SETTINGS, TABLES, TESTS, WIDTHS, ZONE, node,
};
use regulars_core::predicate::{field, flag, holds, operand, step};
use regulars_core::retention;
use regulars_core::series::{only, weight};
use regulars_core::visitor::{CONTEXT, PROFILE};
use regulars_core::zone::Zone;
use std::collections::{BTreeMap, HashMap};

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
    /// Which node is the rule at a place.
    nodes: BTreeMap<String, usize>,
}

impl Compiler {
    /// Begins with the settings and the grid, which is the first condition.
    pub fn new(currency: &crate::text::Text, rates: &[(String, i64)], zone: Zone, cells: &[Cell]) -> Self {
        let plan = Plan { tables: vec![Vec::new(); TABLES], ..Plan::default() };
        let mut compiler = Self { plan, rows: HashMap::new(), lists: HashMap::new(), currency: 0, nodes: BTreeMap::new() };
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
        let node = self.kind(&rule.kind, segments, cells);
        self.nodes.insert(rule.place.0.clone(), node as usize);
        node
    }

    fn kind(&mut self, rule: &Kind, segments: &HashMap<&str, i64>, cells: &[Cell]) -> i64 {
        match rule {
            Kind::All(parts) | Kind::Any(parts) => {
                let mut nodes: Vec<i64> = parts.iter().map(|part| self.rule(part, segments, cells)).collect();
                nodes.sort_unstable();
                nodes.dedup();
                if let [only] = nodes[..] {
                    return only;
                }
                self.node(if matches!(rule, Kind::All(_)) { node::ALL } else { node::ANY }, nodes)
            }
            Kind::Not(part) => {
                let part = self.rule(part, segments, cells);
                self.node(node::NOT, vec![part])
            }
            Kind::Segment(id, _) => segments[id.as_str()],
            Kind::Retention(wanted) => {
                let mut states: Vec<i64> = wanted.iter().map(|id| state_of(cells, id)).collect();
                states.sort_unstable();
                states.dedup();
                self.node(node::STATES, states)
            }
            Kind::Events(events) => {
                let condition = self.events(events);
                self.row(NODES, vec![node::CONDITION, condition, 0])
            }
            Kind::Fact(fact) => self.fact(fact),
            Kind::Sequence(sequence) => {
                let condition = self.sequence(sequence);
                self.row(NODES, vec![node::CONDITION, condition, 0])
            }
        }
    }

    /// A node that lists something.
    fn node(&mut self, kind: i64, list: Vec<i64>) -> i64 {
        let [start, len] = self.list(list);
        self.row(NODES, vec![kind, start, len])
    }

    /// The node of a segment whose rule has a node, and whose members stay for so long.
    pub fn kept(&mut self, root: i64, keep: Option<i64>) -> i64 {
        keep.map_or(root, |keep| self.node(node::KEEP, vec![root, keep]))
    }

    fn events(&mut self, events: &Events) -> i64 {
        let kinds = events.kinds.iter().map(|kind| self.text(kind)).collect();
        let [start, len] = self.list(kinds);
        let condition = self.filter(events.condition.as_ref());
        let items = self.filter(events.items.as_ref());
        let only = events.only + i64::from(events.net) * only::NET;
        let series = self.row(SERIES, vec![start, len, condition, items, only, events.weight]);
        self.condition(series, events.measure, &events.wanted, events.period)
    }

    /// The condition that a measure of a series is wanted.
    fn condition(&mut self, series: i64, measure: i64, wanted: &Wanted, period: Period) -> i64 {
        let flags = i64::from(wanted.begins) * condition_flag::BEGINS + i64::from(wanted.missing) * condition_flag::MISSING;
        let [start, len] = self.list(wanted.turns.iter().map(|&(turn, above)| turn * 2 + i64::from(above)).collect());
        let [form, first, second] = period.numbers();
        self.row(CONDITIONS, vec![series, measure, flags, start, len, form, first, second])
    }

    /// The node of what is known: what is positive is a condition, the opposites are its opposite,
    /// so that they hold where nothing is known.
    fn fact(&mut self, fact: &Fact) -> i64 {
        let (positive, negated) = match fact {
            Fact::Profile(test) => (self.known(PROFILE, test), test.negated),
            Fact::Context(test) => (self.known(CONTEXT, test), test.negated),
            Fact::Days { field, measure, wanted } => {
                let (kinds, field) = (self.one_kind(PROFILE), self.text(field));
                let series = self.row(SERIES, vec![kinds[0], kinds[1], field, 0, only::ALL, weight::DATE]);
                // The opposite of a bound begins the other way round.
                let begins = wanted.begins != wanted.missing;
                let positive = Wanted { begins, missing: false, turns: wanted.turns.clone() };
                (self.condition(series, *measure, &positive, ALWAYS), wanted.missing)
            }
            Fact::Clock { measure, test } => match clock(*measure, test) {
                // What never changes needs no clock: all of nothing holds, any of nothing does not.
                0 => return self.node(node::ANY, vec![]),
                mask if mask == (1 << size_of_clock(*measure)) - 1 => return self.node(node::ALL, vec![]),
                mask => {
                    let kinds = self.one_kind(CONTEXT);
                    let series = self.row(SERIES, vec![kinds[0], kinds[1], 0, 0, only::ALL, weight::PRESENCE]);
                    let [start, len] = self.list(vec![mask]);
                    let [form, first, second] = ALWAYS.numbers();
                    (self.row(CONDITIONS, vec![series, *measure, 0, start, len, form, first, second]), false)
                }
            },
            Fact::Near { place: [latitude, longitude], within } => {
                let bound = f64::to_bits(near::bound(*within)).cast_signed();
                let [start, len] = self.list(vec![*latitude, *longitude, bound]);
                let test = self.row(TESTS, vec![field::NEAR, 0, 0, 0, start, len]);
                (self.one_known(CONTEXT, test), false)
            }
        };
        let node = self.row(NODES, vec![node::CONDITION, positive, 0]);
        if negated { self.node(node::NOT, vec![node]) } else { node }
    }

    fn one_kind(&mut self, kind: &[u8]) -> [i64; 2] {
        let kind = self.plan.texts.intern(kind) as i64;
        self.list(vec![kind])
    }

    /// The condition that what is known satisfies a test, before its negation.
    fn known(&mut self, kind: &[u8], test: &Test) -> i64 {
        let test = self.test(&Test { negated: false, ..test.clone() });
        self.one_known(kind, test)
    }

    fn one_known(&mut self, kind: &[u8], test: i64) -> i64 {
        let [start, len] = self.list(vec![test << 2 | step::TEST]);
        let predicate = 1 + self.row(PREDICATES, vec![start, len]);
        let kinds = self.one_kind(kind);
        let series = self.row(SERIES, vec![kinds[0], kinds[1], predicate, 0, only::ALL, weight::PRESENCE]);
        let there = Wanted { begins: false, missing: false, turns: vec![(ONE, false)] };
        self.condition(series, measure::COUNT, &there, ALWAYS)
    }

    /// The condition that the steps follow each other: over a series made of one series a step.
    fn sequence(&mut self, sequence: &Sequence) -> i64 {
        let (mut steps, mut every_kind) = (Vec::new(), Vec::new());
        for (index, step) in sequence.steps.iter().enumerate() {
            let kinds: Vec<i64> = step.kinds.iter().map(|kind| self.text(kind)).collect();
            every_kind.extend(&kinds);
            let [start, len] = self.list(kinds);
            let (condition, items) = (self.filter(step.condition.as_ref()), self.filter(step.items.as_ref()));
            let shared = step.same_item || sequence.steps.get(index + 1).is_some_and(|next| next.same_item);
            let weight = if shared { weight::ITEM_IDS } else { weight::PRESENCE };
            let series = self.row(SERIES, vec![start, len, condition, items, only::ALL, weight]);
            steps.extend([series, step.within.unwrap_or(i64::MAX), i64::from(step.same_item), i64::from(step.absent)]);
        }
        every_kind.sort_unstable();
        every_kind.dedup();
        let (kinds, steps) = (self.list(every_kind), self.list(steps));
        let series = self.row(SERIES, vec![kinds[0], kinds[1], steps[0], steps[1], only::ALL, weight::SEQUENCE]);
        let delay = sequence.steps.last().and_then(|step| step.within.filter(|_| step.absent)).unwrap_or(0);
        let [start, len] = self.list(vec![delay]);
        let [form, first, second] = sequence.period.numbers();
        self.row(CONDITIONS, vec![series, measure::SEQUENCE, 0, start, len, form, first, second])
    }

    fn filter(&mut self, predicate: Option<&Predicate>) -> i64 {
        predicate.map_or(0, |predicate| 1 + self.predicate(predicate))
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

    /// The plan, with what its numbers stand for (JSON), and which node is the rule at a place.
    pub fn finish(mut self, names: String) -> (Plan, BTreeMap<String, usize>) {
        self.plan.names = names.into_bytes();
        (self.plan, self.nodes)
    }
}

/// How many hours a day has, or days a week.
fn size_of_clock(measure: i64) -> i64 {
    if measure == measure::HOUR { 24 } else { WEEKDAYS.len() as i64 }
}

/// The hours or weekdays that satisfy a test, a bit each.
fn clock(measure: i64, test: &Test) -> i64 {
    let text = |text: &str| crate::text::Text { clean: text.to_owned(), folded: text.to_owned() };
    let zone = Zone { offsets: vec![], week_starts_on: 0 };
    let mut compiler = Compiler::new(&text("x"), &[], zone, &[]);
    let number = compiler.test(test) as usize;
    let satisfies = |index: &i64| {
        let seen = if measure == measure::HOUR {
            Seen::Number(i128::from(index * ONE))
        } else {
            let day = WEEKDAYS[*index as usize].0.as_bytes();
            Seen::Text { clean: day, folded: day, reading: 0, number: 0 }
        };
        holds(&compiler.plan, number, seen) != test.negated
    };
    (0..size_of_clock(measure)).filter(satisfies).map(|index| 1 << index).sum()
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
