//! How much one evaluation can take at most, whatever the history: nothing that a package may say
//! makes a page wait without end.
//!
//! Steps are counted where the evaluator spends its time: a sample of a node, a step of a walk, an
//! event that a walk begins with, an event that is read again because a return came in between.
//!
//! The answer of a node is looked for ahead: from one instant at which it may change to the next,
//! up to 800 days. So a search takes, for the nodes that it hangs on,
//! `(changes + 2) × nodes + walks`, where over a span of time with so many events
//!
//! - `hour` changes once an hour and at every change of the clocks,
//! - `weekday`, `days_since` and `days_until_anniversary` change once a day,
//! - every other condition changes twice an event, when it comes into the period and when it goes,
//!   and what counts days also once a day, or once for each number it is compared with,
//! - what is kept changes as often as its rule, and at most twice in the time that it is kept.
//!
//! There is one search for each segment, and one for each rule that is kept, which begins as long
//! before now as those keep that hang on it. A condition that has been walked twice as far as its
//! history is long is walked once more, from its first event to its last, and then known for good.
//! The others, net of returns or by the clock, are walked anew in each search.

use regulars_core::condition::{is_finite, measure};
use regulars_core::evaluate::{HORIZON, hanging, keep_of};
use regulars_core::plan::{CAMPAIGNS, CONDITIONS, NODES, Plan, SEGMENTS, SERIES, node};
use regulars_core::retention;
use regulars_core::series::only;
use regulars_core::time::{DAY, FIRST, LAST};

/// So many events a visitor is said to have when a bound is told.
pub const EVENTS: usize = 1000;

/// How far ahead a search goes.
const AHEAD: i64 = 2 * HORIZON;
const HOUR: i64 = 3_600_000;

/// An upper bound of the steps that one evaluation of a plan takes for a history of so many events.
pub fn bound(plan: &Plan, events: usize) -> u64 {
    let (work, mut steps) = begun(plan, events);
    for root in roots(plan, SEGMENTS, 0) {
        steps = steps.saturating_add(work.search(root, AHEAD).1);
    }
    steps
}

/// An upper bound of the steps that one decision takes, whichever the slot: all of its campaigns
/// are looked at whenever one of them may change.
pub fn decision(plan: &Plan, events: usize) -> u64 {
    let (work, steps) = begun(plan, events);
    let (mut changes, mut nodes, mut walks) = (2u64, 0u64, 0u64);
    for root in roots(plan, CAMPAIGNS, 1) {
        let (its_changes, search) = work.search(root, HORIZON);
        let its_nodes = hanging(plan, root).len() as u64;
        // Its answer may cease to be partial, and its nodes are looked at once more.
        changes = changes.saturating_add(its_changes).saturating_add(1);
        nodes += its_nodes;
        walks = walks.saturating_add(search);
    }
    steps.saturating_add(changes.saturating_mul(nodes)).saturating_add(walks)
}

/// The roots that the rows of a table name, each + 1.
fn roots(plan: &Plan, table: usize, column: usize) -> impl Iterator<Item = usize> {
    (0..plan.len(table)).filter_map(move |row| plan.index(table, row, column).checked_sub(1))
}

/// What there is to know of a plan, and the steps of looking at every node now.
fn begun(plan: &Plan, events: usize) -> (Work<'_>, u64) {
    let mut work = Work { plan, events: events as u64 + 1, since: asked_for(plan), changes: vec![0; plan.len(NODES)] };
    let mut steps = plan.len(NODES) as u64;
    for condition in 0..plan.len(CONDITIONS) {
        steps = steps.saturating_add(if work.is_kept(condition) { work.once(condition) } else { work.again(condition, AHEAD) });
    }
    for index in 0..plan.len(NODES) {
        if let (node::KEEP, &[part]) = (plan.get(NODES, index, 0), plan.parts(index)) {
            let span = work.since[index].saturating_add(keep_of(plan, index)).saturating_add(AHEAD);
            let (changes, search) = work.search(part as usize, span.min(LAST - FIRST + AHEAD));
            work.changes[index] = changes.saturating_add(2);
            steps = steps.saturating_add(search);
        }
    }
    (work, steps)
}

/// How long before now each node is asked for.
fn asked_for(plan: &Plan) -> Vec<i64> {
    let mut since = vec![0i64; plan.len(NODES)];
    for index in (0..since.len()).rev() {
        let back = since[index].saturating_add(keep_of(plan, index));
        for &part in plan.parts(index) {
            let part = part as usize;
            since[part] = since[part].max(back);
        }
    }
    since
}

struct Work<'a> {
    plan: &'a Plan,
    /// Events, and one for the profile.
    events: u64,
    /// By node: how long before now it is asked for.
    since: Vec<i64>,
    /// By node: of those that keep, how often each changes in all that time.
    changes: Vec<u64>,
}

impl Work<'_> {
    fn is_net(&self, condition: usize) -> bool {
        self.plan.get(SERIES, self.plan.index(CONDITIONS, condition, 0), 4) & only::NET != 0
    }

    /// Its states over all time are known after a while.
    fn is_kept(&self, condition: usize) -> bool {
        is_finite(self.plan.get(CONDITIONS, condition, 1)) && !self.is_net(condition)
    }

    /// At how many numbers of days a condition turns.
    fn day_turns(&self, condition: usize) -> u64 {
        let turns = self.plan.list_of(CONDITIONS, condition, 3).len();
        match self.plan.get(CONDITIONS, condition, 1) {
            measure::DAYS_SINCE_LAST | measure::DAYS_SINCE_FIRST => turns as u64,
            measure::CELL => 2 * (turns / retention::WIDTH) as u64,
            _ => 0,
        }
    }

    /// How often a condition may change in a span of time.
    fn changes(&self, condition: usize, span: i64) -> u64 {
        let clocks = self.plan.zone.offsets.len() as u64;
        let times = |length: i64| (span / length) as u64 + 2 + 2 * clocks;
        match self.plan.get(CONDITIONS, condition, 1) {
            measure::HOUR => times(HOUR),
            later if later >= measure::DAYS_SINCE => times(DAY),
            _ => 2 * self.events + (self.events.saturating_mul(self.day_turns(condition))).min(times(DAY)),
        }
    }

    /// What a condition takes that is known after a while.
    fn once(&self, condition: usize) -> u64 {
        // A number of days may be any up to 4 000 000, and each day begins once.
        let all = 2 * self.events + (self.events.saturating_mul(self.day_turns(condition))).min(8_000_000);
        3 * self.events + 66 + 2 * all
    }

    /// What a condition takes in a search, if it is walked anew.
    fn again(&self, condition: usize, span: i64) -> u64 {
        let changes = self.changes(condition, span);
        if !self.is_net(condition) {
            return 2 * changes + 2;
        }
        let (walks, readings) = ((changes + 1).saturating_mul(self.events + 2), (self.events + 1) * self.events);
        changes.saturating_add(walks).saturating_add(readings)
    }

    /// How often a node may change in a span of time, and what it takes to see all of that.
    fn search(&self, root: usize, span: i64) -> (u64, u64) {
        let (mut changes, mut walks) = (0u64, 0u64);
        let parts = hanging(self.plan, root);
        let mut grid = false;
        for &index in &parts {
            let condition = match self.plan.get(NODES, index, 0) {
                node::CONDITION => self.plan.index(NODES, index, 1),
                node::STATES if !grid => {
                    grid = true;
                    0
                }
                node::KEEP => {
                    let most = 2 * ((span / keep_of(self.plan, index).max(1)) as u64 + 2);
                    changes = changes.saturating_add(self.changes[index].min(most));
                    continue;
                }
                _ => continue,
            };
            changes = changes.saturating_add(self.changes(condition, span));
            if !self.is_kept(condition) {
                walks = walks.saturating_add(self.again(condition, span));
            }
        }
        (changes, (changes.saturating_add(2)).saturating_mul(parts.len() as u64).saturating_add(walks))
    }
}
