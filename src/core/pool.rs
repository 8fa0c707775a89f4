//! Byte strings, each once: texts, names, numbers and ids, referred to by index.

use crate::bytes::{Reader, put_bytes};
use crate::column::Column;
use crate::hash;
use alloc::vec::Vec;

/// Byte strings with a hash index that is built when first asked.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    ends: Column,
    bytes: Vec<u8>,
    /// Open addressing: entry + 1, or 0.
    slots: Vec<u32>,
}

/// Equal entries, whether or not one of them was searched.
impl PartialEq for Pool {
    fn eq(&self, other: &Self) -> bool {
        (&self.ends, &self.bytes) == (&other.ends, &other.bytes)
    }
}

impl Pool {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of an entry.
    #[inline(never)]
    pub fn get(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends.get(index - 1) as usize };
        self.bytes.get(start..self.ends.get(index) as usize).unwrap_or(&[])
    }

    /// The entry with these bytes. Empty entries are not found.
    #[inline(never)]
    pub fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.slots.len() <= 2 * self.len() {
            self.slots = alloc::vec![0; 4 * self.len() + 16];
            for index in 0..self.len() {
                self.place(index);
            }
        }
        self.known(bytes)
    }

    /// As [`Pool::find`], among entries that were interned; others are not found.
    pub fn known(&self, bytes: &[u8]) -> Option<usize> {
        if self.slots.is_empty() { None } else { (self.slots[self.slot(bytes)] as usize).checked_sub(1) }
    }

    /// Appends an entry.
    #[inline(never)]
    pub fn push(&mut self, bytes: &[u8]) -> usize {
        self.bytes.extend_from_slice(bytes);
        self.ends.push(self.bytes.len() as u64);
        if self.slots.len() > 2 * self.len() {
            self.place(self.len() - 1);
        }
        self.len() - 1
    }

    /// The entry with these bytes, appended if there was none.
    pub fn intern(&mut self, bytes: &[u8]) -> u64 {
        let known = self.find(bytes);
        known.unwrap_or_else(|| self.push(bytes)) as u64
    }

    fn place(&mut self, index: usize) {
        if !self.get(index).is_empty() {
            let slot = self.slot(self.get(index));
            self.slots[slot] = index as u32 + 1;
        }
    }

    /// Where these bytes are, or would be.
    fn slot(&self, bytes: &[u8]) -> usize {
        let mut slot = hash::checksum(bytes) as usize;
        loop {
            slot %= self.slots.len();
            match self.slots[slot] {
                0 => return slot,
                entry if self.get(entry as usize - 1) == bytes => return slot,
                _ => slot += 1,
            }
        }
    }

    /// Appends the stored form.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.ends.write(out);
        put_bytes(out, &self.bytes);
    }

    /// Reads the stored form.
    pub fn read(reader: &mut Reader<'_>) -> Self {
        let ends = Column::read(reader);
        Self { ends, bytes: Vec::from(reader.bytes()), slots: Vec::new() }
    }
}
