//! Reading `events` conditions (SPEC 5.1).

use crate::catalogue::{MEASURES, MODIFIERS, Modifier, ONLY};
use crate::diagnostic::{Place, Problems, code};
use crate::periods::{self, DayKind, Written};
use crate::predicates::{Over, Predicate, Reading, predicate};
use crate::rules::Size;
use regulars_core::condition::measure;
use regulars_core::period::{ALWAYS, Period};
use regulars_core::series::{only, weight};
use serde_json::{Map, Value};

/// An `events` condition.
#[derive(Debug, Clone)]
pub struct Events {
    /// Event types, in order, each once.
    pub kinds: Vec<String>,
    /// `where`.
    pub condition: Option<Predicate>,
    /// `items`.
    pub items: Option<Predicate>,
    /// One of [`only`].
    pub only: i64,
    /// Returns are subtracted.
    pub net: bool,
    /// What is measured of each event: one of [`weight`].
    pub weight: i64,
    /// What is measured over them: one of [`measure`].
    pub measure: i64,
    /// Over which period.
    pub period: Period,
    /// What it must be.
    pub wanted: Wanted,
    /// Numbers of days it speaks of, for the warning about two kinds of days.
    pub days: Vec<(DayKind, i64)>,
    /// Where it is.
    pub place: Place,
}

/// A set of numbers, as the places on the number line where membership in it turns.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The least numbers are in it.
    pub begins: bool,
    /// A missing number is in it.
    pub missing: bool,
    /// Ascending: it turns at this number (ten-thousandths), or just above it.
    pub turns: Vec<(i64, bool)>,
}

const KEYS: [&str; 9] = ["of", "measure", "modifier", "value", "period", "where", "items", "only", "net"];

/// Reads an `events` condition.
pub fn events(problems: &mut Problems, value: &Value, place: &Place, reading: &Reading<'_>, size: &mut Size) -> Option<Events> {
    let object = problems.object(value, place, &KEYS, &[])?;
    let kinds = kinds(problems, object, place);
    let measure = match object.get("measure") {
        None => Some((weight::PRESENCE, measure::COUNT)),
        Some(value) => {
            let place = place.key("measure");
            problems.word(value, &place, &MEASURES)
        }
    };
    let net = object.get("net").map(|net| problems.boolean(net, &place.key("net")));
    let wanted = wanted(problems, object, place);
    let period = match object.get("period") {
        None => Some(Written { period: ALWAYS, days: None }),
        Some(value) => periods::period(problems, value, &place.key("period"), reading.zone),
    };
    let mut part = |key: &str, over| object.get(key).map(|value| predicate(problems, value, &place.key(key), over, reading, size));
    let (condition, items) = (part("where", Over::Event), part("items", Over::Line));
    let one = object.get("only").map(|value| problems.word(value, &place.key("only"), &ONLY));

    let ((weight, measure), (wanted, numbers), period, kinds) = (measure?, wanted?, period?, kinds?);
    let net = whole(net)?.unwrap_or(false);
    if measure == measure::RATIO && kinds != ["return"] {
        let fix = "Write \"of\": \"return\"; the conversions are counted by themselves.";
        problems.error_with_fix(code::NOT_FOR_MEASURE, &place.key("of"), "The ratio is one of returns to conversions.", fix);
        return None;
    }
    if net && kinds != ["conversion"] {
        let fix = "Leave `net` out, or write \"of\": \"conversion\".";
        problems.error_with_fix(code::NOT_FOR_MEASURE, &place.key("net"), "Returns can only be subtracted from conversions.", fix);
        return None;
    }
    let mut days: Vec<(DayKind, i64)> = period.days.into_iter().collect();
    if matches!(measure, measure::DAYS_SINCE_LAST | measure::DAYS_SINCE_FIRST) {
        let one = regulars_core::number::ONE;
        days.extend(numbers.into_iter().filter(|number| number % one == 0).map(|number| (DayKind::Since, number / one)));
    }
    Some(Events {
        kinds,
        condition: whole(condition)?,
        items: whole(items)?,
        only: whole(one)?.unwrap_or(only::ALL),
        net,
        weight,
        measure,
        period: period.period,
        wanted,
        days,
        place: place.clone(),
    })
}

/// Absent is fine, unreadable is not.
pub fn whole<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        None => Some(None),
        Some(read) => read.map(Some),
    }
}

/// The event types of `of`, in order, each once.
pub fn kinds(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<Vec<String>> {
    let value = problems.required(object, "of", place)?;
    let place = place.key("of");
    let mut kinds = match value {
        Value::Array(_) => {
            let list = problems.full_list(value, &place)?;
            let read: Vec<_> = list.iter().enumerate().map(|(index, kind)| problems.text(kind, &place.index(index))).collect();
            read.into_iter().map(|kind| kind.map(str::to_owned)).collect::<Option<Vec<_>>>()?
        }
        _ => vec![problems.text(value, &place)?.to_owned()],
    };
    kinds.sort();
    kinds.dedup();
    Some(kinds)
}

/// The set of numbers that a modifier and its value stand for, and the numbers as written.
pub fn wanted(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<(Wanted, Vec<i64>)> {
    let modifier = problems.required(object, "modifier", place)?;
    let (modifier, opposite) = problems.word(modifier, &place.key("modifier"), &MODIFIERS)?;
    if matches!(modifier, Modifier::Like(_)) {
        let fix = "Use a comparison of numbers, or put the text into `where` or `items`.";
        problems.error_with_fix(code::NOT_FOR_MEASURE, &place.key("modifier"), "A measure is a number; this modifier is for text.", fix);
        return None;
    }
    let (begins, turns, written) = if modifier == Modifier::Known {
        if object.contains_key("value") {
            problems.error_with_fix(code::UNKNOWN_KEY, &place.key("value"), "This modifier takes no value.", "Leave `value` out.");
            return None;
        }
        (true, vec![], vec![])
    } else {
        let value = problems.required(object, "value", place)?;
        let place = &place.key("value");
        match modifier {
            Modifier::Between => {
                let [low, high] = periods::pair(problems, value, place)?;
                let low = problems.number(low, &place.index(0));
                let high = problems.number(high, &place.index(1));
                let (low, high) = (low?, high?);
                if low > high {
                    problems.error_with_fix(code::REVERSED_PAIR, place, "The low end is above the high end.", "Exchange the two.");
                    return None;
                }
                (false, vec![(low, false), (high, true)], vec![low, high])
            }
            Modifier::OneOf => {
                let list = problems.full_list(value, place)?;
                let read: Vec<_> = list.iter().enumerate().map(|(index, number)| problems.number(number, &place.index(index))).collect();
                let mut numbers = read.into_iter().collect::<Option<Vec<_>>>()?;
                numbers.sort_unstable();
                numbers.dedup();
                (false, numbers.iter().flat_map(|&number| [(number, false), (number, true)]).collect(), numbers)
            }
            _ => {
                let number = problems.number(value, place)?;
                let (begins, turns) = match modifier {
                    Modifier::Less => (true, vec![(number, false)]),
                    Modifier::AtMost => (true, vec![(number, true)]),
                    Modifier::Greater => (false, vec![(number, true)]),
                    Modifier::AtLeast => (false, vec![(number, false)]),
                    _ => (false, vec![(number, false), (number, true)]),
                };
                (begins, turns, vec![number])
            }
        }
    };
    // A missing number satisfies only the opposites, which turns every bound round.
    Some((Wanted { begins: begins != opposite, missing: opposite, turns }, written))
}
