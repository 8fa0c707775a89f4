//! Predicates and modifiers (SPEC 5.1).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::events::Field;
use super::text::{Datum, Look, matches};

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Positive {
    Equal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Between,
    Contains,
    StartsWith,
    EndsWith,
    Matches,
    OneOf,
    Known,
}

/// A modifier is a positive one, or "the exact complement of its positive".
#[derive(Clone, Copy, Debug)]
pub struct Modifier {
    pub positive: Positive,
    pub negated: bool,
}

impl Modifier {
    pub fn named(name: &str) -> Option<Self> {
        use Positive::*;
        let (positive, negated) = match name {
            "is_exactly" => (Equal, false),
            "is_not" => (Equal, true),
            "is_less_than" => (Less, false),
            "is_at_most" => (AtMost, false),
            "is_greater_than" => (Greater, false),
            "is_at_least" => (AtLeast, false),
            "is_between" => (Between, false),
            "is_not_between" => (Between, true),
            "contains" => (Contains, false),
            "does_not_contain" => (Contains, true),
            "starts_with" => (StartsWith, false),
            "ends_with" => (EndsWith, false),
            "matches" => (Matches, false),
            "is_one_of" => (OneOf, false),
            "is_none_of" => (OneOf, true),
            "is_known" => (Known, false),
            "is_unknown" => (Known, true),
            _ => return None,
        };
        Some(Self { positive, negated })
    }
}

/// A modifier with its value: `[low, high]`, a list, a single value, or nothing.
pub struct Compare {
    pub modifier: Modifier,
    pub wanted: Vec<Datum>,
    pub look: Look,
}

impl Compare {
    /// "A list-valued field satisfies a positive modifier if any element does; a negative one is its exact opposite."
    /// "A missing value satisfies `is_not`, `does_not_contain`, `is_none_of`, `is_not_between` and `is_unknown`, and
    /// nothing else": no element satisfies the positive.
    pub fn holds(&self, field: &[Datum]) -> bool {
        field.iter().any(|datum| self.positive(datum)) != self.modifier.negated
    }

    /// "what cannot be compared fails the positive modifier".
    fn positive(&self, datum: &Datum) -> bool {
        use Ordering::{Equal as Same, Greater as More, Less as Fewer};
        let ordered = |wanted: &Datum, allowed: &[Ordering]| datum.order(wanted).is_some_and(|order| allowed.contains(&order));
        let texts = |test: fn(&str, &str) -> bool| datum.texts(&self.wanted[0], self.look).is_some_and(|(a, b)| test(a, b));
        match self.modifier.positive {
            Positive::Known => true,
            Positive::Equal | Positive::OneOf => self.wanted.iter().any(|wanted| datum.equals(wanted, self.look)),
            Positive::Less => ordered(&self.wanted[0], &[Fewer]),
            Positive::AtMost => ordered(&self.wanted[0], &[Fewer, Same]),
            Positive::Greater => ordered(&self.wanted[0], &[More]),
            Positive::AtLeast => ordered(&self.wanted[0], &[More, Same]),
            // "`value` is `[low, high]`, both included"
            Positive::Between => ordered(&self.wanted[0], &[More, Same]) && ordered(&self.wanted[1], &[Fewer, Same]),
            Positive::Contains => texts(|text, part| text.contains(part)),
            Positive::StartsWith => texts(|text, part| text.starts_with(part)),
            Positive::EndsWith => texts(|text, part| text.ends_with(part)),
            Positive::Matches => texts(matches),
        }
    }
}

/// "**Predicate** = `{all}`, `{any}`, `{not}` of predicates, or `{ "field", "modifier", "value" }`."
pub enum Predicate {
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    Not(Box<Predicate>),
    Field(String, Compare),
}

impl Predicate {
    pub fn holds(&self, fields: &BTreeMap<String, Field>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(fields)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(fields)),
            Self::Not(part) => !part.holds(fields),
            Self::Field(name, compare) => compare.holds(fields.get(name).map_or(&[], Vec::as_slice)),
        }
    }

    /// How deep it is, and of how many nodes.
    pub fn size(&self) -> (usize, usize) {
        match self {
            Self::All(parts) | Self::Any(parts) => around(parts.iter().map(Self::size)),
            Self::Not(part) => around([part.size()]),
            Self::Field(..) => (1, 1),
        }
    }
}

/// The size of a node with parts of these sizes.
pub fn around(parts: impl IntoIterator<Item = (usize, usize)>) -> (usize, usize) {
    let (mut depth, mut nodes) = (0, 0);
    for (deep, many) in parts {
        depth = depth.max(deep);
        nodes += many;
    }
    (depth + 1, nodes + 1)
}
