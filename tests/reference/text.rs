//! Text and kinds of values, as SPEC 2 compares them.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;

use super::days::{Zone, day_number};
use super::numbers::{Ratio, date_in_text, instant_in_text, number_in_text, print};

/// "trimmed (of what JavaScript's `trim` removes)": white space and line ends of ECMAScript. Rust's own `trim` also
/// takes U+0085 and leaves U+FEFF.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|letter| {
        matches!(letter, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}')
            || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
    })
}

/// "compared NFC, trimmed".
pub fn clean(text: &str) -> String {
    trim(&text.nfc().collect::<String>()).to_owned()
}

/// "in full Unicode lower case with every ς as σ".
pub fn fold(text: &str) -> String {
    clean(text).to_lowercase().replace('ς', "σ")
}

/// How much of a text a comparison looks at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    Folded,
    /// "`"caseSensitive": true` on a comparison skips only the case."
    Cased,
    /// "Ids […] of events […] compare exactly after trimming".
    Exact,
}

#[derive(Clone, Debug)]
pub struct Text {
    exact: String,
    clean: String,
    folded: String,
    number: Option<Ratio>,
    day: Option<i64>,
}

impl Text {
    pub fn look(&self, look: Look) -> &str {
        match look {
            Look::Folded => &self.folded,
            Look::Cased => &self.clean,
            Look::Exact => &self.exact,
        }
    }

    /// The local day, if it is a date or an instant.
    pub fn day(&self) -> Option<i64> {
        self.day
    }
}

/// One value. A field is a list of them: "missing elements of a list are ignored", so a missing field is the empty
/// list, and a field with one value is a list of one.
#[derive(Clone, Debug)]
pub enum Datum {
    Number(Ratio),
    Text(Text),
    Bool(bool),
    /// A nested list or object: it is known, and compares with nothing.
    Opaque,
}

impl Datum {
    pub fn text(text: &str, zone: &Zone) -> Self {
        Self::Text(Text {
            exact: trim(text).to_owned(),
            clean: clean(text),
            folded: fold(text),
            number: number_in_text(text).map(Ratio::whole),
            // "an RFC 3339 value counts as its local day, also when compared with a date"
            day: date_in_text(text).map(day_number).or_else(|| instant_in_text(text).map(|at| zone.day(at))),
        })
    }

    pub fn number(&self) -> Option<Ratio> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.number,
            _ => None,
        }
    }

    /// "A number and a plain decimal text compare as numbers; […] booleans equal only booleans". Two texts are equal
    /// as texts, also when both look like numbers or dates.
    pub fn equals(&self, other: &Self, look: Look) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.look(look) == b.look(look),
            // A number is wanted of an id by its digits.
            (Self::Text(id), Self::Number(number)) if look == Look::Exact => id.exact == print(number.top),
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Bool(_) | Self::Opaque, _) | (_, Self::Bool(_) | Self::Opaque) => false,
            _ => self.order(other) == Some(Ordering::Equal),
        }
    }

    /// "texts compare for order as numbers or dates if both are, else not at all".
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        if let (Some(a), Some(b)) = (self.number(), other.number()) {
            return Some(a.order(b));
        }
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Some(a.day?.cmp(&b.day?)),
            _ => None,
        }
    }

    /// "Numbers are not text for `contains` and its like": both must be texts.
    pub fn texts<'a>(&'a self, other: &'a Self, look: Look) -> Option<(&'a str, &'a str)> {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => Some((a.look(look), b.look(look))),
            _ => None,
        }
    }
}

/// "`*` any run, `?` one code point; the whole text; no escapes".
pub fn matches(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    // reached[i]: the pattern read so far can end after the first i code points.
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for sign in pattern.chars() {
        let mut next = vec![false; text.len() + 1];
        for end in 0..=text.len() {
            next[end] = match sign {
                '*' => reached[..=end].contains(&true),
                _ => end > 0 && reached[end - 1] && (sign == '?' || sign == text[end - 1]),
            };
        }
        reached = next;
    }
    reached[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_folded() {
        assert_eq!(fold("\u{feff} ΣΊΣΥΦΟΣ\u{a0}"), "σίσυφοσ");
        assert_eq!(fold("A\u{30a}"), "å");
        assert_eq!(trim("\u{85}a"), "\u{85}a");
        assert_eq!(clean(" A\u{30a} "), "Å");
    }

    #[test]
    fn patterns_match_the_whole_text() {
        for (text, pattern, wanted) in [
            ("abc", "a*", true),
            ("abc", "a?", false),
            ("abc", "*b*", true),
            ("", "*", true),
            ("", "?", false),
            ("aé", "a?", true),
            ("abc", "b", false),
            ("aXbXc", "a*b*c", true),
        ] {
            assert_eq!(matches(text, pattern), wanted, "{text} {pattern}");
        }
    }

    #[test]
    fn kinds() {
        let zone = Zone::named("Europe/Amsterdam").unwrap();
        let text = |text| Datum::text(text, zone);
        let number = |number: i128| Datum::Number(Ratio::whole(number * 10_000));
        assert!(number(5).equals(&text(" 5.00 "), Look::Folded));
        assert!(!text("5").equals(&text("5.0"), Look::Folded));
        assert_eq!(text("5").order(&text("5.0")), Some(Ordering::Equal));
        assert_eq!(text("10").order(&text("9")), Some(Ordering::Greater));
        assert_eq!(text("a").order(&text("b")), None);
        assert_eq!(text("2026-01-01").order(&number(5)), None);
        // 23:30 in UTC is the next day in Amsterdam.
        assert_eq!(text("2025-12-31T23:30:00Z").order(&text("2026-01-01")), Some(Ordering::Equal));
        assert!(!Datum::Bool(true).equals(&text("true"), Look::Folded));
        assert!(!Datum::Opaque.equals(&Datum::Opaque, Look::Folded));
        assert!(text("ACME ").equals(&text("acme"), Look::Folded));
        assert!(!text("ACME ").equals(&text("acme"), Look::Cased));
        assert!(text("Å").equals(&text("A\u{30a}"), Look::Cased));
        assert!(!text("Å").equals(&text("A\u{30a}"), Look::Exact));
    }
}
