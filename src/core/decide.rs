//! What a slot shows now, why every other candidate lost, and until when that holds (SPEC 9).

use crate::evaluate::{Evaluator, HORIZON};
use crate::hash;
use crate::json;
use crate::number::ONE;
use crate::plan::{Campaign, Plan};
use crate::sort::sort;
use crate::time::{FIRST, LAST};
use crate::visitor::Visitor;
use alloc::string::String;
use alloc::vec::Vec;

/// Why a campaign lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Its rule does not hold, or it is broken.
    When,
    /// Its rule holds only on a history that may be incomplete.
    Partial,
    /// Another comes first.
    Priority,
    /// The visitor is outside its coverage.
    Variant,
}

impl Reason {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Reason::When => "when",
            Reason::Partial => "partial",
            Reason::Priority => "priority",
            Reason::Variant => "variant",
        }
    }
}

/// A decision. Campaigns and variants are indexes in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is shown: campaign and variant.
    pub shown: Option<(usize, usize)>,
    /// The slot's other campaigns in package order, each with the reason.
    pub rejected: Vec<(usize, Reason)>,
    /// The first instant at which something else is shown; `None` if not within the horizon.
    pub holds_until: Option<i64>,
}

/// Decides for a slot. A slot that no campaign is for shows nothing, for ever.
pub fn decide(evaluator: &mut Evaluator, plan: &Plan, visitor: &Visitor, slot: &str, now: i64) -> Decision {
    let now = now.clamp(FIRST, LAST);
    let limit = now + HORIZON;
    evaluator.look(plan, visitor, now, limit);
    let id = visitor.id.as_deref().unwrap_or("");
    let mut ranked: Vec<usize> = (0..plan.campaigns.len()).filter(|&index| plan.campaigns[index].slot == slot).collect();
    let in_package_order = ranked.clone();
    sort(&mut ranked, |&a, &b| {
        let (a, b) = (&plan.campaigns[a], &plan.campaigns[b]);
        b.priority.cmp(&a.priority).then_with(|| a.id.cmp(&b.id))
    });

    let mut shown = None;
    let mut reasons: Vec<(usize, Reason)> = Vec::new();
    for &index in &ranked {
        let campaign = &plan.campaigns[index];
        let reason = match campaign.when {
            Some(when) if evaluator.holds(when) => {
                if !campaign.allow_partial && evaluator.is_partial(when, now) {
                    Reason::Partial
                } else if shown.is_some() {
                    Reason::Priority
                } else if let Some(variant) = assign(campaign, id) {
                    shown = Some((index, variant));
                    continue;
                } else {
                    Reason::Variant
                }
            }
            _ => Reason::When,
        };
        reasons.push((index, reason));
    }
    let reason_of = |index: usize| reasons.iter().find(|&&(other, _)| other == index).copied();
    let rejected = in_package_order.into_iter().filter_map(reason_of).collect();

    // Only campaigns up to the one shown can change what is shown, and only those with a variant.
    let rank = shown.and_then(|(index, _)| ranked.iter().position(|&other| other == index));
    ranked.truncate(rank.map_or(ranked.len(), |rank| rank + 1));
    ranked.retain(|&index| assign(&plan.campaigns[index], id).is_some());
    let holds_until = change(evaluator, plan, &ranked, shown.map(|(index, _)| index), now, limit);
    Decision { shown, rejected, holds_until }
}

/// The first instant up to `limit` at which another of the ranked campaigns, or none, is shown.
fn change(evaluator: &mut Evaluator, plan: &Plan, ranked: &[usize], shown: Option<usize>, now: i64, limit: i64) -> Option<i64> {
    let mut at = now;
    loop {
        let mut next = i64::MAX;
        let mut first = None;
        for &index in ranked {
            let campaign = &plan.campaigns[index];
            let Some(when) = campaign.when else { continue };
            let (holds, until) = evaluator.sample_ahead(plan, when, at, limit);
            next = next.min(until);
            let partial = !campaign.allow_partial && evaluator.is_partial(when, at);
            if partial {
                next = next.min(evaluator.partial_end(when));
            }
            if holds && !partial && first.is_none() {
                first = Some(index);
            }
        }
        if first != shown {
            return Some(at);
        }
        if next > limit {
            return None;
        }
        at = next;
    }
}

/// The variant a visitor is assigned, by GrowthBook's bucket ranges: coverage cuts each
/// variant's range short. Compared as whole numbers: bucket / 10 000 against sums of weights.
pub fn assign(campaign: &Campaign, id: &str) -> Option<usize> {
    let bucket = i128::from(hash::bucket(&campaign.id, id));
    let total: i128 = campaign.variants.iter().map(|variant| i128::from(variant.weight)).sum();
    let mut before = 0;
    for (index, variant) in campaign.variants.iter().enumerate() {
        let weight = i128::from(variant.weight);
        let place = bucket * total;
        // coverage has four places, as has a bucket, so they cancel out.
        if place >= before * i128::from(ONE) && place < before * i128::from(ONE) + weight * i128::from(campaign.coverage) {
            return Some(index);
        }
        before += weight;
    }
    None
}

impl Decision {
    /// The decision as SPEC 9 prints it; `content` is the published JSON itself.
    pub fn json(&self, plan: &Plan, slot: &str) -> String {
        let shown = self.shown.map(|(campaign, variant)| (&plan.campaigns[campaign], &plan.campaigns[campaign].variants[variant]));
        let mut out = String::from("{");
        json::key(&mut out, "slot");
        json::string(&mut out, slot);
        json::key(&mut out, "campaign");
        json::text(&mut out, shown.map(|(campaign, _)| campaign.id.as_str()));
        json::key(&mut out, "variant");
        json::text(&mut out, shown.map(|(_, variant)| variant.id.as_str()));
        json::key(&mut out, "content");
        out.push_str(shown.map_or("null", |(_, variant)| variant.content.as_str()));
        json::key(&mut out, "heldOut");
        json::boolean(&mut out, false);
        json::key(&mut out, "rejected");
        out.push('[');
        for &(index, reason) in &self.rejected {
            json::comma(&mut out);
            out.push('{');
            json::key(&mut out, "campaign");
            json::string(&mut out, &plan.campaigns[index].id);
            json::key(&mut out, "reason");
            json::string(&mut out, reason.name());
            out.push('}');
        }
        out.push(']');
        json::key(&mut out, "holdsUntil");
        json::integer(&mut out, self.holds_until);
        out.push('}');
        out
    }
}
