//! What is asked of the profile and of the context (SPEC 5.3).

use std::collections::BTreeMap;
use std::f64::consts::PI;

use chrono::{Datelike, NaiveDate};

use super::days::{date, day_number};
use super::events::{Field, Visitor};
use super::numbers::{ONE, Ratio};
use super::predicates::Compare;
use super::text::Datum;
use super::{Reference, Settings};

#[derive(Clone, Copy, PartialEq)]
pub enum DayMeasure {
    Since,
    UntilAnniversary,
}

/// `{ "field": "newsletter", "modifier": "is_exactly", "value": true }`
pub struct Test {
    pub field: String,
    pub measure: Option<DayMeasure>,
    pub compare: Compare,
}

impl Test {
    pub fn holds(&self, field: &[Datum], settings: &Settings, now: i64) -> bool {
        let Some(measure) = self.measure else {
            return self.compare.holds(field);
        };
        let today = settings.zone.day(now);
        // "an unreadable date is missing"
        let days = field.iter().filter_map(Datum::day).map(|day| match measure {
            // "a date to come gives negative days"
            DayMeasure::Since => today - day,
            DayMeasure::UntilAnniversary => until_anniversary(date(day), today),
        });
        let numbers: Vec<Datum> = days.map(|days| Datum::Number(Ratio::whole(i128::from(days) * ONE))).collect();
        self.compare.holds(&numbers)
    }
}

/// Days until the next day, today included, that is this month and day: "the anniversary wraps the year; 29 February
/// is kept on 28 February in years without a 29th".
fn until_anniversary(of: NaiveDate, today: i64) -> i64 {
    let in_year = |year: i32| {
        let kept = NaiveDate::from_ymd_opt(year, of.month(), of.day());
        day_number(kept.unwrap_or_else(|| NaiveDate::from_ymd_opt(year, 2, 28).unwrap()))
    };
    let year = date(today).year();
    (year..=year + 1).map(in_year).find(|day| *day >= today).unwrap() - today
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Reference {
    /// "`hour` (0–23) and `weekday` (`monday`…) of `now` in the package's zone, and whatever the host adds (`hour` and
    /// `weekday` cannot be overridden)". The weekday is that of the local day; the hour is what the clock shows.
    pub fn context_at(&self, visitor: &Visitor, field: &str, now: i64) -> Field {
        let zone = self.settings.zone;
        match field {
            "hour" => vec![Datum::Number(Ratio::whole(i128::from(zone.hour(now)) * ONE))],
            "weekday" => vec![Datum::text(WEEKDAYS[date(zone.day(now)).weekday().num_days_from_monday() as usize], zone)],
            _ => visitor.context.get(field).cloned().unwrap_or_default(),
        }
    }
}

/// `{ "near": [45.46, 9.19], "withinKm": 5 }`
pub struct Near {
    latitude: f64,
    longitude: f64,
    within: f64,
}

/// Radians of degrees in ten-thousandths.
fn radians(degrees: i128) -> f64 {
    degrees as f64 / ONE as f64 * PI / 180.0
}

/// In radians, if there is such a place.
fn place(latitude: i128, longitude: i128) -> Option<(f64, f64)> {
    let within = latitude.abs() <= 90 * ONE && longitude.abs() <= 180 * ONE;
    within.then(|| (radians(latitude), radians(longitude)))
}

impl Near {
    /// In ten-thousandths of a degree and of a kilometre.
    pub fn new(latitude: i128, longitude: i128, within: i128) -> Option<Self> {
        let (latitude, longitude) = place(latitude, longitude)?;
        Some(Self { latitude, longitude, within: within as f64 / ONE as f64 })
    }

    /// "uses `latitude`, `longitude` (haversine, radius 6371.0088 km, bound included)"
    pub fn holds(&self, context: &BTreeMap<String, Field>) -> bool {
        let number = |key: &str| match context.get(key).map(Vec::as_slice) {
            Some([one]) => one.whole_number(),
            _ => None,
        };
        let here = number("latitude").zip(number("longitude")).and_then(|(latitude, longitude)| place(latitude, longitude));
        here.is_some_and(|(latitude, longitude)| {
            let half = |angle: f64| (angle / 2.0).sin().powi(2);
            let sides = self.latitude.cos() * latitude.cos() * half(longitude - self.longitude);
            let distance = 2.0 * 6371.0088 * (half(latitude - self.latitude) + sides).min(1.0).sqrt().asin();
            distance <= self.within
        })
    }
}

impl Datum {
    /// The local day of a date.
    fn day(&self) -> Option<i64> {
        if let Self::Text(text) = self { text.day() } else { None }
    }

    /// Ten-thousandths of a number, or of a plain decimal text.
    fn whole_number(&self) -> Option<i128> {
        self.number().map(|number| number.top)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::numbers::date_in_text;

    #[test]
    fn anniversaries() {
        let days = |of: &str, today: &str| {
            let [of, today] = [of, today].map(|text| date_in_text(text).unwrap());
            until_anniversary(of, day_number(today))
        };
        assert_eq!(days("1980-06-15", "2026-06-15"), 0);
        assert_eq!(days("1980-06-15", "2026-06-14"), 1);
        assert_eq!(days("1980-06-15", "2026-06-16"), 364);
        assert_eq!(days("1980-01-01", "2026-12-31"), 1);
        assert_eq!(days("2030-01-01", "2026-12-31"), 1);
        // A leap year, and one that is not.
        assert_eq!((days("2000-02-29", "2028-02-28"), days("2000-02-29", "2028-02-29"), days("2000-02-29", "2028-03-01")), (1, 0, 364));
        assert_eq!((days("2000-02-29", "2026-02-27"), days("2000-02-29", "2026-02-28"), days("2000-02-29", "2026-03-01")), (1, 0, 364));
        assert_eq!(days("2000-02-29", "2027-03-01"), 365);
    }

    #[test]
    fn distances() {
        let near = |within: i128, latitude: &str, longitude: i32| {
            let context = BTreeMap::from([
                ("latitude".to_owned(), vec![Datum::text(latitude, crate::reference::days::Zone::named("UTC").unwrap())]),
                ("longitude".to_owned(), vec![Datum::Number(Ratio::whole(i128::from(longitude)))]),
            ]);
            Near::new(0, 0, within).unwrap().holds(&context)
        };
        // A degree is 6371.0088 π / 180 = 111.19508… km.
        assert!(near(1_111_951, "1", 0) && !near(1_111_950, "1", 0));
        assert!(near(1_111_951, "0", -10_000) && !near(1_111_950, "0", -10_000));
        assert!(near(0, "0.0", 0) && !near(0, "0.0001", 0));
        assert!(!near(900_000_000, "91", 0) && !near(900_000_000, "north", 0) && near(900_000_000, " -90 ", 0));
    }
}
