//! Packages: settings, segments, a grid, campaigns. They are valid, but for a broken segment now and then.

use serde_json::{Value, json};

use super::World;
use super::conditions::length;
use super::rules::{rule, whole};

pub fn package(world: &mut World) -> Value {
    let mut package = json!({ "regulars": 1, "timeZone": world.zone_name, "currency": "EUR" });
    if world.dice.chance(80) {
        package["rates"] = json!({ "USD": "0.92", "gbp": 1.17, "JPY": "0.0061234567" });
    }
    if world.dice.chance(70) {
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        package["weekStartsOn"] = json!(world.dice.pick(&days));
    }
    let cells: Vec<&str> = match world.dice.below(5) {
        0 => vec!["one_time_buyer", "promising", "sleeper", "loyal", "red_alert", "none"],
        preset @ (1 | 2) => {
            package["retention"] = json!(["five", "five_published"][preset - 1]);
            vec!["one_time_buyer", "promising", "sleeper", "loyal", "red_alert", "none"]
        }
        3 => {
            package["retention"] = json!("seven");
            vec!["new", "promising", "drifting", "sleeper", "loyal", "at_risk", "red_alert", "none"]
        }
        _ => {
            package["retention"] = grid(world);
            vec!["a", "b", "none"]
        }
    };
    // A segment refers to those before it in `ids`; where they stand in the package says nothing.
    let ids: Vec<String> = (0..1 + world.dice.below(4)).map(|place| format!("s{place}")).collect();
    let mut segments: Vec<Value> = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let rule = if world.dice.chance(2) { broken(world) } else { rule(world, 2, &ids[..place], &cells) };
        let at = world.dice.below(segments.len() + 1);
        let mut segment = json!({ "id": id, "name": format!("Segment {place}"), "rule": rule });
        if world.dice.chance(20) {
            segment["keep"] = length(world);
        }
        segments.insert(at, segment);
    }
    package["segments"] = Value::Array(segments);
    if world.dice.chance(60) {
        let campaigns = (0..1 + world.dice.below(4)).map(|place| campaign(world, place, &ids, &cells));
        package["campaigns"] = campaigns.collect();
    }
    package
}

fn grid(world: &mut World) -> Value {
    let mut cell = |id: &str| {
        let mut bounds = |lows: &[i64], more: i64| {
            let low = *world.dice.pick(lows);
            let high = low + world.dice.from(0, more);
            let (low_open, high_open) = (world.dice.chance(15), world.dice.chance(30));
            let mut bound = |open: bool, bound: i64| if open { Value::Null } else { whole(world, bound) };
            json!([bound(low_open, low), bound(high_open, high)])
        };
        let conversions = bounds(&[1, 1, 2, 3], 2);
        json!({ "id": id, "name": id.to_uppercase(), "conversions": conversions, "days": bounds(&[0, 0, 1, 7, 30], 60) })
    };
    json!([cell("a"), cell("b"), cell("a")])
}

fn broken(world: &mut World) -> Value {
    world
        .dice
        .pick(&[
            json!({ "not": { "segment": "nobody" } }),
            json!({ "prediction": { "measure": "probability_alive", "modifier": "is_known" } }),
        ])
        .clone()
}

fn campaign(world: &mut World, place: usize, ids: &[String], cells: &[&str]) -> Value {
    let mut campaign =
        json!({ "id": format!("c{place}"), "name": format!("Campaign {place}"), "slot": world.dice.pick(&["hero", "hero", "side"]) });
    if world.dice.chance(60) {
        campaign["priority"] = json!(world.dice.pick(&[0, 5, 5, -1, 20]));
    }
    if world.dice.chance(80) {
        campaign["when"] = if world.dice.chance(50) { json!({ "segment": world.dice.pick(ids) }) } else { rule(world, 1, ids, cells) };
    }
    if world.dice.chance(40) {
        campaign["partial"] = json!(world.dice.pick(&["allow", "allow", "skip"]));
    }
    if world.dice.chance(60) {
        campaign["coverage"] = world.dice.pick(&[json!(1), json!(0.5), json!("0.3333"), json!(0.05), json!(0.9)]).clone();
    }
    let variants = (0..1 + world.dice.below(3)).map(|place| {
        let mut variant = json!({ "id": format!("v{place}"), "content": { "title": format!("Title {place}") } });
        if world.dice.chance(60) {
            variant["weight"] = world.dice.pick(&[json!(1), json!(2), json!("0.5"), json!(0.3333)]).clone();
        }
        variant
    });
    campaign["variants"] = variants.collect();
    campaign
}
