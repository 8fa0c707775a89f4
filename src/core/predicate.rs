//! Predicates over an event (`where`) or one of its lines (`items`), SPEC 5.1.
//!
//! A predicate is a postfix program over tests. A test of a named field is asked once per
//! distinct value in the history and remembered.

use crate::bytes::{Reader, owned, put_int, put_list, put_option, put_text, put_uint};
use crate::history::Pooled;
use crate::number;
use crate::text::{self, Text};
use crate::time;
use crate::zone::Zone;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// One step of a predicate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The result of the plan's test with this index.
    Test(usize),
    /// The opposite of the last result.
    Not,
    /// Whether all of the last `n` results hold.
    All(usize),
    /// Whether any of the last `n` results holds.
    Any(usize),
}

/// What a test looks at, and how.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Test {
    /// Where the value is.
    pub field: Field,
    /// What it must be.
    pub want: Want,
    /// The test is the exact opposite.
    pub negated: bool,
}

/// Where a value is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The event's value, in the package's currency.
    Value,
    /// The event's currency.
    Currency,
    /// The event's own id.
    Id,
    /// The line's price, in the package's currency.
    Price,
    /// The line's quantity; 1 if it has none.
    Quantity,
    /// A property of the event, or a field of the line.
    Named(String),
}

/// What a value must be, stated positively.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// Anything.
    Known,
    /// One of these.
    Equal {
        /// The wanted values.
        operands: Vec<Operand>,
        /// Skip only the case.
        case_sensitive: bool,
    },
    /// Within these ends; a strict end is not included.
    Within {
        /// The low end.
        low: Option<(Operand, bool)>,
        /// The high end.
        high: Option<(Operand, bool)>,
    },
    /// A text of this shape.
    Like {
        /// Which.
        shape: Shape,
        /// Already in the form that is compared.
        pattern: String,
        /// Skip only the case.
        case_sensitive: bool,
    },
}

/// How a text is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Occurs anywhere.
    Contains,
    /// At the start.
    Starts,
    /// At the end.
    Ends,
    /// `*` and `?`, the whole text.
    Matches,
}

const SHAPES: [Shape; 4] = [Shape::Contains, Shape::Starts, Shape::Ends, Shape::Matches];

/// A value in a rule, with every reading it allows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Operand {
    /// As a number: it is one, or a plain decimal text.
    pub number: Option<i64>,
    /// As a text.
    pub text: Option<Text>,
    /// As a day since 1970: a text that is a date, or an instant's local day.
    pub day: Option<i64>,
    /// As true or false.
    pub boolean: Option<bool>,
}

/// A value of the visitor's, as tests see it.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// NFC and trimmed; folded.
    Text(&'a str, &'a str),
    /// Ten-thousandths; converted sums may be beyond 64 bits.
    Number(i128),
    /// `true` or `false`.
    Bool(bool),
    /// Nested: known, comparable with nothing.
    Nested,
}

impl<'a> From<Pooled<'a>> for Seen<'a> {
    fn from(pooled: Pooled<'a>) -> Self {
        match pooled {
            Pooled::Text(clean, folded) => Seen::Text(clean, folded),
            Pooled::Number(number) => Seen::Number(i128::from(number)),
            Pooled::Bool(value) => Seen::Bool(value),
            Pooled::Nested(_) => Seen::Nested,
        }
    }
}

/// A text as a day: a date, or an RFC 3339 instant's local day.
pub fn day_of(text: &str, zone: &Zone) -> Option<i64> {
    time::parse_date(text).or_else(|| time::parse_instant(text).map(|at| zone.day(at)))
}

impl Want {
    /// True if a value that is not missing satisfies it.
    pub fn holds(&self, seen: Seen<'_>, zone: &Zone) -> bool {
        match self {
            Want::Known => true,
            Want::Equal { operands, case_sensitive } => operands.iter().any(|operand| equal(seen, operand, *case_sensitive)),
            Want::Within { low, high } => {
                let end = |end: &Option<(Operand, bool)>, wanted: Ordering| match end {
                    Some((operand, strict)) => match compare(seen, operand, zone) {
                        Some(Ordering::Equal) => !strict,
                        Some(order) => order == wanted,
                        None => false,
                    },
                    None => true,
                };
                end(low, Ordering::Greater) && end(high, Ordering::Less)
            }
            Want::Like { shape, pattern, case_sensitive } => match seen {
                Seen::Text(clean, folded) => {
                    let text = if *case_sensitive { clean } else { folded };
                    match shape {
                        Shape::Contains => text::contains(text, pattern),
                        Shape::Starts => text.as_bytes().starts_with(pattern.as_bytes()),
                        Shape::Ends => text.as_bytes().ends_with(pattern.as_bytes()),
                        Shape::Matches => text::matches(text, pattern),
                    }
                }
                _ => false,
            },
        }
    }
}

/// SPEC 2, kinds: a number and a plain decimal text compare as numbers, two texts as texts,
/// booleans only with booleans.
fn equal(seen: Seen<'_>, operand: &Operand, case_sensitive: bool) -> bool {
    match (seen, &operand.text) {
        (Seen::Number(number), _) => operand.number.is_some_and(|wanted| number == i128::from(wanted)),
        (Seen::Text(clean, folded), Some(wanted)) => wanted.form(case_sensitive) == if case_sensitive { clean } else { folded },
        (Seen::Text(clean, _), None) => operand.number.is_some() && number::parse(clean) == operand.number,
        (Seen::Bool(value), _) => operand.boolean == Some(value),
        (Seen::Nested, _) => false,
    }
}

/// Order: as numbers if both are, as days if both are dates, else not at all.
fn compare(seen: Seen<'_>, operand: &Operand, zone: &Zone) -> Option<Ordering> {
    match seen {
        Seen::Number(number) => Some(number.cmp(&i128::from(operand.number?))),
        Seen::Text(clean, _) => match operand.number {
            Some(wanted) => Some(number::parse(clean)?.cmp(&wanted)),
            None => Some(day_of(clean, zone)?.cmp(&operand.day?)),
        },
        _ => None,
    }
}

impl Step {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let (tag, n) = match self {
            Step::Not => (0, 0),
            Step::Test(test) => (1, *test),
            Step::All(n) => (2, *n),
            Step::Any(n) => (3, *n),
        };
        put_uint(out, n << 2 | tag);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let n = reader.uint();
        match n & 3 {
            0 => Step::Not,
            1 => Step::Test(n >> 2),
            2 => Step::All(n >> 2),
            _ => Step::Any(n >> 2),
        }
    }
}

impl Test {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let (tag, name) = match &self.field {
            Field::Value => (0, ""),
            Field::Currency => (1, ""),
            Field::Id => (2, ""),
            Field::Price => (3, ""),
            Field::Quantity => (4, ""),
            Field::Named(name) => (5, name.as_str()),
        };
        out.push(tag << 1 | u8::from(self.negated));
        put_text(out, name);
        self.want.write(out);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let tag = reader.u8();
        let name = reader.text();
        let field = match tag >> 1 {
            0 => Field::Value,
            1 => Field::Currency,
            2 => Field::Id,
            3 => Field::Price,
            4 => Field::Quantity,
            _ => Field::Named(owned(name)),
        };
        Test { field, want: Want::read(reader), negated: tag & 1 == 1 }
    }
}

impl Want {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Want::Known => out.push(0),
            Want::Equal { operands, case_sensitive } => {
                out.push(1);
                out.push(u8::from(*case_sensitive));
                put_list(out, operands, |out, operand| operand.write(out));
            }
            Want::Within { low, high } => {
                out.push(2);
                for end in [low, high] {
                    put_option(out, end.as_ref(), |out, (operand, strict)| {
                        operand.write(out);
                        out.push(u8::from(*strict));
                    });
                }
            }
            Want::Like { shape, pattern, case_sensitive } => {
                out.push(3);
                out.push(*shape as u8 * 2 + u8::from(*case_sensitive));
                put_text(out, pattern);
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        match reader.u8() {
            0 => Want::Known,
            1 => Want::Equal { case_sensitive: reader.u8() == 1, operands: reader.list(Operand::read) },
            2 => {
                let mut end = || reader.option(|reader| (Operand::read(reader), reader.u8() == 1));
                Want::Within { low: end(), high: end() }
            }
            _ => {
                let flags = reader.u8();
                let shape = SHAPES[usize::from(flags >> 1) % SHAPES.len()];
                Want::Like { shape, case_sensitive: flags & 1 == 1, pattern: owned(reader.text()) }
            }
        }
    }
}

impl Operand {
    fn write(&self, out: &mut Vec<u8>) {
        put_option(out, self.number.as_ref(), |out, n| put_int(out, *n));
        put_option(out, self.text.as_ref(), |out, text| text_write(text, out));
        put_option(out, self.day.as_ref(), |out, n| put_int(out, *n));
        put_option(out, self.boolean.as_ref(), |out, b| out.push(u8::from(*b)));
    }

    fn read(reader: &mut Reader<'_>) -> Self {
        Operand {
            number: reader.option(Reader::int),
            text: reader.option(text_read),
            day: reader.option(Reader::int),
            boolean: reader.option(|reader| reader.u8() == 1),
        }
    }
}

pub(crate) fn text_write(text: &Text, out: &mut Vec<u8>) {
    put_text(out, &text.clean);
    put_text(out, &text.folded);
}

pub(crate) fn text_read(reader: &mut Reader<'_>) -> Text {
    Text::new(reader.text(), reader.text())
}
