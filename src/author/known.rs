//! What a set of conditions says of a visitor at one instant, and whether that contradicts itself.
//!
//! Everything is read from the plan, where equal conditions are one. What is not understood says
//! nothing: that a contradiction is found proves it; that none is found proves nothing.

use crate::covers::covers;
use crate::numbers::{Numbers, Range};
use crate::within::{ages, back_to, lies_within, longest};
use regulars_core::condition::{flag, measure};
use regulars_core::period::{ALWAYS, Period};
use regulars_core::plan::{CONDITIONS, PREDICATES, Plan, SERIES};
use regulars_core::predicate::step;
use regulars_core::retention;
use regulars_core::series::{only, weight};
use regulars_core::visitor::is_present;

/// What is known of one measure, of one test of what is known, or of a sequence.
#[derive(Debug, Clone)]
struct Entry {
    /// The condition that said it last.
    condition: usize,
    says: Says,
    /// What follows of events.
    evidence: Vec<Evidence>,
}

#[derive(Debug, Clone)]
enum Says {
    /// The measure is one of these.
    Number(Numbers),
    /// Of the profile or the context, where a field may have many values: any of them satisfies
    /// this, or none does.
    Any(bool, Numbers),
    /// The condition, as a whole, holds or does not.
    Whole(bool),
}

/// What a set of conditions says. Each is asked about the same visitor and instant.
#[derive(Debug, Clone, Default)]
pub struct Known {
    entries: Vec<Entry>,
    /// Nodes that keep: whether they hold.
    kept: Vec<(usize, bool)>,
}

/// What one measure says of the events that it is over.
#[derive(Debug, Clone, Copy)]
pub struct Evidence {
    series: usize,
    period: Period,
    /// There are at least so many.
    pub least: i64,
    /// And at most so many.
    pub most: i64,
    /// If there is one: how many days ago the latest is.
    newest: (i64, i64),
    /// Of another measure that can only grow with the events: which, its least and its greatest.
    measured: (i64, i64, i64),
}

/// What the numbers of a condition can be.
pub fn range(plan: &Plan, condition: usize) -> Range {
    let kind = plan.get(CONDITIONS, condition, 1);
    let most = match kind {
        measure::COUNT | measure::ACTIVE_DAYS if only_of(plan, plan.index(CONDITIONS, condition, 0)) != only::ALL => 1,
        measure::ACTIVE_DAYS => back_to(plan.period(condition)).saturating_add(1),
        measure::DAYS_SINCE_LAST | measure::DAYS_SINCE_FIRST => back_to(plan.period(condition)),
        measure::DAYS_UNTIL_ANNIVERSARY => 366,
        measure::HOUR => 23,
        measure::WEEKDAY => 6,
        measure::CELL => retention::NULL + (plan.list_of(CONDITIONS, condition, 3).len() / retention::WIDTH) as i64,
        _ => i64::MAX,
    };
    let sums = matches!(kind, measure::TOTAL | measure::AVERAGE | measure::HIGHEST | measure::LOWEST);
    Range {
        whole: !sums && kind != measure::RATIO,
        positive: !sums && kind != measure::DAYS_SINCE,
        most,
        missable: (measure::AVERAGE..=measure::RATIO).contains(&kind) && kind != measure::CELL,
    }
}

/// The numbers that satisfy a condition.
pub fn wanted(plan: &Plan, condition: usize) -> Numbers {
    let (kind, flags) = (plan.get(CONDITIONS, condition, 1), plan.get(CONDITIONS, condition, 2));
    let turns = plan.list_of(CONDITIONS, condition, 3);
    if kind == measure::HOUR || kind == measure::WEEKDAY {
        return Numbers::of_bits(turns.first().copied().unwrap_or(0));
    }
    Numbers { begins: flags & flag::BEGINS != 0, missing: flags & flag::MISSING != 0, turns: turns.to_vec() }
}

fn only_of(plan: &Plan, series: usize) -> i64 {
    plan.get(SERIES, series, 4) & !only::NET
}

/// The series is of the profile or the context, of which no condition but the clock's has one value.
fn is_fact(plan: &Plan, condition: usize) -> bool {
    let kind = plan.get(CONDITIONS, condition, 1);
    let series = plan.index(CONDITIONS, condition, 0);
    let present = || plan.list_of(SERIES, series, 0).iter().any(|&kind| is_present(plan.text(kind)));
    kind != measure::HOUR && kind != measure::WEEKDAY && present()
}

/// The only test of a condition on what is known.
pub fn test_of(plan: &Plan, condition: usize) -> Option<usize> {
    let series = plan.index(CONDITIONS, condition, 0);
    if plan.get(SERIES, series, 5) != weight::PRESENCE {
        return None;
    }
    let predicate = plan.index(SERIES, series, 2).checked_sub(1)?;
    match plan.list_of(PREDICATES, predicate, 0) {
        [test] if test & 3 == step::TEST => Some((test >> 2) as usize),
        _ => None,
    }
}

impl Known {
    /// Learns that a condition holds, or does not; false if that contradicts what was known.
    pub fn condition(&mut self, plan: &Plan, condition: usize, holds: bool) -> bool {
        let says = if plan.get(CONDITIONS, condition, 1) == measure::SEQUENCE {
            Says::Whole(holds)
        } else {
            let range = range(plan, condition);
            let numbers = wanted(plan, condition).within(range);
            if is_fact(plan, condition) {
                Says::Any(holds, numbers)
            } else {
                Says::Number(if holds { numbers } else { numbers.opposite().within(range) })
            }
        };
        self.learn(plan, condition, says)
    }

    /// Learns that the grid's state is one of these, or none of them. `reachable` are those that
    /// some visitor is in.
    pub fn states(&mut self, plan: &Plan, states: &[i64], holds: bool, reachable: i64) -> bool {
        let bits = bits_of(states);
        let numbers = Numbers::of_bits(if holds { bits & reachable } else { !bits & reachable });
        reachable == 0 || self.learn(plan, 0, Says::Number(numbers.within(range(plan, 0))))
    }

    /// Learns that a node that keeps holds, or does not.
    pub fn kept(&mut self, node: usize, holds: bool) -> bool {
        self.kept.push((node, holds));
        !self.kept.contains(&(node, !holds))
    }

    /// How much there is to hold a new condition against.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Nothing is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn learn(&mut self, plan: &Plan, condition: usize, says: Says) -> bool {
        let key = |condition: usize| {
            let get = |column: usize| plan.get(CONDITIONS, condition, column);
            [get(0), get(1), get(5), get(6), get(7)]
        };
        let mut says = says;
        if let Says::Number(numbers) = &mut says {
            let same = |other: &Entry| matches!(other.says, Says::Number(_)) && key(other.condition) == key(condition);
            if let Some(at) = self.entries.iter().position(same) {
                if let Says::Number(others) = &self.entries[at].says {
                    *numbers = numbers.and(others).within(range(plan, condition));
                }
                self.entries.swap_remove(at);
            }
        }
        if let Says::Number(numbers) | Says::Any(true, numbers) = &says
            && numbers.is_empty()
        {
            return false;
        }
        let mut entry = Entry { condition, says, evidence: Vec::new() };
        entry.evidence = entry.evidence(plan);
        if self.entries.iter().any(|other| entry.contradicts(plan, other)) {
            return false;
        }
        self.entries.push(entry);
        true
    }
}

/// States as bits; those beyond are left out with all others.
fn bits_of(states: &[i64]) -> i64 {
    states.iter().fold(0, |bits, state| bits | 1 << (state & 63))
}

/// The states of the grid that a visitor can be in, as bits; 0 if there are too many to say.
pub fn reachable(plan: &Plan) -> i64 {
    const MANY: usize = 16;
    let cells = plan.list_of(CONDITIONS, 0, 3);
    if cells.len() > MANY * retention::WIDTH {
        return 0;
    }
    // Where a cell begins, or one has just ended, on either axis.
    let edges = |low: usize, first: i64| {
        let ends = cells.chunks_exact(retention::WIDTH).flat_map(move |cell| [cell[low], cell[low + 1].saturating_add(1)]);
        ends.chain([first]).filter(move |&edge| edge >= first && edge < i64::MAX).collect::<Vec<i64>>()
    };
    let (counts, days) = (edges(1, 1), edges(3, 0));
    let states: Vec<i64> = counts.iter().flat_map(|&count| days.iter().map(move |&days| retention::state(cells, count, days))).collect();
    bits_of(&states) | 1 << retention::NONE
}

impl Entry {
    fn contradicts(&self, plan: &Plan, other: &Entry) -> bool {
        match (&self.says, &other.says) {
            (Says::Whole(a), Says::Whole(b)) => self.condition == other.condition && a != b,
            (Says::Any(true, a), Says::Any(false, b)) => covers(plan, (self.condition, a), (other.condition, b)),
            (Says::Any(false, _), Says::Any(true, _)) => other.contradicts(plan, self),
            _ => {
                let other = &other.evidence;
                self.evidence.iter().any(|a| other.iter().any(|b| a.contradicts(plan, b) || b.contradicts(plan, a)))
            }
        }
    }

    fn evidence(&self, plan: &Plan) -> Vec<Evidence> {
        match &self.says {
            Says::Number(numbers) => evidence(plan, self.condition, numbers).into_iter().collect(),
            // Every step of a sequence that holds has happened, but an absent one.
            Says::Whole(true) => {
                let series = plan.index(CONDITIONS, self.condition, 0);
                let period = plan.period(self.condition);
                let there = plan.list_of(SERIES, series, 2).chunks_exact(4).filter(|step| step[3] == 0);
                there.map(|step| Evidence { least: 1, ..Evidence::of(step[0] as usize, period) }).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What the numbers of a measure say of the events that it is over.
pub fn evidence(plan: &Plan, condition: usize, numbers: &Numbers) -> Option<Evidence> {
    let kind = plan.get(CONDITIONS, condition, 1);
    let period = plan.period(condition);
    let mut evidence = Evidence::of(plan.index(CONDITIONS, condition, 0), period);
    let (low, high) = (numbers.lowest(0), numbers.highest());
    if kind == measure::DISTINCT_ITEMS || kind == measure::ACTIVE_DAYS {
        evidence.measured = (kind, low, high);
    }
    match kind {
        measure::COUNT => (evidence.least, evidence.most) = (low, high),
        measure::ACTIVE_DAYS => (evidence.least, evidence.most) = (low, if high == 0 { 0 } else { i64::MAX }),
        measure::DISTINCT_ITEMS | measure::TOTAL => evidence.least = i64::from(!numbers.has_zero()),
        measure::AVERAGE | measure::HIGHEST | measure::LOWEST => evidence.least = i64::from(!numbers.missing),
        measure::RATIO => evidence.least = i64::from(!numbers.missing && !numbers.has_zero()),
        measure::DAYS_SINCE_LAST | measure::DAYS_SINCE_FIRST => {
            evidence.least = i64::from(!numbers.missing);
            if numbers.is_only_missing() {
                evidence.most = 0;
            }
            // The latest is at most as long ago as the first.
            let low = if kind == measure::DAYS_SINCE_LAST { low } else { 0 };
            evidence.newest = (evidence.newest.0.max(low), evidence.newest.1.min(high));
        }
        measure::CELL => of_cells(plan, numbers, &mut evidence),
        _ => return None,
    }
    Some(evidence)
}

/// What is said of conversions by the cells that the visitor may be in.
fn of_cells(plan: &Plan, states: &Numbers, evidence: &mut Evidence) {
    let may = |state: i64| !states.and(&Numbers::of_bits(1 << state)).is_only_missing();
    (evidence.least, evidence.most, evidence.newest) = (i64::MAX, 0, (i64::MAX, 0));
    let mut more = |state: i64, counts: (i64, i64), days: (i64, i64)| {
        if may(state) {
            (evidence.least, evidence.most) = (evidence.least.min(counts.0), evidence.most.max(counts.1));
            evidence.newest = (evidence.newest.0.min(days.0), evidence.newest.1.max(days.1));
        }
    };
    more(retention::NULL, (1, i64::MAX), (0, i64::MAX));
    more(retention::NONE, (0, 0), (i64::MAX, 0));
    for cell in plan.list_of(CONDITIONS, 0, 3).chunks_exact(retention::WIDTH) {
        more(cell[0], (cell[1].max(1), cell[2]), (cell[3], cell[4]));
    }
}

impl Evidence {
    /// Nothing, of the events of a series in a period.
    fn of(series: usize, period: Period) -> Self {
        Evidence { series, period, least: 0, most: i64::MAX, newest: ages(period), measured: (measure::COUNT, 0, i64::MAX) }
    }

    /// It is about all that ever happened, and says that there are at most so many.
    pub fn ever_at_most(&self, count: i64) -> bool {
        self.most <= count && self.period == ALWAYS
    }

    /// There are events here, which are also events there, where they cannot be.
    fn contradicts(&self, plan: &Plan, other: &Evidence) -> bool {
        if !of_the_same(plan, self, other) {
            return false;
        }
        let every = lies_within(self.period, other.period);
        let more = self.measured.0 == other.measured.0 && self.measured.1 > other.measured.2;
        if every && (more || self.least > other.most) {
            return true;
        }
        // How old the latest event can be puts it in a period of its own.
        let oldest = self.newest.1;
        let latest = Period::Sliding { older: longest(oldest), newer: 0 };
        let there = every || (oldest < i64::MAX && lies_within(latest, other.period) && only_of(plan, other.series) == only::ALL);
        self.least > 0 && there && (other.most == 0 || oldest < other.newest.0)
    }
}

/// Every event that the one is over satisfies what the other asks for, apart from the period.
fn of_the_same(plan: &Plan, one: &Evidence, other: &Evidence) -> bool {
    if one.series == other.series && one.period == other.period {
        return true;
    }
    let get = |evidence: &Evidence, column: usize| plan.get(SERIES, evidence.series, column);
    let looser = |column: usize| get(other, column) == 0 || get(other, column) == get(one, column);
    let [ours, theirs] = [one, other].map(|evidence| plan.list_of(SERIES, evidence.series, 0));
    let net = |evidence: &Evidence| get(evidence, 4) & only::NET;
    let same_net = net(one) == net(other);
    let chosen = match only_of(plan, other.series) {
        only::ALL => true,
        // Which one is chosen hangs on all of them.
        chosen => chosen == only_of(plan, one.series) && same_net && ours == theirs && one.period == other.period,
    };
    // With what came back taken off, other lines are left to be asked about.
    let lines = get(other, 3) == 0 || same_net;
    chosen && ours.iter().all(|kind| theirs.contains(kind)) && looser(2) && looser(3) && lines && (same_net || net(other) == 0)
}

/// Whether a condition holds of a visitor of whom nothing is known; `None` if the clock decides.
pub fn holds_of_nothing(plan: &Plan, condition: usize) -> Option<bool> {
    let kind = plan.get(CONDITIONS, condition, 1);
    if kind == measure::HOUR || kind == measure::WEEKDAY {
        return None;
    }
    if kind == measure::SEQUENCE || is_fact(plan, condition) {
        return Some(false);
    }
    let numbers = wanted(plan, condition);
    Some(if range(plan, condition).missable { numbers.missing } else { numbers.has_zero() })
}
