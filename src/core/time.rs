//! Civil dates and instants, by arithmetic alone.
//!
//! Days are counted from 1970-01-01. The conversions are Howard Hinnant's `days_from_civil`
//! and `civil_from_days` ("chrono-Compatible Low-Level Date Algorithms"), exact for the
//! proleptic Gregorian calendar.

/// Milliseconds in a day of 24 hours.
pub const DAY: i64 = 86_400_000;

/// The first instant that is read: 0001-01-01T00:00:00Z.
pub const FIRST: i64 = -719_162 * DAY;

/// The last instant that is read: the last millisecond of 9999, UTC.
pub const LAST: i64 = 2_932_897 * DAY - 1;

/// Days since 1970-01-01 of a civil date; `month` is 1–12.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month (1–12) and day (1–31) of a day since 1970-01-01.
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Weekday of a day since 1970-01-01: 0 is Monday, 6 Sunday. (1970-01-01 was a Thursday.)
pub fn weekday(days: i64) -> i64 {
    (days + 3).rem_euclid(7)
}

/// Reads `YYYY-MM-DD`, years 0001–9999, as days since 1970-01-01.
///
/// ```
/// assert_eq!(regulars_core::time::parse_date("1970-01-02"), Some(1));
/// assert_eq!(regulars_core::time::parse_date("2026-02-29"), None);
/// ```
pub fn parse_date(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(&bytes[..4])?, digits(&bytes[5..7])?, digits(&bytes[8..])?);
    let days = days_from_civil(year, month, day);
    (year > 0 && (1..=12).contains(&month) && civil_from_days(days) == (year, month, day)).then_some(days)
}

/// Reads RFC 3339 *with* an offset as milliseconds since 1970 UTC; finer digits are cut off.
/// Text without an offset is refused, never guessed. A leap second (`:60`) is the last
/// millisecond's successor, as POSIX counts.
///
/// ```
/// use regulars_core::time::parse_instant;
/// assert_eq!(parse_instant("1970-01-01T01:00:00.0019+01:00"), Some(1));
/// assert_eq!(parse_instant("1970-01-01T00:00:00"), None);
/// ```
pub fn parse_instant(text: &str) -> Option<i64> {
    let days = parse_date(text.get(..10)?)?;
    let bytes = text.as_bytes();
    if bytes.len() < 20 || !matches!(bytes[10], b'T' | b't' | b' ') || bytes[13] != b':' || bytes[16] != b':' {
        return None;
    }
    let (hour, minute, second) = (digits(&bytes[11..13])?, digits(&bytes[14..16])?, digits(&bytes[17..19])?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = &bytes[19..];
    let mut millis = 0;
    if rest[0] == b'.' {
        let end = rest[1..].iter().position(|byte| !byte.is_ascii_digit())? + 1;
        if end == 1 {
            return None;
        }
        for place in 1..=3 {
            millis = millis * 10 + if place < end { i64::from(rest[place] - b'0') } else { 0 };
        }
        rest = &rest[end..];
    }
    let offset = match rest {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if *sign == b'-' { -1 } else { 1 }
        }
        _ => return None,
    };
    let instant = days * DAY + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millis;
    (FIRST..=LAST).contains(&instant).then_some(instant)
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
}
