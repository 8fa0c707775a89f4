//! What a browser has built in, natively: Unicode folding and time zone tables.

use crate::package::{Compiled, ZoneTable, compile};
use crate::text::{Text, trim};
use chrono::{NaiveDate, Offset, TimeZone};
use chrono_tz::{IANA_TZDB_VERSION, Tz};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use unicode_normalization::UnicodeNormalization;

/// NFC, trimmed; folded to full lower case with every ς as σ.
pub fn fold(text: &str) -> Text {
    if text.is_ascii() {
        let clean = trim(text).to_owned();
        return Text { folded: clean.to_ascii_lowercase(), clean };
    }
    let nfc: String = text.nfc().collect();
    let clean = trim(&nfc).to_owned();
    let folded = clean.to_lowercase().replace('ς', "σ");
    Text { clean, folded }
}

/// A zone's table of offsets from 1970 to 2100, from chrono-tz; `None` if it knows no such zone.
pub fn zone_table(name: &str) -> Option<ZoneTable> {
    // Finding it takes longer than compiling a package, and it never changes.
    static KNOWN: Mutex<BTreeMap<String, ZoneTable>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(table) = known.get(name) {
        return Some(table.clone());
    }
    let table = found_table(name)?;
    known.insert(name.to_owned(), table.clone());
    Some(table)
}

fn found_table(name: &str) -> Option<ZoneTable> {
    // Case matters to chrono-tz; `Intl` forgives, the table is the same.
    let zone: Tz = name.parse().ok()?;
    let offset = |second: i64| {
        let utc = chrono::DateTime::from_timestamp(second, 0)?.naive_utc();
        Some(i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()))
    };
    let end = NaiveDate::from_ymd_opt(2101, 1, 1)?.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
    let initial = offset(0)?;
    let mut transitions = Vec::new();
    let (mut from, mut before) = (0, initial);
    while from < end {
        // No zone ever had two clock changes within six hours.
        let to = (from + 6 * 3600).min(end);
        let after = offset(to - 1)?;
        if after != before {
            let (mut low, mut high) = (from - 1, to - 1);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if offset(middle)? == before { low = middle } else { high = middle }
            }
            transitions.push((high * 1000, after * 1000));
        }
        (from, before) = (to, after);
    }
    Some(ZoneTable { version: IANA_TZDB_VERSION.to_owned(), initial: initial * 1000, transitions })
}

/// Compiles a package with this machine's tables.
///
/// ```
/// let package = serde_json::json!({ "regulars": 1, "timeZone": "Europe/Amsterdam", "currency": "EUR",
///     "segments": [{ "id": "one", "rule": { "events": { "of": "conversion", "modifier": "is_exactly", "value": 1 } } }] });
/// let compiled = regulars_author::native::compile_package(&package, false);
/// assert_eq!(compiled.problems, []);
/// assert!(compiled.plan.is_some());
/// ```
pub fn compile_package(package: &Value, strict: bool) -> Compiled {
    let zone = package.get("timeZone").and_then(Value::as_str).and_then(|name| zone_table(trim(name)));
    compile(package, zone, fold, strict)
}
