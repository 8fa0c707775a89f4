//! Rules: every condition that is built, with every measure, modifier and form of period.

use serde_json::{Value, json};

use super::visitor::{BRANDS, COUPONS, DATES, IDS, ITEM_IDS, TYPES};
use super::{World, conditions};
use crate::reference::days::{DAY, HOUR};

/// The kinds of fields there are to compare, and the values worth comparing them with.
pub enum Kind {
    Text(&'static [&'static str]),
    Number,
    Hour,
    Date,
    Truth,
}

pub fn rule(world: &mut World, depth: usize, ids: &[String], cells: &[&str]) -> Value {
    if depth > 0 && world.dice.chance(50) {
        let parts: Vec<Value> = (0..1 + world.dice.below(3)).map(|_| rule(world, depth - 1, ids, cells)).collect();
        return match world.dice.below(3) {
            0 => json!({ "all": parts }),
            1 => json!({ "any": parts }),
            _ => json!({ "not": parts[0] }),
        };
    }
    match world.dice.below(20) {
        0..=3 if !ids.is_empty() => json!({ "segment": world.dice.pick(ids) }),
        4 | 5 => json!({ "profile": conditions::profile(world) }),
        6 | 7 => json!({ "context": conditions::context(world) }),
        8..=10 => json!({ "sequence": conditions::sequence(world) }),
        11 => {
            let mut named = vec![*world.dice.pick(cells), *world.dice.pick(cells), *world.dice.pick(cells)];
            named.sort_unstable();
            named.dedup();
            json!({ "retention": named })
        }
        _ => json!({ "events": events(world) }),
    }
}

/// The types of a condition or a step.
pub fn types(world: &mut World) -> Value {
    match world.dice.below(10) {
        0..=5 => json!("conversion"),
        6 | 7 => json!(world.dice.pick(&TYPES)),
        8 => json!(["conversion", "visit"]),
        _ => json!(["page_view", "stamp", "return", "conversion"]),
    }
}

fn events(world: &mut World) -> Value {
    let mut part = json!({});
    let ratio = world.dice.chance(8);
    part["of"] = if ratio { json!("return") } else { types(world) };
    if part["of"] == "conversion" && world.dice.chance(35) {
        part["net"] = json!(world.dice.chance(90));
    }
    let measures = [
        "count",
        "count",
        "count",
        "total_value",
        "average_value",
        "highest_value",
        "lowest_value",
        "item_value",
        "units",
        "distinct_items",
        "active_days",
        "days_since_last",
        "days_since_first",
    ];
    let measure = if ratio { "ratio" } else { *world.dice.pick(&measures) };
    if measure != "count" || world.dice.chance(50) {
        part["measure"] = json!(measure);
    }
    let pool: &[Value] = &match measure {
        "count" | "distinct_items" | "active_days" => {
            vec![json!(0), json!(1), json!(1), json!("2"), json!(3)]
        }
        "ratio" => vec![json!(0), json!(0.5), json!("0.3333"), json!(1), json!(2)],
        "item_value" => vec![json!(0), json!("0.9199"), json!(0.9999), json!("9.2"), json!(10)],
        "units" => vec![json!(0), json!(1), json!(2), json!("2.5"), json!(3.3333)],
        "days_since_last" | "days_since_first" => vec![json!(0), json!(1), json!(2), json!(30), json!("90"), json!(7)],
        _ => vec![json!(0), json!(10), json!("9.2"), json!(20), json!(59.9), json!("15.00"), json!("0.0612"), json!(33.3333), json!(-5)],
    };
    compare(world, &mut part, pool, false);
    if world.dice.chance(65) {
        part["period"] = period(world);
    }
    if world.dice.chance(25) {
        part["where"] = predicate(world, 2, where_field);
    }
    if world.dice.chance(25) {
        part["items"] = predicate(world, 2, item_field);
    }
    if world.dice.chance(25) {
        part["only"] = json!(world.dice.pick(&["first", "latest"]));
    }
    part
}

/// A modifier and its value, from a pool of values that have an order (or, for texts, have none).
pub fn compare(world: &mut World, part: &mut Value, pool: &[Value], texts: bool) {
    let mut value = || world.dice.pick(pool).clone();
    let (one, two) = (value(), value());
    let modifier = match world.dice.below(if texts { 10 } else { 11 }) {
        0 => *world.dice.pick(&["is_known", "is_unknown"]),
        1 | 2 => *world.dice.pick(&["is_exactly", "is_not"]),
        3 => *world.dice.pick(&["is_one_of", "is_none_of"]),
        4..=8 if texts => *world.dice.pick(&["contains", "does_not_contain", "starts_with", "ends_with", "matches"]),
        4 | 5 if !texts => *world.dice.pick(&["is_between", "is_not_between"]),
        6.. if !texts => *world.dice.pick(&["is_less_than", "is_at_most", "is_greater_than", "is_at_least"]),
        _ => "is_exactly",
    };
    part["modifier"] = json!(modifier);
    match modifier {
        "is_known" | "is_unknown" => {}
        "is_one_of" | "is_none_of" => part["value"] = json!([one, two]),
        "is_between" | "is_not_between" => {
            let order = |value: &Value| match value {
                Value::String(text) => text.parse().unwrap_or(f64::NAN),
                other => other.as_f64().unwrap(),
            };
            let dates = order(&one).is_nan();
            let turned = if dates { one.as_str() > two.as_str() } else { order(&one) > order(&two) };
            part["value"] = if turned { json!([two, one]) } else { json!([one, two]) };
        }
        "matches" => {
            let patterns = ["*", "?*", "*a*", "w*e", "s???10", "*o", "*ς*", "1?", "A*"];
            part["value"] = json!(world.dice.pick(&patterns));
        }
        "contains" | "does_not_contain" | "starts_with" | "ends_with" => {
            let parts = ["a", "W", "come", "10", "SALE", "σ", "ss", "\u{e5}", "sku", "/", "o"];
            part["value"] = json!(world.dice.pick(&parts));
        }
        _ => part["value"] = one,
    }
}

type FieldOf = fn(&mut World) -> (&'static str, Kind);

pub fn where_field(world: &mut World) -> (&'static str, Kind) {
    match world.dice.below(12) {
        0..=2 => ("coupon", Kind::Text(&COUPONS)),
        3 => ("tags", Kind::Text(&COUPONS)),
        4 => ("score", Kind::Number),
        5 => ("day", Kind::Date),
        6 => ("vip", Kind::Truth),
        7 => ("currency", Kind::Text(&["EUR", "usd", "CHF", "EU*"])),
        8 => ("id", Kind::Text(&IDS)),
        9 => (*world.dice.pick(&["path", "host", "url"]), Kind::Text(&["/sale", "shop.example", "/", "/Sale/x"])),
        10 => (*world.dice.pick(&["nothing", "deep", "coupon", "score"]), Kind::Number),
        _ => ("value", Kind::Number),
    }
}

pub fn item_field(world: &mut World) -> (&'static str, Kind) {
    match world.dice.below(9) {
        0 | 1 => ("brand", Kind::Text(&BRANDS)),
        2 => ("category", Kind::Text(&["Shoes", "sneakers", "Bags", "shoe"])),
        3 => ("id", Kind::Text(&ITEM_IDS)),
        4 => ("price", Kind::Number),
        5 => ("quantity", Kind::Number),
        6 => ("sizes", Kind::Number),
        7 => ("sale", Kind::Truth),
        _ => (*world.dice.pick(&["collection", "variant", "name"]), Kind::Text(&["SS26", "42", "ss26"])),
    }
}

pub fn predicate(world: &mut World, depth: usize, field_of: FieldOf) -> Value {
    if depth > 0 && world.dice.chance(35) {
        let parts: Vec<Value> = (0..1 + world.dice.below(3)).map(|_| predicate(world, depth - 1, field_of)).collect();
        return match world.dice.below(3) {
            0 => json!({ "all": parts }),
            1 => json!({ "any": parts }),
            _ => json!({ "not": parts[0] }),
        };
    }
    let (field, kind) = field_of(world);
    test(world, field, kind)
}

/// One field, a modifier, and a value that is worth comparing with.
pub fn test(world: &mut World, field: &str, kind: Kind) -> Value {
    let mut part = json!({ "field": field });
    match kind {
        Kind::Text(pool) => {
            let mut pool: Vec<Value> = pool.iter().map(|text| json!(text)).collect();
            if field == "id" {
                pool.extend([json!(1001), json!(3)]);
            }
            compare(world, &mut part, &pool, true);
            if part.get("value").is_some() && world.dice.chance(25) {
                part["caseSensitive"] = json!(world.dice.chance(80));
            }
        }
        Kind::Number => {
            let pool = [json!(0), json!(1), json!("2"), json!(10), json!("9.20"), json!(20), json!(42), json!(-1.5)];
            compare(world, &mut part, &pool, false);
        }
        Kind::Hour => {
            let pool = [0, 1, 2, 3, 3, 9, 12, 18, 22, 23].map(|hour| if hour == 9 { json!("9") } else { json!(hour) });
            compare(world, &mut part, &pool, false);
        }
        Kind::Date => {
            let pool: Vec<Value> = DATES.iter().map(|date| json!(date)).collect();
            compare(world, &mut part, &pool, false);
        }
        Kind::Truth => {
            part["modifier"] = json!(world.dice.pick(&["is_exactly", "is_not"]));
            part["value"] = world.dice.pick(&[json!(true), json!(false), json!("true"), json!(1)]).clone();
        }
    }
    part
}

/// A whole number, written in one of the ways there are.
pub fn whole(world: &mut World, number: i64) -> Value {
    match world.dice.below(12) {
        0 => json!(number.to_string()),
        1 => json!(format!(" {number}.000000")),
        2 => json!(number as f64),
        _ => json!(number),
    }
}

pub fn period(world: &mut World) -> Value {
    let units = [("minute", 60_000), ("hour", HOUR), ("day", DAY), ("day", DAY), ("week", 7 * DAY)];
    match world.dice.below(10) {
        0..=3 => {
            let (unit, length) = *world.dice.pick(&units);
            let count = *world.dice.pick(&[1, 1, 2, 3, 7, 30, 36, 90]);
            world.lengths.push(count * length);
            json!({ "last": whole(world, count), "unit": unit })
        }
        4 | 5 => {
            let (unit, length) = *world.dice.pick(&units);
            let near = *world.dice.pick(&[0, 0, 1, 2, 30]);
            let far = near + *world.dice.pick(&[1, 1, 2, 30]);
            world.lengths.extend([near * length, far * length]);
            json!({ "between": [whole(world, near), whole(world, far)], "unit": unit })
        }
        6..=8 => {
            let mut period = json!({ "calendar": world.dice.pick(&["day", "day", "week", "month", "quarter", "year"]) });
            if world.dice.chance(70) {
                let count = *world.dice.pick(&[1, 1, 2, 3, 12, 90]);
                period["count"] = whole(world, count);
            }
            if world.dice.chance(60) {
                period["current"] = json!(world.dice.chance(70));
            }
            period
        }
        _ => {
            let today = world.zone.day(world.now);
            let from = today - *world.dice.pick(&[0, 1, 2, 30, 365]);
            let to = from + *world.dice.pick(&[0, 1, 2, 45]);
            let (start, end) = (world.zone.day_start(from), world.zone.day_start(to + 1));
            world.ends.extend([start, end]);
            // An instant may stand for either end; a date never meets an instant that turns the pair round.
            let from = if world.dice.chance(30) { json!(super::visitor::rfc3339(start, 60)) } else { json!(super::visitor::date(from)) };
            let to = if world.dice.chance(30) { json!(super::visitor::rfc3339(end + 1, -150)) } else { json!(super::visitor::date(to)) };
            match world.dice.below(4) {
                0 => json!({ "from": from }),
                1 => json!({ "to": to }),
                _ => json!({ "from": from, "to": to }),
            }
        }
    }
}
