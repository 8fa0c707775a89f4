//! Reading `profile` and `context` conditions (SPEC 5.3): what is known of the person, and of the
//! present moment, beside the history.

use crate::catalogue::DATE_MEASURES;
use crate::conditions::{Wanted, wanted};
use crate::diagnostic::{Place, Problems, code};
use crate::periods::pair;
use crate::predicates::{Over, Reading, TEST_KEYS, Test, test};
use regulars_core::condition::measure;
use regulars_core::number::ONE;
use serde_json::{Map, Value};

/// A condition on what is known.
#[derive(Debug, Clone)]
pub enum Fact {
    /// A field of the profile satisfies a test.
    Profile(Test),
    /// What the page knows now satisfies a test.
    Context(Test),
    /// A date in the profile is so many days away.
    Days {
        /// The field.
        field: String,
        /// One of [`measure`].
        measure: i64,
        /// How many days.
        wanted: Wanted,
    },
    /// The local hour or weekday satisfies a test.
    Clock {
        /// [`measure::HOUR`] or [`measure::WEEKDAY`].
        measure: i64,
        /// What it must satisfy.
        test: Test,
    },
    /// The visitor is near a place.
    Near {
        /// Latitude and longitude in ten-thousandths of a degree.
        place: [i64; 2],
        /// In ten-thousandths of a kilometre; included.
        within: i64,
    },
}

impl Fact {
    /// It is about the present even where an earlier instant is looked at: neither the profile
    /// nor the context has a past.
    pub fn is_present(&self) -> bool {
        !matches!(self, Fact::Clock { .. })
    }
}

/// Reads a `profile` condition.
pub fn profile(problems: &mut Problems, value: &Value, place: &Place, reading: &Reading<'_>) -> Option<Fact> {
    let object = problems.plain_object(value, place)?;
    let Some(measure) = object.get("measure") else {
        problems.object(value, place, &TEST_KEYS, &[]);
        return test(problems, object, place, Over::Fact, reading).map(Fact::Profile);
    };
    problems.object(value, place, &["field", "measure", "modifier", "value"], &[]);
    let field = field(problems, object, place);
    let measure = problems.word(measure, &place.key("measure"), &DATE_MEASURES);
    let wanted = wanted(problems, object, place);
    Some(Fact::Days { field: field?.to_owned(), measure: measure?, wanted: wanted?.0 })
}

/// Reads a `context` condition.
pub fn context(problems: &mut Problems, value: &Value, place: &Place, reading: &Reading<'_>) -> Option<Fact> {
    let object = problems.plain_object(value, place)?;
    if object.contains_key("near") || object.contains_key("withinKm") {
        problems.object(value, place, &["near", "withinKm"], &[]);
        return near(problems, object, place);
    }
    problems.object(value, place, &TEST_KEYS, &[]);
    let test = test(problems, object, place, Over::Fact, reading)?;
    Some(match test.name.as_str() {
        "hour" => Fact::Clock { measure: measure::HOUR, test },
        "weekday" => Fact::Clock { measure: measure::WEEKDAY, test },
        _ => Fact::Context(test),
    })
}

fn field<'a>(problems: &mut Problems, object: &'a Map<String, Value>, place: &Place) -> Option<&'a str> {
    let field = problems.required(object, "field", place)?;
    problems.text(field, &place.key("field"))
}

/// `{ "near": [latitude, longitude], "withinKm": distance }`, in degrees and kilometres.
fn near(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<Fact> {
    let within = problems.required(object, "withinKm", place).and_then(|value| problems.number(value, &place.key("withinKm")));
    if within.is_some_and(|within| within < 0) {
        problems.error(code::OUT_OF_RANGE, &place.key("withinKm"), "A distance is zero or more.");
    }
    let near = problems.required(object, "near", place)?;
    let place = &place.key("near");
    let [latitude, longitude] = pair(problems, near, place)?;
    let mut degrees = |value: &Value, index: usize, most: i64| {
        let place = place.index(index);
        let read = problems.number(value, &place)?;
        if read.abs() > most * ONE {
            problems.error(code::OUT_OF_RANGE, &place, format!("A number of degrees from -{most} to {most} is needed here."));
            return None;
        }
        Some(read)
    };
    let (latitude, longitude) = (degrees(latitude, 0, 90), degrees(longitude, 1, 180));
    Some(Fact::Near { place: [latitude?, longitude?], within: within.filter(|within| *within >= 0)? })
}
