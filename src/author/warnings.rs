//! Warnings about rules that work, but hardly as meant. "Never" and "always" are proved
//! ([`crate::prove`]); the rest are traps that marketers are known to walk into
//! ([`crate::traps`]).

use crate::diagnostic::{Place, Problems, code};
use crate::known::{evidence, range, wanted};
use crate::prove::Prover;
use crate::rules::{Kind, Rule};
use regulars_core::plan::{NODES, Plan};
use std::collections::BTreeMap;

/// Warnings of one rule that say what is proved of its parts.
const MANY: usize = 20;

/// What warnings are found from.
pub struct Warner<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Which of its nodes is the rule at a place.
    pub nodes: &'a BTreeMap<String, usize>,
    /// What is proved of them.
    pub prover: Prover<'a>,
}

impl Warner<'_> {
    /// Warns about a whole rule that works: of a segment, or of a campaign.
    pub fn rule(&mut self, problems: &mut Problems, rule: &Rule) {
        let Some(root) = self.node(rule) else { return };
        let mut found = Problems::default();
        self.proved(&mut found, rule);
        found.list.truncate(MANY);
        problems.list.append(&mut found.list);
        if !self.prover.fate(root).always {
            self.new_visitors(problems, rule, root);
        }
    }

    fn node(&self, rule: &Rule) -> Option<usize> {
        self.nodes.get(&rule.place.0).copied()
    }

    /// Warns about the smallest parts that never hold, or always: a group for which a part of it
    /// is to blame is not named as well.
    fn proved(&mut self, problems: &mut Problems, rule: &Rule) {
        let Some(node) = self.node(rule) else { return };
        let (parts, group) = match &rule.kind {
            Kind::All(parts) => (&parts[..], Some(true)),
            Kind::Any(parts) => (&parts[..], Some(false)),
            Kind::Not(part) => return self.proved(problems, part),
            // What is said elsewhere is warned about there.
            Kind::Segment(..) => return,
            _ => (&[][..], None),
        };
        for part in parts {
            self.proved(problems, part);
        }
        let fate = self.prover.fate(node);
        let Some(all) = group else {
            if fate.never {
                let fix = "Check the modifier and the value.";
                problems.warning(code::NEVER_MATCHES, &rule.place, "This never holds, whatever happens and whatever the time is.", fix);
            } else if fate.always {
                let message = "This always holds, for every visitor and at every time, so it says nothing.";
                problems.warning(code::ALWAYS_MATCHES, &rule.place, message, "Leave it out, or check the modifier and the value.");
            }
            return;
        };
        let decided = |node: usize| {
            let fate = self.prover.fate(node);
            if all { fate.never } else { fate.always }
        };
        let nodes: Vec<usize> = parts.iter().filter_map(|part| self.node(part)).collect();
        if !decided(node) || nodes.iter().any(|&part| decided(part)) {
            return;
        }
        match self.siblings(&nodes, all) {
            Some((one, other)) => siblings(problems, &parts[one].place, &parts[other].place, all),
            None if all => {
                let fix = "Look for parts of which one leaves no room for the rest, or use `any`.";
                problems.warning(code::NEVER_MATCHES, &rule.place, "No visitor can ever satisfy all of these at once.", fix);
            }
            None => {
                let message = "Every visitor always satisfies one of these, so together they say nothing.";
                problems.warning(code::ALWAYS_MATCHES, &rule.place, message, "Use `all`, or leave the group out.");
            }
        }
    }

    /// The first two that exclude each other; of an `any`, that leave nothing out.
    fn siblings(&mut self, nodes: &[usize], all: bool) -> Option<(usize, usize)> {
        for other in 1..nodes.len() {
            for one in 0..other {
                if self.prover.is_tired() {
                    return None;
                }
                let pair = [nodes[one], nodes[other]];
                if if all { self.prover.clash(&pair, &[]) } else { self.prover.clash(&[], &pair) } {
                    return Some((one, other));
                }
            }
        }
        None
    }

    /// Warns if a rule about what happened also holds where nothing ever did, and does not say so.
    fn new_visitors(&self, problems: &mut Problems, rule: &Rule, root: usize) {
        let (mut history, mut meant) = (false, false);
        self.about_history(rule, true, &mut |asks_for_none| {
            history = true;
            meant |= asks_for_none;
        });
        if history && !meant && self.prover.holds_of_nothing(root) {
            let fix = "Add what they must have done before, such as at least 1 conversion at any time. If new visitors are meant, ask for that: \
                       exactly 0 without a period.";
            let message = "This also matches brand-new visitors, who have done nothing yet.";
            problems.warning(code::MATCHES_NEW_VISITORS, &rule.place, message, fix);
        }
    }

    /// Each condition on history, and whether it asks for visitors who never did something: `holds`
    /// is false within an opposite.
    fn about_history(&self, rule: &Rule, holds: bool, see: &mut impl FnMut(bool)) {
        match &rule.kind {
            Kind::All(parts) | Kind::Any(parts) => parts.iter().for_each(|part| self.about_history(part, holds, see)),
            Kind::Not(part) => self.about_history(part, !holds, see),
            Kind::Retention(cells) => see(holds && cells.iter().any(|cell| cell == crate::grid::NONE)),
            Kind::Sequence(_) => see(false),
            Kind::Events(events) => {
                let Some(node) = self.node(rule) else { return };
                let condition = self.plan.index(NODES, node, 1);
                let range = range(self.plan, condition);
                let numbers = wanted(self.plan, condition);
                let numbers = if holds { numbers } else { numbers.opposite() }.within(range);
                // A first visit is what makes a visitor new; a first order does not.
                let few = i64::from(events.kinds.iter().all(|kind| kind != "conversion"));
                see(evidence(self.plan, condition, &numbers).is_some_and(|evidence| evidence.ever_at_most(few)));
            }
            Kind::Fact(_) | Kind::Segment(..) => {}
        }
    }
}

fn siblings(problems: &mut Problems, one: &Place, other: &Place, all: bool) {
    let (message, fix) = if all {
        (" exclude each other, so that together they never hold.", "Change one of the two, or use `any`.")
    } else {
        (" leave nothing out between them, so that together they always hold.", "Change one of the two, or use `all`.")
    };
    let message = ["This and ", &one.0, message].concat();
    problems.warning(code::CONTRADICTORY_SIBLINGS, other, message, fix);
}
