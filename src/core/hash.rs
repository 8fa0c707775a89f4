//! Two hashes: one for whole files, one for assignment to variants.

/// A 64-bit checksum of bytes, eight at a time: it finds damage, it does not resist an attacker.
pub fn checksum(bytes: &[u8]) -> u64 {
    // Multiply and fold, as in the FxHash family; the constant is 2^64 / golden ratio.
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = bytes.len() as u64 ^ K;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(29) ^ u64::from_le_bytes(word)).wrapping_mul(K);
    }
    hash ^ (hash >> 32)
}

/// FNV-1a, 32 bits, one unit further. Units are UTF-16 code units, as in GrowthBook's JavaScript.
/// Source: GrowthBook SDK, "build your own" guide, `hashFnv32a`; FNV by Fowler, Noll and Vo.
fn fnv1a(hash: u32, unit: u16) -> u32 {
    (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193)
}

/// FNV-1a of a whole text, to go on from.
pub fn seed(text: &str) -> u32 {
    text.encode_utf16().fold(0x811C_9DC5, fnv1a)
}

/// The bucket 0 … 9 999 of a visitor: GrowthBook's hash version 2,
/// `fnv1a(decimal(fnv1a(seed + id))) % 10000`. The id is UTF-16 code units, least byte first.
///
/// ```
/// use regulars_core::hash::{bucket, seed};
/// assert_eq!(bucket(seed("seed"), &[b'a', 0]), 505);
/// ```
pub fn bucket(seed: u32, id: &[u8]) -> i64 {
    let mut hash = seed;
    for unit in id.chunks_exact(2) {
        hash = fnv1a(hash, u16::from(unit[0]) | u16::from(unit[1]) << 8);
    }
    let mut digits = alloc::vec::Vec::new();
    crate::number::print_integer(u64::from(hash), &mut digits);
    hash = 0x811C_9DC5;
    for digit in digits {
        hash = fnv1a(hash, u16::from(digit));
    }
    i64::from(hash % 10_000)
}
