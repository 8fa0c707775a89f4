//! Exact decimals with four places, as 64-bit integers of ten-thousandths (SPEC 2).
//!
//! The limit of ±900 000 000 000 keeps every number within 2^53 ten-thousandths, so a
//! number crosses into JavaScript unharmed.

use alloc::string::String;

/// Ten-thousandths in one.
pub const ONE: i64 = 10_000;

/// The largest number that is read, in ten-thousandths; the smallest is its negative.
pub const LIMIT: i64 = 900_000_000_000 * ONE;

/// Ten places: the scale of currency rates.
pub const RATE_ONE: i128 = 10_000_000_000;

/// Reads a plain decimal (`-12.50`; no plus sign, no exponent, digits on both sides of the
/// point) and rounds it half away from zero to `places`.
/// `None` when it is not one, or beyond ±900 000 000 000.
pub fn parse_decimal(text: &str, places: u32) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mut value, mut seen, mut after, mut point) = (0i128, 0, 0u32, false);
    let mut round_up = false;
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                seen += 1;
                let digit = i128::from(byte - b'0');
                if !point || after < places {
                    value = value.checked_mul(10)?.checked_add(digit)?;
                } else if after == places {
                    round_up = digit >= 5;
                }
                after += u32::from(point);
            }
            b'.' if !point && seen > 0 => point = true,
            _ => return None,
        }
    }
    if seen == 0 || (point && after == 0) {
        return None;
    }
    while after < places {
        value = value.checked_mul(10)?;
        after += 1;
    }
    value += i128::from(round_up);
    let limit = 900_000_000_000 * 10i128.pow(places);
    (value <= limit).then_some(if negative { -value } else { value })
}

/// A plain decimal as ten-thousandths; see [`parse_decimal`].
///
/// ```
/// assert_eq!(regulars_core::number::parse("59.90"), Some(599_000));
/// assert_eq!(regulars_core::number::parse("-0.00005"), Some(-1));
/// assert_eq!(regulars_core::number::parse("1e3"), None);
/// ```
pub fn parse(text: &str) -> Option<i64> {
    parse_decimal(text, 4).map(|n| n as i64)
}

/// A JSON number as JavaScript prints it, in ten-thousandths. An exponent occurs only below
/// 10⁻⁶, which rounds to nothing, and from 10²¹ on, which is too large.
pub fn parse_printed(text: &str, places: u32) -> Option<i128> {
    match text.split_once('e') {
        Some((digits, exponent)) if exponent.starts_with('-') && places <= 4 => {
            parse_decimal(digits, places).map(|_| 0)
        }
        Some((digits, exponent)) => shifted(digits, exponent, places),
        None => parse_decimal(text, places),
    }
}

/// `1.5e-7` at more than four places: the point moved left by hand.
fn shifted(digits: &str, exponent: &str, places: u32) -> Option<i128> {
    let left: usize = exponent.strip_prefix('-')?.parse().ok()?;
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let mut moved = String::from(negative);
    moved.push_str("0.");
    for _ in 1..left.min(400) {
        moved.push('0');
    }
    moved.extend(digits.chars().filter(char::is_ascii_digit));
    parse_decimal(&moved, places)
}

/// `a / b` rounded half away from zero; `b` is positive.
pub fn divide_rounded(a: i128, b: i128) -> i128 {
    let (quotient, rest) = (a / b, a % b);
    if rest.unsigned_abs() * 2 >= b.unsigned_abs() {
        quotient + a.signum()
    } else {
        quotient
    }
}

/// Price × quantity, rounded to four places.
pub fn line_value(price: i64, quantity: i64) -> i128 {
    // Nearly every line fits 64 bits, where division is many times faster.
    if let Some(product) = price.checked_mul(quantity) {
        let (whole, rest) = (product / ONE, product % ONE);
        return i128::from(whole + if rest.abs() * 2 >= ONE { product.signum() } else { 0 });
    }
    divide_rounded(i128::from(price) * i128::from(quantity), i128::from(ONE))
}

/// A value in a foreign currency times its rate (ten places), rounded to four places.
/// Saturates far beyond anything that is money.
pub fn convert(value: i128, rate: i128) -> i128 {
    if rate == RATE_ONE {
        return value;
    }
    match value.checked_mul(rate) {
        Some(product) => divide_rounded(product, RATE_ONE),
        None => (value / RATE_ONE).saturating_mul(rate),
    }
}

/// The shortest plain decimal: `59.9`, `-0.0001`, `12`.
pub fn print(number: i64, out: &mut String) {
    let size = number.unsigned_abs();
    if number < 0 {
        out.push('-');
    }
    print_integer(size / ONE as u64, out);
    let mut rest = size % ONE as u64;
    if rest > 0 {
        out.push('.');
        let mut unit = 1_000;
        while rest > 0 {
            out.push((b'0' + (rest / unit) as u8) as char);
            rest %= unit;
            unit /= 10;
        }
    }
}

/// An unsigned integer in decimal digits; by hand, because `core::fmt` costs a page kilobytes.
pub fn print_integer(mut number: u64, out: &mut String) {
    let (mut digits, mut at) = ([0u8; 20], 20);
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|&digit| digit as char));
}

/// A signed integer in decimal digits.
pub fn print_signed(number: i64, out: &mut String) {
    if number < 0 {
        out.push('-');
    }
    print_integer(number.unsigned_abs(), out);
}
