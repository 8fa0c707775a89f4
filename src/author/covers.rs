//! Tests of what is known (`profile`, `context`), where a field may have many values: whether
//! every value that satisfies one test satisfies another.

use crate::known::test_of;
use crate::numbers::Numbers;
use regulars_core::event::Seen;
use regulars_core::plan::{CONDITIONS, Plan, SERIES, TESTS};
use regulars_core::predicate::{field, flag, holds, operand, want};
use regulars_core::series::weight;

/// Any value that satisfies the first condition satisfies the second.
pub fn covers(plan: &Plan, one: (usize, &Numbers), other: (usize, &Numbers)) -> bool {
    let [ours, theirs] = [one.0, other.0].map(|condition| plan.index(CONDITIONS, condition, 0));
    if plan.get(SERIES, ours, 0) != plan.get(SERIES, theirs, 0) {
        return false;
    }
    let date = |series: usize| plan.get(SERIES, series, 5) == weight::DATE;
    match (date(ours), date(theirs)) {
        (true, true) => {
            let same = ours == theirs && plan.get(CONDITIONS, one.0, 1) == plan.get(CONDITIONS, other.0, 1);
            let outside = Numbers { missing: false, ..other.1.clone().opposite() };
            same && one.1.and(&outside).is_only_missing()
        }
        // What is so many days ago is known.
        (true, false) => test_of(plan, other.0)
            .is_some_and(|test| plan.get(TESTS, test, 3) == want::KNOWN && plan.get(TESTS, test, 1) == plan.get(SERIES, ours, 2)),
        (false, true) => false,
        (false, false) => match (test_of(plan, one.0), test_of(plan, other.0)) {
            (Some(one), Some(other)) => one == other || implied(plan, one, other),
            _ => false,
        },
    }
}

/// Any value that satisfies the first test satisfies the second.
fn implied(plan: &Plan, one: usize, other: usize) -> bool {
    let get = |test: usize, column: usize| plan.get(TESTS, test, column);
    if get(one, 0) != field::NAMED || get(other, 0) != field::NAMED || get(one, 1) != get(other, 1) {
        return false;
    }
    if get(other, 3) == want::KNOWN {
        return true;
    }
    let operands = |test: usize| plan.list_of(TESTS, test, 4).chunks_exact(operand::WIDTH);
    let case = |test: usize| get(test, 2) & flag::CASE;
    match (get(one, 3), get(other, 3)) {
        (want::EQUAL, want::WITHIN) => {
            let number = |operand: &[i64]| holds(plan, other, Seen::Number(i128::from(operand[1])));
            operands(one).all(|operand| operand[0] & operand::NUMBER != 0 && number(operand))
        }
        (want::EQUAL, wanted) => operands(one).all(|operand| {
            if wanted == want::EQUAL && case(one) == case(other) && operands(other).any(|wanted| wanted == operand) {
                return true;
            }
            // A text that is nothing else, and is compared in one form by both.
            let text = plan.text(operand[3]);
            let seen = Seen::Text { clean: text, folded: text, reading: 0, number: 0 };
            operand[0] == operand::TEXT && case(one) == case(other) && holds(plan, other, seen)
        }),
        (want::WITHIN, want::WITHIN) => {
            // Each open end has no reading; of the others, only numbers are compared here.
            let ends = |test: usize| operands(test).collect::<Vec<_>>();
            match (&ends(one)[..], &ends(other)[..]) {
                ([low, high], [low_too, high_too]) => {
                    let inside = |ours: &[i64], theirs: &[i64], sign: i64| {
                        let numbers = ours[0] & theirs[0] & operand::NUMBER != 0;
                        let order = (ours[1] - theirs[1]) * sign;
                        theirs[0] == 0 || (numbers && (order > 0 || (order == 0 && ours[4] >= theirs[4])))
                    };
                    // An end that is a date as well would let dates in.
                    let dates = [low, high, low_too, high_too].iter().any(|end| end[0] & operand::DAY != 0);
                    !dates && inside(low, low_too, 1) && inside(high, high_too, -1)
                }
                _ => false,
            }
        }
        _ => false,
    }
}
