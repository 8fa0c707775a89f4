//! Reading predicates: `where` over an event, `items` over a line (SPEC 5.1).

use crate::catalogue::{MODIFIERS, Modifier, Shape};
use crate::diagnostic::{Place, Problems, code};
use crate::periods::pair;
use crate::read::reading;
use crate::rules::Size;
use crate::text::{Fold, trim};
use regulars_core::event::entry;
use regulars_core::number::print;
use regulars_core::predicate::{field, want};
use regulars_core::text::{ANY, ONE};
use regulars_core::zone::Zone;
use serde_json::{Map, Value};

/// A predicate as a tree.
#[derive(Debug, Clone)]
pub enum Predicate {
    /// All of them.
    All(Vec<Predicate>),
    /// Any of them.
    Any(Vec<Predicate>),
    /// The opposite.
    Not(Box<Predicate>),
    /// A test of one field.
    Test(Test),
}

/// A test of one field.
#[derive(Debug, Clone)]
pub struct Test {
    /// Where the value is: one of [`field`].
    pub field: i64,
    /// The field's name.
    pub name: String,
    /// What it must be, stated positively: one of [`want`].
    pub want: i64,
    /// With these.
    pub operands: Vec<Operand>,
    /// The test is the exact opposite.
    pub negated: bool,
    /// Skip only the case.
    pub case_sensitive: bool,
}

/// A value in a rule, with every reading it allows; none is an open end.
#[derive(Debug, Clone, Default)]
pub struct Operand {
    /// As a number: it is one, or a plain decimal text.
    pub number: Option<i64>,
    /// As a text, in the form that is compared.
    pub text: Option<String>,
    /// As a pattern ([`regulars_core::text`]).
    pub pattern: Option<Vec<u8>>,
    /// As a day since 1970: a date, or an instant's local day.
    pub day: Option<i64>,
    /// As true or false.
    pub boolean: Option<bool>,
    /// As an end that is not included.
    pub strict: bool,
}

/// What a predicate is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// The event: `where`.
    Event,
    /// One of its lines: `items`.
    Line,
    /// The profile, or the context.
    Fact,
}

/// What reading needs to know besides the value.
pub struct Reading<'a> {
    /// The package's zone: an instant in a rule is its local day.
    pub zone: &'a Zone,
    /// The host's folding.
    pub fold: Fold,
}

/// Reads a predicate.
pub fn predicate(
    problems: &mut Problems,
    value: &Value,
    place: &Place,
    over: Over,
    reading: &Reading<'_>,
    size: &mut Size,
) -> Option<Predicate> {
    if !size.enter(problems, place) {
        return None;
    }
    let read = inner(problems, value, place, over, reading, size);
    size.leave();
    read
}

fn inner(problems: &mut Problems, value: &Value, place: &Place, over: Over, reading: &Reading<'_>, size: &mut Size) -> Option<Predicate> {
    let object = problems.plain_object(value, place)?;
    for (group, make) in [("all", Predicate::All as fn(Vec<Predicate>) -> Predicate), ("any", Predicate::Any)] {
        if let Some(list) = object.get(group) {
            problems.object(value, place, &[group], &[]);
            let place = place.key(group);
            let list = problems.list(list, &place)?;
            if list.is_empty() {
                problems.error(code::EMPTY_GROUP, &place, "The group is empty; put at least one predicate in.");
            }
            let read: Vec<_> =
                list.iter().enumerate().map(|(index, part)| predicate(problems, part, &place.index(index), over, reading, size)).collect();
            return read.into_iter().collect::<Option<Vec<_>>>().map(make);
        }
    }
    if let Some(part) = object.get("not") {
        problems.object(value, place, &["not"], &[]);
        return predicate(problems, part, &place.key("not"), over, reading, size).map(|part| Predicate::Not(Box::new(part)));
    }
    problems.object(value, place, &TEST_KEYS, &[]);
    test(problems, object, place, over, reading).map(Predicate::Test)
}

/// The keys of a test.
pub const TEST_KEYS: [&str; 4] = ["field", "modifier", "value", "caseSensitive"];

/// Reads a test of one field. Its keys are checked by the caller.
pub fn test(problems: &mut Problems, object: &Map<String, Value>, place: &Place, over: Over, reading: &Reading<'_>) -> Option<Test> {
    let name = problems.required(object, "field", place).and_then(|value| problems.text(value, &place.key("field")));
    let modifier = problems.required(object, "modifier", place).and_then(|value| problems.word(value, &place.key("modifier"), &MODIFIERS));
    let case_sensitive = object.get("caseSensitive").map_or(Some(false), |value| problems.boolean(value, &place.key("caseSensitive")));
    let (modifier, negated) = modifier?;
    let field = name.map(|name| field_of(name, over));
    // Ids compare exactly; other texts in the form that the test asks for.
    let form = |raw: &str| match (field, case_sensitive) {
        (Some(field::ID), _) => raw.to_owned(),
        (_, Some(true)) => (reading.fold)(raw).clean,
        _ => (reading.fold)(raw).folded,
    };
    if field == Some(field::ID) && modifier.orders() {
        problems.error(code::NOT_FOR_ID, &place.key("modifier"), "Ids have no order; use is_exactly or is_one_of.");
        return None;
    }
    let wanted = wanted(problems, object, place, modifier, reading, &form);
    let (want, mut operands) = wanted?;
    if field == Some(field::ID) {
        operands.iter_mut().for_each(by_digits);
    }
    Some(Test { field: field?, name: name?.to_owned(), want, operands, negated, case_sensitive: case_sensitive? })
}

/// Ids are texts: a number is wanted of one by its digits.
fn by_digits(operand: &mut Operand) {
    if let Operand { number: Some(number), text: text @ None, .. } = operand {
        let mut digits = Vec::new();
        print(*number, &mut digits);
        *text = String::from_utf8(digits).ok();
    }
}

fn field_of(name: &str, over: Over) -> i64 {
    match (over, name) {
        (Over::Event, "value") => field::VALUE,
        (Over::Event, "currency") => field::CURRENCY,
        (Over::Event, "id") => field::ID,
        (Over::Line, "price") => field::PRICE,
        (Over::Line, "quantity") => field::QUANTITY,
        _ => field::NAMED,
    }
}

type Form<'a> = &'a dyn Fn(&str) -> String;

fn wanted(
    problems: &mut Problems,
    object: &Map<String, Value>,
    place: &Place,
    modifier: Modifier,
    reading: &Reading<'_>,
    form: Form<'_>,
) -> Option<(i64, Vec<Operand>)> {
    if modifier == Modifier::Known {
        if object.contains_key("value") {
            problems.error_with_fix(code::UNKNOWN_KEY, &place.key("value"), "This modifier takes no value.", "Leave `value` out.");
            return None;
        }
        return Some((want::KNOWN, vec![]));
    }
    let value = problems.required(object, "value", place)?;
    let place = &place.key("value");
    match modifier {
        Modifier::Equal => operand(problems, value, place, reading, form).map(|operand| (want::EQUAL, vec![operand])),
        Modifier::OneOf => {
            let list = problems.full_list(value, place)?;
            let read: Vec<_> =
                list.iter().enumerate().map(|(index, value)| operand(problems, value, &place.index(index), reading, form)).collect();
            Some((want::EQUAL, read.into_iter().collect::<Option<Vec<_>>>()?))
        }
        Modifier::Like(shape) => {
            let text = form(problems.text(value, place)?);
            Some((want::LIKE, vec![Operand { pattern: Some(pattern(shape, &text)), ..Operand::default() }]))
        }
        Modifier::Between => {
            let [low, high] = pair(problems, value, place)?;
            let low = ordered(problems, low, &place.index(0), reading, false);
            let high = ordered(problems, high, &place.index(1), reading, false);
            let (low, high) = (low?, high?);
            let (numbers, days) = (low.number.zip(high.number), low.day.zip(high.day));
            if numbers.is_none() && days.is_none() {
                problems.error(code::BAD_NUMBER, place, "Both ends must be numbers, or both dates.");
                return None;
            }
            if numbers.is_some_and(|(low, high)| low > high) || days.is_some_and(|(low, high)| low > high) {
                problems.error_with_fix(code::REVERSED_PAIR, place, "The low end is above the high end.", "Exchange the two.");
                return None;
            }
            Some((want::WITHIN, vec![low, high]))
        }
        Modifier::Less | Modifier::AtMost => {
            let high = ordered(problems, value, place, reading, modifier == Modifier::Less)?;
            Some((want::WITHIN, vec![Operand::default(), high]))
        }
        _ => {
            let low = ordered(problems, value, place, reading, modifier == Modifier::Greater)?;
            Some((want::WITHIN, vec![low, Operand::default()]))
        }
    }
}

/// A text as a pattern of that shape.
fn pattern(shape: Shape, text: &str) -> Vec<u8> {
    let any = |there: bool| there.then_some(ANY);
    let wild = |byte: u8| match byte {
        b'*' if shape == Shape::Matches => ANY,
        b'?' if shape == Shape::Matches => ONE,
        byte => byte,
    };
    let before = any(matches!(shape, Shape::Contains | Shape::Ends));
    let after = any(matches!(shape, Shape::Contains | Shape::Starts));
    before.into_iter().chain(text.bytes().map(wild)).chain(after).collect()
}

/// A wanted value: a text, a number, or true or false.
fn operand(problems: &mut Problems, value: &Value, place: &Place, reading: &Reading<'_>, form: Form<'_>) -> Option<Operand> {
    match value {
        Value::Number(_) => problems.number(value, place).map(|number| Operand { number: Some(number), ..Operand::default() }),
        Value::Bool(value) => Some(Operand { boolean: Some(*value), ..Operand::default() }),
        _ => {
            let raw = problems.text(value, place)?;
            let (mut number, mut day) = (None, None);
            match self::reading(&(reading.fold)(raw).clean) {
                Some((entry::DECIMAL, read)) => number = Some(read),
                Some((entry::DAY, read)) => day = Some(read),
                Some((_, at)) => day = Some(reading.zone.day(at)),
                None => {}
            }
            Some(Operand { number, day, text: Some(form(raw)), ..Operand::default() })
        }
    }
}

/// A wanted value that has an order: a number or a date.
fn ordered(problems: &mut Problems, value: &Value, place: &Place, reading: &Reading<'_>, strict: bool) -> Option<Operand> {
    if value.is_boolean() {
        problems.number(value, place);
        return None;
    }
    let operand = operand(problems, value, place, reading, &|raw| raw.to_owned())?;
    if operand.number.is_none() && operand.day.is_none() {
        let message = format!("`{}` is neither a number nor a date, so nothing is less or greater.", trim(value.as_str().unwrap_or("")));
        problems.error_with_fix(code::BAD_NUMBER, place, message, "Write a plain decimal such as 59.90, or a date such as 2026-03-31.");
        return None;
    }
    Some(Operand { strict, ..operand })
}
