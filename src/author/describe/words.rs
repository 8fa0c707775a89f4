//! What a language brings: whole phrases, with `%` and a letter where something goes.

use super::{dutch::DUTCH, english::ENGLISH};

/// A language that rules are described in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// `en`.
    English,
    /// `nl`.
    Dutch,
}

impl Language {
    /// By its code, `en` or `nl`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Language::English),
            "nl" => Some(Language::Dutch),
            _ => None,
        }
    }

    /// Its phrases.
    pub fn words(self) -> &'static Words {
        match self {
            Language::English => &ENGLISH,
            Language::Dutch => &DUTCH,
        }
    }
}

/// Phrases by the word of the rule language that they stand for.
pub type Table<T> = &'static [(&'static str, T)];

/// The phrase of a word.
pub fn of<T: Copy>(table: Table<T>, word: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == word).map(|(_, phrase)| *phrase)
}

/// The phrases of one language.
#[derive(Debug)]
pub struct Words {
    /// What comes between the whole and the fraction of a number.
    pub point: char,
    /// `true` and `false`.
    pub truth: [&'static str; 2],

    /// A segment without `keep`; `%s` its name, `%r` its rule.
    pub member: &'static str,
    /// A segment with `keep`; `%l` for how long.
    pub member_kept: &'static str,
    /// A segment with a name `%n` and an id `%i`, a segment without a name.
    pub segment: [&'static str; 2],
    /// Whose days are meant; `%t` is the time zone.
    pub time_zone: &'static str,
    /// When weeks begin; `%d` is the weekday.
    pub weeks: &'static str,

    /// Before the list of `all`.
    pub all: &'static str,
    /// Before the list of `any`.
    pub any: &'static str,
    /// `not` of the rule `%r`.
    pub not: &'static str,
    /// A reference to the segment `%s`.
    pub reference: &'static str,
    /// In the cell `%c`, in one of the cells `%c`.
    pub cells: [&'static str; 2],
    /// A cell with a name `%n` and an id `%i`.
    pub cell: &'static str,
    /// The cell `none`.
    pub no_cell: &'static str,

    /// Measures: `%o` the events and what becomes of returns, `%p` the period, `%w` what it must be.
    pub measures: Table<&'static str>,
    /// `net`: false, true.
    pub net: [&'static str; 2],
    /// `only`; `%o` the events.
    pub only: Table<&'static str>,
    /// `where` of a condition; `%o` the events, `%c` the predicate.
    pub condition: &'static str,
    /// `items` of a condition whose measure is over events.
    pub items: &'static str,
    /// `items` of a condition whose measure is over lines.
    pub lines: &'static str,
    /// No `items` in a condition whose measure is over lines.
    pub all_lines: &'static str,
    /// Event types: one of it, many of it.
    pub events: Table<[&'static str; 2]>,
    /// The same of an event type `%q` of one's own.
    pub own_events: [&'static str; 2],
    /// Between many of a type and many of another: before the last, before the others.
    pub and: [&'static str; 2],
    /// Between one of a type and one of another.
    pub or: &'static str,

    /// Modifiers of numbers, texts, and true or false: `%v` the value or the low end, `%h` the high end.
    pub modifiers: Table<&'static str>,
    /// Modifiers of dates.
    pub dates: Table<&'static str>,
    /// Between the values of a list.
    pub list: &'static str,
    /// The local day of the instant `%t`.
    pub day_of: &'static str,
    /// After the value: nothing to say of case, any case, case-sensitive; each without and with "or it is missing".
    pub suffixes: [[&'static str; 2]; 3],

    /// A test: `%f` the field, `%w` what it must be.
    pub test: &'static str,
    /// Fields of events.
    pub fields: Table<&'static str>,
    /// A field `%q` of an event, of one's own.
    pub own_field: &'static str,
    /// Fields of lines.
    pub line_fields: Table<&'static str>,
    /// A field `%q` of a line, of one's own.
    pub own_line_field: &'static str,
    /// What the page knows.
    pub present: Table<&'static str>,
    /// A key `%q` of the context, of one's own.
    pub own_present: &'static str,
    /// The field `%q` of the profile.
    pub profile: &'static str,
    /// Measures of a field `%q` of the profile.
    pub profile_measures: Table<&'static str>,
    /// Near: `%d` kilometres from latitude `%a` and longitude `%o`.
    pub near: &'static str,
    /// Monday first.
    pub weekdays: Table<&'static str>,
    /// Between the parts of `all`, of `any`.
    pub between_parts: [&'static str; 2],
    /// Before the only part of `all`, of `any`.
    pub before_part: [&'static str; 2],
    /// Before the part of `not`.
    pub not_part: &'static str,

    /// No period.
    pub always: &'static str,
    /// `last`; `%l` the length.
    pub last: &'static str,
    /// `between`; `%a` the near end, `%b` the far one.
    pub between: &'static str,
    /// Exact lengths: one, and `%n` of them.
    pub lengths: Table<[&'static str; 2]>,
    /// Units of the calendar: the last whole one, the last `%n` whole ones, the present one, the last `%n` with the present one.
    pub calendar: Table<[&'static str; 4]>,
    /// `from` a day `%t`, an instant.
    pub from: [&'static str; 2],
    /// `to` a day `%t`, an instant.
    pub to: [&'static str; 2],
    /// A beginning `%f` without an end; a beginning and an end `%t`.
    pub fixed: [&'static str; 2],

    /// Steps `%s` in the period `%p`.
    pub sequence: &'static str,
    /// Step `%i`, one of `%o`: how long after the one before `%g`, `sameItem` `%m`, filters `%q`.
    pub step: &'static str,
    /// Step `%i` that must not follow step `%j` within `%l`.
    pub absent: &'static str,
    /// At any time after step `%j`; less than `%l` after it.
    pub after: [&'static str; 2],
    /// An item shared with step `%j`.
    pub same_item: &'static str,
    /// `where` of a step.
    pub step_condition: &'static str,
    /// `items` of a step.
    pub step_items: &'static str,
}
