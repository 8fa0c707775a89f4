//! Untrusted input to events: an event is read whole or refused whole, with a code and a place.

use crate::event::{Event, Field, Fields, Value};
use crate::json;
use crate::number;
use crate::sort::sort;
use crate::text::{Text, trim};
use crate::time;
use crate::wire::Wire;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Bytes of compact JSON an event may take.
pub const MAX_BYTES: usize = 64 * 1024;
/// Lines an event may have.
pub const MAX_ITEMS: usize = 200;
/// Properties an event may have.
pub const MAX_PROPERTIES: usize = 100;
/// How deep an event may nest, itself included.
pub const MAX_DEPTH: usize = 8;
/// Bytes of UTF-8 a text may take.
pub const MAX_TEXT: usize = 4 * 1024;

/// Why something was refused, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub code: Code,
    /// A JSON pointer into the event or visitor.
    pub pointer: String,
}

/// What can be wrong with an event. The codes are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Another kind of JSON value is needed here.
    WrongType,
    /// A key that every event needs is absent or empty.
    MissingKey,
    /// An event has no such key.
    UnknownKey,
    /// Not a plain decimal within ±900 000 000 000.
    BadNumber,
    /// Neither whole milliseconds nor RFC 3339 with an offset, within years 1 to 9999.
    BadInstant,
    /// More than 64 KiB of compact JSON.
    EventTooLarge,
    /// More than 200 items.
    TooManyItems,
    /// More than 100 properties.
    TooManyProperties,
    /// Nested deeper than 8 levels.
    TooDeep,
    /// A text of more than 4 KiB.
    TextTooLong,
}

impl Code {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Code::WrongType => "wrong_type",
            Code::MissingKey => "missing_key",
            Code::UnknownKey => "unknown_key",
            Code::BadNumber => "bad_number",
            Code::BadInstant => "bad_instant",
            Code::EventTooLarge => "event_too_large",
            Code::TooManyItems => "too_many_items",
            Code::TooManyProperties => "too_many_properties",
            Code::TooDeep => "too_deep",
            Code::TextTooLong => "text_too_long",
        }
    }

    /// What is wrong and what to do, in plain words.
    pub fn sentence(self) -> &'static str {
        match self {
            Code::WrongType => "This is another kind of value than is needed here.",
            Code::MissingKey => "Every event needs this: a type, and the instant it happened at.",
            Code::UnknownKey => "There is no such key here; put values of your own into properties.",
            Code::BadNumber => "Write a plain decimal such as 59.90, at most 900000000000 in size.",
            Code::BadInstant => "Write whole milliseconds since 1970, or a date and time with an offset such as 2026-03-01T12:00:00+01:00.",
            Code::EventTooLarge => "The event takes more than 64 KiB as JSON.",
            Code::TooManyItems => "An event may have at most 200 items.",
            Code::TooManyProperties => "An event may have at most 100 properties.",
            Code::TooDeep => "The event is nested deeper than 8 levels.",
            Code::TextTooLong => "A text may take at most 4 KiB.",
        }
    }
}

/// A pointer under construction: the path from the root, shared on the way down.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    up: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    pub(crate) const ROOT: Place<'static> = Place { up: None, step: Step::Root };

    pub(crate) fn key(&'a self, key: &'a str) -> Place<'a> {
        Place { up: Some(self), step: Step::Key(key) }
    }

    fn index(&'a self, index: usize) -> Place<'a> {
        Place { up: Some(self), step: Step::Index(index) }
    }

    pub(crate) fn refuse<T>(&self, code: Code) -> Result<T, Refusal> {
        let mut pointer = String::new();
        self.write(&mut pointer);
        Err(Refusal { code, pointer })
    }

    fn write(&self, out: &mut String) {
        if let Some(up) = self.up {
            up.write(out);
        }
        match self.step {
            Step::Root => {}
            Step::Key(key) => {
                out.push('/');
                for c in key.chars() {
                    match c {
                        '~' => out.push_str("~0"),
                        '/' => out.push_str("~1"),
                        _ => out.push(c),
                    }
                }
            }
            Step::Index(index) => {
                out.push('/');
                number::print_integer(index as u64, out);
            }
        }
    }
}

/// Reads one event.
///
/// # Errors
/// The first thing that cannot be read; limits come first.
pub fn event(wire: &Wire<'_>) -> Result<Event, Refusal> {
    let root = Place::ROOT;
    limits(wire, &root, 1)?;
    if json::size(wire) > MAX_BYTES {
        return root.refuse(Code::EventTooLarge);
    }
    let Wire::Object(keys) = wire else { return root.refuse(Code::WrongType) };
    let mut kind = String::new();
    let mut at = None;
    let mut event = Event {
        kind: String::new(),
        id: None,
        at: 0,
        revision: 0,
        value: None,
        currency: None,
        items: Vec::new(),
        properties: Vec::new(),
    };
    for (key, value) in keys {
        let place = root.key(key);
        match *key {
            "type" | "id" | "at" | "value" | "currency" | "items" | "properties" | "revision" if value.is_missing() => {}
            "type" => match value {
                Wire::Text(text) => kind = trim(text.raw).to_owned(),
                _ => return place.refuse(Code::WrongType),
            },
            "id" => event.id = Some(id(value, &place)?),
            "at" => at = Some(instant(value, &place)?),
            "value" => event.value = Some(decimal(value, &place)?),
            "currency" => match value {
                Wire::Text(text) => event.currency = Some(text.owned()),
                _ => return place.refuse(Code::WrongType),
            },
            "items" => event.items = items(value, &place)?,
            "properties" => {
                let Wire::Object(properties) = value else { return place.refuse(Code::WrongType) };
                if properties.len() > MAX_PROPERTIES {
                    return place.refuse(Code::TooManyProperties);
                }
                event.properties = fields(properties, &place, false)?;
            }
            "revision" => event.revision = integer(value, &place)?,
            _ => return place.refuse(Code::UnknownKey),
        }
    }
    if kind.is_empty() {
        return root.key("type").refuse(Code::MissingKey);
    }
    let Some(at) = at else { return root.key("at").refuse(Code::MissingKey) };
    event.kind = kind;
    event.at = at;
    Ok(event)
}

/// Depth and length of texts, everywhere.
fn limits(wire: &Wire<'_>, place: &Place<'_>, depth: usize) -> Result<(), Refusal> {
    match wire {
        Wire::TooDeep => place.refuse(Code::TooDeep),
        Wire::Unreadable => place.refuse(Code::WrongType),
        Wire::Text(text) if text.raw.len() > MAX_TEXT => place.refuse(Code::TextTooLong),
        Wire::List(_) | Wire::Object(_) if depth > MAX_DEPTH => place.refuse(Code::TooDeep),
        Wire::List(items) => items.iter().enumerate().try_for_each(|(index, item)| limits(item, &place.index(index), depth + 1)),
        Wire::Object(items) => items.iter().try_for_each(|(key, item)| {
            if key.len() > MAX_TEXT {
                return place.refuse(Code::TextTooLong);
            }
            limits(item, &place.key(key), depth + 1)
        }),
        _ => Ok(()),
    }
}

/// An id: text, or a whole number, which is its digits.
pub(crate) fn id(wire: &Wire<'_>, place: &Place<'_>) -> Result<String, Refusal> {
    match wire {
        Wire::Text(text) => Ok(trim(text.raw).to_owned()),
        Wire::Number(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok((*digits).to_owned()),
        _ => place.refuse(Code::WrongType),
    }
}

/// Whole milliseconds or RFC 3339 with an offset.
pub(crate) fn instant(wire: &Wire<'_>, place: &Place<'_>) -> Result<i64, Refusal> {
    let read = match wire {
        Wire::Number(digits) => digits.parse().ok().filter(|at| (time::FIRST..=time::LAST).contains(at)),
        Wire::Text(text) => time::parse_instant(trim(text.raw)),
        _ => return place.refuse(Code::WrongType),
    };
    read.map_or_else(|| place.refuse(Code::BadInstant), Ok)
}

fn decimal(wire: &Wire<'_>, place: &Place<'_>) -> Result<i64, Refusal> {
    let read = match wire {
        Wire::Number(digits) => number::parse_printed(digits, 4).map(|n| n as i64),
        Wire::Text(text) => number::parse(text.clean),
        _ => return place.refuse(Code::WrongType),
    };
    read.map_or_else(|| place.refuse(Code::BadNumber), Ok)
}

fn integer(wire: &Wire<'_>, place: &Place<'_>) -> Result<i64, Refusal> {
    match decimal(wire, place)? {
        whole if whole % number::ONE == 0 => Ok(whole / number::ONE),
        _ => place.refuse(Code::BadNumber),
    }
}

fn items(wire: &Wire<'_>, place: &Place<'_>) -> Result<Vec<Fields>, Refusal> {
    let Wire::List(lines) = wire else { return place.refuse(Code::WrongType) };
    if lines.len() > MAX_ITEMS {
        return place.refuse(Code::TooManyItems);
    }
    let mut items = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let place = place.index(index);
        match line {
            Wire::Object(line) => items.push(fields(line, &place, true)?),
            line if line.is_missing() => {}
            _ => return place.refuse(Code::WrongType),
        }
    }
    Ok(items)
}

/// The fields of a line (`item`) or the properties of an event, in canonical order.
fn fields(keys: &[(&str, Wire<'_>)], place: &Place<'_>, item: bool) -> Result<Fields, Refusal> {
    let mut sorted: Vec<_> = keys.iter().filter(|(_, value)| !value.is_missing()).collect();
    sort(&mut sorted, |a, b| json::key_order(a.0, b.0));
    let mut fields = Vec::new();
    for (name, wire) in sorted {
        let place = place.key(name);
        let mut push = |value, listed| fields.push(Field { name: (*name).to_owned(), value, listed });
        match *name {
            "id" if item => {
                let id = id(wire, &place)?;
                match wire {
                    Wire::Text(text) => push(Value::Text(text.owned()), false),
                    _ => push(Value::Text(Text::new(id.clone(), id)), false),
                }
            }
            "price" | "quantity" if item => push(Value::Number(decimal(wire, &place)?), false),
            _ => match wire {
                Wire::List(elements) => {
                    for (index, element) in elements.iter().enumerate().filter(|(_, element)| !element.is_missing()) {
                        push(scalar(element, &place.index(index))?, true);
                    }
                }
                _ => push(scalar(wire, &place)?, false),
            },
        }
    }
    Ok(fields)
}

fn scalar(wire: &Wire<'_>, place: &Place<'_>) -> Result<Value, Refusal> {
    Ok(match wire {
        Wire::Text(text) => Value::Text(text.owned()),
        Wire::Number(_) => Value::Number(decimal(wire, place)?),
        Wire::Bool(value) => Value::Bool(*value),
        _ => {
            let mut nested = String::new();
            json::canonical(&mut nested, wire);
            Value::Nested(nested)
        }
    })
}
