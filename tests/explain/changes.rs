//! What would change an answer, applied: it does, and its neighbour just short of it does not.

use super::{Asked, answer, asked};
use crate::each::{each_case, number_of};
use crate::generate::{Case, Dice, case};
use regulars::{HORIZON, Visitor, fold};
use regulars_author::read::ingest;
use serde_json::{Value, json};
use std::sync::Mutex;

/// The event that a change asks for, at an instant: each amount as near to zero as its bounds allow, but moved by `by`
/// if it is the one asked about.
fn event_of(change: &Value, at: i64, moved: Option<(&str, f64)>) -> Value {
    let mut event = change["event"].clone();
    event["at"] = json!(at);
    let amount = |bounds: &Value, path: &str| {
        let number = |key: &str| bounds[key].as_f64();
        if let Some((which, by)) = moved
            && let Some((name, key)) = which.split_once(' ')
            && name == path
        {
            return json!(number(key).unwrap() + by);
        }
        json!(number("atMost").map_or(0.0, |most| most.min(0.0)).max(number("atLeast").unwrap_or(f64::NEG_INFINITY)))
    };
    if event["value"].is_object() {
        event["value"] = amount(&event["value"], "value");
    }
    for key in ["price", "quantity"] {
        if event["items"][0][key].is_object() {
            let number = amount(&event["items"][0][key], key);
            for line in event["items"].as_array_mut().unwrap() {
                line[key] = number.clone();
            }
        }
    }
    event
}

/// The bounds that a change states: whose, which, and where the neighbour just short of it lies.
fn bounds_of(change: &Value) -> Vec<(String, f64)> {
    let event = &change["event"];
    let amounts = [("value", &event["value"]), ("price", &event["items"][0]["price"]), ("quantity", &event["items"][0]["quantity"])];
    let mut found = Vec::new();
    for (name, bounds) in amounts {
        for (key, by) in [("atLeast", -0.0001), ("atMost", 0.0001)] {
            if bounds[key].is_number() {
                found.push((format!("{name} {key}"), by));
            }
        }
    }
    found
}

struct Question<'a> {
    asked: &'a Asked,
    number: usize,
    now: i64,
    member: bool,
    until: Option<i64>,
}

impl Question<'_> {
    fn with(&self, event: &Value) -> Visitor {
        let mut visitor = self.asked.visitor.clone();
        let report = ingest(&mut visitor, &json!([event]), fold);
        assert_eq!(report.accepted, 1, "{event}");
        visitor
    }

    /// Whether an event does what a change says of it.
    fn does(&self, key: &str, change: &Value, event: &Value) -> bool {
        let visitor = self.with(event);
        let at = event["at"].as_i64().unwrap();
        let answer = |at: i64| answer(&self.asked.plan, &visitor, self.number, at);
        if key == "keeps" {
            let (member, until) = answer(self.now);
            return member && until.is_none_or(|until| until > self.until.unwrap());
        }
        let (member, until) = answer(at);
        member != self.member || (change["at"].is_i64() && until.is_some())
    }

    fn check(&self, key: &str, change: &Value) -> Result<(), String> {
        if let Some(wait) = change["wait"].as_i64() {
            let member = |at: i64| answer(&self.asked.plan, &self.asked.visitor, self.number, at).0;
            let flips = member(wait) != self.member && member(wait - 1) == self.member && self.until == Some(wait);
            return if flips { Ok(()) } else { Err("waiting does not do it, or shorter does".to_owned()) };
        }
        let before = change["latest"].as_i64();
        let latest = before.unwrap_or(self.now + HORIZON);
        for at in [self.now, latest] {
            if !self.does(key, change, &event_of(change, at, None)) {
                return Err(format!("it does not do it at {at}"));
            }
        }
        if before.is_some() && self.does(key, change, &event_of(change, latest + 1, None)) {
            return Err("a millisecond later does it too".to_owned());
        }
        for (which, by) in bounds_of(change) {
            if self.does(key, change, &event_of(change, self.now, Some((&which, by)))) {
                return Err(format!("just short of {which} does it too"));
            }
        }
        if let Some(at) = change["at"].as_i64() {
            let visitor = self.with(&event_of(change, self.now, None));
            if answer(&self.asked.plan, &visitor, self.number, self.now).1 != Some(at) {
                return Err("it does it at another instant".to_owned());
            }
        }
        Ok(())
    }
}

/// How many answers were asked about, and how many changes of which kind were found.
#[derive(Default)]
struct Tally {
    asked: usize,
    waits: usize,
    events: usize,
    bounds: usize,
    later: usize,
    members: usize,
    keeps: usize,
    latest: usize,
}

fn check_changes(case: &Case, tally: &Mutex<Tally>) -> Result<(), String> {
    let Some(asked) = asked(&case.package, &case.visitor, &case.context) else { return Ok(()) };
    let now = case.nows[0];
    for (number, id) in asked.ids().iter().enumerate() {
        let tree = asked.explain(id, now);
        if tree["problem"].is_object() {
            continue;
        }
        let (member, until) = answer(&asked.plan, &asked.visitor, number, now);
        let question = Question { asked: &asked, number, now, member, until };
        for key in ["flips", "keeps"].into_iter().filter(|key| tree[key].is_object()) {
            question.check(key, &tree[key]).map_err(|sentence| format!("{id} at {now}: {sentence}: {key} {}", tree[key]))?;
        }
        let mut tally = tally.lock().unwrap();
        let is = |there: bool| usize::from(there);
        tally.asked += 1;
        tally.waits += is(tree["flips"]["wait"].is_i64());
        tally.events += is(tree["flips"]["event"].is_object());
        tally.later += is(tree["flips"]["at"].is_i64());
        tally.members += is(member && until.is_some());
        tally.keeps += is(tree["keeps"].is_object());
        for change in [&tree["flips"], &tree["keeps"]] {
            tally.bounds += bounds_of(change).len();
            tally.latest += is(change["latest"].is_i64());
        }
    }
    Ok(())
}

#[test]
fn changes_do_what_they_say_and_their_neighbours_do_not() {
    let tally = Mutex::new(Tally::default());
    each_case(number_of("REGULARS_EXPLAIN", 2_000) / 4, |_, case| check_changes(case, &tally));
    let Tally { asked, waits, events, bounds, later, members, keeps, latest } = tally.into_inner().unwrap();
    println!("of {asked} answers {waits} flip by waiting, {events} by an event ({later} of them later)");
    println!("of {members} members who leave by time an event keeps {keeps}; {bounds} bounds, {latest} latest instants");
    assert!(events > asked / 4 && keeps > members / 5, "hardly any change is found");
    assert!(bounds > asked / 8 && latest > asked / 20 && later > asked / 20, "hardly any bound is found");
}

/// Events of other visitors, tried on those whose answer is said to change by no event.
fn check_absent(seed: u64, case: &Case, others: &[Value], tally: &Mutex<(usize, usize)>) -> Result<(), String> {
    let Some(asked) = asked(&case.package, &case.visitor, &case.context) else { return Ok(()) };
    let (now, mut dice) = (case.nows[0], Dice::new(!seed));
    for (number, id) in asked.ids().iter().enumerate() {
        let tree = asked.explain(id, now);
        let (member, until) = answer(&asked.plan, &asked.visitor, number, now);
        let question = Question { asked: &asked, number, now, member, until };
        // Time alone flips the answer before an event does; a member whom time takes out may be kept.
        let key = if until.is_none() { "flips" } else { "keeps" };
        if tree["problem"].is_object() || tree[key].is_object() || (until.is_some() && !member) {
            continue;
        }
        let does = |other: &Value| {
            let mut event = other.clone();
            // Its id is as great as can be, so that it stands last among those of its instant.
            (event["at"], event["id"]) = (json!(now), json!("\u{10ffff}"));
            let (then, until) = answer(&asked.plan, &question.with(&event), number, now);
            match question.until {
                None => then != member || until.is_some(),
                Some(leaves) => then && until.is_none_or(|until| until > leaves),
            }
        };
        let found = (0..60).any(|_| does(dice.pick(others)));
        let mut tally = tally.lock().unwrap();
        tally.0 += 1;
        tally.1 += usize::from(found);
    }
    Ok(())
}

#[test]
fn where_no_change_is_said_no_random_event_makes_one() {
    let tally = Mutex::new((0, 0));
    let others: Vec<Value> = (1_000_000..1_000_400).flat_map(|seed| case(seed).visitor["events"].as_array().unwrap().clone()).collect();
    each_case(number_of("REGULARS_EXPLAIN", 2_000) / 4, |seed, case| check_absent(seed, case, &others, &tally));
    let (asked, missed) = tally.into_inner().unwrap();
    println!("of {asked} answers without a change {missed} could be changed by an event");
    // What is tried is a search, and says so; it must not overlook what any event at all would do.
    assert!(asked > 0 && missed * 100 <= asked, "{missed} of {asked}");
}
