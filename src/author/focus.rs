//! A plan and a visitor cut down to what one answer hangs on, so that asking about it again and
//! again, each time of a visitor a little different, costs no more than it must.

use regulars_core::condition::measure;
use regulars_core::evaluate::Evaluator;
use regulars_core::net::RETURN;
use regulars_core::plan::{CONDITIONS, NODES, Plan, SEGMENTS, SERIES, WIDTHS, node};
use regulars_core::series::{only, weight};
use regulars_core::time::{FIRST, LAST};
use regulars_core::visitor::Visitor;

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
    /// The series of those, ascending.
    pub series: Vec<usize>,
    /// The types of events that they look at; some may be there twice.
    pub kinds: Vec<Vec<u8>>,
}

impl Focus {
    /// On a node of a plan.
    pub fn new(plan: &Plan, root: usize) -> Self {
        let mut nodes = vec![false; root + 1];
        let mut conditions = vec![false; plan.len(CONDITIONS)];
        let mut series = vec![false; plan.len(SERIES)];
        nodes[root] = true;
        for index in (0..=root).rev() {
            if !nodes[index] {
                continue;
            }
            plan.parts(index).iter().for_each(|&part| nodes[part as usize] = true);
            match plan.get(NODES, index, 0) {
                node::CONDITION => conditions[plan.index(NODES, index, 1)] = true,
                node::STATES => conditions[0] = true,
                _ => {}
            }
        }
        let (nodes, conditions) = (marked(&nodes), marked(&conditions));
        for &condition in &conditions {
            let number = plan.index(CONDITIONS, condition, 0);
            series[number] = true;
            if plan.get(CONDITIONS, condition, 1) == measure::RATIO {
                series[0] = true; // all conversions
            }
            if plan.get(SERIES, number, 5) == weight::SEQUENCE {
                steps_of(plan, number).for_each(|step| series[step[0] as usize] = true);
            }
        }
        let series = marked(&series);
        let mut kinds: Vec<Vec<u8>> = Vec::new();
        for &number in &series {
            kinds.extend(plan.list_of(SERIES, number, 0).iter().map(|&kind| plan.text(kind).to_vec()));
            if plan.get(SERIES, number, 4) & only::NET != 0 {
                kinds.push(RETURN.to_vec());
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
        Focus { plan, root, nodes, conditions, series, kinds }
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

/// Where it is true.
fn marked(marks: &[bool]) -> Vec<usize> {
    (0..marks.len()).filter(|&index| marks[index]).collect()
}

/// The steps of a sequence: [`regulars_core::follow::WIDTH`] integers each.
pub fn steps_of(plan: &Plan, series: usize) -> impl Iterator<Item = &[i64]> {
    let steps = plan.list(plan.get(SERIES, series, 2), plan.get(SERIES, series, 3));
    steps.chunks_exact(regulars_core::follow::WIDTH)
}
