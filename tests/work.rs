//! An evaluation takes no more steps than `work::bound` says: on generated packages, and on the worst that we can build.

mod each;
mod generate;
#[path = "hostile/mod.rs"]
#[allow(dead_code, reason = "the test of hostile packages needs more of it")]
mod hostile;
mod reference;

use each::{each_case, number_of};
use hostile::{kept, package};
use regulars::{Evaluator, Visitor, compile_package, fold, read_visitor};
use regulars_author::work::{EVENTS, bound};
use serde_json::{Value, json};

/// 15 June 2026, 12:00 UTC.
const NOW: i64 = 1_781_524_800_000;
const DAY: i64 = 86_400_000;

/// The steps that the first evaluation at an instant takes, and their bound.
fn steps(package: &Value, visitor: &Value, now: i64) -> (u64, u64) {
    let Some(plan) = compile_package(package, false).plan else { return (0, 0) };
    let mut read = Visitor::default();
    read_visitor(&mut read, visitor, fold);
    let mut evaluator = Evaluator::default();
    evaluator.evaluate(&plan, &read, now);
    (evaluator.steps, bound(&plan, visitor["events"].as_array().map_or(0, Vec::len)))
}

#[test]
fn no_generated_case_takes_more_steps_than_its_bound() {
    each_case(number_of("REGULARS_WORK", 3_000), |_, case| {
        for &now in &case.nows {
            let (steps, bound) = steps(&case.package, &case.visitor, now);
            if steps > bound {
                return Err(format!("{steps} steps at {now}, more than {bound}"));
            }
        }
        Ok(())
    });
}

/// A visitor with so many orders, four days apart, half of them to come; and as many returns between them.
fn busy(orders: i64) -> Value {
    let at = |number: i64| NOW + (number - orders / 2) * 4 * DAY;
    let order = |n: i64| json!({ "type": "conversion", "id": n.to_string(), "at": at(n), "value": n % 7, "items": [{ "id": (n % 5).to_string() }] });
    let back = |n: i64| json!({ "type": "return", "id": n.to_string(), "at": at(n) + DAY, "value": 1, "properties": { "conversion": n.to_string() } });
    let events: Vec<Value> = (0..orders).flat_map(|n| [order(n), back(n)]).collect();
    json!({ "profile": { "born": "1990-02-28" }, "events": events })
}

fn hours(hours: impl Iterator<Item = usize>) -> Value {
    json!({ "context": { "field": "hour", "modifier": "is_one_of", "value": hours.collect::<Vec<_>>() } })
}

fn segments(count: usize, rule: impl Fn(usize) -> Value) -> Value {
    package((0..count).map(|n| json!({ "id": format!("s{n}"), "rule": rule(n) })).collect())
}

/// Both never hold together, and one of them changes every hour.
fn never(n: usize) -> Value {
    let other = 1 + n % 23;
    json!({ "all": [hours([0, other].into_iter()), hours((0..24).filter(|&hour| hour != 0 && hour != other))] })
}

fn worst() -> Vec<(&'static str, Value)> {
    let day = |n: usize| json!({ "events": { "of": "conversion", "measure": "days_since_last", "modifier": "is_one_of", "value": (0..n).map(|n| 2 * n).collect::<Vec<_>>() } });
    let net = |n: usize| json!({ "events": { "of": "conversion", "measure": "total_value", "net": true, "modifier": "is_at_least", "value": 10_000 + n, "period": { "last": 30 + n, "unit": "day" } } });
    let count = |n: usize| json!({ "events": { "of": "conversion", "modifier": "is_exactly", "value": n % 9, "period": { "last": 1 + n, "unit": "day" } } });
    let date =
        |n: usize| json!({ "profile": { "field": "born", "measure": "days_until_anniversary", "modifier": "is_exactly", "value": n } });
    let weekday = |n: usize| json!({ "context": { "field": "weekday", "modifier": "is_none_of", "value": [(["monday", "friday", "sunday"][n % 3])] } });
    let keep = |package: Value, days: i64| {
        let mut package = package;
        for segment in package["segments"].as_array_mut().unwrap() {
            segment["keep"] = json!({ "last": days, "unit": "day" });
        }
        package
    };
    vec![
        ("hours that never meet", segments(20, never)),
        ("hours that never meet, kept", keep(segments(3, never), 400)),
        ("many hours in one rule", segments(1, |_| json!({ "all": (0..23).map(never).collect::<Vec<_>>() }))),
        ("hours, weekdays and days", segments(5, |n| json!({ "all": [never(n), weekday(n), { "any": [day(40), date(n)] }] }))),
        ("all weekdays", segments(5, |_| json!({ "any": (0..3).map(weekday).collect::<Vec<_>>() }))),
        ("kept, each of the one before", kept(60)),
        ("many periods", segments(200, |n| json!({ "all": [count(n), { "not": count(n) }] }))),
        ("net of returns", segments(5, |n| json!({ "any": [net(n), { "all": [never(n), net(n + 1)] }] }))),
        ("net of returns, kept", keep(segments(2, net), 90)),
        ("days that turn often", segments(20, |n| json!({ "all": [day(400 + n), { "not": day(400 + n) }] }))),
        ("a date", segments(20, |n| json!({ "all": [date(n), date(n + 1)] }))),
    ]
}

#[test]
fn the_worst_packages_take_no_more_steps_than_their_bound() {
    for (name, package) in worst() {
        for visitor in [json!({}), busy(4), busy(150)] {
            for now in [NOW, NOW + 3 * DAY, i64::MIN, i64::MAX] {
                let (steps, bound) = steps(&package, &visitor, now);
                assert!(steps <= bound, "{name}: {steps} steps at {now}, more than {bound}");
                assert!(steps > 0, "{name} takes no step");
            }
        }
    }
}

/// A bound that is never near is of no use.
#[test]
fn the_bound_is_near() {
    let (steps, bound) = steps(&segments(20, never), &json!({}), NOW);
    assert!(steps > 20 * 800 * 24 && bound < 8 * steps, "{steps} steps, bounded by {bound}");
}

/// What a shop would write takes what a page can give.
#[test]
fn a_usual_package_is_bounded_by_little() {
    let shop = serde_json::from_str(include_str!("../www/shop/segments.json")).unwrap();
    let plan = compile_package(&shop, true).plan.unwrap();
    assert!(bound(&plan, EVENTS) < 10_000_000, "{}", bound(&plan, EVENTS));
}
