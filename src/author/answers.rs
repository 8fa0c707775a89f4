//! The core's numbers in the words of SPEC 7 and 9, as JSON.

use regulars_core::decide::{decide, outcome};
use regulars_core::evaluate::{Evaluator, Membership};
use regulars_core::plan::Plan;
use regulars_core::retention;
use regulars_core::visitor::Visitor;
use serde_json::{Map, Value, json};

/// What a plan's numbers stand for: `segments`, `cells`, `slots`, `campaigns`, `currencies`,
/// `timeZone`, `zoneVersion`.
pub fn names(plan: &Plan) -> Value {
    serde_json::from_slice(&plan.names).unwrap_or_default()
}

/// `{ "segments": { id: { "member", "holdsUntil", "partial" } }, "retention": { "cell",
/// "conversions", "daysSinceLast", "holdsUntil" }, "holdsUntil" }`. Instants are milliseconds.
pub fn membership(plan: &Plan, membership: &Membership) -> Value {
    let names = names(plan);
    let mut segments = Map::new();
    for (id, answer) in names["segments"].as_array().into_iter().flatten().zip(&membership.segments) {
        let answer = json!({ "member": answer.member, "holdsUntil": answer.holds_until, "partial": answer.partial });
        segments.insert(id.as_str().unwrap_or("").to_owned(), answer);
    }
    let cell = match membership.state {
        retention::NONE => json!("none"),
        retention::NULL => Value::Null,
        state => names["cells"][(state - retention::FIRST) as usize]["id"].clone(),
    };
    json!({
        "segments": segments,
        "retention": {
            "cell": cell,
            "conversions": membership.conversions,
            "daysSinceLast": membership.days_since_last,
            "holdsUntil": membership.state_until,
        },
        "holdsUntil": membership.holds_until,
    })
}

/// Decides for a slot: `{ "slot", "campaign", "variant", "content", "heldOut", "rejected": [ {
/// "campaign", "reason" } ], "holdsUntil" }`. A slot that no campaign is for shows nothing.
pub fn decision(evaluator: &mut Evaluator, plan: &Plan, visitor: &Visitor, slot: &str, now: i64) -> Value {
    let names = names(plan);
    let mut decision = json!({
        "slot": slot, "campaign": null, "variant": null, "content": null, "heldOut": false, "rejected": [], "holdsUntil": null,
    });
    let known = names["slots"].as_array().into_iter().flatten().position(|other| other == slot);
    let Some(number) = known else { return decision };
    let numbers = decide(evaluator, plan, visitor, number as i64, now);
    if let [until, outcomes @ ..] = &numbers[..] {
        decision["holdsUntil"] = if until.is_nan() { Value::Null } else { json!(*until as i64) };
        let mut rejected = Vec::new();
        for (campaign, outcome) in names["campaigns"].as_array().into_iter().flatten().zip(outcomes) {
            let reason = match *outcome as u8 {
                outcome::ELSEWHERE => continue,
                outcome::WHEN => "when",
                outcome::PARTIAL => "partial",
                outcome::PRIORITY => "priority",
                outcome::VARIANT => "variant",
                shown => {
                    let variant = &campaign["variants"][usize::from(shown - outcome::SHOWN)];
                    decision["campaign"] = campaign["id"].clone();
                    decision["variant"] = variant["id"].clone();
                    decision["content"] = variant["content"].clone();
                    continue;
                }
            };
            rejected.push(json!({ "campaign": campaign["id"], "reason": reason }));
        }
        decision["rejected"] = Value::from(rejected);
    }
    decision
}
