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

/// FNV-1a, 32 bits, over UTF-16 code units, as GrowthBook's JavaScript does it.
/// Source: GrowthBook SDK, "build your own" guide, `hashFnv32a`; FNV constants by Fowler, Noll, Vo.
pub fn fnv1a(units: impl Iterator<Item = u16>) -> u32 {
    units.fold(0x811C_9DC5, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193))
}

/// The bucket 0 … 9 999 of a visitor: GrowthBook's hash version 2,
/// `fnv1a(decimal(fnv1a(seed + id))) % 10000`.
///
/// ```
/// assert_eq!(regulars_core::hash::bucket("seed", "a"), 505);
/// ```
pub fn bucket(seed: &str, id: &str) -> u32 {
    let inner = fnv1a(seed.encode_utf16().chain(id.encode_utf16()));
    let mut text = alloc::string::String::new();
    crate::number::print_integer(u64::from(inner), &mut text);
    fnv1a(text.encode_utf16()) % 10_000
}
