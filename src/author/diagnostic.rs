//! Problems: what is wrong with a package, where, in plain words, and what to do.

use crate::decimals::{is_whole, parse_decimal, printed};
use crate::text::trim;
use serde::Serialize;
use serde_json::{Map, Value};

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// A stable name, from [`code`].
    pub code: &'static str,
    /// Whether it breaks what it is in.
    pub severity: Severity,
    /// JSON pointer (RFC 6901) to the place in the package.
    pub pointer: String,
    /// What is wrong, in plain words.
    pub message: String,
    /// What to do, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The segment, campaign or package is broken.
    Error,
    /// It works, but perhaps not as meant.
    Warning,
}

/// The codes. They are stable.
pub mod code {
    #![allow(missing_docs, reason = "each name is its own explanation; sentences come with the problem")]
    pub const WRONG_TYPE: &str = "wrong_type";
    pub const MISSING_KEY: &str = "missing_key";
    pub const UNKNOWN_KEY: &str = "unknown_key";
    pub const UNKNOWN_VALUE: &str = "unknown_value";
    pub const EMPTY_GROUP: &str = "empty_group";
    pub const EMPTY_LIST: &str = "empty_list";
    pub const EMPTY_TEXT: &str = "empty_text";
    pub const BAD_NUMBER: &str = "bad_number";
    pub const BAD_INSTANT: &str = "bad_instant";
    pub const BAD_DATE: &str = "bad_date";
    pub const BAD_PERIOD: &str = "bad_period";
    pub const REVERSED_PAIR: &str = "reversed_pair";
    pub const OUT_OF_RANGE: &str = "out_of_range";
    pub const DUPLICATE_ID: &str = "duplicate_id";
    pub const RESERVED_ID: &str = "reserved_id";
    pub const UNKNOWN_SEGMENT: &str = "unknown_segment";
    pub const UNKNOWN_CELL: &str = "unknown_cell";
    pub const SEGMENT_CYCLE: &str = "segment_cycle";
    pub const REFERS_TO_BROKEN: &str = "refers_to_broken";
    pub const NOT_BUILT: &str = "not_built";
    pub const NOT_FOR_MEASURE: &str = "not_for_measure";
    pub const NOT_FOR_STEP: &str = "not_for_step";
    pub const KEEP_USES_PRESENT: &str = "keep_uses_present";
    pub const NOT_FOR_ID: &str = "not_for_id";
    pub const UNKNOWN_TIME_ZONE: &str = "unknown_time_zone";
    pub const TOO_MANY_SEGMENTS: &str = "too_many_segments";
    pub const TOO_MANY_VARIANTS: &str = "too_many_variants";
    pub const TOO_DEEP: &str = "too_deep";
    pub const TOO_MANY_NODES: &str = "too_many_nodes";
    pub const TOO_LARGE: &str = "too_large";
    pub const BAD_VERSION: &str = "bad_version";
    pub const TOO_MANY_PROBLEMS: &str = "too_many_problems";
    pub const NOT_JSON: &str = "not_json";
    pub const GRID_GAP: &str = "grid_gap";
    pub const GRID_OVERLAP: &str = "grid_overlap";
    pub const TWO_KINDS_OF_DAYS: &str = "two_kinds_of_days";
    pub const NEVER_MATCHES: &str = "never_matches";
    pub const ALWAYS_MATCHES: &str = "always_matches";
    pub const CONTRADICTORY_SIBLINGS: &str = "contradictory_siblings";
    pub const NEGATIVE_UNDER_ANY: &str = "negative_under_any";
    pub const MATCHES_NEW_VISITORS: &str = "matches_new_visitors";
    pub const BEYOND_KEEP_DAYS: &str = "beyond_keep_days";
    pub const ONE_RECENT_ORDER: &str = "one_recent_order";
    pub const UNUSED_SEGMENT: &str = "unused_segment";
}

/// What is wrong with a text in which there is nothing.
pub const EMPTY: &str = "The text is empty.";

/// A place in the package, as a JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place(pub String);

impl Place {
    /// The value under a key.
    pub fn key(&self, key: &str) -> Place {
        Place(format!("{}/{}", self.0, key.replace('~', "~0").replace('/', "~1")))
    }

    /// The element of a list.
    pub fn index(&self, index: usize) -> Place {
        Place(format!("{}/{index}", self.0))
    }
}

/// Collects problems while a package is read.
#[derive(Debug, Default)]
pub struct Problems {
    /// In the order in which they were found.
    pub list: Vec<Problem>,
    errors: usize,
    /// Found after the list was full.
    more: usize,
}

/// So many problems are told one by one.
const MOST: usize = 1000;

/// After so many problems the nearest known word is not looked for any more: that takes long, and
/// whoever has that many starts elsewhere.
const MANY: usize = 100;

/// What is longer is no misspelt word.
const LONGEST_WORD: usize = 48;

impl Problems {
    /// How many errors there are so far: what lies between two counts is broken or not.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// All of them; where there are very many, the first, and how many more.
    pub fn all(mut self) -> Vec<Problem> {
        if self.more > 0 {
            let message = format!("There are {} more problems than are told here.", self.more);
            let fix = Some("Mend these first.".to_owned());
            let severity = if self.errors > 0 { Severity::Error } else { Severity::Warning };
            self.list.push(Problem { code: code::TOO_MANY_PROBLEMS, severity, pointer: String::new(), message, fix });
        }
        self.list
    }

    /// The known word that is nearest to a mistaken one, if any is near and there are not too many
    /// problems to look for it.
    pub fn nearest<'a>(&self, word: &str, known: &[&'a str]) -> Option<&'a str> {
        if self.list.len() < MANY { nearest(word, known) } else { None }
    }

    /// Adds an error.
    pub fn error(&mut self, code: &'static str, place: &Place, message: impl Into<String>) {
        self.add(code, Severity::Error, place, message.into(), None);
    }

    /// Adds an error with a fix.
    pub fn error_with_fix(&mut self, code: &'static str, place: &Place, message: impl Into<String>, fix: impl Into<String>) {
        self.add(code, Severity::Error, place, message.into(), Some(fix.into()));
    }

    /// Adds a warning.
    pub fn warning(&mut self, code: &'static str, place: &Place, message: impl Into<String>, fix: impl Into<String>) {
        self.add(code, Severity::Warning, place, message.into(), Some(fix.into()));
    }

    fn add(&mut self, code: &'static str, severity: Severity, place: &Place, message: String, fix: Option<String>) {
        self.errors += usize::from(severity == Severity::Error);
        if self.list.len() == MOST {
            self.more += 1;
            return;
        }
        self.list.push(Problem { code, severity, pointer: place.0.clone(), message, fix });
    }

    /// An object whose keys are all known; names the nearest known key for each that is not.
    /// Keys in `later` are part of the language but not built yet: they are refused by name.
    pub fn object<'a>(&mut self, value: &'a Value, place: &Place, known: &[&str], later: &[&str]) -> Option<&'a Map<String, Value>> {
        let object = self.plain_object(value, place)?;
        for key in object.keys() {
            if later.contains(&key.as_str()) {
                self.not_built(&place.key(key), key);
            } else if !known.contains(&key.as_str()) {
                let message = format!("There is no key `{key}` here.");
                let fix = self
                    .nearest(key, known)
                    .map_or_else(|| format!("Use one of: {}.", known.join(", ")), |near| format!("Did you mean `{near}`?"));
                self.error_with_fix(code::UNKNOWN_KEY, &place.key(key), message, fix);
            }
        }
        Some(object)
    }

    /// An object with any keys.
    pub fn plain_object<'a>(&mut self, value: &'a Value, place: &Place) -> Option<&'a Map<String, Value>> {
        self.kind(value.as_object(), value, place, "an object")
    }

    /// A list.
    pub fn list<'a>(&mut self, value: &'a Value, place: &Place) -> Option<&'a Vec<Value>> {
        self.kind(value.as_array(), value, place, "a list")
    }

    /// A list with something in it.
    pub fn full_list<'a>(&mut self, value: &'a Value, place: &Place) -> Option<&'a Vec<Value>> {
        let list = self.list(value, place)?;
        if list.is_empty() {
            self.error(code::EMPTY_LIST, place, "The list is empty; put at least one value in.");
            return None;
        }
        Some(list)
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: &Value, place: &Place) -> Option<bool> {
        self.kind(value.as_bool(), value, place, "true or false")
    }

    /// A text, trimmed, that is not empty.
    pub fn text<'a>(&mut self, value: &'a Value, place: &Place) -> Option<&'a str> {
        let text = trim(self.kind(value.as_str(), value, place, "a text")?);
        if text.is_empty() {
            self.error(code::EMPTY_TEXT, place, EMPTY);
            return None;
        }
        Some(text)
    }

    /// One of a list of words.
    pub fn word<T: Copy>(&mut self, value: &Value, place: &Place, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(value, place)?;
        if let Some((_, found)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*found);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let fix = self
            .nearest(text, &known)
            .map_or_else(|| format!("Use one of: {}.", known.join(", ")), |near| format!("Did you mean `{near}`?"));
        self.error_with_fix(code::UNKNOWN_VALUE, place, format!("`{text}` is not known here."), fix);
        None
    }

    /// A number in ten-thousandths: a JSON number or a plain decimal text.
    pub fn number(&mut self, value: &Value, place: &Place) -> Option<i64> {
        self.decimal(value, place, 4).map(|number| number as i64)
    }

    /// A number with so many places.
    pub fn decimal(&mut self, value: &Value, place: &Place, places: u32) -> Option<i128> {
        let read = match value {
            // Doubles have these exactly.
            Value::Number(number) if number.as_i64().is_some_and(|whole| whole.abs() < 1 << 32) => {
                number.as_i64().map(|whole| i128::from(whole) * 10i128.pow(places))
            }
            Value::Number(number) => parse_decimal(&printed(number), places),
            Value::String(text) => parse_decimal(trim(text), places),
            _ => return self.kind(None, value, place, "a number"),
        };
        if read.is_none() {
            self.error_with_fix(
                code::BAD_NUMBER,
                place,
                "This is not a number that can be read.",
                "Write a plain decimal such as 59.90, at most 900000000000 in size.",
            );
        }
        read
    }

    /// A whole number within bounds, both included.
    pub fn integer(&mut self, value: &Value, place: &Place, low: i64, high: i64) -> Option<i64> {
        let number = self.number(value, place)? / regulars_core::number::ONE;
        if !is_whole(value) {
            self.error(code::BAD_NUMBER, place, "A whole number is needed here.");
            return None;
        }
        if !(low..=high).contains(&number) {
            self.error(code::OUT_OF_RANGE, place, format!("A whole number from {low} to {high} is needed here."));
            return None;
        }
        Some(number)
    }

    /// The value of a key that must be there.
    pub fn required<'a>(&mut self, object: &'a Map<String, Value>, key: &str, place: &Place) -> Option<&'a Value> {
        let value = object.get(key);
        if value.is_none() {
            self.error(code::MISSING_KEY, place, format!("The key `{key}` is missing."));
        }
        value
    }

    /// Part of the language, but not built yet.
    pub fn not_built(&mut self, place: &Place, what: &str) {
        self.error(code::NOT_BUILT, place, format!("`{what}` is not built yet in this version; it is refused rather than ignored."));
    }

    fn kind<T>(&mut self, read: Option<T>, value: &Value, place: &Place, wanted: &str) -> Option<T> {
        if read.is_none() {
            self.error(code::WRONG_TYPE, place, format!("This is {}; {wanted} is needed here.", name_of(value)));
        }
        read
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The known word that is nearest to a mistaken one, if any is near.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let word = word.to_lowercase();
    // A word is no nearer than their lengths are.
    let near = known.iter().filter(|other| other.chars().count().abs_diff(word.chars().count()) <= 1 + other.len() / 4);
    let near = near.map(|other| (strsim::osa_distance(&word, other), other)).min_by_key(|(distance, _)| *distance);
    near.filter(|(distance, near)| *distance <= 1 + near.len() / 4).map(|(_, near)| *near)
}
