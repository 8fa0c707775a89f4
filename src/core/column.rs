//! Packed columns of unsigned integers: the stored form and the working form are the same bytes.
//!
//! Every value of a column is kept above a common base in 0 to 8 bytes, as many as the largest
//! needs. A column of equal values costs nothing.

use crate::bytes::{Reader, put_uint, put_wide};
use alloc::vec::Vec;

/// So that eight bytes can be read at any value.
const PADDING: usize = 8;

/// A growing list of unsigned integers.
#[derive(Debug, Clone)]
pub struct Column {
    base: u64,
    width: usize,
    len: usize,
    bytes: Vec<u8>,
}

impl Default for Column {
    fn default() -> Self {
        Self::new()
    }
}

impl Column {
    /// An empty column.
    pub fn new() -> Self {
        Self { base: 0, width: 0, len: 0, bytes: alloc::vec![0; PADDING] }
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True without values.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value at `index`; zero beyond the end.
    pub fn get(&self, index: usize) -> u64 {
        let at = index * self.width;
        if index >= self.len {
            return 0;
        }
        let mut word = [0u8; 8];
        if let Some(bytes) = self.bytes.get(at..at + 8) {
            word.copy_from_slice(bytes);
        }
        let unused = 64 - 8 * self.width as u32;
        let offset = if self.width == 0 { 0 } else { u64::from_le_bytes(word) << unused >> unused };
        self.base.wrapping_add(offset)
    }

    /// Appends a value.
    pub fn push(&mut self, value: u64) {
        if self.len == 0 {
            self.base = value;
        }
        if value < self.base || width_of(value - self.base) > self.width {
            self.widen(value);
        }
        let offset = (value - self.base).to_le_bytes();
        let at = self.bytes.len() - PADDING;
        self.bytes.truncate(at);
        self.bytes.extend_from_slice(&offset[..self.width]);
        self.bytes.extend_from_slice(&[0; PADDING]);
        self.len += 1;
    }

    /// Makes room for `value` by packing everything anew.
    fn widen(&mut self, value: u64) {
        let all: Vec<u64> = (0..self.len).map(|index| self.get(index)).collect();
        let base = all.iter().copied().fold(value, u64::min);
        let top = all.iter().copied().fold(value, u64::max);
        self.base = base;
        self.width = width_of(top - base);
        self.bytes.clear();
        for old in all {
            self.bytes.extend_from_slice(&(old - base).to_le_bytes()[..self.width]);
        }
        self.bytes.extend_from_slice(&[0; PADDING]);
    }

    /// Appends the stored form.
    pub fn write(&self, out: &mut Vec<u8>) {
        put_uint(out, self.len);
        put_wide(out, u128::from(self.base));
        out.push(self.width as u8);
        out.extend_from_slice(&self.bytes[..self.len * self.width]);
    }

    /// Reads the stored form.
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let len = reader.uint();
        let base = reader.wide() as u64;
        let width = usize::from(reader.u8());
        if width > 8 || len.checked_mul(width).is_none_or(|size| size > reader.left()) || len > u32::MAX as usize {
            reader.bad = true;
            return Self::new();
        }
        let mut bytes = Vec::from(reader.take(len * width));
        bytes.extend_from_slice(&[0; PADDING]);
        Self { base, width, len, bytes }
    }
}

fn width_of(value: u64) -> usize {
    (64 - value.leading_zeros() as usize).div_ceil(8)
}
