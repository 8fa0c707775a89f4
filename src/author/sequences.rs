//! Reading `sequence` conditions (SPEC 5.3): steps that follow each other in time.

use crate::conditions::{kinds, whole};
use crate::diagnostic::{Place, Problems, code};
use crate::periods::{self, length};
use crate::predicates::{Over, Predicate, Reading, predicate};
use crate::rules::Size;
use regulars_core::period::{ALWAYS, Period};
use serde_json::Value;

/// Steps a sequence may have.
pub const MAX_STEPS: usize = 8;

/// A `sequence` condition.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// In order.
    pub steps: Vec<Step>,
    /// Where all steps lie but an absent one.
    pub period: Period,
    /// Where it is.
    pub place: Place,
}

/// A step of a sequence.
#[derive(Debug, Clone)]
pub struct Step {
    /// Event types, in order, each once.
    pub kinds: Vec<String>,
    /// `where`.
    pub condition: Option<Predicate>,
    /// `items`.
    pub items: Option<Predicate>,
    /// The gap from the step before is shorter than this, in milliseconds.
    pub within: Option<i64>,
    /// It shares an item id with the step before.
    pub same_item: bool,
    /// No such event follows.
    pub absent: bool,
}

const STEP_KEYS: [&str; 6] = ["of", "where", "items", "within", "sameItem", "absent"];

/// Reads a `sequence` condition.
pub fn sequence(problems: &mut Problems, value: &Value, place: &Place, reading: &Reading<'_>, size: &mut Size) -> Option<Sequence> {
    let object = problems.object(value, place, &["steps", "period"], &[])?;
    let period = object.get("period").map(|value| periods::period(problems, value, &place.key("period"), reading.zone));
    let steps = problems.required(object, "steps", place)?;
    let steps_place = place.key("steps");
    let list = problems.full_list(steps, &steps_place)?;
    if list.len() > MAX_STEPS {
        problems.error(code::OUT_OF_RANGE, &steps_place, format!("A sequence has at most {MAX_STEPS} steps."));
        return None;
    }
    let read: Vec<_> = list
        .iter()
        .enumerate()
        .map(|(index, value)| {
            let position = Position { first: index == 0, last: index + 1 == list.len() };
            step(problems, value, &steps_place.index(index), position, reading, size)
        })
        .collect();
    let steps = read.into_iter().collect::<Option<Vec<_>>>()?;
    Some(Sequence { steps, period: whole(period)?.map_or(ALWAYS, |written| written.period), place: place.clone() })
}

/// Where a step stands.
struct Position {
    first: bool,
    last: bool,
}

fn step(problems: &mut Problems, value: &Value, place: &Place, position: Position, reading: &Reading<'_>, size: &mut Size) -> Option<Step> {
    let object = problems.object(value, place, &STEP_KEYS, &[])?;
    let before = problems.errors();
    let kinds = kinds(problems, object, place);
    let mut part = |key: &str, over| object.get(key).map(|value| predicate(problems, value, &place.key(key), over, reading, size));
    let (condition, items) = (part("where", Over::Event), part("items", Over::Line));
    let within = object.get("within").map(|value| length(problems, value, &place.key("within")));
    let mut flag = |key: &str| object.get(key).map(|value| problems.boolean(value, &place.key(key)));
    let (same_item, absent) = (flag("sameItem"), flag("absent"));
    let is = |flag: Option<Option<bool>>| flag.flatten() == Some(true);
    let mut misplaced = |key: &str, message: &str, fix: &str| problems.error_with_fix(code::NOT_FOR_STEP, &place.key(key), message, fix);
    if position.first {
        for (key, there) in [("within", within.is_some()), ("sameItem", is(same_item)), ("absent", is(absent))] {
            if there {
                misplaced(key, "The first step has no step before it.", "Leave this out, or put another step first.");
            }
        }
    } else if is(absent) && !position.last {
        misplaced("absent", "Only the last step can be absent.", "Make it the last step, or leave `absent` out.");
    } else if is(absent) && within.is_none() {
        let fix = "Say how long nothing may follow, for example { \"last\": 3, \"unit\": \"day\" }.";
        problems.error_with_fix(code::MISSING_KEY, place, "An absent step needs `within`: after that long it is known to be absent.", fix);
    }
    let (kinds, within) = (kinds?, whole(within)?);
    let (condition, items) = (whole(condition)?, whole(items)?);
    let (same_item, absent) = (whole(same_item)?.unwrap_or(false), whole(absent)?.unwrap_or(false));
    (problems.errors() == before).then_some(Step { kinds, condition, items, within, same_item, absent })
}
