//! A JSON value as it crosses from the host: tagged bytes with texts already folded.
//!
//! Layout, one value: 0 null, 1 false, 2 true, 3 number (its digits as JavaScript prints them),
//! 4 text (flags, as given, [NFC and trimmed], [folded]), 5 list, 6 object, 7 something that is
//! not JSON, 8 nested deeper than the host was willing to follow. Lengths are LEB128.

use crate::bytes::{Reader, put_text, put_uint};
use crate::text::{Text, trim};
use alloc::vec::Vec;

/// Where the host stops to follow nested values.
pub const DEEPEST: usize = 16;

/// A JSON value.
#[derive(Debug, Clone)]
pub enum Wire<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number's digits, as JavaScript prints them.
    Number(&'a str),
    /// A text.
    Text(WireText<'a>),
    /// An array.
    List(Vec<Wire<'a>>),
    /// An object's own keys and values, in their order.
    Object(Vec<(&'a str, Wire<'a>)>),
    /// A function, a symbol, a cycle: not JSON.
    Unreadable,
    /// Nested too deeply to follow.
    TooDeep,
}

/// A text in its three forms.
#[derive(Debug, Clone, Copy)]
pub struct WireText<'a> {
    /// As given.
    pub raw: &'a str,
    /// NFC and trimmed.
    pub clean: &'a str,
    /// Folded for comparison.
    pub folded: &'a str,
}

impl WireText<'_> {
    /// Owned, for keeping.
    pub fn owned(&self) -> Text {
        Text::new(self.clean, self.folded)
    }
}

impl Wire<'_> {
    /// SPEC 2: `null`, `[]` and blank text are missing.
    pub fn is_missing(&self) -> bool {
        match self {
            Wire::Null => true,
            Wire::Text(text) => text.clean.is_empty(),
            Wire::List(items) => items.is_empty(),
            _ => false,
        }
    }
}

/// Reads one value that fills all of `bytes`; `None` if they are not in this format.
pub fn read(bytes: &[u8]) -> Option<Wire<'_>> {
    let mut reader = Reader::new(bytes);
    let value = value(&mut reader, 0);
    reader.finished().then_some(value)
}

fn value<'a>(reader: &mut Reader<'a>, depth: usize) -> Wire<'a> {
    match reader.u8() {
        0 => Wire::Null,
        1 => Wire::Bool(false),
        2 => Wire::Bool(true),
        3 => Wire::Number(reader.text()),
        4 => text(reader),
        5 | 6 if depth > DEEPEST + 4 => {
            reader.bad = true;
            Wire::TooDeep
        }
        5 => Wire::List(reader.list(|reader| value(reader, depth + 1))),
        6 => Wire::Object(reader.list(|reader| (reader.text(), value(reader, depth + 1)))),
        7 => Wire::Unreadable,
        8 => Wire::TooDeep,
        _ => {
            reader.bad = true;
            Wire::Null
        }
    }
}

fn text<'a>(reader: &mut Reader<'a>) -> Wire<'a> {
    let flags = reader.u8();
    let raw = reader.text();
    let clean = if flags & 1 != 0 { reader.text() } else { trim(raw) };
    let folded = if flags & 2 != 0 { reader.text() } else { clean };
    Wire::Text(WireText { raw, clean, folded })
}

/// Appends a text in this format.
pub fn put_wire_text(out: &mut Vec<u8>, raw: &str, clean: &str, folded: &str) {
    let (has_clean, has_folded) = (clean != trim(raw), folded != clean);
    out.push(4);
    out.push(u8::from(has_clean) | u8::from(has_folded) << 1);
    put_text(out, raw);
    if has_clean {
        put_text(out, clean);
    }
    if has_folded {
        put_text(out, folded);
    }
}

/// Appends a number's digits.
pub fn put_wire_number(out: &mut Vec<u8>, printed: &str) {
    out.push(3);
    put_text(out, printed);
}

/// Appends the head of a list (5) or object (6).
pub fn put_wire_head(out: &mut Vec<u8>, tag: u8, count: usize) {
    out.push(tag);
    put_uint(out, count);
}
