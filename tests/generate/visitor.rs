//! Visitors: up to a dozen events, some of them copies, some without ids, values, currencies or anything else.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, SecondsFormat};
use serde_json::{Value, json};

use super::World;
use super::conditions::profile_of;
use super::rules::whole;
use crate::reference::numbers::ONE;

pub const TYPES: [&str; 6] = ["conversion", "visit", "page_view", "return", "stamp", "Stamp"];
pub const COUPONS: [&str; 10] = ["WELCOME", "welcome", "Welcome", "SALE10", "10", "10.0", "Straße", "ΣΑΣ", "σας", "A\u{30a}sa"];
pub const BRANDS: [&str; 6] = ["Acme", "ACME", "Bolt", "\u{c5}sa", "a\u{30a}sa", "Acme Runner"];
pub const ITEM_IDS: [&str; 5] = ["SKU1", "sku1", "SKU2", "3", "3.0"];
pub const IDS: [&str; 6] = ["1001", "1002", "a1", "A1", "b", "\u{1f600}"];
pub const DATES: [&str; 5] = ["2026-03-01", "2026-03-29", "2011-12-30", "2010-11-07", "2026-01-01"];

/// The instant as text, with an offset of so many minutes.
pub fn rfc3339(at: i64, minutes: i32) -> String {
    let offset = FixedOffset::east_opt(minutes * 60).unwrap();
    DateTime::from_timestamp_millis(at).unwrap().with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Millis, true)
}

pub fn date(day: i64) -> String {
    let epoch = NaiveDate::default();
    let size = Days::new(day.unsigned_abs());
    (if day < 0 { epoch - size } else { epoch + size }).to_string()
}

pub fn visitor(world: &mut World) -> Value {
    let id = *world.dice.pick(&["v-1", "v-2", "v-3", "v-81f3", "\u{1f600}", "é"]);
    let id = format!("{id}{}", world.dice.below(50));
    let mut events: Vec<Value> = Vec::new();
    for _ in 0..world.dice.below(13) {
        let at = world.moment();
        world.times.push(at);
        let mut event = match world.dice.below(20) {
            0..=2 if !events.is_empty() => copy(world, &events),
            3..=6 if !events.is_empty() => give_back(world, &events),
            _ => event(world),
        };
        // A copy keeps the time of its original now and then.
        if event.get("at").is_none() || world.dice.chance(60) {
            event["at"] = time(world, at);
        }
        events.push(event);
    }
    let mut visitor = json!({ "id": id, "events": events });
    if world.dice.chance(85) {
        visitor["profile"] = profile_of(world);
    }
    match world.dice.below(8) {
        0 | 1 => {
            let at = world.moment();
            visitor["coveredSince"] = time(world, at);
        }
        2 => {
            let (one, two) = (world.moment(), world.moment());
            visitor["coveredSince"] = json!({ "conversion": time(world, one), *world.dice.pick(&["visit", "stamp"]): time(world, two) });
        }
        _ => {}
    }
    visitor
}

fn time(world: &mut World, at: i64) -> Value {
    if world.dice.chance(70) { json!(at) } else { json!(rfc3339(at, *world.dice.pick(&[0, 60, -150, 330, 840]))) }
}

/// The same type and id as another event, and something else changed.
fn copy(world: &mut World, events: &[Value]) -> Value {
    let mut copy = world.dice.pick(events).clone();
    if world.dice.chance(60) {
        let fresh = event(world);
        for key in ["value", "currency", "items", "properties"] {
            match fresh.get(key) {
                Some(part) => copy[key] = part.clone(),
                None => drop(copy.as_object_mut().unwrap().remove(key)),
            }
        }
    }
    if world.dice.chance(60) {
        let revision = world.dice.from(0, 2);
        copy["revision"] = whole(world, revision);
    }
    copy
}

/// A return of one of these events: of all of it, of some lines, of some value, in one currency or another.
fn give_back(world: &mut World, events: &[Value]) -> Value {
    let order = world.dice.pick(events).clone();
    let mut back = json!({ "type": "return", "properties": {} });
    let names = [order["id"].clone(), json!([order["id"], "1001"]), json!([]), json!("o1"), json!(1001), json!(true)];
    let named = if world.dice.chance(75) { 0 } else { world.dice.below(names.len()) };
    back["properties"]["conversion"] = match &names[named] {
        Value::String(id) => json!(format!(" {id} ")),
        other => other.clone(),
    };
    if world.dice.chance(75) {
        back["id"] = json!(format!("r{}", world.dice.below(1_000)));
    }
    if world.dice.chance(50) {
        back["value"] = world.dice.pick(&[order["value"].clone(), json!(5), json!("9.2"), json!(0), json!(59.9), json!(-1)]).clone();
        back["currency"] =
            world.dice.pick(&[order["currency"].clone(), order["currency"].clone(), json!("EUR"), json!("USD"), json!("CHF")]).clone();
    }
    let lines = order["items"].as_array().cloned().unwrap_or_default();
    if world.dice.chance(65) && !lines.is_empty() {
        let mut kept: Vec<Value> = Vec::new();
        for line in lines {
            if world.dice.chance(80) {
                let quantities =
                    [line["quantity"].clone(), line["quantity"].clone(), json!(1), json!(0.5), json!(3), json!(-1), json!(null)];
                kept.push(json!({ "id": line["id"], "quantity": world.dice.pick(&quantities) }));
            }
        }
        back["items"] = json!(kept);
    }
    back
}

fn event(world: &mut World) -> Value {
    let kind = if world.dice.chance(60) { "conversion" } else { *world.dice.pick(&TYPES) };
    let mut event = json!({ "type": kind });
    if world.dice.chance(75) {
        // Mostly ids of their own, sometimes one that another event has.
        event["id"] = match world.dice.below(10) {
            0..=3 => json!(world.dice.pick(&IDS)),
            4 => json!(1001),
            _ => json!(format!("o{}", world.dice.below(1_000))),
        };
    }
    if world.dice.chance(80) {
        let values = [
            json!(10),
            json!("10.00"),
            json!(20),
            json!(" 59.90 "),
            json!(0),
            json!(-5),
            json!(33.33335),
            json!("0.0001"),
            json!(15),
            json!(null),
            json!(""),
        ];
        event["value"] = world.dice.pick(&values).clone();
    }
    if world.dice.chance(40) {
        event["currency"] =
            world.dice.pick(&[json!("EUR"), json!("USD"), json!(" usd "), json!("GBP"), json!("CHF"), json!("JPY"), json!(null)]).clone();
    }
    if world.dice.chance(60) {
        event["items"] = (0..world.dice.below(4)).map(|_| item(world)).collect();
    }
    if world.dice.chance(60) {
        event["properties"] = properties(world, kind);
    }
    event
}

/// One value of a pool, or a list of some.
fn one_or_more(world: &mut World, pool: &[&str]) -> Value {
    match world.dice.below(10) {
        0..=6 => json!(world.dice.pick(pool)),
        7 => json!([]),
        8 => json!([world.dice.pick(pool), null, " "]),
        _ => json!([world.dice.pick(pool), world.dice.pick(pool)]),
    }
}

fn item(world: &mut World) -> Value {
    // In another currency it shows which of price × quantity and conversion is rounded first.
    if world.dice.chance(12) {
        return json!({ "id": "SKU1", "price": "0.3333", "quantity": 3 });
    }
    let mut item = json!({});
    if world.dice.chance(80) {
        item["id"] = if world.dice.chance(10) { json!(3) } else { json!(world.dice.pick(&ITEM_IDS)) };
    }
    if world.dice.chance(70) {
        item["brand"] = one_or_more(world, &BRANDS);
    }
    if world.dice.chance(60) {
        item["category"] = one_or_more(world, &["Shoes", "Sneakers", "Bags", " shoes "]);
    }
    if world.dice.chance(75) {
        item["price"] =
            world.dice.pick(&[json!(10), json!("9.2"), json!(0), json!(0.3333), json!("20.00"), json!(-1), json!(null)]).clone();
    }
    if world.dice.chance(60) {
        item["quantity"] =
            world.dice.pick(&[json!(1), json!(2), json!("3"), json!(0), json!(-1), json!(0.5), json!("1.3333"), json!(" ")]).clone();
    }
    if world.dice.chance(40) {
        item["collection"] = one_or_more(world, &["SS26", "ss26", "AW25"]);
    }
    if world.dice.chance(25) {
        item["variant"] = world.dice.pick(&[json!("42"), json!(42), json!("42.0"), json!(true)]).clone();
    }
    if world.dice.chance(25) {
        item["sizes"] = world.dice.pick(&[json!([1, 2]), json!(["2", 42]), json!([[1], 10]), json!({ "eu": 42 }), json!([null])]).clone();
    }
    if world.dice.chance(25) {
        item["sale"] = world.dice.pick(&[json!(true), json!(false), json!("true"), json!(1)]).clone();
    }
    item
}

fn properties(world: &mut World, kind: &str) -> Value {
    let mut properties = json!({});
    if world.dice.chance(60) {
        properties["coupon"] = one_or_more(world, &COUPONS);
    }
    if world.dice.chance(30) {
        properties["tags"] = one_or_more(world, &COUPONS);
    }
    if world.dice.chance(30) {
        let number = world.dice.from(-3, 22) as i128 * ONE / 2;
        let texts =
            [json!(number as f64 / ONE as f64), json!(" 10.0 "), json!("9.20"), json!(["2", 10]), json!("x"), json!("99999999999999")];
        properties["score"] = world.dice.pick(&texts).clone();
    }
    if world.dice.chance(30) {
        let at = world.moment();
        let date = *world.dice.pick(&DATES);
        properties["day"] =
            world.dice.pick(&[json!(date), json!(rfc3339(at, 60)), json!(format!(" {date} ")), json!("2026-02-30")]).clone();
    }
    if world.dice.chance(30) {
        properties["vip"] = world.dice.pick(&[json!(true), json!(false), json!("true"), json!(1)]).clone();
    }
    if world.dice.chance(15) {
        properties["deep"] = world.dice.pick(&[json!({ "a": { "b": 1 } }), json!([[1, 2]]), json!([[], null])]).clone();
    }
    if kind == "page_view" && world.dice.chance(80) {
        let urls = ["https://Shop.Example:8080/sale?x=1", "https://shop.example", "/sale#top", "https://shop.example/Sale/x?y"];
        properties["url"] = json!(world.dice.pick(&urls));
        if world.dice.chance(15) {
            properties["path"] = json!("/");
        }
    }
    properties
}
