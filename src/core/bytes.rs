//! Reading and writing the byte formats: plan, snapshot and wire. Integers are LEB128.

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
    #[inline(never)]
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

    /// An unsigned integer.
    #[inline(never)]
    pub fn u64(&mut self) -> u64 {
        let (mut value, mut shift) = (0u64, 0u32);
        loop {
            let byte = self.u8();
            value |= u64::from(byte & 0x7F) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return value;
            }
            if shift > 63 {
                self.bad = true;
                return 0;
            }
        }
    }

    /// An unsigned integer that counts things which take at least one byte each: more than there
    /// are bytes is nonsense, and is caught here before anything is allocated for it.
    #[inline(never)]
    pub fn count(&mut self) -> usize {
        let n = self.u64() as usize;
        if n > self.rest.len() {
            self.bad = true;
            return 0;
        }
        n
    }

    /// Bytes with their length before them.
    #[inline(never)]
    pub fn bytes(&mut self) -> &'a [u8] {
        let n = self.count();
        self.take(n)
    }

    /// A signed integer in eight bytes, least first.
    #[inline(never)]
    pub fn word(&mut self) -> i64 {
        self.take(8).try_into().map_or(0, i64::from_le_bytes)
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        self.take(self.rest.len())
    }
}

/// Appends an unsigned integer.
#[inline(never)]
pub fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Signed to unsigned, small stays small.
pub fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

/// The inverse of [`zigzag`].
pub fn unzigzag(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

/// Appends bytes with their length.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}
