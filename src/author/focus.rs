//! A plan and a visitor cut down to what one answer hangs on, so that asking about it again and
//! again, each time of a visitor a little different, costs no more than it must.

use regulars_core::condition::measure;
use regulars_core::evaluate::Evaluator;
use regulars_core::net::RETURN;
use regulars_core::plan::{CONDITIONS, NODES, Plan, SEGMENTS, SERIES, WIDTHS, node};
use regulars_core::series::{only, weight};
use regulars_core::time::{FIRST, LAST};
use regulars_core::visitor::Visitor;
use std::collections::BTreeSet;

/// What one node hangs on.
#[derive(Debug)]
pub struct Focus {
    /// The plan, in which whatever else there was stands empty. Numbers are those of the whole
    /// plan; there is no node after the root.
    pub plan: Plan,
    /// The node.
    pub root: usize,
    /// The nodes that it hangs on, itself included, ascending.
    pub nodes: Vec<usize>,
    /// Their conditions, ascending.
    pub conditions: Vec<usize>,
    /// The series of those.
    pub series: BTreeSet<usize>,
    /// The types of events that they look at.
    pub kinds: BTreeSet<Vec<u8>>,
}

impl Focus {
    /// On a node of a plan.
    pub fn new(plan: &Plan, root: usize) -> Self {
        let (mut nodes, mut conditions, mut series) = (BTreeSet::from([root]), BTreeSet::new(), BTreeSet::new());
        for index in (0..=root).rev() {
            if !nodes.contains(&index) {
                continue;
            }
            nodes.extend(plan.parts(index).iter().map(|&part| part as usize));
            match plan.get(NODES, index, 0) {
                node::CONDITION => _ = conditions.insert(plan.index(NODES, index, 1)),
                node::STATES => _ = conditions.insert(0),
                _ => {}
            }
        }
        for &condition in &conditions {
            let number = plan.index(CONDITIONS, condition, 0);
            series.insert(number);
            if plan.get(CONDITIONS, condition, 1) == measure::RATIO {
                series.insert(0); // all conversions
            }
            if plan.get(SERIES, number, 5) == weight::SEQUENCE {
                series.extend(steps_of(plan, number).map(|step| step[0] as usize));
            }
        }
        let mut kinds = BTreeSet::new();
        for &number in &series {
            kinds.extend(plan.list_of(SERIES, number, 0).iter().map(|&kind| plan.text(kind).to_vec()));
            if plan.get(SERIES, number, 4) & only::NET != 0 {
                kinds.insert(RETURN.to_vec());
            }
        }
        let mut plan = plan.clone();
        for number in (0..plan.len(SERIES)).filter(|number| !series.contains(number)) {
            plan.tables[SERIES][number * WIDTHS[SERIES] + 1] = 0;
        }
        plan.tables[NODES].truncate((root + 1) * WIDTHS[NODES]);
        for number in (0..root).filter(|number| !nodes.contains(number)) {
            let row = number * WIDTHS[NODES];
            plan.tables[NODES][row..row + WIDTHS[NODES]].copy_from_slice(&[node::ANY, 0, 0]);
        }
        plan.tables[SEGMENTS] = vec![root as i64 + 1];
        Focus { plan, root, nodes: nodes.into_iter().collect(), conditions: conditions.into_iter().collect(), series, kinds }
    }

    /// The visitor with only the events that are looked at.
    pub fn visitor(&self, visitor: &Visitor) -> Visitor {
        let mut visitor = visitor.clone();
        visitor.history.tables.retain(|table| self.kinds.contains(&table.kind));
        visitor
    }

    /// Whether the node holds at an instant.
    pub fn holds(&self, visitor: &Visitor, at: i64) -> bool {
        self.answer(visitor, at, at).0
    }

    /// Whether the node holds at an instant, and when that first changes up to a limit.
    pub fn answer(&self, visitor: &Visitor, at: i64, limit: i64) -> (bool, Option<i64>) {
        let (mut evaluator, at) = (Evaluator::default(), at.clamp(FIRST, LAST));
        evaluator.look(&self.plan, visitor, at, limit);
        let change = if limit > at { evaluator.change(&self.plan, visitor, self.root, limit) } else { i64::MAX };
        (evaluator.now(self.root).value, (change <= limit).then_some(change))
    }
}

/// The steps of a sequence: [`regulars_core::follow::WIDTH`] integers each.
pub fn steps_of(plan: &Plan, series: usize) -> impl Iterator<Item = &[i64]> {
    let steps = plan.list(plan.get(SERIES, series, 2), plan.get(SERIES, series, 3));
    steps.chunks_exact(regulars_core::follow::WIDTH)
}
