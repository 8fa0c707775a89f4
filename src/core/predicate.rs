//! Tests of single values, for predicates over an event (`where`) or one of its lines (`items`),
//! SPEC 5.1.

use crate::event::{Seen, entry};
use crate::plan::{Plan, TESTS};
use crate::text;
use core::cmp::Ordering;

/// Where a value is.
pub mod field {
    /// A property of the event, or a field of the line.
    pub const NAMED: i64 = 0;
    /// The event's value, in the package's currency.
    pub const VALUE: i64 = 1;
    /// The event's currency.
    pub const CURRENCY: i64 = 2;
    /// The event's own id.
    pub const ID: i64 = 3;
    /// The line's price, in the package's currency.
    pub const PRICE: i64 = 4;
    /// The line's quantity; 1 if it has none.
    pub const QUANTITY: i64 = 5;
    /// Where the visitor is: `latitude` and `longitude`. The operands are the place that is wanted
    /// (ten-thousandths of a degree), and the bits of [`crate::near::bound`].
    pub const NEAR: i64 = 6;
}

/// What a value must be, stated positively. A text in the place of an operand is already in the
/// form that is compared.
pub mod want {
    /// Anything.
    pub const KNOWN: i64 = 0;
    /// One of the operands.
    pub const EQUAL: i64 = 1;
    /// Between two operands; one without any reading is an open end.
    pub const WITHIN: i64 = 2;
    /// The whole text matches the pattern ([`crate::text`]).
    pub const LIKE: i64 = 3;
}

/// Flags of a test.
pub mod flag {
    /// The exact opposite.
    pub const NEGATED: i64 = 1;
    /// Skip only the case.
    pub const CASE: i64 = 2;
}

/// An operand is five integers: which readings it has, as a number, as a day, as a text (in the
/// form that is compared), and whether an end is not included.
pub mod operand {
    /// Integers of an operand.
    pub const WIDTH: usize = 5;
    /// It is a number, or a plain decimal text.
    pub const NUMBER: i64 = 1;
    /// It is a date, or an instant: its local day.
    pub const DAY: i64 = 2;
    /// It is a text.
    pub const TEXT: i64 = 4;
    /// It is `true` or `false`, and the number says which.
    pub const BOOL: i64 = 8;
}

/// A step of a predicate is a number × 4 + one of these.
pub mod step {
    /// The opposite of the last result.
    pub const NOT: i64 = 0;
    /// The result of the test with this number.
    pub const TEST: i64 = 1;
    /// Whether all of the last so many results hold.
    pub const ALL: i64 = 2;
    /// Whether any of the last so many results holds.
    pub const ANY: i64 = 3;
}

/// True if a value that is not missing satisfies a test, before its negation.
#[inline(never)]
pub fn holds(plan: &Plan, test: usize, seen: Seen<'_>) -> bool {
    let case = plan.get(TESTS, test, 2) & flag::CASE != 0;
    let want = plan.get(TESTS, test, 3);
    if want == want::LIKE {
        let Seen::Text { clean, folded, .. } = seen else { return false };
        return text::matches(if case { clean } else { folded }, plan.text(plan.get(TESTS, test, 4)));
    }
    let mut operands = plan.list_of(TESTS, test, 4).chunks_exact(operand::WIDTH);
    match want {
        want::KNOWN => true,
        want::EQUAL => operands.any(|operand| equal(plan, operand, seen, case)),
        _ => {
            // The value must not lie on the wrong side of either end.
            let mut wrong = Ordering::Less;
            operands.all(|operand| {
                let beyond = core::mem::replace(&mut wrong, Ordering::Greater);
                operand[0] == 0
                    || compare(plan, operand, seen).is_some_and(|order| order != beyond && (order != Ordering::Equal || operand[4] == 0))
            })
        }
    }
}

/// SPEC 2, kinds: a number and a plain decimal text compare as numbers, two texts as texts,
/// booleans only with booleans.
fn equal(plan: &Plan, operand: &[i64], seen: Seen<'_>, case: bool) -> bool {
    let has = |reading: i64| operand[0] & reading != 0;
    let wanted = operand[1];
    match seen {
        Seen::Number(number) => has(operand::NUMBER) && number == i128::from(wanted),
        Seen::Text { clean, folded, .. } if has(operand::TEXT) => plan.text(operand[3]) == if case { clean } else { folded },
        Seen::Text { reading, number, .. } => has(operand::NUMBER) && reading == entry::DECIMAL && number == wanted,
        Seen::Bool(value) => has(operand::BOOL) && value == (wanted != 0),
        Seen::Nested(_) => false,
    }
}

/// Order: as numbers if both are, as days if both are dates, else not at all.
fn compare(plan: &Plan, operand: &[i64], seen: Seen<'_>) -> Option<Ordering> {
    // An operand that is a number is no date, and the other way round.
    let is_number = operand[0] & operand::NUMBER != 0;
    match seen {
        Seen::Number(number) if is_number => Some(number.cmp(&i128::from(operand[1]))),
        Seen::Text { reading: entry::DECIMAL, number, .. } if is_number => Some(number.cmp(&operand[1])),
        Seen::Text { reading, number, .. } if operand[0] & operand::DAY != 0 && reading >= entry::DAY => {
            let day = if reading == entry::DAY { number } else { plan.zone.day(number) };
            Some(day.cmp(&operand[2]))
        }
        _ => None,
    }
}
