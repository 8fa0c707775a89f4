//! Packages that are made to take long: as deep, as large, as tangled as a package can be, or more. For the test, which
//! asks what is answered, and for `benches/hostile.rs`, which asks how fast.

use regulars_author::package::MAX_BYTES;
use serde_json::{Value, json};

pub struct Hostile {
    pub name: &'static str,
    pub text: String,
    /// The code of a problem that must be told; none: it compiles without an error.
    pub problem: Option<&'static str>,
}

/// The package of some segments.
pub fn package(segments: Vec<Value>) -> Value {
    json!({ "regulars": 1, "timeZone": "Europe/Amsterdam", "currency": "EUR", "segments": segments })
}

fn segment(number: usize, rule: Value) -> Value {
    json!({ "id": format!("s{number}"), "rule": rule })
}

fn count(value: usize) -> Value {
    json!({ "events": { "of": "conversion", "modifier": "is_exactly", "value": value } })
}

fn refer(number: usize) -> Value {
    json!({ "segment": format!("s{number}") })
}

/// Grows a list until the package takes as much as it may, or so much more.
fn filled(more: usize, package: impl Fn(Vec<Value>) -> Value, element: impl Fn(usize) -> Value) -> String {
    let empty = package(Vec::new()).to_string().len();
    let (mut list, mut size) = (Vec::new(), 0);
    loop {
        let next = element(list.len());
        size += next.to_string().len() + 1;
        if empty + size > MAX_BYTES + more {
            return package(list).to_string();
        }
        list.push(next);
    }
}

fn one_rule(rule: Value) -> Value {
    package(vec![segment(0, rule)])
}

/// Exactly so many bytes: the rest of a full package is its description.
fn exactly(bytes: usize) -> String {
    let mut package = one_rule(count(1));
    package["segments"][0]["description"] = json!("x");
    let rest = bytes - package.to_string().len();
    package["segments"][0]["description"] = json!("x".repeat(rest + 1));
    package.to_string()
}

pub fn all() -> Vec<Hostile> {
    let not = |times: usize| format!("{}{}{}", "{\"not\":".repeat(times), count(1), "}".repeat(times));
    let nested = |times: usize| package(Vec::new()).to_string().replace("[]", &format!("[{{\"id\":\"s\",\"rule\":{}}}]", not(times)));
    let events = |key: &'static str, value: Value| {
        let mut rule = json!({ "events": { "of": "conversion", "modifier": "is_one_of", "value": [1] } });
        rule["events"][key] = value;
        one_rule(rule)
    };
    let test = |modifier: &str, value: Value| events("where", json!({ "field": "coupon", "modifier": modifier, "value": value }));
    // Every second segment refers to ten others: one large knot, in which every circle is long.
    let knot = |number: usize| {
        let others = if number.is_multiple_of(2) { 1..2 } else { 1..40 };
        json!({ "any": others.map(|other| refer((number + other) % 1000)).collect::<Vec<_>>() })
    };
    let cases: Vec<(&'static str, String, Option<&'static str>)> = vec![
        ("10 000 levels deep", nested(10_000), Some("too_deep")),
        ("17 levels deep", nested(17), Some("too_deep")),
        ("16 levels deep", nested(15), None),
        ("exactly 1 MiB", exactly(MAX_BYTES), None),
        ("1 MiB and a byte", exactly(MAX_BYTES + 1), Some("too_large")),
        ("8 MiB of white space", format!("{}{}", one_rule(count(1)), " ".repeat(8 * MAX_BYTES)), Some("too_large")),
        ("4 096 nodes", one_rule(json!({ "any": (0..4095).map(count).collect::<Vec<_>>() })).to_string(), None),
        ("4 097 nodes", one_rule(json!({ "any": (0..4096).map(count).collect::<Vec<_>>() })).to_string(), Some("too_many_nodes")),
        ("1 MiB of nodes in one rule", filled(0, |list| one_rule(json!({ "any": list })), count), Some("too_many_nodes")),
        (
            "a circle of 1 000 segments",
            package((0..1000).map(|n| segment(n, refer((n + 1) % 1000))).collect()).to_string(),
            Some("segment_cycle"),
        ),
        ("a knot of 1 000 segments", package((0..1000).map(|n| segment(n, knot(n))).collect()).to_string(), Some("segment_cycle")),
        (
            "1 000 segments, each of the next",
            package((0..1000).map(|n| segment(n, if n < 999 { refer(n + 1) } else { count(1) })).collect()).to_string(),
            None,
        ),
        (
            "1 000 segments, each of the next, the last broken",
            package((0..1000).map(|n| segment(n, if n < 999 { refer(n + 1) } else { json!({}) })).collect()).to_string(),
            Some("refers_to_broken"),
        ),
        ("1 001 segments", package((0..1001).map(|n| segment(n, count(n))).collect()).to_string(), Some("too_many_segments")),
        ("1 000 segments, each kept and of the one before", kept(1000).to_string(), None),
        (
            "1 000 segments that refer to none",
            package((0..1000).map(|n| segment(n, json!({ "segment": format!("{n:048}") }))).collect()).to_string(),
            Some("unknown_segment"),
        ),
        ("1 MiB of numbers", filled(0, |list| events("value", json!(list)), |n| json!(n)), None),
        ("1 MiB of days", filled(0, days, |n| json!(n)), None),
        ("1 MiB of texts", filled(0, |list| test("is_one_of", json!(list)), |n| json!(format!("{n:x}"))), None),
        ("1 MiB of event types", filled(0, |list| events("of", json!(list)), |n| json!(format!("{n:x}"))), None),
        ("a text of 1 MiB", test("contains", json!("a".repeat(MAX_BYTES - 400))).to_string(), None),
        ("a pattern of 1 MiB", test("matches", json!("*a?".repeat(MAX_BYTES / 3 - 200))).to_string(), None),
        ("1 MiB of unknown keys", unknown_keys(), Some("unknown_key")),
        ("an unknown key of 1 MiB", package(vec![json!({ "x".repeat(MAX_BYTES - 200): 1 })]).to_string(), Some("unknown_key")),
        ("1 MiB of segments that say nothing", filled(0, package, |_| json!({})), Some("missing_key")),
        ("1 MiB of rates", filled(0, rates, |n| json!({ format!("{n:x}"): 1 })), Some("out_of_range")),
        (
            "1 MiB of cells",
            filled(0, cells, |n| json!({ "id": format!("c{n}"), "conversions": [n, n], "days": [0, n] })),
            Some("too_large"),
        ),
        (
            "100 cells",
            cells((0..100).map(|n| json!({ "id": format!("c{n}"), "conversions": [2 * n, null], "days": [3 * n, 5 * n] })).collect())
                .to_string(),
            None,
        ),
        ("1 MiB of campaigns", filled(0, campaigns, campaign), None),
        (
            "1 MiB of days of two kinds",
            filled(
                0,
                |list| package(vec![segment(0, two_kinds(list, true)), segment(1, two_kinds(Vec::new(), false))]),
                |n| json!(format!("{n:x}")),
            ),
            None,
        ),
    ];
    cases.into_iter().map(|(name, text, problem)| Hostile { name, text, problem }).collect()
}

/// So many segments, each a member for a minute more than the one before, the first by the clock.
pub fn kept(segments: usize) -> Value {
    let rule =
        |n: usize| if n == 0 { json!({ "context": { "field": "hour", "modifier": "is_exactly", "value": 12 } }) } else { refer(n - 1) };
    let segment = |n: usize| json!({ "id": format!("s{n}"), "keep": { "last": 1, "unit": "minute" }, "rule": rule(n) });
    package((0..segments).map(segment).collect())
}

fn days(list: Vec<Value>) -> Value {
    one_rule(json!({ "events": { "of": "conversion", "measure": "days_since_last", "modifier": "is_one_of", "value": list } }))
}

fn two_kinds(kinds: Vec<Value>, exact: bool) -> Value {
    let period = if exact { json!({ "last": 90, "unit": "day" }) } else { json!({ "calendar": "day", "count": 90 }) };
    let kinds = if exact { json!(kinds) } else { json!("1") };
    json!({ "events": { "of": kinds, "modifier": "is_exactly", "value": 1, "period": period } })
}

fn rates(list: Vec<Value>) -> Value {
    let mut package = one_rule(count(1));
    package["rates"] = list.iter().flat_map(|rate| rate.as_object().cloned().unwrap()).collect::<serde_json::Map<_, _>>().into();
    package
}

fn cells(list: Vec<Value>) -> Value {
    let mut package = one_rule(count(1));
    package["retention"] = json!(list);
    package
}

fn campaigns(list: Vec<Value>) -> Value {
    let mut package = one_rule(count(1));
    package["campaigns"] = json!(list);
    package
}

fn campaign(n: usize) -> Value {
    json!({ "id": format!("{n:x}"), "slot": format!("{n:x}"), "variants": [{ "id": "a", "content": {} }] })
}

fn unknown_keys() -> String {
    let keys = (0..110_000).map(|n| format!("\"{n:x}\":1")).collect::<Vec<_>>().join(",");
    package(Vec::new()).to_string().replace("{\"reg", &format!("{{{keys},\"reg"))
}
