//! An event as it comes in and as it is kept: texts, names and numbers are entries of a pool.
//!
//! The host reads and checks events (JSON, numbers, dates, folding) and hands over bytes:
//! type, id, instant, revision, value, currency, lines, properties. What it hands over is
//! trusted to be well-formed, not to be sane: nothing here can fail on it.

use crate::bytes::{Reader, unzigzag, zigzag};
use crate::json;
use crate::number;
use crate::pool::Pool;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Something that happened at an instant.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// When it counts: the earliest `at` of its copies, in milliseconds since 1970 UTC.
    pub at: i64,
    /// When the copy that speaks said it was.
    pub said_at: i64,
    /// Which of several copies speaks: the greatest.
    pub revision: i64,
    /// Its own id within the type, trimmed; empty if it has none.
    pub id: Vec<u8>,
    /// In ten-thousandths of `currency` (zigzag + 1); 0 if it has none.
    pub value: u64,
    /// Entry of the currency + 1; 0 is the package's.
    pub currency: u64,
    /// Where each line ends in `fields`.
    pub lines: Vec<usize>,
    /// Names and values of all lines, one line after the other.
    pub fields: Vec<Field>,
    /// Names and values of its properties.
    pub properties: Vec<Field>,
}

/// One named value; the elements of a list follow one another.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Entry of the name × 4 + [`LISTED`] + [`DERIVED`].
    pub name: u64,
    /// Entry of the value.
    pub value: u64,
}

/// The value is one element of a list.
pub const LISTED: u64 = 1;
/// The property was derived from another (`path` and `host` from `url`), not said.
pub const DERIVED: u64 = 2;

/// What an entry of the pool is, its first byte.
pub mod entry {
    /// Ten-thousandths in eight bytes, least first.
    pub const NUMBER: u8 = 0;
    /// A byte, 0 or 1.
    pub const BOOL: u8 = 1;
    /// Canonical JSON.
    pub const NESTED: u8 = 2;
    /// A text: then, if it has a [`READING`], that number in eight bytes; then, if [`FOLDED`],
    /// length and clean form; then the folded form.
    pub const TEXT: u8 = 8;
    /// Of a text: its folded form differs from the clean one.
    pub const FOLDED: u8 = 1;
    /// Of a text, these bits: it also reads as one of the following.
    pub const READING: u8 = 6;
    /// A plain decimal: ten-thousandths.
    pub const DECIMAL: u8 = 2;
    /// A date: days since 1970-01-01.
    pub const DAY: u8 = 4;
    /// RFC 3339: milliseconds since 1970 UTC.
    pub const INSTANT: u8 = 6;
}

/// A value of the visitor's, as conditions see it.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// A text.
    Text {
        /// NFC and trimmed.
        clean: &'a [u8],
        /// Folded for comparison.
        folded: &'a [u8],
        /// How else it reads: one of [`entry::READING`], or 0.
        reading: u8,
        /// What it then is.
        number: i64,
    },
    /// Ten-thousandths; converted values may be beyond 64 bits.
    Number(i128),
    /// `true` or `false`.
    Bool(bool),
    /// Something nested, as canonical JSON: known, but equal to nothing.
    Nested(&'a [u8]),
}

/// The entry at `index`.
#[inline(never)]
pub fn value(pool: &Pool, index: u64) -> Seen<'_> {
    let mut reader = Reader::new(pool.get(index as usize));
    match reader.u8() {
        entry::NUMBER => Seen::Number(i128::from(reader.word())),
        entry::BOOL => Seen::Bool(reader.u8() != 0),
        entry::NESTED => Seen::Nested(reader.rest()),
        kind => {
            let reading = kind & entry::READING;
            let number = if reading > 0 { reader.word() } else { 0 };
            let first = if kind & entry::FOLDED > 0 { reader.bytes() } else { &[] };
            let folded = reader.rest();
            let clean = if kind & entry::FOLDED > 0 { first } else { folded };
            Seen::Text { clean, folded, reading, number }
        }
    }
}

impl Event {
    /// Nothing in particular, at 1970.
    #[inline(never)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next event in the host's bytes, without its type, which stands before it.
    #[inline(never)]
    pub fn read(reader: &mut Reader<'_>, pool: &mut Pool) -> Event {
        let id = Vec::from(reader.bytes());
        let at = unzigzag(reader.u64());
        let mut event = Event::new();
        (event.id, event.at, event.said_at, event.revision) = (id, at, at, unzigzag(reader.u64()));
        if reader.u8() > 0 {
            event.value = zigzag(reader.word()) + 1;
        }
        let currency = reader.bytes();
        if !currency.is_empty() {
            event.currency = pool.intern(currency) + 1;
        }
        for _ in 0..reader.count() {
            fields(reader, pool, &mut event.fields);
            event.lines.push(event.fields.len());
        }
        fields(reader, pool, &mut event.properties);
        event
    }

    /// The canonical JSON (RFC 8785) of the event as read, for comparing. What is equal or has
    /// spoken before this is asked is left out: id, revision, and the type's own name.
    #[inline(never)]
    pub fn canonical(&self, pool: &Pool) -> Vec<u8> {
        let mut out = Vec::from(&b"{\"at\":"[..]);
        number::print_signed(self.said_at, &mut out);
        if self.currency > 0 {
            json::key(&mut out, b"currency", b"");
            scalar(&mut out, pool, self.currency - 1);
        }
        if !self.lines.is_empty() {
            json::key(&mut out, b"items", b"[");
            let mut start = 0;
            for &end in &self.lines {
                json::comma(&mut out);
                object(&mut out, pool, &self.fields[start..end]);
                start = end;
            }
            out.push(b']');
        }
        if !self.properties.is_empty() {
            json::key(&mut out, b"properties", b"");
            object(&mut out, pool, &self.properties);
        }
        json::key(&mut out, b"type", b"");
        if self.value > 0 {
            json::key(&mut out, b"value", b"");
            number::print(unzigzag(self.value - 1), &mut out);
        }
        out.push(b'}');
        out
    }

    /// The order of events of one type: by instant, then id (code points); those without an id
    /// of their own after the others, by canonical JSON.
    pub fn order(&self, other: &Event, pool: &Pool) -> Ordering {
        self.at.cmp(&other.at).then_with(|| self.identity(other, pool))
    }

    /// Equal for copies of one event; those without an id of their own come last.
    #[inline(never)]
    pub fn identity(&self, other: &Event, pool: &Pool) -> Ordering {
        match (self.id.is_empty(), other.id.is_empty()) {
            (true, true) => self.canonical(pool).cmp(&other.canonical(pool)),
            (false, false) => self.id.cmp(&other.id),
            (none, _) => {
                if none {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
        }
    }

    /// Another copy of this event is heard (SPEC 3): the earliest instant counts, and the copy
    /// with the greatest revision speaks, then the earliest `at`, then the greater canonical
    /// JSON. False if that changed nothing.
    #[inline(never)]
    pub fn hear(&mut self, other: Event, pool: &Pool) -> bool {
        let at = self.at.min(other.at);
        let order = self.revision.cmp(&other.revision).then(other.said_at.cmp(&self.said_at));
        let speaks = order.then_with(|| self.canonical(pool).cmp(&other.canonical(pool))) == Ordering::Less;
        let changed = speaks || at < self.at;
        if speaks {
            *self = other;
        }
        self.at = at;
        changed
    }
}

/// Reads names and values as the host hands them over.
#[inline(never)]
pub fn fields(reader: &mut Reader<'_>, pool: &mut Pool, out: &mut Vec<Field>) {
    for _ in 0..reader.count() {
        let flags = u64::from(reader.u8());
        let name = pool.intern(reader.bytes()) << 2 | flags;
        out.push(Field { name, value: pool.intern(reader.bytes()) });
    }
}

#[inline(never)]
fn object(out: &mut Vec<u8>, pool: &Pool, fields: &[Field]) {
    out.push(b'{');
    let mut before = DERIVED; // the name of an open list; none is open
    for field in fields.iter().filter(|field| field.name & DERIVED == 0) {
        if field.name == before {
            out.push(b',');
        } else {
            if before & LISTED != 0 {
                out.push(b']');
            }
            json::key(out, pool.get((field.name >> 2) as usize), if field.name & LISTED != 0 { b"[" } else { b"" });
        }
        scalar(out, pool, field.value);
        before = field.name;
    }
    out.extend_from_slice(if before & LISTED != 0 { b"]}" } else { b"}" });
}

#[inline(never)]
fn scalar(out: &mut Vec<u8>, pool: &Pool, index: u64) {
    match value(pool, index) {
        Seen::Text { clean, .. } => json::string(out, clean),
        Seen::Number(value) => number::print(value as i64, out),
        Seen::Bool(value) => out.extend_from_slice(if value { b"true" } else { b"false" }),
        Seen::Nested(json) => out.extend_from_slice(json),
    }
}
