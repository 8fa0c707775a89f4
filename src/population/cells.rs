//! A column of cells: each distinct text once, and which of them stands in each row.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Texts one after the other.
#[derive(Debug, Default)]
pub struct Texts {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Texts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without texts.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A text's bytes.
    pub fn get(&self, index: usize) -> &[u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.bytes[start..self.ends[index] as usize]
    }

    /// A text; what is taken in is UTF-8.
    pub fn str(&self, index: usize) -> &str {
        std::str::from_utf8(self.get(index)).unwrap_or("")
    }

    /// Appends a text.
    pub fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len() as u32);
    }

    /// The same texts in another order, or some of them, and no byte more.
    pub fn gathered(&self, order: &[u32]) -> Texts {
        let size = order.iter().map(|&index| self.get(index as usize).len()).sum();
        let mut texts = Texts { bytes: Vec::with_capacity(size), ends: Vec::with_capacity(order.len()) };
        order.iter().for_each(|&index| texts.push(self.get(index as usize)));
        texts
    }
}

/// A number for a key in a hash table.
pub fn hash(text: &[u8], of: u32) -> u64 {
    FixedState::default().hash_one((of, text))
}

/// Distinct texts, found by what they say.
#[derive(Debug, Default)]
pub struct Names {
    /// The texts, by number.
    pub texts: Texts,
    index: HashTable<u32>,
}

impl Names {
    /// The number of a text, if it is known.
    pub fn find(&self, text: &[u8]) -> Option<u32> {
        self.index.find(hash(text, 0), |&number| self.texts.get(number as usize) == text).copied()
    }

    /// Appends a text that is not known yet.
    pub fn push(&mut self, text: &[u8]) -> u32 {
        let number = self.texts.len() as u32;
        self.texts.push(text);
        let texts = &self.texts;
        self.index.insert_unique(hash(text, 0), number, |&number| hash(texts.get(number as usize), 0));
        number
    }

    /// The same texts, which nobody looks for any more.
    pub fn without_index(self) -> Names {
        Names { texts: self.texts, index: HashTable::new() }
    }

    /// The number of a text, appended if it was not known.
    pub fn intern(&mut self, text: &[u8]) -> u32 {
        self.find(text).unwrap_or_else(|| self.push(text))
    }
}

/// Small numbers, in as few bytes as the largest needs.
#[derive(Debug)]
pub enum Codes {
    /// Up to 255.
    Byte(Vec<u8>),
    /// Up to 65 535.
    Short(Vec<u16>),
    /// Any.
    Word(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Codes::Byte(Vec::new())
    }
}

impl Codes {
    /// A number.
    #[inline]
    pub fn get(&self, index: usize) -> usize {
        match self {
            Codes::Byte(codes) => codes[index] as usize,
            Codes::Short(codes) => codes[index] as usize,
            Codes::Word(codes) => codes[index] as usize,
        }
    }

    /// Appends a number.
    pub fn push(&mut self, code: u32) {
        match self {
            Codes::Byte(codes) if code <= u32::from(u8::MAX) => codes.push(code as u8),
            Codes::Byte(codes) if code <= u32::from(u16::MAX) => {
                *self = Codes::Short(codes.iter().map(|&code| u16::from(code)).collect());
                self.push(code);
            }
            Codes::Byte(codes) => {
                *self = Codes::Word(codes.iter().map(|&code| u32::from(code)).collect());
                self.push(code);
            }
            Codes::Short(codes) if code <= u32::from(u16::MAX) => codes.push(code as u16),
            Codes::Short(codes) => {
                *self = Codes::Word(codes.iter().map(|&code| u32::from(code)).collect());
                self.push(code);
            }
            Codes::Word(codes) => codes.push(code),
        }
    }

    /// Writes a number over another.
    pub fn set(&mut self, index: usize, code: u32) {
        // What needs more bytes is pushed and taken back, which widens them all.
        self.push(code);
        match self {
            Codes::Byte(codes) => drop(codes.swap_remove(index)),
            Codes::Short(codes) => drop(codes.swap_remove(index)),
            Codes::Word(codes) => drop(codes.swap_remove(index)),
        }
    }

    /// The same numbers in another order, or some of them.
    pub fn gathered(&self, order: &[u32]) -> Codes {
        fn gather<T: Copy>(from: &[T], order: &[u32]) -> Vec<T> {
            order.iter().map(|&index| from[index as usize]).collect()
        }
        match self {
            Codes::Byte(codes) => Codes::Byte(gather(codes, order)),
            Codes::Short(codes) => Codes::Short(gather(codes, order)),
            Codes::Word(codes) => Codes::Word(gather(codes, order)),
        }
    }
}

/// A column of texts: 0 stands for none, and n + 1 for the name with the number n.
#[derive(Debug, Default)]
pub struct Cells {
    /// The distinct texts.
    pub names: Names,
    /// By row.
    pub codes: Codes,
    /// Of a column of numbers: what each distinct text says, in ten-thousandths.
    pub numbers: Vec<i64>,
}

impl Cells {
    /// The number in a row of a column of numbers.
    #[inline]
    pub fn number(&self, row: usize) -> Option<i64> {
        self.codes.get(row).checked_sub(1).map(|name| self.numbers[name])
    }
}
