//! Writing JSON: for decisions, for results of reading, and for RFC 8785's canonical form.

use crate::number;
use crate::sort::sort;
use crate::wire::Wire;
use alloc::string::String;
use alloc::vec::Vec;

/// Appends a string with quotes, escaped as JavaScript's `JSON.stringify` and RFC 8785 do.
pub fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                for digit in [c as u8 >> 4, c as u8 & 15] {
                    out.push(b"0123456789abcdef"[usize::from(digit)] as char);
                }
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// Appends `"key":`, with a comma before it unless it opens the object.
pub fn key(out: &mut String, name: &str) {
    comma(out);
    string(out, name);
    out.push(':');
}

/// Appends a comma unless an object or array was just opened.
pub fn comma(out: &mut String) {
    if !matches!(out.as_bytes().last(), Some(b'{' | b'[' | b':') | None) {
        out.push(',');
    }
}

/// Appends an integer or `null`.
pub fn integer(out: &mut String, value: Option<i64>) {
    match value {
        Some(value) => number::print_signed(value, out),
        None => out.push_str("null"),
    }
}

/// Appends a string or `null`.
pub fn text(out: &mut String, value: Option<&str>) {
    match value {
        Some(value) => string(out, value),
        None => out.push_str("null"),
    }
}

/// Appends `true` or `false`.
pub fn boolean(out: &mut String, value: bool) {
    out.push_str(if value { "true" } else { "false" });
}

/// The bytes that a value takes as compact JSON.
pub fn size(value: &Wire<'_>) -> usize {
    match value {
        Wire::Null | Wire::Bool(true) => 4,
        Wire::Bool(false) => 5,
        Wire::Number(digits) => digits.len(),
        Wire::Text(text) => string_size(text.raw),
        Wire::List(items) => 1 + items.iter().map(|item| size(item) + 1).sum::<usize>().max(1),
        Wire::Object(items) => 1 + items.iter().map(|(key, item)| string_size(key) + size(item) + 2).sum::<usize>().max(1),
        Wire::Unreadable | Wire::TooDeep => 0,
    }
}

fn string_size(text: &str) -> usize {
    let extra = |byte: u8| match byte {
        b'"' | b'\\' | 8 | 9 | 10 | 12 | 13 => 1,
        0..=31 => 5,
        _ => 0,
    };
    2 + text.len() + text.bytes().map(extra).sum::<usize>()
}

/// Orders keys as RFC 8785 does: by UTF-16 code units.
pub fn key_order(a: &str, b: &str) -> core::cmp::Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Appends a value in canonical form: keys in order, numbers plain, texts NFC and trimmed,
/// missing values left out.
pub fn canonical(out: &mut String, value: &Wire<'_>) {
    match value {
        Wire::Null | Wire::Unreadable | Wire::TooDeep => out.push_str("null"),
        Wire::Bool(value) => boolean(out, *value),
        Wire::Number(digits) => match number::parse_printed(digits, 4) {
            Some(value) => number::print(value as i64, out),
            None => out.push_str(digits),
        },
        Wire::Text(text) => string(out, text.clean),
        Wire::List(items) => {
            out.push('[');
            for item in items.iter().filter(|item| !item.is_missing()) {
                comma(out);
                canonical(out, item);
            }
            out.push(']');
        }
        Wire::Object(items) => {
            let mut sorted: Vec<_> = items.iter().filter(|(_, item)| !item.is_missing()).collect();
            sort(&mut sorted, |a, b| key_order(a.0, b.0));
            out.push('{');
            for (name, item) in sorted {
                key(out, name);
                canonical(out, item);
            }
            out.push('}');
        }
    }
}
