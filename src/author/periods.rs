//! Reading periods (SPEC 5.2).

use crate::catalogue::{CALENDAR, LENGTHS, LONGEST};
use crate::decimals::milliseconds;
use crate::diagnostic::{Place, Problems, code};
use regulars_core::period::Period;
use regulars_core::time;
use regulars_core::zone::Zone;
use serde_json::{Map, Value};

/// A period, as its author wrote it and as it is evaluated.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// What is evaluated.
    pub period: Period,
    /// The number of days of a `last … day` or `calendar: day`, for the warning about two kinds
    /// of days.
    pub days: Option<(DayKind, i64)>,
}

/// A kind of "N days" (SPEC 5.2 has three).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// `last N day`: N × 24 hours.
    Last,
    /// `calendar day N`: N local days.
    Calendar,
    /// `days_since_last ≤ N` or `days_since_first`: N + 1 local days.
    Since,
}

/// Reads a period.
pub fn period(problems: &mut Problems, value: &Value, place: &Place, zone: &Zone) -> Option<Written> {
    let object = match value {
        Value::Object(object) if !object.is_empty() => object,
        Value::Object(_) | Value::Null => {
            problems.error_with_fix(
                code::BAD_PERIOD,
                place,
                "This period says nothing.",
                "Leave `period` out to count everything up to now.",
            );
            return None;
        }
        _ => return problems.plain_object(value, place).and(None),
    };
    let forms = [
        ("last", &["last", "unit"][..]),
        ("between", &["between", "unit"]),
        ("calendar", &["calendar", "count", "current"]),
        ("from", &["from", "to"]),
        ("to", &["from", "to"]),
    ];
    let Some((form, known)) = forms.into_iter().find(|(form, _)| object.contains_key(*form)) else {
        problems.object(value, place, &["last", "between", "unit", "calendar", "count", "current", "from", "to"], &[]);
        problems.error_with_fix(
            code::BAD_PERIOD,
            place,
            "This is none of the forms of a period.",
            "Write last and unit, between and unit, calendar, or from and to.",
        );
        return None;
    };
    if forms.iter().any(|(other, _)| object.contains_key(*other) && !known.contains(other)) {
        problems.error_with_fix(
            code::BAD_PERIOD,
            place,
            "This mixes two forms of a period.",
            "Write only one of: last, between, calendar, or from and to.",
        );
        return None;
    }
    problems.object(value, place, known, &[]);
    match form {
        "last" => last(problems, object, place),
        "between" => between(problems, object, place).map(|period| Written { period, days: None }),
        "calendar" => calendar(problems, object, place),
        _ => fixed(problems, object, place, zone).map(|period| Written { period, days: None }),
    }
}

fn unit(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<i64> {
    let unit = problems.required(object, "unit", place)?;
    problems.word(unit, &place.key("unit"), &LENGTHS)
}

fn last(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<Written> {
    let (unit, count) = unit_and_count(problems, object, place)?;
    let days = (unit == time::DAY).then_some((DayKind::Last, count));
    Some(Written { period: Period::Sliding { older: unit * count, newer: 0 }, days })
}

fn unit_and_count(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<(i64, i64)> {
    let unit = unit(problems, object, place);
    let count = problems.required(object, "last", place)?;
    let count = problems.integer(count, &place.key("last"), 1, LONGEST / unit.unwrap_or(60_000));
    unit.zip(count)
}

/// Reads a length of time, `{ "last": 3, "unit": "day" }`, in milliseconds.
pub fn length(problems: &mut Problems, value: &Value, place: &Place) -> Option<i64> {
    let object = problems.object(value, place, &["last", "unit"], &[])?;
    unit_and_count(problems, object, place).map(|(unit, count)| unit * count)
}

fn between(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<Period> {
    let unit = unit(problems, object, place);
    let place = place.key("between");
    let longest = LONGEST / unit.unwrap_or(60_000);
    let [newer, older] = pair(problems, &object["between"], &place)?;
    let newer = problems.integer(newer, &place.index(0), 0, longest);
    let older = problems.integer(older, &place.index(1), 1, longest);
    let (newer, older, unit) = (newer?, older?, unit?);
    if newer >= older {
        problems.error_with_fix(
            code::REVERSED_PAIR,
            &place,
            "The first number must be smaller than the second.",
            "Write the nearer end first, for example [30, 60].",
        );
        return None;
    }
    Some(Period::Sliding { older: older * unit, newer: newer * unit })
}

/// A list of two.
pub fn pair<'a>(problems: &mut Problems, value: &'a Value, place: &Place) -> Option<[&'a Value; 2]> {
    match problems.list(value, place)?.as_slice() {
        [low, high] => Some([low, high]),
        _ => {
            problems.error(code::WRONG_TYPE, place, "A list of exactly two values is needed here.");
            None
        }
    }
}

fn calendar(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<Written> {
    let unit = problems.word(&object["calendar"], &place.key("calendar"), &CALENDAR);
    let longest = unit.map_or(36_525, |(_, longest)| longest);
    let count = object.get("count").map_or(Some(1), |count| problems.integer(count, &place.key("count"), 1, longest));
    let current = object.get("current").map_or(Some(false), |current| problems.boolean(current, &place.key("current")));
    let ((unit, _), count, current) = (unit?, count?, current?);
    let days = (unit == regulars_core::zone::Unit::Day).then_some((DayKind::Calendar, count));
    Some(Written { period: Period::Calendar { unit, count, current }, days })
}

/// One end of a fixed period: a day, or an exact instant.
enum End {
    Day(i64),
    Instant(i64),
}

fn fixed(problems: &mut Problems, object: &Map<String, Value>, place: &Place, zone: &Zone) -> Option<Period> {
    let mut end = |key: &str| object.get(key).map(|value| self::end(problems, value, &place.key(key)));
    let (from, to) = match (end("from"), end("to")) {
        (Some(None), _) | (_, Some(None)) => return None,
        (from, to) => (from.flatten(), to.flatten()),
    };
    let starts = match from {
        None => i64::MIN,
        Some(End::Day(day)) => zone.day_start(day),
        Some(End::Instant(at)) => at,
    };
    let ends = match to {
        None => i64::MAX,
        Some(End::Day(day)) => zone.day_start(day + 1),
        Some(End::Instant(at)) => at,
    };
    // A day that the zone skips is in order, though nothing can fall on it.
    let reversed = match (&from, &to) {
        (Some(End::Day(from)), Some(End::Day(to))) => from > to,
        (Some(End::Instant(from)), Some(End::Instant(to))) => from >= to,
        _ => starts > ends,
    };
    if reversed {
        problems.error_with_fix(code::REVERSED_PAIR, place, "The period ends before it begins.", "Exchange `from` and `to`.");
        return None;
    }
    Some(Period::Fixed { from: starts, to: ends })
}

fn end(problems: &mut Problems, value: &Value, place: &Place) -> Option<End> {
    let read = match value {
        Value::String(text) => {
            let text = crate::text::trim(text);
            time::parse_date(text).map(End::Day).or_else(|| time::parse_instant(text).map(End::Instant))
        }
        Value::Number(number) => milliseconds(number).map(End::Instant),
        _ => {
            problems.text(value, place);
            return None;
        }
    };
    if read.is_none() {
        problems.error_with_fix(
            code::BAD_DATE,
            place,
            "This is neither a date nor an instant with an offset.",
            "Write 2026-03-31, or 2026-03-31T12:00:00+02:00.",
        );
    }
    read
}
