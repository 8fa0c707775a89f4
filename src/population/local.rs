//! Instants in order files: with an offset always; without one only where the zone is told.

use regulars_core::time::{DAY, FIRST, LAST, parse_date, parse_instant};
use regulars_core::zone::Zone;

/// Why a text is no instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoInstant {
    /// It is a time, but nothing says of which zone.
    NoOffset,
    /// It is no time at all.
    Unreadable,
}

/// Reads whole milliseconds, RFC 3339 with an offset, and, in a zone, a local time:
/// `2026-03-01`, `20260301`, `2026-03-01 12:00`, `2026-03-01T12:00:00.5`.
///
/// # Errors
/// Says whether it lacks an offset or is no time.
pub fn instant(text: &str, zone: Option<&Zone>) -> Result<i64, NoInstant> {
    if let Some(instant) = parse_instant(text) {
        return Ok(instant);
    }
    let written = day(text).map(|day| (day * DAY, true)).or_else(|| civil(text).map(|civil| (civil, false)));
    match (written, zone) {
        (Some((civil, true)), Some(zone)) => Ok(zone.day_start(civil.div_euclid(DAY))),
        (Some((civil, false)), Some(zone)) => Ok(instant_of(zone, civil)),
        (Some(_), None) => Err(NoInstant::NoOffset),
        (None, _) => milliseconds(text).ok_or(NoInstant::Unreadable),
    }
}

fn milliseconds(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    // Eight digits are a date, or a mistake in one: as milliseconds they would be a day in 1970.
    let plain = !digits.is_empty() && text.len() != 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|instant| plain && (FIRST..=LAST).contains(instant))
}

/// `2026-03-01` or `20260301`.
fn day(text: &str) -> Option<i64> {
    if text.len() == 8 && text.is_ascii() {
        return parse_date(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    }
    parse_date(text)
}

/// A date and a time without an offset, as milliseconds since 1970-01-01T00:00 of the same clock.
fn civil(text: &str) -> Option<i64> {
    let seconds = if text.len() == 16 { ":00Z" } else { "Z" };
    parse_instant(&format!("{text}{seconds}"))
}

/// The instant at which a zone's clocks show a time: the earlier one if they show it twice. A
/// time that they skip is read as if they had not yet been put forward.
fn instant_of(zone: &Zone, civil: i64) -> i64 {
    let stretches = &zone.offsets;
    // No offset is beyond a day.
    let mut index = stretches.partition_point(|&(begins, _)| begins <= civil - DAY).saturating_sub(1);
    loop {
        let Some(&(_, offset)) = stretches.get(index) else { return civil };
        let instant = civil - offset;
        match stretches.get(index + 1) {
            Some(&(next, after)) if instant >= next && civil - after >= next => index += 1,
            _ => return instant,
        }
    }
}
