//! Trees: what they say of each node is what the evaluator says, and parts and wholes agree.

use super::{answer, asked};
use crate::each::{each_case, number_of};
use crate::generate::Case;
use serde_json::{Value, json};

/// Every node of a tree.
fn nodes(tree: &Value) -> Vec<&Value> {
    let mut found = vec![tree];
    for child in tree["children"].as_array().into_iter().flatten() {
        found.extend(nodes(child));
    }
    found
}

/// Whether a comparison of a measure holds of what was measured; `None` where that is not a plain number.
fn compares(actual: &Value, wanted: &Value) -> Option<bool> {
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    let ten_thousandths = |value: f64| (value * 10_000.0).round();
    let missing = actual.is_null();
    if !missing && !actual.is_number() {
        return None;
    }
    let actual = number(actual).map_or(f64::NAN, ten_thousandths);
    let value = &wanted["value"];
    let one = || number(value).map_or(f64::NAN, ten_thousandths);
    let pair = |index: usize| number(&value[index]).map_or(f64::NAN, ten_thousandths);
    let any = || value.as_array().unwrap().iter().any(|value| number(value).map(ten_thousandths) == Some(actual));
    Some(match wanted["modifier"].as_str()?.trim() {
        "is_exactly" => actual == one(),
        "is_not" => actual != one(),
        "is_less_than" => actual < one(),
        "is_at_most" => actual <= one(),
        "is_greater_than" => actual > one(),
        "is_at_least" => actual >= one(),
        "is_between" => pair(0) <= actual && actual <= pair(1),
        "is_not_between" => !(pair(0) <= actual && actual <= pair(1)),
        "is_one_of" => any(),
        "is_none_of" => !any(),
        "is_known" => !missing,
        "is_unknown" => missing,
        _ => return None,
    })
}

fn check_tree(case: &Case) -> Result<(), String> {
    let Some(asked) = asked(&case.package, &case.visitor, &case.context) else { return Ok(()) };
    for now in &case.nows {
        for (number, id) in asked.ids().iter().enumerate() {
            let tree = asked.explain(id, *now);
            if tree["problem"].is_object() {
                let broken = asked.plan.get(regulars_core::plan::SEGMENTS, number, 0) == 0;
                if tree["problem"]["code"] == "broken_segment" && broken {
                    continue;
                }
                return Err(format!("{id}: {tree}"));
            }
            let (member, until) = answer(&asked.plan, &asked.visitor, number, *now);
            if (tree["matched"].as_bool(), tree["holdsUntil"].as_i64()) != (Some(member), until) {
                return Err(format!("{id} at {now}: {member} until {until:?}, explained as {tree}"));
            }
            for node in nodes(&tree) {
                check_node(node)
                    .and_then(|()| check_events(node, *now))
                    .map_err(|sentence| format!("{id} at {now}: {sentence} in {node}"))?;
            }
        }
    }
    Ok(())
}

fn check_node(node: &Value) -> Result<(), String> {
    let matched = node["matched"].as_bool().ok_or("nothing matched")?;
    let path = node["path"].as_str().ok_or("no path")?;
    check_group(node, matched)?;
    let measure = node["wanted"]["measure"].as_str().unwrap_or("");
    // A quotient is shown rounded.
    if !measure.is_empty() && !["average_value", "ratio"].contains(&measure) {
        let holds = compares(&node["actual"], &node["wanted"]);
        if holds.is_some_and(|holds| holds != matched) {
            return Err(format!("the comparison says {holds:?}"));
        }
        if measure == "count" && node["actual"] != json!(node["evidence"].as_array().unwrap().len()) {
            return Err("the count is not that of the evidence".to_owned());
        }
    }
    if path.ends_with("keep") {
        return if matched != node["actual"].is_null() { Ok(()) } else { Err("it keeps what never held".to_owned()) };
    }
    if let Some(cells) = node["wanted"].as_array()
        && (node["actual"]["cell"].is_string() || node["actual"]["conversions"].is_number())
    {
        let within = cells.contains(&node["actual"]["cell"]);
        return if within == matched { Ok(()) } else { Err("the cell is another".to_owned()) };
    }
    Ok(())
}

/// Events lie where their reasons say, and each is named once.
fn check_events(node: &Value, now: i64) -> Result<(), String> {
    let list = |key: &str| node[key].as_array().into_iter().flatten();
    let (from, to) = (node["from"].as_i64().unwrap_or(i64::MIN), node["to"].as_i64().unwrap_or(now + 1));
    for event in list("evidence") {
        if !(from..to.min(now + 1)).contains(&event["at"].as_i64().unwrap()) {
            return Err(format!("{event} cannot count"));
        }
    }
    for event in list("leftOut") {
        let at = event["at"].as_i64().unwrap();
        let right = match event["reason"].as_str().unwrap() {
            "later" => at > now,
            "before_period" => at < from,
            "after_period" => (to..=now).contains(&at),
            // Of a sequence it comes first whether an event fits a step at all, and what follows may lie outside of the period.
            _ if node["actual"] == Value::Null && node.get("wanted").is_none() => true,
            _ => (from..to.min(now + 1)).contains(&at),
        };
        if !right {
            return Err(format!("{event} is left out for another reason"));
        }
    }
    let named: Vec<&Value> = list("evidence").chain(list("leftOut")).filter(|event| !event["id"].is_null()).collect();
    let same = |one: &Value, other: &Value| one["type"] == other["type"] && one["id"] == other["id"];
    let twice = named.iter().enumerate().find(|(index, event)| named[..*index].iter().any(|other| same(event, other)));
    twice.map_or(Ok(()), |(_, event)| Err(format!("{event} is there twice")))
}

fn check_group(node: &Value, matched: bool) -> Result<(), String> {
    let Some(children) = node["children"].as_array() else { return Ok(()) };
    let children: Vec<bool> = children.iter().map(|child| child["matched"].as_bool().unwrap()).collect();
    let next = node["path"].as_str().unwrap();
    let below = |word: &str| {
        let first = &node["children"][0]["path"];
        first.as_str().is_some_and(|path| path.strip_prefix(next).is_some_and(|rest| rest.starts_with(word)))
    };
    let wanted = match () {
        () if below("/all/") => children.iter().all(|child| *child),
        () if below("/any/") => children.iter().any(|child| *child),
        () if below("/not") => !children[0],
        () if node["wanted"].is_string() => children.first().copied().unwrap_or(matched),
        () => return Ok(()),
    };
    if wanted == matched { Ok(()) } else { Err(format!("its parts say {children:?}")) }
}

#[test]
fn trees_say_what_evaluate_says() {
    each_case(number_of("REGULARS_EXPLAIN", 2_000), |_, case| check_tree(case));
}
