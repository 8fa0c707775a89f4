//! Packed columns of unsigned integers: the stored form and the working form are the same bytes.
//!
//! Every value of a column is kept above a common base in 0 to 8 bytes, as many as the largest
//! needs. A column of equal values costs nothing.

use crate::bytes::{Reader, put};
use alloc::vec::Vec;

/// So that eight bytes can be read at any value.
const PADDING: usize = 8;

/// A growing list of unsigned integers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    base: u64,
    width: usize,
    len: usize,
    bytes: Vec<u8>,
}

impl Column {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True without values.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value at `index`; zero beyond the end.
    #[inline(never)]
    pub fn get(&self, index: usize) -> u64 {
        let at = index.wrapping_mul(self.width);
        match self.bytes.get(at..at.wrapping_add(PADDING)) {
            Some(bytes) if index < self.len => {
                let mut word = [0; PADDING];
                word.copy_from_slice(bytes);
                let mask = if self.width == 8 { u64::MAX } else { (1 << (8 * self.width)) - 1 };
                self.base.wrapping_add(u64::from_le_bytes(word) & mask)
            }
            _ => 0,
        }
    }

    /// Appends a value.
    #[inline(never)]
    pub fn push(&mut self, value: u64) {
        if self.len == 0 {
            self.base = value;
        }
        if value < self.base || width_of(value - self.base) > self.width {
            // Pack everything anew, with room for the value.
            let old = core::mem::take(self);
            let (mut base, mut top) = (value, value);
            for index in 0..old.len {
                base = base.min(old.get(index));
                top = top.max(old.get(index));
            }
            self.width = width_of(top - base);
            self.base = base;
            for index in 0..old.len {
                self.append(old.get(index));
            }
        }
        self.append(value);
    }

    fn append(&mut self, value: u64) {
        self.bytes.truncate(self.len * self.width);
        let offset = (value - self.base).to_le_bytes();
        self.bytes.extend_from_slice(&offset[..self.width]);
        self.bytes.extend_from_slice(&[0; PADDING]);
        self.len += 1;
    }

    /// Appends the stored form.
    pub fn write(&self, out: &mut Vec<u8>) {
        put(out, self.len as u64);
        put(out, self.base);
        out.push(self.width as u8);
        out.extend_from_slice(&self.bytes[..self.len * self.width]);
    }

    /// Reads the stored form.
    #[inline(never)]
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let (len, base, width) = (reader.u64(), reader.u64(), u64::from(reader.u8()));
        // What takes no bytes is bounded by what columns are for.
        if len > u64::from(u32::MAX) || width > 8 {
            reader.bad = true;
            return Self::default();
        }
        let mut bytes = Vec::from(reader.take((len * width) as usize));
        bytes.extend_from_slice(&[0; PADDING]);
        Self { base, width: width as usize, len: len as usize, bytes }
    }
}

/// How many bytes a value takes.
fn width_of(value: u64) -> usize {
    (71 - value.leading_zeros() as usize) / 8
}
