//! Reading and writing the byte formats: plan, snapshot and wire. Integers are LEB128.

use alloc::string::String;
use alloc::vec::Vec;

/// A place in bytes. Past the end or on nonsense it turns `bad` and yields zeros, so that a
/// reader checks once at the end instead of at every step.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
    /// Something could not be read.
    pub bad: bool,
}

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, bad: false }
    }

    /// True when everything was read and all of it made sense.
    pub fn finished(&self) -> bool {
        !self.bad && self.rest.is_empty()
    }

    /// How many bytes are left.
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// The next `n` bytes, or none of them.
    pub fn take(&mut self, n: usize) -> &'a [u8] {
        if n <= self.rest.len() {
            let (taken, rest) = self.rest.split_at(n);
            self.rest = rest;
            taken
        } else {
            self.bad = true;
            self.rest = &[];
            &[]
        }
    }

    /// One byte.
    pub fn u8(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    /// Eight bytes, least first.
    pub fn u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        let taken = self.take(8);
        bytes[..taken.len()].copy_from_slice(taken);
        u64::from_le_bytes(bytes)
    }

    /// An unsigned integer of up to 128 bits.
    pub fn wide(&mut self) -> u128 {
        let (mut value, mut shift) = (0u128, 0u32);
        loop {
            let byte = self.u8();
            if shift > 126 {
                self.bad = true;
                return 0;
            }
            value |= u128::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return value;
            }
            shift += 7;
        }
    }

    /// An unsigned integer.
    pub fn uint(&mut self) -> usize {
        let (mut value, mut shift) = (0u64, 0u32);
        loop {
            let byte = self.u8();
            if shift > 56 {
                self.bad = true;
                return 0;
            }
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return value as usize;
            }
            shift += 7;
        }
    }

    /// A count of things that take at least one byte each; more than there are bytes is nonsense,
    /// and is caught here before anything is allocated for it.
    pub fn count(&mut self) -> usize {
        let n = self.uint();
        if n > self.rest.len() {
            self.bad = true;
            return 0;
        }
        n
    }

    /// A signed integer (zigzag).
    pub fn int(&mut self) -> i64 {
        let n = self.wide() as u64;
        (n >> 1) as i64 ^ -((n & 1) as i64)
    }

    /// A text: length and UTF-8.
    pub fn text(&mut self) -> &'a str {
        let n = self.uint();
        let taken = self.take(n);
        match core::str::from_utf8(taken) {
            Ok(text) => text,
            Err(_) => {
                self.bad = true;
                ""
            }
        }
    }

    /// A list: its length, then each by `read`.
    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let n = self.count();
        let mut out = Vec::new();
        for _ in 0..n {
            out.push(read(self));
            if self.bad {
                break;
            }
        }
        out
    }

    /// A value that may be absent: 0, or 1 and the value.
    pub fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.u8() == 1).then(|| read(self))
    }
}

/// Appends an unsigned integer.
pub fn put_uint(out: &mut Vec<u8>, n: usize) {
    put_wide(out, n as u128);
}

/// Appends an unsigned integer of up to 128 bits.
pub fn put_wide(out: &mut Vec<u8>, mut n: u128) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Appends a signed integer (zigzag).
pub fn put_int(out: &mut Vec<u8>, n: i64) {
    put_wide(out, u128::from(zigzag(n)));
}

/// Signed to unsigned, small stays small.
pub fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

/// Appends a text.
pub fn put_text(out: &mut Vec<u8>, text: &str) {
    put_uint(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// Appends a list.
pub fn put_list<T>(out: &mut Vec<u8>, items: &[T], mut put: impl FnMut(&mut Vec<u8>, &T)) {
    put_uint(out, items.len());
    for item in items {
        put(out, item);
    }
}

/// Appends a value that may be absent.
pub fn put_option<T>(out: &mut Vec<u8>, value: Option<&T>, put: impl FnOnce(&mut Vec<u8>, &T)) {
    match value {
        Some(value) => {
            out.push(1);
            put(out, value);
        }
        None => out.push(0),
    }
}

/// An owned copy of a text, for readers that keep it.
pub fn owned(text: &str) -> String {
    String::from(text)
}
