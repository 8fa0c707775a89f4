//! Campaigns and decisions (SPEC 9): who wins a slot, which variant, and why the others lose.

use serde_json::Value;

use super::Reference;
use super::events::Visitor;
use super::numbers::ONE;
use super::rules::Rule;

pub struct Variant {
    pub id: String,
    pub weight: i128,
    pub content: Value,
}

pub struct Campaign {
    pub id: String,
    pub slot: String,
    pub priority: i128,
    /// None: the campaign is broken. `when` "may be left out": then it always holds.
    pub when: Option<Rule>,
    /// "partial": "allow"
    pub allows_partial: bool,
    pub coverage: i128,
    pub variants: Vec<Variant>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub campaign: Option<String>,
    pub variant: Option<String>,
    pub content: Value,
    pub rejected: Vec<(String, &'static str)>,
}

/// "Order of a decision, each stage with a reason code for whoever loses there: `when` → […] → `priority` (the larger
/// number wins, default 0, then the id that sorts first) → `variant` (outside `coverage`: the next campaign is tried)."
/// "`rejected` lists this slot's campaigns in package order."
pub fn decision(reference: &Reference, visitor: &Visitor, slot: &str, now: i64) -> Decision {
    let here: Vec<&Campaign> = reference.campaigns.iter().filter(|campaign| campaign.slot == slot).collect();
    let mut order = here.clone();
    order.sort_by(|a, b| b.priority.cmp(&a.priority).then_with(|| a.id.cmp(&b.id)));
    let mut winner: Option<(&Campaign, &Variant)> = None;
    let mut lost: Vec<(&Campaign, &'static str)> = Vec::new();
    for campaign in order {
        let reason = match &campaign.when {
            // "A broken campaign loses at `when`".
            None => "when",
            Some(when) if !reference.holds(when, visitor, now) => "when",
            // "A partial answer to `when` that would hold loses with reason `partial` […], unless the campaign says
            // "partial": "allow"".
            Some(when) if reference.reaches_back(when, visitor, now) && !campaign.allows_partial => "partial",
            Some(_) if winner.is_some() => "priority",
            Some(_) => {
                winner = variant(campaign, &visitor.id).map(|variant| (campaign, variant));
                if winner.is_some() {
                    continue;
                }
                "variant"
            }
        };
        lost.push((campaign, reason));
    }
    let reason_of = |campaign: &Campaign| {
        let lost = lost.iter().find(|(loser, _)| std::ptr::eq(*loser, campaign));
        lost.map(|(loser, reason)| (loser.id.clone(), *reason))
    };
    Decision {
        campaign: winner.map(|(campaign, _)| campaign.id.clone()),
        variant: winner.map(|(_, variant)| variant.id.clone()),
        content: winner.map_or(Value::Null, |(_, variant)| variant.content.clone()),
        rejected: here.into_iter().filter_map(reason_of).collect(),
    }
}

/// "GrowthBook's published scheme (hash version 2, bucket ranges from `coverage` and weights), over the visitor id as
/// UTF-16 code units, seeded with the campaign id; weights are divided by their sum, and ranges compared exactly": with
/// n the bucket of ten thousand, variant i has start ≤ n / 10 000 < start + coverage × weight, start being the sum of
/// the (full) weights before it.
fn variant<'a>(campaign: &'a Campaign, visitor: &str) -> Option<&'a Variant> {
    let sum: i128 = campaign.variants.iter().map(|variant| variant.weight).sum();
    let bucket = i128::from(bucket(&campaign.id, visitor)) * sum * ONE;
    let mut start = 0;
    for variant in &campaign.variants {
        let end = start + campaign.coverage * variant.weight;
        if (start * 10_000..end * 10_000).contains(&bucket) {
            return Some(variant);
        }
        start += ONE * variant.weight;
    }
    None
}

/// fnv1a32(text of fnv1a32(seed + value)) % 10 000
pub fn bucket(seed: &str, value: &str) -> u32 {
    fnv1a32(&fnv1a32(&format!("{seed}{value}")).to_string()) % 10_000
}

fn fnv1a32(text: &str) -> u32 {
    text.encode_utf16().fold(0x811c_9dc5, |hash: u32, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_growthbooks() {
        // From GrowthBook's own cases (hash version 2).
        for (seed, value, wanted) in [("seed", "a", 505), ("seed", "b", 2696), ("foo", "ab", 2575), ("foo", "def", 2019)] {
            assert_eq!(bucket(seed, value), wanted, "{seed} {value}");
        }
    }

    fn campaign(coverage: i128, weights: &[i128]) -> Campaign {
        let variant = |weight: &i128| Variant { id: weight.to_string(), weight: *weight, content: Value::Null };
        let variants = weights.iter().map(variant).collect();
        Campaign { id: "seed".into(), slot: "s".into(), priority: 0, when: None, allows_partial: false, coverage, variants }
    }

    #[test]
    fn ranges_are_compared_exactly() {
        let shown = |campaign: &Campaign, visitor: &str| variant(campaign, visitor).map(|variant| variant.id.clone());
        // "a" is in bucket 505: a range that ends at 0.0505 leaves it out, one that ends at 0.0506 takes it in.
        assert_eq!(shown(&campaign(505, &[10_000]), "a"), None);
        assert_eq!(shown(&campaign(506, &[10_000]), "a"), Some("10000".into()));
        // "b" is in bucket 2696. Halves: [0, 0.25) and [0.5, 0.75) at coverage 0.5.
        assert_eq!(shown(&campaign(5_000, &[7, 7]), "b"), None);
        assert_eq!(shown(&campaign(10_000, &[2_696, 7_304]), "b"), Some("7304".into()));
        assert_eq!(shown(&campaign(10_000, &[2_697, 7_303]), "b"), Some("2697".into()));
    }
}
