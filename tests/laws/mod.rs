//! What the laws are asked with: everything an engine says at an instant, and packages and visitors to ask about.

pub mod rewrite;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, PoisonError};

use chrono::DateTime;
use regulars::{Compiled, Evaluator, Plan, Severity, Visitor, ZoneTable, compile, decision, fold, ingest, names, read_visitor, zone_table};
use serde_json::{Value, json};

use crate::generate::{Case, Dice};
use crate::reference::days::{DAY, HOUR};

/// All that is said at an instant: the numbers of the evaluation, and the decision of each slot as JSON.
#[derive(PartialEq)]
pub struct Answers {
    numbers: Vec<u64>,
    decisions: Vec<String>,
}

impl fmt::Display for Answers {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<f64> = self.numbers.iter().copied().map(f64::from_bits).collect();
        write!(out, "{numbers:?} {}", self.decisions.join(" "))
    }
}

pub fn answers(evaluator: &mut Evaluator, plan: &Plan, visitor: &Visitor, now: i64) -> Answers {
    // Bit for bit: a number that is not there is equal to itself.
    let numbers = evaluator.numbers(plan, visitor, now).into_iter().map(f64::to_bits).collect();
    let decisions = ["hero", "side", "nowhere"].map(|slot| decision(evaluator, plan, visitor, slot, now).to_string());
    Answers { numbers, decisions: decisions.into() }
}

/// What SPEC 7 prints of an evaluation, as numbers.
pub fn printed(evaluator: &mut Evaluator, plan: &Plan, visitor: &Visitor, now: i64) -> Vec<Option<i64>> {
    let whole = |number: f64| if number.is_nan() { None } else { Some(number as i64) };
    // The first, until when all this may be reused, is not printed.
    evaluator.numbers(plan, visitor, now).into_iter().skip(1).map(whole).collect()
}

/// As `compile_package` does it, but a zone's table, which takes longer than all the rest, is made once.
pub fn compiled(package: &Value) -> Compiled {
    static TABLES: Mutex<BTreeMap<String, Option<ZoneTable>>> = Mutex::new(BTreeMap::new());
    let name = package["timeZone"].as_str().unwrap().to_owned();
    let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    let table = tables.entry(name).or_insert_with_key(|name| zone_table(name)).clone();
    drop(tables);
    compile(package, table, fold, false)
}

pub fn plan(package: &Value) -> Plan {
    let compiled = compiled(package);
    compiled.plan.unwrap_or_else(|| panic!("refused: {:?}", compiled.problems))
}

pub fn visitor(json: &Value) -> Visitor {
    let mut visitor = Visitor::default();
    let read = read_visitor(&mut visitor, json, fold);
    assert_eq!(read.refused, []);
    visitor
}

/// More events for a visitor.
pub fn more(visitor: &mut Visitor, events: &Value) {
    let taken = ingest(visitor, events, fold);
    assert_eq!((taken.accepted, taken.refused.len()), (events.as_array().unwrap().len(), 0));
}

/// The same, handed to the core as they come: reading puts a batch in order.
pub fn more_as_they_come(visitor: &mut Visitor, events: &[Value]) {
    let bytes: Vec<Vec<u8>> = events.iter().map(|event| regulars_author::read::event(event, fold).unwrap()).collect();
    visitor.history.add(&bytes.concat());
}

/// The ids of the grid's cells, in order.
pub fn cells(plan: &Plan) -> Vec<String> {
    let names = names(plan);
    names["cells"].as_array().unwrap().iter().map(|cell| cell["id"].as_str().unwrap().to_owned()).collect()
}

/// The same visitor, to whom nothing has happened yet.
pub fn empty(json: &Value) -> Visitor {
    let mut json = json.clone();
    json["events"] = json!([]);
    visitor(&json)
}

/// A day since 1970 as text.
pub fn date(day: i64) -> String {
    DateTime::from_timestamp_millis(day * DAY).unwrap().date_naive().to_string()
}

/// Ids and rules.
pub fn segments(package: &Value) -> Vec<(String, Value)> {
    let list = package["segments"].as_array().unwrap();
    list.iter().map(|segment| (segment["id"].as_str().unwrap().to_owned(), segment["rule"].clone())).collect()
}

/// The places of the segments that have an error.
pub fn broken(package: &Value) -> BTreeSet<usize> {
    let errors = compiled(package).problems.into_iter().filter(|problem| problem.severity == Severity::Error);
    errors.filter_map(|problem| problem.pointer.strip_prefix("/segments/")?.split('/').next()?.parse().ok()).collect()
}

pub fn shuffle<T>(dice: &mut Dice, list: &mut [T]) {
    for place in (1..list.len()).rev() {
        list.swap(place, dice.below(place + 1));
    }
}

/// The visitor of the case with many more events: those of the case at other times, most of them with ids of their own.
pub fn crowded(dice: &mut Dice, case: &Case, size: usize) -> Visitor {
    let mut events = case.visitor["events"].as_array().unwrap().clone();
    if events.is_empty() {
        events.push(json!({ "type": "conversion", "id": "1001", "at": case.nows[0], "value": 10 }));
    }
    while events.len() < size {
        let mut event = dice.pick(&events).clone();
        if dice.chance(90) {
            event["id"] = json!(format!("many-{}", events.len()));
        }
        event["at"] = json!(case.nows[0] + dice.from(-200, 40) * DAY + *dice.pick(&[0, 0, 1, -1, HOUR]));
        events.push(event);
    }
    let mut crowd = empty(&case.visitor);
    more(&mut crowd, &Value::Array(events));
    crowd
}
