//! The reference against values worked out by hand.

use serde_json::{Value, json};

use super::Reference;
use super::numbers::instant_in_text;
use super::until::{Watch, Watched};

fn at(text: &str) -> i64 {
    instant_in_text(text).unwrap()
}

fn package(zone: &str, rules: &[Value]) -> Reference {
    let segments: Vec<Value> = rules.iter().enumerate().map(|(place, rule)| json!({ "id": format!("s{place}"), "rule": rule })).collect();
    Reference::new(&json!({ "regulars": 1, "timeZone": zone, "currency": "EUR", "segments": segments }))
}

/// Whether one rule holds at each of these instants.
fn holds(zone: &str, rule: Value, events: Value, instants: &[&str]) -> Vec<bool> {
    let reference = package(zone, &[rule]);
    let visitor = reference.read(&json!({ "events": events }));
    instants.iter().map(|now| reference.members(&visitor, at(now))[0].1).collect()
}

fn some_visit(period: Value) -> Value {
    json!({ "events": { "of": "visit", "modifier": "is_at_least", "value": 1, "period": period } })
}

#[test]
fn last_and_between_are_open_at_the_far_end() {
    let events = json!([{ "type": "visit", "at": "2026-01-01T00:00:00Z" }]);
    let around = |rule, instants: [&str; 3]| holds("UTC", rule, events.clone(), &instants);
    let instants = ["2025-12-31T23:59:59.999Z", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"];
    assert_eq!(around(some_visit(json!({ "last": 1, "unit": "day" })), instants), [false, true, false]);
    let instants = ["2026-01-01T23:59:59.999Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"];
    assert_eq!(around(some_visit(json!({ "between": [1, 2], "unit": "day" })), instants), [false, true, false]);
}

#[test]
fn calendar_units_are_whole_unless_current() {
    let events = json!([{ "type": "visit", "at": "2026-01-31T23:00:00Z" }]); // 1 February in Amsterdam
    let months = |current: bool, count: i64| some_visit(json!({ "calendar": "month", "count": count, "current": current }));
    let now = ["2026-02-01T00:00:00Z", "2026-02-28T22:59:59.999Z", "2026-02-28T23:00:00Z", "2026-04-01T00:00:00Z"];
    let seen = |rule| holds("Europe/Amsterdam", rule, events.clone(), &now);
    assert_eq!(seen(months(true, 1)), [true, true, false, false]);
    assert_eq!(seen(months(false, 1)), [false, false, true, false]);
    assert_eq!(seen(months(false, 2)), [false, false, true, true]);
    assert_eq!(seen(months(true, 2)), [true, true, true, false]);
}

#[test]
fn a_skipped_day_is_empty_but_counted() {
    let events = json!([{ "type": "visit", "at": "2011-12-29T12:00:00-10:00" }]);
    let seen = |rule| holds("Pacific/Apia", rule, events.clone(), &["2011-12-31T00:00:00+14:00"])[0];
    // Yesterday was the 30th, which never was; the 29th is two days ago.
    assert!(!seen(some_visit(json!({ "calendar": "day" }))));
    assert!(seen(some_visit(json!({ "calendar": "day", "count": 2 }))));
    assert!(seen(json!({ "events": { "of": "visit", "measure": "days_since_last", "modifier": "is_exactly", "value": 2 } })));
    assert!(!seen(some_visit(json!({ "from": "2011-12-30", "to": "2011-12-30" }))));
    assert!(seen(some_visit(json!({ "from": "2011-12-29", "to": "2011-12-30" }))));
}

#[test]
fn a_day_with_two_midnights_begins_at_the_earlier() {
    // 23:30 for the second time that evening: the 7th has begun.
    let events = json!([{ "type": "visit", "at": "2010-11-06T23:30:00-03:30" }, { "type": "visit", "at": "2010-11-07T12:00:00-03:30" }]);
    let one_day = json!({ "events": { "of": "visit", "measure": "active_days", "modifier": "is_exactly", "value": 1 } });
    assert_eq!(holds("America/St_Johns", one_day, events, &["2010-11-07T13:00:00-03:30"]), [true]);
}

#[test]
fn only_comes_before_where_and_items() {
    let events = json!([
        { "type": "conversion", "id": "1", "at": 1, "value": 10, "items": [{ "brand": "Acme" }] },
        { "type": "conversion", "id": "2", "at": 2, "value": 20, "items": [{ "brand": "Bolt" }, { "brand": "Acme", "quantity": 3 }] },
    ]);
    let count = |extra: Value| {
        let mut rule = json!({ "events": { "of": "conversion", "modifier": "is_at_least", "value": 1 } });
        rule["events"].as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        holds("UTC", rule, events.clone(), &["2026-01-01T00:00:00Z"])[0]
    };
    let value = json!({ "field": "value", "modifier": "is_exactly", "value": 10 });
    assert!(count(json!({ "where": value })));
    assert!(!count(json!({ "where": value, "only": "latest" })));
    assert!(count(json!({ "where": value, "only": "first" })));
    // One and the same line: no line is Bolt with three.
    let bolt = json!({ "field": "brand", "modifier": "is_exactly", "value": "bolt" });
    let three = json!({ "field": "quantity", "modifier": "is_exactly", "value": 3 });
    assert!(!count(json!({ "items": { "all": [bolt, three] } })));
    assert!(count(json!({ "items": { "all": [{ "not": bolt }, three] } })));
    // No quantity is one.
    assert!(count(json!({ "items": { "field": "quantity", "modifier": "is_exactly", "value": 1 } })));
}

#[test]
fn absence_satisfies_the_negative_modifiers_alone() {
    let events = json!([{ "type": "visit", "at": 1, "properties": { "empty": [" ", null], "tags": ["a", "b"] } }]);
    let holds = |field: &str, modifier: &str, value: Value| {
        let mut where_ = json!({ "field": field, "modifier": modifier, "value": value });
        if value.is_null() {
            where_.as_object_mut().unwrap().remove("value");
        }
        let rule = json!({ "events": { "of": "visit", "modifier": "is_exactly", "value": 1, "where": where_ } });
        holds("UTC", rule, events.clone(), &["2026-01-01T00:00:00Z"])[0]
    };
    let modifiers = [
        ("is_exactly", json!("a"), true, false),
        ("is_not", json!("a"), false, true),
        ("is_less_than", json!(5), false, false),
        ("is_at_least", json!(5), false, false),
        ("is_between", json!([1, 2]), false, false),
        ("is_not_between", json!([1, 2]), true, true),
        ("contains", json!("B"), true, false),
        ("does_not_contain", json!("b"), false, true),
        ("matches", json!("*"), true, false),
        ("is_one_of", json!(["b", 5]), true, false),
        ("is_none_of", json!(["b", 5]), false, true),
        ("is_known", Value::Null, true, false),
        ("is_unknown", Value::Null, false, true),
    ];
    for (modifier, value, tags, missing) in modifiers {
        assert_eq!(holds("tags", modifier, value.clone()), tags, "{modifier}");
        assert_eq!(holds("empty", modifier, value.clone()), missing, "{modifier} of nothing");
        assert_eq!(holds("absent", modifier, value), missing, "{modifier} of an absent key");
    }
}

#[test]
fn averages_are_exact() {
    let events = json!(
        [1, 1, 0].iter().zip(1..).map(|(value, at)| json!({ "type": "visit", "id": at, "at": at, "value": value })).collect::<Vec<_>>()
    );
    let average = |modifier: &str, value: Value| {
        let rule = json!({ "events": { "of": "visit", "measure": "average_value", "modifier": modifier, "value": value } });
        holds("UTC", rule, events.clone(), &["2026-01-01T00:00:00Z"])[0]
    };
    assert!(!average("is_exactly", json!(0.6667)));
    assert!(average("is_less_than", json!(0.6667)));
    assert!(average("is_greater_than", json!("0.6666")));
}

#[test]
fn measures_of_nothing() {
    let measured = |measure: &str, modifier: &str, value: Value| {
        let rule = json!({ "events": { "of": "visit", "measure": measure, "modifier": modifier, "value": value } });
        holds("UTC", rule, json!([]), &["2026-01-01T00:00:00Z"])[0]
    };
    for zero in ["count", "total_value", "item_value", "units", "distinct_items", "active_days"] {
        assert!(measured(zero, "is_exactly", json!(0)), "{zero}");
    }
    for missing in ["average_value", "highest_value", "lowest_value", "days_since_last", "days_since_first"] {
        assert!(!measured(missing, "is_at_least", json!(-5)) && measured(missing, "is_not", json!(0)), "{missing}");
    }
}

#[test]
fn broken_segments_never_match_in_either_polarity() {
    let reference = Reference::new(&json!({ "regulars": 1, "timeZone": "UTC", "currency": "EUR",
        "segments": [
            { "id": "a", "rule": { "not": { "segment": "nobody" } } }, { "id": "b", "rule": { "not": { "segment": "a" } } },
            { "id": "c", "rule": { "segment": "d" } }, { "id": "d", "rule": { "not": { "segment": "c" } } },
            { "id": "e", "rule": { "any": [{ "retention": ["none"] }, { "segment": "f" }] } }, { "id": "f", "rule": { "retention": ["none"] } },
            { "id": "f", "rule": { "profile": { "field": "x", "modifier": "is_known" } } },
            { "id": "g", "rule": { "any": [{ "retention": ["none"] }, { "prediction": { "measure": "lifetime_value" } }] } },
        ],
        "campaigns": [
            { "id": "x", "slot": "hero", "when": { "not": { "segment": "g" } }, "variants": [{ "id": "v" }] },
            { "id": "y", "slot": "hero", "priority": -1, "variants": [{ "id": "v", "content": { "title": "Y" } }] },
        ] }));
    let visitor = reference.read(&json!({ "id": "v" }));
    let members: Vec<_> = reference.members(&visitor, 0).into_iter().filter(|(_, member)| *member).map(|(id, _)| id).collect();
    assert_eq!(members, ["e", "f"]);
    let decision = reference.decision(&visitor, "hero", 0);
    assert_eq!((decision.campaign.as_deref(), decision.content), (Some("y"), json!({ "title": "Y" })));
    assert_eq!(decision.rejected, [("x".to_owned(), "when")]);
}

#[test]
fn the_grid_and_until_when() {
    let reference = package("Europe/Amsterdam", &[json!({ "retention": ["one_time_buyer"] })]);
    let visitor = reference.read(&json!({ "events": [{ "type": "conversion", "at": "2026-01-01T12:00:00+01:00" }] }));
    let before = at("2026-01-01T11:59:59.999+01:00");
    assert_eq!(reference.cell(&visitor, before), (Some("none".into()), 0, None));
    assert_eq!(reference.holds_until(&visitor, &Watch::Cell, before), Some(before + 1));
    // Day 91 is 2 April, in summer time.
    let turn = at("2026-04-02T00:00:00+02:00");
    assert_eq!(reference.cell(&visitor, turn - 1), (Some("one_time_buyer".into()), 1, Some(90)));
    assert_eq!(reference.cell(&visitor, turn), (Some("sleeper".into()), 1, Some(91)));
    assert_eq!(reference.holds_until(&visitor, &Watch::Segment(0), before + 1), Some(turn));
    assert_eq!(reference.holds_until(&visitor, &Watch::Segment(0), turn), None);
}

#[test]
fn partial_answers() {
    let rules = [
        some_visit(json!({ "last": 1, "unit": "day" })),
        some_visit(json!({ "from": "2026-01-02" })),
        json!({ "events": { "of": "search", "modifier": "is_known" } }),
        json!({ "any": [{ "segment": "s0" }, { "segment": "s2" }] }),
    ];
    let reference = package("UTC", &rules);
    let since = at("2026-01-02T00:00:00Z");
    let visitor = reference.read(&json!({ "coveredSince": { "visit": since } }));
    let day = 86_400_000;
    // At since + 1 day − 1 ms the first counted instant is `since` itself.
    assert_eq!(reference.partial(&visitor, since + day - 1), [false, false, false, false]);
    assert_eq!(reference.partial(&visitor, since + day - 2), [true, false, false, true]);
    let visitor = reference.read(&json!({ "coveredSince": "2026-01-02T00:00:00.001Z" }));
    assert_eq!(reference.partial(&visitor, since + 2 * day), [false, true, true, true]);
}

#[test]
fn a_partial_answer_shows_nothing_until_it_is_whole() {
    let reference = Reference::new(&json!({ "regulars": 1, "timeZone": "UTC", "currency": "EUR", "campaigns": [
        { "id": "welcome", "slot": "hero", "variants": [{ "id": "a" }],
          "when": { "events": { "of": "visit", "modifier": "is_exactly", "value": 0, "period": { "last": 1, "unit": "hour" } } } } ] }));
    let visitor = reference.read(&json!({ "id": "v", "coveredSince": 1_000_000_000 }));
    let hero = Watch::Decision("hero".into());
    assert_eq!(reference.decision(&visitor, "hero", 1_000_000_000).rejected, [("welcome".to_owned(), "partial")]);
    let whole = 1_000_000_000 + 3_600_000 - 1;
    assert_eq!(reference.holds_until(&visitor, &hero, 1_000_000_000), Some(whole));
    assert_eq!(reference.watched(&visitor, &hero, whole), Watched::Shown(Some("welcome".into()), Some("a".into())));
}
