//! What can be proved of rules: that one never holds, or always, or only where another does.
//!
//! Proofs are of the compiled rules and by refutation: a group is taken apart until only
//! conditions are left, and [`Known`] says whether these contradict each other. Work is bounded;
//! what is not proved within the bound is not said. So everything said is true of every visitor
//! at every instant, and much that is true is not said.

use crate::known::{Known, holds_of_nothing, reachable};
use regulars_core::plan::{NODES, Plan, node};
use regulars_core::retention;

/// What is held against each other in one proof, and in all of a plan's.
const EACH: usize = 2_000;
const ALL: usize = 50_000;

/// What is proved of a node of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fate {
    /// It holds for no visitor at any instant.
    pub never: bool,
    /// It holds for every visitor at every instant.
    pub always: bool,
}

/// Proves things of the nodes of a plan.
#[derive(Debug)]
pub struct Prover<'a> {
    plan: &'a Plan,
    fates: Vec<Fate>,
    /// Of a visitor of whom nothing is known: whether each node can hold, and whether it can fail.
    of_nothing: Vec<(bool, bool)>,
    /// The grid's states that there are, as bits.
    reachable: i64,
    /// How much work is left, in this proof and in all.
    left: usize,
    whole: usize,
}

impl<'a> Prover<'a> {
    /// Looks at every node of a plan.
    pub fn new(plan: &'a Plan) -> Self {
        let mut prover = Prover { plan, fates: Vec::new(), of_nothing: Vec::new(), reachable: reachable(plan), left: 0, whole: ALL };
        // Nodes hang only on earlier ones.
        for node in 0..plan.len(NODES) {
            let fate = prover.find(node);
            prover.fates.push(fate);
            prover.of_nothing.push(prover.find_of_nothing(node));
        }
        prover
    }

    /// What is proved of a node.
    pub fn fate(&self, node: usize) -> Fate {
        self.fates.get(node).copied().unwrap_or_default()
    }

    /// Where the one holds, the other does.
    pub fn implies(&mut self, one: usize, other: usize) -> bool {
        one == other || self.clash(&[one], &[other])
    }

    /// There is no visitor and instant for which all of the first hold, and none of the second.
    pub fn clash(&mut self, hold: &[usize], fail: &[usize]) -> bool {
        self.left = EACH.min(self.whole);
        let before = self.left;
        let pending = hold.iter().map(|&node| (node, true)).chain(fail.iter().map(|&node| (node, false))).collect();
        let found = self.possible(pending, Known::default(), Vec::new());
        self.whole -= before - self.left;
        !found
    }

    /// Nothing more will be proved: the work that one plan may take is done.
    pub fn is_tired(&self) -> bool {
        self.whole == 0
    }

    fn find(&mut self, node: usize) -> Fate {
        let plan = self.plan;
        let parts: Vec<usize> = plan.parts(node).iter().map(|&part| part as usize).collect();
        let every = |get: fn(Fate) -> bool| parts.iter().all(|&part| get(self.fate(part)));
        let some = |get: fn(Fate) -> bool| parts.iter().any(|&part| get(self.fate(part)));
        let (never, always) = (|fate: Fate| fate.never, |fate: Fate| fate.always);
        match plan.get(NODES, node, 0) {
            node::NOT => Fate { never: every(always), always: every(never) },
            node::KEEP => Fate { never: every(never), always: every(always) },
            node::ALL => Fate { always: every(always), never: some(never) || (parts.len() > 1 && self.clash(&parts, &[])) },
            node::ANY => Fate { never: every(never), always: some(always) || (parts.len() > 1 && self.clash(&[], &parts)) },
            _ => Fate { never: self.clash(&[node], &[]), always: self.clash(&[], &[node]) },
        }
    }

    /// True unless it is proved that no visitor has all of `pending` (whether each node holds) with
    /// what is known. `choices` are groups of which one part must do; each node in them is true
    /// if it has to hold.
    fn possible(&mut self, mut pending: Vec<(usize, bool)>, mut known: Known, mut choices: Vec<(usize, bool)>) -> bool {
        let plan = self.plan;
        while let Some((node, holds)) = pending.pop() {
            let cost = 1 + known.len();
            if self.left < cost {
                self.left = 0;
                return true;
            }
            self.left -= cost;
            let fate = self.fate(node);
            if if holds { fate.never } else { fate.always } {
                return false;
            }
            let kind = plan.get(NODES, node, 0);
            let agrees = match kind {
                node::CONDITION => known.condition(plan, plan.index(NODES, node, 1), holds),
                node::STATES => known.states(plan, plan.list_of(NODES, node, 1), holds, self.reachable),
                node::KEEP => {
                    // Where it fails, its part fails as well.
                    if !holds {
                        pending.push((plan.parts(node)[0] as usize, false));
                    }
                    known.kept(node, holds)
                }
                node::ALL | node::ANY if (kind == node::ALL) != holds => {
                    choices.push((node, holds));
                    continue;
                }
                _ => {
                    let holds = holds != (kind == node::NOT);
                    pending.extend(plan.parts(node).iter().map(|&part| (part as usize, holds)));
                    continue;
                }
            };
            if !agrees {
                return false;
            }
        }
        let Some((choice, holds)) = choices.pop() else { return true };
        plan.parts(choice).iter().any(|&part| self.possible(vec![(part as usize, holds)], known.clone(), choices.clone()))
    }

    /// Whether a node holds for a visitor of whom nothing is known, at some instant at least.
    pub fn holds_of_nothing(&self, node: usize) -> bool {
        self.of_nothing.get(node).is_some_and(|found| found.0)
    }

    fn find_of_nothing(&self, node: usize) -> (bool, bool) {
        let plan = self.plan;
        let certain = |holds: bool| (holds, !holds);
        let mut parts = plan.parts(node).iter().map(|&part| self.of_nothing[part as usize]);
        match plan.get(NODES, node, 0) {
            // Where the clock decides, both may be.
            node::CONDITION => holds_of_nothing(plan, plan.index(NODES, node, 1)).map_or((true, true), certain),
            node::STATES => certain(plan.list_of(NODES, node, 1).contains(&retention::NONE)),
            node::NOT => parts.next().map_or((false, true), |(holds, fails)| (fails, holds)),
            node::ANY => parts.fold((false, true), |(some, every), (holds, fails)| (some || holds, every && fails)),
            _ => parts.fold((true, false), |(every, some), (holds, fails)| (every && holds, some || fails)),
        }
    }
}
