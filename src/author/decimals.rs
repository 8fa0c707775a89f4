//! Reading plain decimals exactly, and JSON numbers as JavaScript prints them (SPEC 2).

use regulars_core::number::LIMIT;
use regulars_core::time;
use serde_json::{Number, Value};

/// Reads a plain decimal (`-12.50`; no plus sign, no exponent, digits on both sides of the
/// point) and rounds it half away from zero to `places`.
/// `None` when it is not one, or beyond ±900 000 000 000.
pub fn parse_decimal(text: &str, places: u32) -> Option<i128> {
    let (negative, size) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = size.split_once('.').unwrap_or((size, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let places = places as usize;
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
    let round_up = fraction.as_bytes().get(places).is_some_and(|digit| *digit >= b'5');
    // A number with more digits than this is beyond the limit.
    let whole = whole.trim_start_matches('0');
    if whole.len() > 12 {
        return None;
    }
    let value: i128 = format!("0{whole}{kept}").parse().ok()?;
    let value = value + i128::from(round_up);
    let limit = i128::from(LIMIT / regulars_core::number::ONE) * 10i128.pow(places as u32);
    (value <= limit).then_some(if negative { -value } else { value })
}

/// A plain decimal as ten-thousandths; see [`parse_decimal`].
///
/// ```
/// use regulars_author::decimals::parse;
/// assert_eq!(parse("59.90"), Some(599_000));
/// assert_eq!(parse("-0.00005"), Some(-1));
/// assert_eq!(parse("1e3"), None);
/// ```
pub fn parse(text: &str) -> Option<i64> {
    parse_decimal(text, 4).and_then(|number| i64::try_from(number).ok())
}

/// Whether a number or plain decimal text that can be read has nothing behind the point but
/// zeros, before it is rounded.
pub fn is_whole(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|double| double % 1.0 == 0.0),
        value => {
            let mut places = value.as_str().unwrap_or("").bytes().skip_while(|&byte| byte != b'.').skip(1);
            places.all(|digit| !digit.is_ascii_digit() || digit == b'0')
        }
    }
}

/// Whole milliseconds since 1970 UTC, within the years 1 to 9999, however JSON writes them.
pub fn milliseconds(number: &Number) -> Option<i64> {
    printed(number).parse().ok().filter(|at| (time::FIRST..=time::LAST).contains(at))
}

/// A JSON number by the digits that JavaScript prints: the nearest double, in as few digits as
/// tell it apart. (It may print an exponent, which stands for the same digits.)
pub fn printed(number: &Number) -> String {
    let double = number.as_f64().unwrap_or(f64::NAN);
    if double == 0.0 { "0".to_owned() } else { format!("{double}") }
}
