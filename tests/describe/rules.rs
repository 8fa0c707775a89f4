//! Rules of the whole language, from small pools, so that many differ in one little thing only.

use serde_json::{Value, json};

use crate::generate::Dice;

pub const CELLS: [&str; 3] = ["loyal", "sleeper", "none"];
pub const SEGMENTS: [&str; 3] = ["buyers", "guests", "nobody"];

const MODIFIERS: [&str; 17] = [
    "is_exactly",
    "is_not",
    "is_less_than",
    "is_at_most",
    "is_greater_than",
    "is_at_least",
    "is_between",
    "is_not_between",
    "contains",
    "does_not_contain",
    "starts_with",
    "ends_with",
    "matches",
    "is_one_of",
    "is_none_of",
    "is_known",
    "is_unknown",
];

pub fn rule(dice: &mut Dice, depth: usize) -> Value {
    if depth > 0 && dice.chance(45) {
        return group(dice, &mut |dice| rule(dice, depth - 1));
    }
    match dice.below(12) {
        0 => json!({ "segment": dice.pick(&SEGMENTS) }),
        1 => json!({ "retention": (0..1 + dice.below(2)).map(|_| *dice.pick(&CELLS)).collect::<Vec<_>>() }),
        2 => {
            let mut part = test(dice, &["newsletter", "since", " since ", "a“b"], true);
            if dice.chance(40) {
                part = numeric(dice);
                part["field"] = json!(dice.pick(&["since", "born"]));
                part["measure"] = json!(dice.pick(&["days_since", "days_until_anniversary"]));
            }
            json!({ "profile": part })
        }
        3 if dice.chance(30) => {
            json!({ "context": { "near": [dice.pick(&[45, 9]), dice.pick(&[45, 9])], "withinKm": dice.pick(&[5, 9]) } })
        }
        3 => json!({ "context": test(dice, &["url", "hour", "weekday", "device", "shelf"], true) }),
        4 | 5 => {
            let mut part = json!({ "steps": (0..1 + dice.below(3)).map(|place| step(dice, place)).collect::<Vec<_>>() });
            if dice.chance(50) {
                part["period"] = period(dice);
            }
            json!({ "sequence": part })
        }
        _ => json!({ "events": events(dice) }),
    }
}

fn group(dice: &mut Dice, part: &mut dyn FnMut(&mut Dice) -> Value) -> Value {
    let parts: Vec<Value> = (0..1 + dice.below(3)).map(|_| part(dice)).collect();
    match dice.below(3) {
        0 => json!({ "all": parts }),
        1 => json!({ "any": parts }),
        _ => json!({ "not": parts[0] }),
    }
}

fn of(dice: &mut Dice) -> Value {
    dice.pick(&[
        json!("conversion"),
        json!("conversion"),
        json!("conversion"),
        json!(["conversion"]),
        json!("visit"),
        json!("visits"),
        json!(["visit", "conversion"]),
        json!(["conversion", "visit", "stamp"]),
        json!("stamp”, “visit"),
    ])
    .clone()
}

fn events(dice: &mut Dice) -> Value {
    let mut part = numeric(dice);
    part["of"] = of(dice);
    let measures = ["count", "total_value", "average_value", "item_value", "units", "active_days", "days_since_last", "ratio"];
    if dice.chance(60) {
        part["measure"] = json!(dice.pick(&measures));
        if part["measure"] == "ratio" {
            part["of"] = json!("return");
        }
    }
    if part["of"] == "conversion" && dice.chance(40) {
        part["net"] = json!(dice.chance(50));
    }
    if dice.chance(50) {
        part["period"] = period(dice);
    }
    if dice.chance(30) {
        part["where"] = predicate(dice, 2, &["value", "coupon", "id", "currency", "own", "coupon is missing"]);
    }
    if dice.chance(30) {
        part["items"] = predicate(dice, 2, &["price", "brand", "id", "quantity", "own"]);
    }
    if dice.chance(25) {
        part["only"] = json!(dice.pick(&["first", "latest"]));
    }
    part
}

fn step(dice: &mut Dice, place: usize) -> Value {
    let mut part = json!({ "of": of(dice) });
    if dice.chance(30) {
        part["where"] = predicate(dice, 1, &["coupon", "own"]);
    }
    if dice.chance(30) {
        part["items"] = predicate(dice, 1, &["brand", "own"]);
    }
    if place > 0 {
        if dice.chance(50) {
            part["within"] = json!({ "last": dice.pick(&[1, 3]), "unit": dice.pick(&["hour", "day"]) });
            if place == 2 && dice.chance(60) {
                part["absent"] = json!(dice.chance(70));
            }
        }
        if dice.chance(40) {
            part["sameItem"] = json!(dice.chance(70));
        }
    }
    part
}

fn predicate(dice: &mut Dice, depth: usize, fields: &[&str]) -> Value {
    if depth > 0 && dice.chance(50) {
        return group(dice, &mut |dice| predicate(dice, depth - 1, fields));
    }
    test(dice, fields, true)
}

fn test(dice: &mut Dice, fields: &[&str], cased: bool) -> Value {
    let field = *dice.pick(fields);
    let modifier = *dice.pick(&MODIFIERS);
    let mut part = json!({ "field": field, "modifier": modifier });
    let any = [
        json!("a"),
        json!(" a"),
        json!("A"),
        json!("a”, “b"),
        json!("b"),
        json!("a\\"),
        json!("10"),
        json!(10),
        json!(1.5),
        json!("monday"),
        json!("Monday"),
        json!(true),
        json!("true"),
        json!("2026-03-01"),
        json!("2026-03-01T00:00:00Z"),
    ];
    let ordered = [json!(1), json!(10), json!("10"), json!("10.00"), json!(1.5), json!(15)];
    let days = [json!("2026-03-01"), json!("2026-03-02"), json!("2026-03-01T00:00:00Z"), json!("2026-03-01T01:00:00+01:00")];
    let pool = if dice.chance(30) { &days[..] } else { &ordered[..] };
    match modifier {
        "is_known" | "is_unknown" => {}
        "is_less_than" | "is_at_most" | "is_greater_than" | "is_at_least" => part["value"] = dice.pick(pool).clone(),
        "is_between" | "is_not_between" => part["value"] = json!([dice.pick(pool), dice.pick(pool)]),
        "is_one_of" | "is_none_of" => part["value"] = (0..1 + dice.below(3)).map(|_| dice.pick(&any).clone()).collect(),
        "is_exactly" | "is_not" => part["value"] = dice.pick(&any).clone(),
        _ => part["value"] = json!(dice.pick(&["a", "A", "*", "a”", "10"])),
    }
    if cased && dice.chance(25) {
        part["caseSensitive"] = json!(dice.chance(70));
    }
    part
}

/// A modifier and a value of a measure.
fn numeric(dice: &mut Dice) -> Value {
    let modifier = *dice.pick(&MODIFIERS);
    let pool = [json!(1), json!("1"), json!("1.0"), json!(1.5), json!(15), json!(2)];
    let value = match modifier {
        "is_known" | "is_unknown" => return json!({ "modifier": modifier }),
        "is_one_of" | "is_none_of" => (0..1 + dice.below(3)).map(|_| dice.pick(&pool).clone()).collect(),
        "is_between" | "is_not_between" => json!([dice.pick(&pool), dice.pick(&pool)]),
        modifier if modifier.starts_with("is_") => dice.pick(&pool).clone(),
        _ => return json!({ "modifier": "is_at_least", "value": 1 }),
    };
    json!({ "modifier": modifier, "value": value })
}

fn period(dice: &mut Dice) -> Value {
    let unit = *dice.pick(&["minute", "hour", "day", "week"]);
    match dice.below(4) {
        0 => json!({ "last": dice.pick(&[json!(1), json!("1"), json!(2), json!(24)]), "unit": unit }),
        1 => json!({ "between": [dice.pick(&[0, 1, 2]), dice.pick(&[1, 2, 24])], "unit": unit }),
        2 => {
            let mut part = json!({ "calendar": dice.pick(&["day", "week", "month", "quarter", "year"]) });
            if dice.chance(60) {
                part["count"] = dice.pick(&[json!(1), json!(2), json!("2")]).clone();
            }
            if dice.chance(60) {
                part["current"] = json!(dice.chance(60));
            }
            part
        }
        _ => {
            let ends =
                [json!("2026-03-01"), json!("2026-03-01T00:00:00Z"), json!(1_772_323_200_000_i64), json!("2026-03-01T00:00:00.001Z")];
            let mut part = json!({});
            let which = dice.below(3);
            if which != 1 {
                part["from"] = dice.pick(&ends).clone();
            }
            if which != 0 {
                part["to"] = dice.pick(&ends).clone();
            }
            part
        }
    }
}
