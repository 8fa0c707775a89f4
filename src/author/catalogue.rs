//! The words of the rule language, described once: parsing and checking use the tables here; the JSON Schema, the TypeScript types
//! and the editor's pickers are made from them.

pub mod entry;
pub mod fields;
pub mod groups;
pub mod package;
pub mod picker;
pub mod rules;
pub mod schema;
pub mod shape;
pub mod types;
pub mod words;

use regulars_core::condition::measure;
use regulars_core::series::{only, weight};
use regulars_core::zone::Unit;

/// A comparison (SPEC 5.1). The negative ones are the exact opposite of a positive one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// `is_exactly`, `is_not`.
    Equal,
    /// `is_less_than`.
    Less,
    /// `is_at_most`.
    AtMost,
    /// `is_greater_than`.
    Greater,
    /// `is_at_least`.
    AtLeast,
    /// `is_between`, `is_not_between`.
    Between,
    /// `contains` and its like.
    Like(Shape),
    /// `is_one_of`, `is_none_of`.
    OneOf,
    /// `is_known`, `is_unknown`.
    Known,
}

impl Modifier {
    /// It asks what is less or greater.
    pub fn orders(self) -> bool {
        matches!(self, Modifier::Less | Modifier::AtMost | Modifier::Greater | Modifier::AtLeast | Modifier::Between)
    }
}

/// How a text is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Occurs anywhere.
    Contains,
    /// At the start.
    Starts,
    /// At the end.
    Ends,
    /// `*` and `?`, the whole text.
    Matches,
}

/// All modifiers: word, comparison, and whether it is the opposite.
pub const MODIFIERS: [(&str, (Modifier, bool)); 17] = [
    ("is_exactly", (Modifier::Equal, false)),
    ("is_not", (Modifier::Equal, true)),
    ("is_less_than", (Modifier::Less, false)),
    ("is_at_most", (Modifier::AtMost, false)),
    ("is_greater_than", (Modifier::Greater, false)),
    ("is_at_least", (Modifier::AtLeast, false)),
    ("is_between", (Modifier::Between, false)),
    ("is_not_between", (Modifier::Between, true)),
    ("contains", (Modifier::Like(Shape::Contains), false)),
    ("does_not_contain", (Modifier::Like(Shape::Contains), true)),
    ("starts_with", (Modifier::Like(Shape::Starts), false)),
    ("ends_with", (Modifier::Like(Shape::Ends), false)),
    ("matches", (Modifier::Like(Shape::Matches), false)),
    ("is_one_of", (Modifier::OneOf, false)),
    ("is_none_of", (Modifier::OneOf, true)),
    ("is_known", (Modifier::Known, false)),
    ("is_unknown", (Modifier::Known, true)),
];

/// All measures: word, what is measured of each event ([`weight`]), and over all of them
/// ([`measure`]).
pub const MEASURES: [(&str, (i64, i64)); 12] = [
    ("count", (weight::PRESENCE, measure::COUNT)),
    ("total_value", (weight::VALUE, measure::TOTAL)),
    ("average_value", (weight::VALUE, measure::AVERAGE)),
    ("highest_value", (weight::VALUE, measure::HIGHEST)),
    ("lowest_value", (weight::VALUE, measure::LOWEST)),
    ("item_value", (weight::ITEM_VALUE, measure::TOTAL)),
    ("units", (weight::UNITS, measure::TOTAL)),
    ("distinct_items", (weight::ITEM_IDS, measure::DISTINCT_ITEMS)),
    ("active_days", (weight::DAY, measure::ACTIVE_DAYS)),
    ("ratio", (weight::RETURNED, measure::RATIO)),
    ("days_since_last", (weight::PRESENCE, measure::DAYS_SINCE_LAST)),
    ("days_since_first", (weight::PRESENCE, measure::DAYS_SINCE_FIRST)),
];

/// What is measured of a date in the profile: word and [`measure`].
pub const DATE_MEASURES: [(&str, i64); 2] =
    [("days_since", measure::DAYS_SINCE), ("days_until_anniversary", measure::DAYS_UNTIL_ANNIVERSARY)];

/// Units of exact length, in milliseconds.
pub const LENGTHS: [(&str, i64); 4] = [("minute", 60_000), ("hour", 3_600_000), ("day", 86_400_000), ("week", 604_800_000)];

/// Units of the calendar, and how many of them make 100 years.
pub const CALENDAR: [(&str, (Unit, i64)); 5] = [
    ("day", (Unit::Day, 36_525)),
    ("week", (Unit::Week, 5_217)),
    ("month", (Unit::Month, 1_200)),
    ("quarter", (Unit::Quarter, 400)),
    ("year", (Unit::Year, 100)),
];

/// 100 years in milliseconds: no period is longer.
pub const LONGEST: i64 = 36_525 * 86_400_000;

/// `only`.
pub const ONLY: [(&str, i64); 2] = [("first", only::FIRST), ("latest", only::LATEST)];

/// Weekdays, Monday first.
pub const WEEKDAYS: [(&str, i64); 7] =
    [("monday", 0), ("tuesday", 1), ("wednesday", 2), ("thursday", 3), ("friday", 4), ("saturday", 5), ("sunday", 6)];
