//! The laws of the engine, over generated cases: what must be the same is the same, what must be opposite is opposite,
//! and what must add up adds up. No expected value stands here; each law compares the engine with itself.
//!
//! `REGULARS_LAWS` (1 500) cases for each law, from seed `REGULARS_SEED` (0) on; what is long takes a part of them.

mod each;
mod generate;
mod laws;
mod reference;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use each::{each_case, number_of};
use generate::{Case, Dice};
use laws::rewrite::{de_morgan, other_modifiers};
use laws::{Answers, answers, broken, cells, crowded, date, empty, more, more_as_they_come, plan, printed, segments, shuffle, visitor};
use reference::Reference;
use reference::days::{DAY, HOUR, Zone};
use regulars::{Evaluator, HORIZON, Plan, Visitor, fold, membership, read_visitor, snapshot};
use serde_json::{Value, json};

fn laws(check: impl Fn(u64, &Case) -> Result<(), String> + Sync) {
    each_case(number_of("REGULARS_LAWS", 1_500), check);
}

/// For laws that take long: one case where the others take so many.
fn fewer_laws(part: u64, check: impl Fn(u64, &Case) -> Result<(), String> + Sync) {
    each_case(number_of("REGULARS_LAWS", 1_500).div_ceil(part), check);
}

/// What a new evaluator says: nothing is kept from an earlier question.
fn afresh(plan: &Plan, visitor: &Visitor, now: i64) -> Answers {
    answers(&mut Evaluator::default(), plan, visitor, now)
}

fn same(what: &str, now: i64, one: &Answers, other: &Answers) -> Result<(), String> {
    if one == other { Ok(()) } else { Err(format!("{what}, at {now}\n  {one}\n  {other}")) }
}

/// SPEC 2: "The order in which events arrived changes no answer"; SPEC 3: copies are one event. Any permutation, with
/// some events sent again, in any batches, put away as a snapshot between batches now and then.
#[test]
fn neither_order_nor_batches_nor_repetition_changes_an_answer() {
    laws(|seed, case| {
        let (plan, whole) = (plan(&case.package), visitor(&case.visitor));
        let mut dice = Dice::new(seed);
        for _ in 0..3 {
            let mut events = case.visitor["events"].as_array().unwrap().clone();
            for _ in 0..dice.below(events.len() + 1) {
                events.push(dice.pick(&events).clone());
            }
            shuffle(&mut dice, &mut events);
            let mut arrived = empty(&case.visitor);
            while !events.is_empty() {
                let batch: Vec<Value> = events.drain(..1 + dice.below(events.len())).collect();
                if dice.chance(50) {
                    more(&mut arrived, &json!(batch));
                } else {
                    more_as_they_come(&mut arrived, &batch);
                }
                if dice.chance(30) {
                    arrived = snapshot::read(&snapshot::write(&arrived)).unwrap();
                }
            }
            for &now in &case.nows {
                same("arrived otherwise", now, &afresh(&plan, &whole, now), &afresh(&plan, &arrived, now))?;
            }
        }
        Ok(())
    });
}

/// DESIGN 3: duplicate events change nothing; not even the bytes of the snapshot.
#[test]
fn the_same_events_again_change_nothing() {
    laws(|_, case| {
        let plan = plan(&case.package);
        let mut twice = visitor(&case.visitor);
        let (bytes, before) = (snapshot::write(&twice), afresh(&plan, &twice, case.nows[0]));
        more(&mut twice, &case.visitor["events"]);
        same("sent again", case.nows[0], &before, &afresh(&plan, &twice, case.nows[0]))?;
        assert_eq!(bytes, snapshot::write(&twice), "the snapshot is another");
        Ok(())
    });
}

/// DESIGN 3: "Same plan, history, context, `now`: same bytes out", for each kind of bytes that goes out.
#[test]
fn the_same_in_gives_the_same_bytes_out() {
    laws(|_, case| {
        let [one, other] = [0, 1].map(|_| plan(&case.package));
        assert_eq!(one.bytes(), other.bytes(), "the plan");
        assert_eq!(Plan::open(&one.bytes()).unwrap().bytes(), one.bytes(), "the plan, opened and written again");
        let [his, hers] = [0, 1].map(|_| visitor(&case.visitor));
        assert_eq!(snapshot::write(&his), snapshot::write(&hers), "the snapshot");
        for &now in &case.nows {
            same("asked twice", now, &afresh(&one, &his, now), &afresh(&other, &hers, now))?;
        }
        Ok(())
    });
}

/// A visitor who comes back from a snapshot is the same visitor, also for the events still to come.
#[test]
fn a_snapshot_keeps_every_answer() {
    laws(|_, case| {
        let (plan, mut kept) = (plan(&case.package), visitor(&case.visitor));
        let bytes = snapshot::write(&kept);
        let mut opened = snapshot::read(&bytes).unwrap();
        assert_eq!(snapshot::write(&opened), bytes);
        for round in 0..2 {
            for &now in &case.nows {
                same(&format!("round {round}"), now, &afresh(&plan, &kept, now), &afresh(&plan, &opened, now))?;
            }
            let events =
                json!([{ "type": "conversion", "id": "later", "at": case.nows[0], "value": 12 }, { "type": "visit", "at": case.nows[0] }]);
            more(&mut kept, &events);
            more(&mut opened, &events);
        }
        Ok(())
    });
}

/// What an evaluator keeps between questions only makes it faster: events come one at a time, in the order they stand
/// in, and it is asked in between, at instants in no order.
#[test]
fn an_evaluator_that_sees_events_arrive_says_what_a_new_one_says() {
    laws(|seed, case| {
        let plan = plan(&case.package);
        let mut dice = Dice::new(seed);
        let mut growing = empty(&case.visitor);
        let mut evaluator = Evaluator::default();
        for event in case.visitor["events"].as_array().unwrap() {
            more(&mut growing, &json!([event]));
            for _ in 0..1 + dice.below(3) {
                let now = *dice.pick(&case.nows) + *dice.pick(&[0, 0, 1, -1, DAY, -HOUR, 30 * DAY]);
                same("an event more", now, &answers(&mut evaluator, &plan, &growing, now), &afresh(&plan, &growing, now))?;
            }
        }
        Ok(())
    });
}

/// The same for long histories, asked so often that whole timelines are kept: 350 questions, with an event more after
/// each hundred, after which nothing old may be said.
#[test]
fn an_evaluator_that_is_asked_hundreds_of_times_says_what_a_new_one_says() {
    fewer_laws(10, |seed, case| {
        let mut dice = Dice::new(seed);
        let size = dice.from(50, 200) as usize;
        let (plan, mut crowd) = (plan(&case.package), crowded(&mut dice, case, size));
        let mut evaluator = Evaluator::default();
        for round in 0..350 {
            let now = case.nows[0] + dice.from(-150, 120) * DAY + *dice.pick(&[0, 0, 1, -1, HOUR]);
            same(&format!("question {round}"), now, &answers(&mut evaluator, &plan, &crowd, now), &afresh(&plan, &crowd, now))?;
            if round % 100 == 99 {
                more(&mut crowd, &json!([{ "type": "conversion", "id": format!("late-{round}"), "at": now, "value": round }]));
            }
        }
        Ok(())
    });
}

/// SPEC 7: an answer may be reused until, not including, the instant at which anything printed in it would change.
/// Before `fresh_until` nothing printed differs, at any instant where something could and at random ones. At it
/// something does — unless the engine found no change at all as far as it looks, and then it says so: it is exactly one
/// millisecond beyond the horizon, because no answer can be given for longer.
#[test]
fn an_answer_is_good_until_fresh_until_and_no_longer() {
    laws(|seed, case| {
        let (plan, visitor) = (plan(&case.package), visitor(&case.visitor));
        let reference = Reference::new(&case.package);
        let dated = reference.read(&case.visitor);
        let mut dice = Dice::new(seed);
        for &now in &case.nows {
            let before = printed(&mut Evaluator::default(), &plan, &visitor, now);
            let end = Evaluator::default().evaluate(&plan, &visitor, now).fresh_until;
            assert!(end > now);
            let candidates = reference.candidates(&dated, now, end - 1);
            let random: Vec<i64> = (0..8).map(|_| dice.from(now, end - 1)).collect();
            let mut evaluator = Evaluator::default();
            for at in random.into_iter().chain([end - 1]).chain(candidates.into_iter().filter(|&at| now <= at && at < end)) {
                let later = printed(&mut evaluator, &plan, &visitor, at);
                if before != later {
                    return Err(format!("good from {now} until {end}, but at {at}\n  {before:?}\n  {later:?}"));
                }
            }
            if end > now + HORIZON {
                assert_eq!(end, now + HORIZON + 1, "no further than it looks");
            } else if printed(&mut evaluator, &plan, &visitor, end) == before {
                return Err(format!("good from {now} until {end}, but nothing differs then\n  {before:?}"));
            }
        }
        Ok(())
    });
}

/// SPEC 5.1: `not` of a rule, written out or by reference, holds exactly where the rule does not, changes when it does,
/// and is as partial.
#[test]
fn the_negation_of_a_segment_is_its_exact_opposite() {
    let keeps = |package: &Value, id: &str| {
        let list = package["segments"].as_array().unwrap();
        list.iter().any(|segment| segment["id"] == id && segment.get("keep").is_some())
    };
    laws(|_, case| {
        let mut package = case.package.clone();
        let rules = segments(&case.package);
        for (id, rule) in &rules {
            let list = package["segments"].as_array_mut().unwrap();
            // What a segment keeps is not in its rule.
            list.push(match keeps(&case.package, id) {
                true => json!({ "id": format!("not {id}"), "rule": { "not": { "segment": id } } }),
                false => json!({ "id": format!("not {id}"), "rule": { "not": rule } }),
            });
            list.push(json!({ "id": format!("no {id}"), "rule": { "not": { "segment": id } } }));
        }
        let (plan, visitor, broken) = (plan(&package), visitor(&case.visitor), broken(&package));
        for &now in &case.nows {
            let said = Evaluator::default().evaluate(&plan, &visitor, now).segments;
            for place in (0..rules.len()).filter(|place| !broken.contains(place)) {
                for opposite in [rules.len() + 2 * place, rules.len() + 2 * place + 1] {
                    let (one, other) = (said[place], said[opposite]);
                    assert!(!broken.contains(&opposite));
                    if (one.member, one.holds_until, one.partial) != (!other.member, other.holds_until, other.partial) {
                        return Err(format!("at {now}: {} {one:?}, its negation {other:?}", rules[place].0));
                    }
                }
            }
        }
        Ok(())
    });
}

/// SPEC 5.1: "each negative is the exact complement of its positive": wherever one of a pair of modifiers stands, on a
/// measure or on a field, `not` of the other says the same. (Order has no such pairs: of a missing value neither
/// `is_less_than` nor `is_at_least` holds.)
#[test]
fn every_negative_modifier_is_the_complement_of_its_positive() {
    rewritten(other_modifiers);
}

/// `all` is `not` of `any` of `not`, and the other way round, in rules and in predicates.
#[test]
fn de_morgan_holds_everywhere() {
    rewritten(de_morgan);
}

fn rewritten(rewrite: fn(&Value) -> Value) {
    let differ = AtomicUsize::new(0);
    laws(|_, case| {
        let mut package = case.package.clone();
        for place in 0..segments(&case.package).len() {
            package["segments"][place]["rule"] = rewrite(&case.package["segments"][place]["rule"]);
        }
        for campaign in package["campaigns"].as_array_mut().into_iter().flatten() {
            if let Some(when) = campaign.get_mut("when") {
                *when = rewrite(when);
            }
        }
        differ.fetch_add(usize::from(package != case.package), Ordering::Relaxed);
        assert_eq!(broken(&package), broken(&case.package));
        let (one, other, visitor) = (plan(&case.package), plan(&package), visitor(&case.visitor));
        for &now in &case.nows {
            let rewritten = afresh(&other, &visitor, now);
            same(&format!("said otherwise: {package}"), now, &afresh(&one, &visitor, now), &rewritten)?;
        }
        Ok(())
    });
    assert!(differ.into_inner() as u64 * 4 > number_of("REGULARS_LAWS", 1_500), "hardly anything was rewritten");
}

/// How many events of each condition count at `now`, by asking whether they are at least 1, at least 2, and so on.
fn counts(package: &Value, visitor: &Visitor, most: usize, conditions: &[Value], now: i64) -> Vec<usize> {
    let mut list = Vec::new();
    for condition in conditions {
        for wanted in 1..=most + 1 {
            let mut events = condition.clone();
            (events["modifier"], events["value"]) = (json!("is_at_least"), json!(wanted));
            list.push(json!({ "id": list.len().to_string(), "rule": { "events": events } }));
        }
    }
    let mut package = package.clone();
    package["segments"] = Value::Array(list);
    package["campaigns"] = json!([]);
    assert_eq!(broken(&package), BTreeSet::new());
    let said = Evaluator::default().evaluate(&plan(&package), visitor, now).segments;
    said.chunks(most + 1).map(|ladder| ladder.iter().filter(|answer| answer.member).count()).collect()
}

/// SPEC 5.2: periods that adjoin join without gap or overlap: what counts in the parts is what counts in the whole, also
/// of events that lie on the edges and a millisecond beside them.
#[test]
fn adjoining_periods_partition() {
    let counted = AtomicUsize::new(0);
    fewer_laws(5, |seed, case| {
        let mut dice = Dice::new(seed);
        let (now, zone) = (case.nows[0], Zone::named(case.package["timeZone"].as_str().unwrap()).unwrap());
        let (unit, length) = *dice.pick(&[("minute", 60_000), ("hour", HOUR), ("day", DAY), ("day", DAY), ("week", 7 * DAY)]);
        let near = dice.from(1, 40);
        let (middle, far) = (near + dice.from(1, 40), near + 41 + dice.from(0, 60));
        let of = *dice.pick(&["day", "week", "month", "quarter", "year"]);
        let units = dice.from(2, 9);
        let first = zone.day(now) - dice.from(2, 60);
        let last = first + dice.from(0, 20);
        let end = last + dice.from(1, 20);
        let periods = [
            json!({ "last": far, "unit": unit }),
            json!({ "between": [0, near], "unit": unit }),
            json!({ "between": [near, middle], "unit": unit }),
            json!({ "between": [middle, far], "unit": unit }),
            json!({ "calendar": of, "count": units, "current": true }),
            json!({ "calendar": of, "count": 1, "current": true }),
            json!({ "calendar": of, "count": units - 1 }),
            json!({ "from": date(first), "to": date(end) }),
            json!({ "from": date(first), "to": date(last) }),
            json!({ "from": date(last + 1), "to": date(end) }),
        ];
        let sliding = [0, near, middle, far].map(|count| now - count * length);
        let fixed = [first, last + 1, end + 1, zone.day(now), zone.day(now) - units + 1].map(|day| zone.day_start(day));
        let mut crowd = visitor(&case.visitor);
        let edges: Vec<i64> = sliding.into_iter().chain(fixed).flat_map(|at| [at - 1, at, at + 1]).collect();
        let events: Vec<Value> =
            edges.iter().enumerate().map(|(place, at)| json!({ "type": "conversion", "id": format!("edge-{place}"), "at": at })).collect();
        more(&mut crowd, &json!(events));

        let items = json!({ "field": "brand", "modifier": *dice.pick(&["is_known", "is_unknown"]) });
        let filtered = dice.chance(20);
        let with = |period: &Value| match filtered {
            true => json!({ "of": ["conversion", "visit"], "items": items, "period": period }),
            false => json!({ "of": ["conversion", "visit"], "period": period }),
        };
        let most = edges.len() + case.visitor["events"].as_array().unwrap().len();
        let count = counts(&case.package, &crowd, most, &periods.each_ref().map(with), now);
        for (whole, parts) in [(0, 1..4), (4, 5..7), (7, 8..10)] {
            counted.fetch_add(count[whole], Ordering::Relaxed);
            if count[whole] != count[parts.clone()].iter().sum::<usize>() {
                return Err(format!("at {now}: {} counts {}, its parts {:?}", periods[whole], count[whole], &count[parts]));
            }
        }
        Ok(())
    });
    assert!(counted.into_inner() as u64 > 2 * number_of("REGULARS_LAWS", 1_500), "hardly anything was counted");
}

/// SPEC 6: a visitor is in exactly one cell, or in none of them by name (`none`), or, only in a grid with gaps, nowhere.
#[test]
fn the_grid_partitions() {
    laws(|_, case| {
        for grid in [case.package.get("retention").cloned(), Some(json!("five")), Some(json!("seven"))].into_iter().flatten() {
            let mut package = case.package.clone();
            package["retention"] = grid.clone();
            package["campaigns"] = json!([]);
            package["segments"] = json!([]);
            let mut ids: BTreeSet<String> = cells(&plan(&package)).into_iter().collect();
            ids.insert("none".to_owned());
            package["segments"] = ids.iter().map(|id| json!({ "id": id, "rule": { "retention": [id] } })).collect();
            let (plan, visitor) = (plan(&package), visitor(&case.visitor));
            for &now in &case.nows {
                let said = Evaluator::default().evaluate(&plan, &visitor, now);
                let within: Vec<&String> = ids.iter().zip(&said.segments).filter(|(_, answer)| answer.member).map(|(id, _)| id).collect();
                let json = membership(&plan, &said);
                let spot: Vec<&str> = json["retention"]["cell"].as_str().into_iter().collect();
                assert_eq!(within, spot, "at {now} in {grid}");
                assert_eq!(said.conversions == 0, spot == ["none"], "at {now} in {grid}");
                assert!(!spot.is_empty() || grid.is_array() || grid == "five_published", "at {now}: {grid} has a gap");
            }
        }
        Ok(())
    });
}

/// A visitor given as one object and the same given part by part are one visitor.
#[test]
fn a_visitor_may_be_read_in_parts() {
    laws(|_, case| {
        let (plan, whole) = (plan(&case.package), visitor(&case.visitor));
        let mut parts = Visitor::default();
        for key in ["events", "coveredSince", "id", "profile"] {
            if let Some(value) = case.visitor.get(key) {
                read_visitor(&mut parts, &json!({ key: value }), fold);
            }
        }
        assert_eq!(snapshot::write(&whole), snapshot::write(&parts));
        same("read in parts", case.nows[0], &afresh(&plan, &whole, case.nows[0]), &afresh(&plan, &parts, case.nows[0]))
    });
}
