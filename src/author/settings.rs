//! Reading a package's settings (SPEC 4). An error in any of time zone, rates, currency or
//! retention refuses the package.

use crate::catalogue::WEEKDAYS;
use crate::diagnostic::{EMPTY, Place, Problems, code};
use crate::text::{Fold, Text};
use regulars_core::number::RATE_ONE;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What a package settles for all its segments.
#[derive(Debug, Default)]
pub struct Settings {
    /// The zone's name; whether there is such a zone is seen by its table.
    pub time_zone: Option<String>,
    /// The currency that values are compared in.
    pub currency: Option<Text>,
    /// Folded currency and rate, ten places; ordered.
    pub rates: Vec<(String, i64)>,
    /// 0 is Monday.
    pub week_starts_on: i64,
    /// For how many days events of a type are kept; an empty type is any other.
    pub keep_days: Vec<(String, i64)>,
}

/// Reads the settings.
pub fn settings(problems: &mut Problems, package: &Map<String, Value>, place: &Place, fold: Fold) -> Settings {
    let mut text = |key: &str| problems.required(package, key, place).and_then(|value| problems.text(value, &place.key(key)));
    let time_zone = text("timeZone").map(str::to_owned);
    let currency = text("currency").map(fold);
    let own = currency.as_ref().map_or("", |currency| currency.folded.as_str());
    let rates = package.get("rates").map_or(Vec::new(), |value| rates(problems, value, &place.key("rates"), fold, own));
    let week_starts_on =
        package.get("weekStartsOn").and_then(|value| problems.word(value, &place.key("weekStartsOn"), &WEEKDAYS)).unwrap_or(0);
    // These two govern tracking and storage; they change no answer.
    const MOST: i64 = 1_000_000;
    if let Some(value) = package.get("visitTimeoutMinutes") {
        problems.integer(value, &place.key("visitTimeoutMinutes"), 1, MOST);
    }
    let mut keep_days = Vec::new();
    match package.get("keepDays") {
        Some(Value::Object(kinds)) => {
            for (kind, days) in kinds {
                let days = problems.integer(days, &place.key("keepDays").key(kind), 1, MOST);
                keep_days.extend(days.map(|days| (crate::text::trim(kind).to_owned(), days)));
            }
        }
        Some(days) => {
            let days = problems.integer(days, &place.key("keepDays"), 1, MOST);
            keep_days.extend(days.map(|days| (String::new(), days)));
        }
        None => {}
    }
    Settings { time_zone, currency, rates, week_starts_on, keep_days }
}

/// The greatest rate, ten places: what 64 bits hold.
const MAX_RATE: i128 = 900_000_000 * RATE_ONE as i128;

/// There are fewer currencies.
const MAX_RATES: usize = 1000;

fn rates(problems: &mut Problems, value: &Value, place: &Place, fold: Fold, own: &str) -> Vec<(String, i64)> {
    let (mut rates, mut seen) = (Vec::new(), HashSet::new());
    for (currency, value) in problems.plain_object(value, place).into_iter().flatten() {
        if rates.len() == MAX_RATES {
            problems.error(code::OUT_OF_RANGE, place, format!("A package may have at most {MAX_RATES} rates."));
            break;
        }
        let place = place.key(currency);
        let folded = fold(currency).folded;
        if folded.is_empty() {
            problems.error(code::EMPTY_TEXT, &place, EMPTY);
            continue;
        }
        if seen.contains(&folded) {
            problems.error(code::DUPLICATE_ID, &place, "There is another rate of this currency, whose case does not matter.");
            continue;
        }
        match problems.decimal(value, &place, 10) {
            Some(rate) if folded == own && rate == i128::from(RATE_ONE) => {}
            Some(_) if folded == own => {
                problems.error(code::OUT_OF_RANGE, &place, "One unit of the package's own currency is one: leave it out.")
            }
            Some(rate) if (1..=MAX_RATE).contains(&rate) => {
                seen.insert(folded.clone());
                rates.push((folded, rate as i64));
            }
            Some(_) => problems.error(
                code::OUT_OF_RANGE,
                &place,
                "A rate says what one unit is worth in the package's currency: above zero, and at most 900000000.",
            ),
            None => {}
        }
    }
    rates.sort();
    rates
}
