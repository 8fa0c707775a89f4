//! What a slot shows now, why every other candidate lost, and until when that holds (SPEC 9).

use crate::evaluate::{Evaluator, HORIZON, hanging};
use crate::hash;
use crate::plan::{CAMPAIGNS, Plan, RANKS};
use crate::time::{FIRST, LAST};
use crate::visitor::Visitor;
use alloc::vec::Vec;

/// How a campaign fared in a decision. The numbers cross into JavaScript.
pub mod outcome {
    /// It is for another slot.
    pub const ELSEWHERE: u8 = 0;
    /// Its rule does not hold, or it is broken.
    pub const WHEN: u8 = 1;
    /// Its rule holds only on a history that may be incomplete.
    pub const PARTIAL: u8 = 2;
    /// Another comes first.
    pub const PRIORITY: u8 = 3;
    /// The visitor is outside its coverage.
    pub const VARIANT: u8 = 4;
    /// It is shown; its first variant, the others follow.
    pub const SHOWN: u8 = 5;
}

/// Decides for the slot with this number: until when the decision holds (NaN: it does not change
/// within the horizon), then the [`outcome`] of each campaign, in package order.
pub fn decide(evaluator: &mut Evaluator, plan: &Plan, visitor: &Visitor, slot: i64, now: i64) -> Vec<f64> {
    let now = now.clamp(FIRST, LAST);
    let limit = now + HORIZON;
    evaluator.look(plan, visitor, now, limit);
    let mut out = Vec::new();
    for _ in 0..plan.len(CAMPAIGNS) + 1 {
        out.push(f64::NAN);
    }
    let mut shown = None;
    // Only campaigns up to the one shown can change what is shown, and only those with a variant.
    let mut watched: Vec<(usize, Vec<usize>)> = Vec::new();
    for rank in 0..plan.len(RANKS) {
        let campaign = plan.index(RANKS, rank, 0);
        let mut outcome = outcome::ELSEWHERE;
        if plan.get(CAMPAIGNS, campaign, 0) == slot {
            outcome = outcome::WHEN;
            if let Some(when) = plan.index(CAMPAIGNS, campaign, 1).checked_sub(1) {
                let variant = if shown.is_none() { variant(plan, campaign, &visitor.id) } else { outcome::PRIORITY };
                if variant >= outcome::SHOWN {
                    watched.push((campaign, hanging(plan, when)));
                }
                if evaluator.now(when).value {
                    outcome = if partial_until(evaluator, plan, campaign, when) > now { outcome::PARTIAL } else { variant };
                }
                if outcome >= outcome::SHOWN {
                    shown = Some(campaign);
                }
            }
        }
        out[1 + campaign] = f64::from(outcome);
    }

    let mut at = now;
    loop {
        let (mut next, mut first) = (i64::MAX, None);
        for (campaign, parts) in &watched {
            let sample = evaluator.sample_ahead(plan, visitor, parts, at, limit);
            next = next.min(sample.until);
            let partial_until = partial_until(evaluator, plan, *campaign, parts[0]);
            if partial_until > at {
                next = next.min(partial_until);
            } else if sample.value && first.is_none() {
                first = Some(*campaign);
            }
        }
        if first != shown {
            out[0] = at as f64;
            return out;
        }
        if next > limit {
            return out;
        }
        at = next;
    }
}

/// Until when, not including, the campaign loses for a partial answer; the extreme is never.
fn partial_until(evaluator: &Evaluator, plan: &Plan, campaign: usize, when: usize) -> i64 {
    if plan.get(CAMPAIGNS, campaign, 2) > 0 { i64::MIN } else { evaluator.partial_until(when) }
}

/// The outcome of a campaign that is shown to a visitor: the variant whose range of buckets the
/// visitor falls into, or [`outcome::VARIANT`] outside the coverage.
fn variant(plan: &Plan, campaign: usize, id: &[u8]) -> u8 {
    let bucket = hash::bucket(plan.get(CAMPAIGNS, campaign, 3) as u32, id);
    let mut outcome = outcome::SHOWN;
    for range in plan.list_of(CAMPAIGNS, campaign, 4).chunks_exact(2) {
        if range[0] <= bucket && bucket < range[1] {
            return outcome;
        }
        outcome += 1;
    }
    outcome::VARIANT
}
