//! Exact decimals with four places, as 64-bit integers of ten-thousandths (SPEC 2).
//!
//! The limit of ±900 000 000 000 keeps every number within 2^53 ten-thousandths, so a
//! number crosses into JavaScript unharmed.

use alloc::vec::Vec;

/// Ten-thousandths in one.
pub const ONE: i64 = 10_000;

/// The largest number that is read, in ten-thousandths; the smallest is its negative.
pub const LIMIT: i64 = 900_000_000_000 * ONE;

/// Ten places: the scale of currency rates.
pub const RATE_ONE: i64 = 10_000_000_000;

/// `value / divisor` (at most 2^32), rounded half away from zero; twice, if `twice`.
///
/// In four limbs: a general 128-bit division costs a page a kilobyte.
fn divide_rounded(value: i128, divisor: u64, twice: bool) -> i128 {
    let mut size = value.unsigned_abs();
    // Halves up: floor((n + d/2) / d), and dividing by d twice is dividing by d².
    size += u128::from(if twice { divisor * divisor / 2 } else { divisor / 2 });
    for _ in 0..1 + u8::from(twice) {
        let (mut quotient, mut rest) = (0u128, 0u64);
        for limb in (0..4).rev() {
            let part = rest << 32 | (size >> (32 * limb)) as u64 & 0xFFFF_FFFF;
            quotient = quotient << 32 | u128::from(part / divisor);
            rest = part % divisor;
        }
        size = quotient;
    }
    if value < 0 { -(size as i128) } else { size as i128 }
}

/// Price × quantity, rounded to four places.
pub fn line_value(price: i64, quantity: i64) -> i128 {
    divide_rounded(i128::from(price) * i128::from(quantity), 10_000, false)
}

/// A value in a foreign currency times its rate (ten places), rounded to four places.
pub fn convert(value: i128, rate: i64) -> i128 {
    if rate == RATE_ONE {
        return value;
    }
    divide_rounded(value.wrapping_mul(i128::from(rate)), 100_000, true)
}

/// Appends the shortest plain decimal: `59.9`, `-0.0001`, `12`.
pub fn print(number: i64, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    print_integer(number.unsigned_abs() / ONE as u64, out);
    let mut rest = number.unsigned_abs() % ONE as u64;
    if rest > 0 {
        out.push(b'.');
        let mut unit = 1_000;
        while rest > 0 {
            out.push(b'0' + (rest / unit) as u8);
            rest %= unit;
            unit /= 10;
        }
    }
}

/// Appends an unsigned integer; by hand, because `core::fmt` costs a page kilobytes.
#[inline(never)]
pub fn print_integer(number: u64, out: &mut Vec<u8>) {
    let mut unit = 1;
    while number / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        out.push(b'0' + (number / unit % 10) as u8);
        unit /= 10;
    }
}

/// Appends a signed integer.
#[inline(never)]
pub fn print_signed(number: i64, out: &mut Vec<u8>) {
    if number < 0 {
        out.push(b'-');
    }
    print_integer(number.unsigned_abs(), out);
}
