//! What JavaScript asks of this build, asked from within: by addresses, in Node.

use crate::visitor::{Visitor, add, decide, evaluate, introduce, open, snapshot};
use crate::{close, compile, fold};
use js_sys::{Array, JSON, Reflect, Uint8Array};
use regulars_author::read::event;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

const NOON: i64 = 1_772_362_800_000;
const DAY: i64 = 86_400_000;

fn js(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or(JsValue::NULL)
}

fn part(of: &JsValue, key: &str) -> JsValue {
    Reflect::get(of, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// The plan of a package, if it has one, and the codes of its problems.
fn compiled(package: &Value, zone: JsValue, strict: bool) -> (Option<Vec<u8>>, Vec<String>) {
    let compiled = compile(&package.to_string(), zone, strict).unwrap_or(JsValue::UNDEFINED);
    let plan = part(&compiled, "plan");
    let problems = Array::from(&part(&compiled, "problems"));
    let codes = problems.iter().map(|problem| part(&problem, "code").as_string().unwrap_or_default());
    (plan.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec), codes.collect())
}

fn utc() -> JsValue {
    js(r#"{ "version": "none", "initial": 0, "transitions": [] }"#)
}

fn package() -> Value {
    json!({
        "regulars": 1, "timeZone": "UTC", "currency": "EUR",
        "segments": [{ "id": "recent", "rule": { "events": {
            "of": "conversion", "modifier": "is_at_least", "value": 1, "period": { "last": 60, "unit": "day" } } } }],
        "campaigns": [{ "id": "thanks", "slot": "hero", "when": { "segment": "recent" },
            "variants": [{ "id": "a", "weight": 0, "content": {} }, { "id": "b", "content": {} }] }]
    })
}

fn plan() -> Vec<u8> {
    compiled(&package(), utc(), true).0.unwrap_or_default()
}

fn order(id: &str, at: i64) -> Vec<u8> {
    event(&json!({ "type": "conversion", "id": id, "at": at }), fold).unwrap_or_default()
}

/// What lies at an address that was given, until the next call.
fn numbers<const N: usize>(place: *const f64) -> [f64; N] {
    // SAFETY: so many numbers are there.
    unsafe { *place.cast::<[f64; N]>() }
}

fn bytes_of(visitor: *mut Visitor) -> Vec<u8> {
    let [place, length] = numbers::<2>(snapshot(visitor)).map(|number| number as usize);
    // SAFETY: that is what `snapshot` says.
    unsafe { std::slice::from_raw_parts(place as *const u8, length) }.to_vec()
}

/// Whether a visitor is in the segment, and the instant at which that changes.
fn recent(visitor: *mut Visitor, now: i64) -> (bool, Option<i64>) {
    let [.., flags, until] = numbers::<8>(evaluate(visitor, now as f64));
    (flags as u8 & 1 != 0, (!until.is_nan()).then_some(until as i64))
}

#[wasm_bindgen_test]
fn texts_are_folded_by_the_browsers_own_tables() {
    for (text, clean, folded) in [
        (" Acme\u{a0}", "Acme", "acme"),
        ("ΟΔΟΣ", "ΟΔΟΣ", "οδοσ"),
        ("ὀδός", "ὀδός", "ὀδόσ"),
        ("İSTANBUL", "İSTANBUL", "i\u{307}stanbul"),
        ("E\u{301}", "É", "é"),
        ("\u{212a}", "K", "k"),
        ("Straße", "Straße", "straße"),
        ("\u{1f600}\u{feff}", "\u{1f600}", "\u{1f600}"),
        ("\u{3000}", "", ""),
    ] {
        let found = fold(text);
        assert_eq!((found.clean.as_str(), found.folded.as_str()), (clean, folded), "{text}");
    }
}

#[wasm_bindgen_test]
fn a_package_is_compiled_and_its_plan_answers_over_addresses() {
    let (plan, codes) = compiled(&package(), utc(), true);
    assert_eq!(codes, Vec::<String>::new());
    let visitor = open(&plan.unwrap_or_default(), &[]);
    assert!(visitor as usize >= 16);
    introduce(visitor, b"v\0", &[]);
    assert_eq!(recent(visitor, NOON), (false, None));
    add(visitor, &[order("1", NOON), order("2", NOON - DAY), order("1", NOON)].concat());
    assert_eq!(recent(visitor, NOON), (true, Some(NOON + 60 * DAY)));
    assert_eq!(recent(visitor, NOON + 60 * DAY), (false, None));
    let [_, _, _, conversions, days] = numbers(evaluate(visitor, (NOON + DAY) as f64));
    assert_eq!((conversions, days), (2.0, 1.0));
    // 5 is the first variant, which nobody sees.
    assert_eq!(numbers(decide(visitor, 0, NOON as f64)), [(NOON + 60 * DAY) as f64, 6.0]);
    close(visitor);
}

#[wasm_bindgen_test]
fn a_snapshot_is_the_same_visitor_again() {
    let plan = plan();
    let first = open(&plan, &[]);
    add(first, &order("1", NOON));
    let bytes = bytes_of(first);
    close(first);
    let second = open(&plan, &bytes);
    assert_eq!(recent(second, NOON), (true, Some(NOON + 60 * DAY)));
    assert_eq!(bytes_of(second), bytes);
    close(second);
}

#[wasm_bindgen_test]
fn bytes_that_cannot_be_opened_say_why() {
    let plan = plan();
    let visitor = open(&plan, &[]);
    let past = bytes_of(visitor);
    close(visitor);
    let changed = |bytes: &[u8], place: usize| {
        let mut bytes = bytes.to_vec();
        bytes[place] ^= 1;
        bytes
    };
    for (place, code) in [(0, 1), (4, 2), (13, 3)] {
        assert_eq!(open(&changed(&plan, place), &[]) as usize, code);
        assert_eq!(open(&changed(&plan, place), &past) as usize, code);
        assert_eq!(open(&plan, &changed(&past, place)) as usize, 4 * code);
    }
    assert_eq!(open(&[], &[]) as usize, 1);
    assert_eq!(open(&past, &[]) as usize, 1);
    assert_eq!(open(&plan, &plan) as usize, 4);
    assert_eq!(open(&plan[..plan.len() - 1], &[]) as usize, 3);
}

#[wasm_bindgen_test]
fn problems_are_codes_and_a_refused_package_has_no_plan() {
    let unknown_zone = compiled(&package(), JsValue::NULL, false);
    assert_eq!(unknown_zone, (None, vec!["unknown_time_zone".to_owned()]));
    let mut broken = package();
    broken["segments"][0]["rule"] = json!({ "al": [] });
    let (plan, codes) = compiled(&broken, utc(), false);
    assert!(plan.is_some());
    assert_eq!(codes, ["unknown_key", "refers_to_broken"]);
    assert_eq!(compiled(&broken, utc(), true), (None, codes));
    let none = compile("{", utc(), false).unwrap_or(JsValue::UNDEFINED);
    assert!(part(&none, "plan").is_null());
    assert!(compile("{}", js("5"), false).is_err());
}

#[wasm_bindgen_test]
fn what_is_closed_or_refused_gives_its_memory_back() {
    let plan = plan();
    let damaged = [&plan[..], &[0]].concat();
    let past = {
        let visitor = open(&plan, &[]);
        add(visitor, &(0..1000).flat_map(|id| order(&id.to_string(), NOON + id)).collect::<Vec<u8>>());
        let bytes = bytes_of(visitor);
        close(visitor);
        bytes
    };
    let turn = || {
        close(open(&plan, &past));
        assert_eq!(open(&damaged, &[]) as usize, 3);
        assert_eq!(open(&plan, &past[..past.len() - 1]) as usize, 12);
    };
    (0..10).for_each(|_| turn());
    let pages = core::arch::wasm32::memory_size(0);
    (0..500).for_each(|_| turn());
    assert_eq!(core::arch::wasm32::memory_size(0), pages);
}
