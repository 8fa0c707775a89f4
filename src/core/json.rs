//! Writing JSON by hand, as bytes of UTF-8: the form that settles copies.

use alloc::vec::Vec;

/// Appends a string with quotes, escaped as JavaScript's `JSON.stringify` and RFC 8785 do.
#[inline(never)]
pub fn string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    for &byte in text {
        let short = match byte {
            b'"' | b'\\' => byte,
            8 => b'b',
            9 => b't',
            10 => b'n',
            12 => b'f',
            13 => b'r',
            0..=31 => b'u',
            _ => {
                out.push(byte);
                continue;
            }
        };
        out.push(b'\\');
        out.push(short);
        if short == b'u' {
            out.extend_from_slice(if byte < 16 { b"000" } else { b"001" });
            out.push(b"0123456789abcdef"[usize::from(byte % 16)]);
        }
    }
    out.push(b'"');
}

/// Appends a comma unless an object or array was just opened.
#[inline(never)]
pub fn comma(out: &mut Vec<u8>) {
    if !matches!(out.last(), Some(b'{' | b'[')) {
        out.push(b',');
    }
}

/// Appends a key, with a comma before it where one is due, and what comes after.
#[inline(never)]
pub fn key(out: &mut Vec<u8>, name: &[u8], then: &[u8]) {
    comma(out);
    string(out, name);
    out.push(b':');
    out.extend_from_slice(then);
}
