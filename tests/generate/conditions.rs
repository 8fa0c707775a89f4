//! What is asked of the profile, of the context and of steps in time.

use serde_json::{Value, json};

use super::World;
use super::rules::{Kind, compare, item_field, predicate, test, types, where_field, whole};
use super::visitor::{COUPONS, date};
use crate::reference::days::{DAY, HOUR};

/// Places, and so many kilometres around them: none lies on an edge but where the two are one.
const PLACES: [(f64, f64); 6] = [(45.46, 9.19), (45.46, 9.19), (45.5, 9.2), (52.3702, 4.8952), (-33.8688, 151.2093), (-17.0, -179.9)];

/// A date some years away, so that its anniversary, or the days since, are about to mean something.
pub fn day(world: &mut World) -> Value {
    let today = world.zone.day(world.now);
    let away = *world.dice.pick(&[-30, -7, -2, -1, 0, 0, 1, 2, 7, 30, 90]);
    match world.dice.below(8) {
        0 => json!(world.dice.pick(&["2000-02-29", "1996-02-29", "2024-02-28", "2000-03-01"])),
        1 => {
            let minutes = *world.dice.pick(&[0, 60, -150, 840]);
            let at = world.moment();
            json!(super::visitor::rfc3339(at, minutes))
        }
        2 => json!(world.dice.pick(&["2026-02-30", "soon", "20260301", "1980-1-1"])),
        3 => json!(date(today + away)),
        4 => json!([date(today + away), " ", date(today - 400)]),
        _ => {
            let years = world.dice.from(-40, 3);
            let text = date(today + away);
            let year: i64 = text[..4].parse().unwrap();
            let text = format!("{}{}", year + years, &text[4..]);
            // Of 29 February in a year without one nothing can be read.
            json!(text)
        }
    }
}

pub fn profile_of(world: &mut World) -> Value {
    let mut profile = json!({});
    for (key, chance) in [("newsletter", 60), ("customer_since", 70), ("birthday", 80), ("tags", 60), ("points", 60), ("deep", 10)] {
        if !world.dice.chance(chance) {
            continue;
        }
        profile[key] = match key {
            "newsletter" => world.dice.pick(&[json!(true), json!(false), json!("true"), json!(1), json!(null)]).clone(),
            "customer_since" | "birthday" => day(world),
            "tags" => world.dice.pick(&[json!(["WELCOME", "b2b"]), json!("Welcome"), json!([]), json!([" σας ", 10]), json!("10")]).clone(),
            "points" => world.dice.pick(&[json!(0), json!(10), json!("9.20"), json!(-1.5), json!(["2", 42]), json!("x")]).clone(),
            _ => json!({ "a": [1, { "b": null }] }),
        };
    }
    profile
}

pub fn profile(world: &mut World) -> Value {
    if world.dice.chance(50) {
        let field = *world.dice.pick(&["customer_since", "birthday", "birthday", "tags", "nothing"]);
        let measure = *world.dice.pick(&["days_since", "days_until_anniversary", "days_until_anniversary"]);
        let mut part = json!({ "field": field, "measure": measure });
        let pool = [0, 0, 1, 2, 7, 30, 90, 364, 365, -1, -30].map(|days| json!(days));
        compare(world, &mut part, &pool, false);
        return part;
    }
    let (field, kind) = match world.dice.below(8) {
        0 | 1 => ("newsletter", Kind::Truth),
        2 => ("points", Kind::Number),
        3 => (*world.dice.pick(&["customer_since", "birthday"]), Kind::Date),
        4 | 5 => ("tags", Kind::Text(&COUPONS)),
        _ => (*world.dice.pick(&["deep", "nothing", "tags"]), Kind::Number),
    };
    test(world, field, kind)
}

pub fn context_of(world: &mut World) -> Value {
    let mut context = json!({});
    for (key, chance) in [("url", 60), ("device", 70), ("path", 15), ("place", 80), ("hour", 10), ("weekday", 10), ("big", 5)] {
        if !world.dice.chance(chance) {
            continue;
        }
        let value = match key {
            "url" => json!(world.dice.pick(&["https://Shop.Example:8080/sale?x=1", "https://shop.example", "/sale#top", "sale"])),
            "device" => world.dice.pick(&[json!("mobile"), json!("Desktop"), json!(["tablet", "mobile"]), json!(" ")]).clone(),
            "path" => json!(world.dice.pick(&["/", "", "/Sale/x"])),
            "hour" => json!(12),
            "weekday" => json!("someday"),
            // It cannot be read, and is left out.
            "big" => world.dice.pick(&[json!(1e12), json!([[[[[[[[1]]]]]]]])]).clone(),
            _ => {
                let (latitude, longitude) = *world.dice.pick(&PLACES);
                context["latitude"] = world.dice.pick(&[json!(latitude), json!(format!(" {latitude} ")), json!(91)]).clone();
                json!(longitude)
            }
        };
        context[if key == "place" { "longitude" } else { key }] = value;
    }
    context
}

pub fn context(world: &mut World) -> Value {
    match world.dice.below(10) {
        0..=2 => test(world, "hour", Kind::Hour),
        3 | 4 => test(world, "weekday", Kind::Text(&["monday", "Friday", "saturday", "sun*", "day", "sunday"])),
        5 | 6 => {
            let (latitude, longitude) = *world.dice.pick(&PLACES);
            let within = world.dice.pick(&[json!(5), json!("4.4"), json!(1000), json!(20_100)]).clone();
            let within = if (latitude, longitude) == PLACES[0] && world.dice.chance(30) { json!(0) } else { within };
            json!({ "near": [latitude, longitude.to_string()], "withinKm": within })
        }
        7 => test(world, "device", Kind::Text(&["mobile", "desktop", "t*", "o", "Tablet"])),
        _ => {
            let field = *world.dice.pick(&["url", "path", "host", "path"]);
            test(world, field, Kind::Text(&["/sale", "shop.example", "/", "/Sale/x"]))
        }
    }
}

pub fn sequence(world: &mut World) -> Value {
    let count = *world.dice.pick(&[1, 2, 2, 2, 2, 3, 3, 4]);
    let absent = count > 1 && world.dice.chance(45);
    let steps: Vec<Value> = (0..count).map(|place| step(world, place, absent && place + 1 == count)).collect();
    let mut part = json!({ "steps": steps });
    if world.dice.chance(50) {
        part["period"] = super::rules::period(world);
    }
    part
}

fn step(world: &mut World, place: usize, absent: bool) -> Value {
    let mut part = json!({ "of": types(world) });
    if world.dice.chance(12) {
        part["where"] = predicate(world, 1, where_field);
    }
    if world.dice.chance(12) {
        part["items"] = predicate(world, 1, item_field);
    }
    if place == 0 {
        return part;
    }
    if absent {
        part["absent"] = json!(true);
    }
    if absent || world.dice.chance(40) {
        part["within"] = length(world);
    }
    if world.dice.chance(20) {
        part["sameItem"] = json!(world.dice.chance(85));
    }
    part
}

/// `{ "last": 3, "unit": "day" }`, of `within` and of `keep`.
pub fn length(world: &mut World) -> Value {
    let (unit, each) = *world.dice.pick(&[("minute", 60_000), ("hour", HOUR), ("day", DAY), ("day", DAY), ("week", 7 * DAY)]);
    let count = *world.dice.pick(&[1, 1, 2, 3, 7]);
    world.lengths.push(count * each);
    json!({ "last": whole(world, count), "unit": unit })
}
