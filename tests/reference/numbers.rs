//! Numbers and instants, as SPEC 2 says they are read.

use chrono::{DateTime, Datelike, NaiveDate};
use serde_json::Value;

use super::text::trim;

/// "exact decimals with four places, held as 64-bit integers of ten-thousandths".
pub const ONE: i128 = 10_000;
/// "anything beyond ±900 000 000 000 [is] refused".
const LIMIT: i128 = 900_000_000_000 * ONE;

/// A measured number: a count of ten-thousandths over a divisor, which is 1 but for averages, so that "averages are
/// compared by cross-multiplication, never as floats".
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    pub top: i128,
    pub bottom: i128,
}

impl Ratio {
    pub fn whole(top: i128) -> Self {
        Self { top, bottom: 1 }
    }

    pub fn order(self, other: Self) -> std::cmp::Ordering {
        (self.top * other.bottom).cmp(&(other.top * self.bottom))
    }
}

/// "plain decimal strings ("59.90"; no exponent, no plus sign) are read; more [digits] than [the places] are rounded
/// half away from zero". Digits are required on both sides of the point.
fn plain(text: &str, places: usize) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    if whole.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    if whole.len() > 20 {
        return None;
    }
    let kept: String = fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
    let size: i128 = format!("0{whole}{kept}").parse().ok()?;
    let half_or_more = fraction.as_bytes().get(places).is_some_and(|next| *next >= b'5');
    Some(sign * (size + i128::from(half_or_more)))
}

fn limited(number: i128) -> Option<i128> {
    (number.abs() <= LIMIT).then_some(number)
}

/// "Numbers and dates in text are trimmed first." A decimal text beyond the limit is not a number (an EAN code, say).
pub fn number_in_text(text: &str) -> Option<i128> {
    limited(plain(trim(text), 4)?)
}

/// The digits of "the nearest double, as JavaScript prints it". Rust prints the same shortest digits, and never an
/// exponent, which is what rounding to four places wants.
fn double(value: &Value) -> Option<String> {
    Some(format!("{}", value.as_f64()?))
}

/// A number where only a number may stand: a JSON number or a plain decimal text.
pub fn number(value: &Value) -> Option<i128> {
    match value {
        Value::Number(_) => limited(plain(&double(value)?, 4)?),
        Value::String(text) => number_in_text(text),
        _ => None,
    }
}

/// A whole number where only one may stand: a number, or a plain decimal text, with nothing behind the point but zeros.
pub fn whole(value: &Value) -> Option<i64> {
    let text = if let Value::String(text) = value { trim(text).to_owned() } else { double(value)? };
    let whole = text.split_once('.').map_or(text.as_str(), |(whole, places)| if places.trim_matches('0').is_empty() { whole } else { "" });
    number(value)?;
    whole.parse().ok()
}

/// "`rates` are read with ten decimal places."
pub fn rate(value: &Value) -> Option<i128> {
    let text = if let Value::String(text) = value { text.clone() } else { double(value)? };
    plain(trim(&text), 10)
}

/// A product of two scaled numbers, brought back by `scale` and "rounded half away from zero".
pub fn product(a: i128, b: i128, scale: i128) -> i128 {
    let exact = a * b;
    exact.signum() * ((exact.abs() + scale / 2) / scale)
}

/// Plain decimals, for canonical JSON: what JavaScript prints for these sizes.
pub fn print(number: i128) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, rest) = (number.abs() / ONE, number.abs() % ONE);
    let all = format!("{sign}{whole}.{rest:04}");
    all.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// "In JSON: an integer, or RFC 3339 *with* an offset (finer digits are cut off). Text without an offset is refused,
/// never guessed. […] Years 1 to 9999".
pub fn instant(value: &Value) -> Option<i64> {
    match value {
        Value::Number(_) => {
            let number = value.as_f64()?;
            let milliseconds = (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)?;
            let year = DateTime::from_timestamp_millis(milliseconds)?.year();
            (1..=9999).contains(&year).then_some(milliseconds)
        }
        Value::String(text) => instant_in_text(text),
        _ => None,
    }
}

pub fn instant_in_text(text: &str) -> Option<i64> {
    let milliseconds = DateTime::parse_from_rfc3339(trim(text)).ok()?.timestamp_millis();
    let year = DateTime::from_timestamp_millis(milliseconds)?.year();
    (1..=9999).contains(&year).then_some(milliseconds)
}

/// "Dates are `YYYY-MM-DD` text".
pub fn date_in_text(text: &str) -> Option<NaiveDate> {
    let text = trim(text);
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| shaped)?;
    (1..=9999).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_ten_thousandths_rounded_half_away_from_zero() {
        assert_eq!(number(&json!(59.9)), Some(599_000));
        assert_eq!(number(&json!(" 59.90 ")), Some(599_000));
        assert_eq!(number(&json!(0.00005)), Some(1));
        assert_eq!(number(&json!("-0.00005")), Some(-1));
        assert_eq!(number(&json!("0.00004999")), Some(0));
        assert_eq!(number(&json!(1.00005)), Some(10_001));
        assert_eq!(number(&json!(1e-7)), Some(0));
        assert_eq!(number(&json!(9e11)), Some(LIMIT));
        for refused in [json!(9.1e11), json!("1e3"), json!("+1"), json!("1."), json!(".5"), json!(""), json!("1 0"), json!(true)] {
            assert_eq!(number(&refused), None, "{refused}");
        }
        for (given, wanted) in [(json!(3), Some(3)), (json!(3.0), Some(3)), (json!(" 3.000000 "), Some(3)), (json!("-0"), Some(0))] {
            assert_eq!(whole(&given), wanted, "{given}");
        }
        for refused in [json!(1.00001), json!("1.00001"), json!("1."), json!("3 000"), json!("+3"), json!(1e12), json!(null)] {
            assert_eq!(whole(&refused), None, "{refused}");
        }
        assert_eq!(rate(&json!("0.92")), Some(9_200_000_000));
        assert_eq!(product(15, 1, 10), 2);
        assert_eq!(product(-15, 1, 10), -2);
        assert_eq!(print(-599_000), "-59.9");
        assert_eq!(print(1), "0.0001");
        assert_eq!(print(0), "0");
    }

    #[test]
    fn instants_are_whole_milliseconds_with_an_offset() {
        assert_eq!(instant(&json!("1970-01-01T01:00:00.0019+01:00")), Some(1));
        assert_eq!(instant(&json!("1969-12-31T23:59:59.9999Z")), Some(-1));
        assert_eq!(instant(&json!(1_000)), Some(1_000));
        assert_eq!(instant(&json!(1.5)), None);
        assert_eq!(instant(&json!("2026-03-01T12:00:00")), None);
        assert_eq!(date_in_text(" 2026-02-28 ").map(|date| date.to_string()), Some("2026-02-28".into()));
        assert_eq!(date_in_text("2026-02-29"), None);
        assert_eq!(date_in_text("2026-2-28"), None);
    }
}
