//! Warnings about what is easily written and seldom meant; each can be seen in the rule as it is
//! written.

use crate::conditions::Events;
use crate::diagnostic::{Place, Problems, code};
use crate::facts::Fact;
use crate::predicates::{Predicate, Test};
use crate::rules::{Kind, Rule};
use crate::within::whole_days_back;
use regulars_core::condition::measure;
use regulars_core::number::ONE;
use regulars_core::period::{ALWAYS, Period};
use regulars_core::predicate::want;
use regulars_core::series::{only, weight};

/// Tests of one group that are held against each other.
const MANY: usize = 200;

/// Warns about the conditions of one rule. `keep` are the days that events of a type are kept.
pub fn traps(problems: &mut Problems, rule: &Rule, keep: &[(String, i64)]) {
    let known = says_how_many_ever(rule);
    each(rule, true, &mut |rule, holds| match &rule.kind {
        Kind::Any(parts) if holds => {
            let tests = parts.iter().filter_map(|part| match &part.kind {
                Kind::Fact(fact) => match &**fact {
                    Fact::Profile(test) => Some((0, test)),
                    Fact::Context(test) => Some((1, test)),
                    _ => None,
                },
                _ => None,
            });
            negatives(problems, &tests.collect::<Vec<_>>(), &rule.place);
        }
        Kind::Events(events) => {
            if !both(problems, &events.condition, &events.items, &events.place) {
                other_lines(problems, events);
            }
            beyond_keep(problems, &events.kinds, events.period, events.measure, &events.days, &events.place, keep);
            if holds && !known {
                one_recent_order(problems, events, rule);
            }
        }
        Kind::Sequence(sequence) => {
            for (index, step) in sequence.steps.iter().enumerate() {
                let place = sequence.place.key("steps").index(index);
                both(problems, &step.condition, &step.items, &place);
                beyond_keep(problems, &step.kinds, sequence.period, measure::COUNT, &[], &sequence.place, keep);
            }
        }
        _ => {}
    });
}

/// Looks for negatives that `any` joins in `where` and in `items`.
fn both(problems: &mut Problems, condition: &Option<Predicate>, items: &Option<Predicate>, place: &Place) -> bool {
    let mut warned = false;
    for (predicate, key) in [(condition, "where"), (items, "items")] {
        if let Some(predicate) = predicate {
            warned |= any_of_negatives(problems, predicate, &place.key(key), true);
        }
    }
    warned
}

/// Each rule in a rule, and whether it has to hold rather than fail.
fn each<'a>(rule: &'a Rule, holds: bool, see: &mut impl FnMut(&'a Rule, bool)) {
    see(rule, holds);
    match &rule.kind {
        Kind::All(parts) | Kind::Any(parts) => parts.iter().for_each(|part| each(part, holds, see)),
        Kind::Not(part) => each(part, !holds, see),
        _ => {}
    }
}

/// Warns where `any` joins negatives about one field: whoever fails one satisfies another.
fn negatives(problems: &mut Problems, tests: &[(i64, &Test)], place: &Place) -> bool {
    let tests = &tests[..tests.len().min(MANY)];
    for (index, (of, test)) in tests.iter().enumerate() {
        let negative = |other: &(i64, &Test)| other.1.negated && other.1.want != want::KNOWN && other.0 == *of && other.1.name == test.name;
        if negative(&tests[index]) && tests[index + 1..].iter().any(negative) {
            let message =
                ["Nearly every `", &test.name, "` satisfies one of these negatives: whatever it is, it is not the other."].concat();
            let fix = "Use `all`, or one test with is_none_of and all the values.";
            problems.warning(code::NEGATIVE_UNDER_ANY, place, message, fix);
            return true;
        }
    }
    false
}

/// The same in `where` and `items`; within an opposite, `all` is what `any` is outside.
fn any_of_negatives(problems: &mut Problems, predicate: &Predicate, place: &Place, holds: bool) -> bool {
    let (parts, key) = match predicate {
        Predicate::All(parts) => (parts, "all"),
        Predicate::Any(parts) => (parts, "any"),
        Predicate::Not(part) => return any_of_negatives(problems, part, &place.key("not"), !holds),
        Predicate::Test(_) => return false,
    };
    if holds && key == "any" {
        let tests = parts.iter().filter_map(|part| if let Predicate::Test(test) = part { Some((0, test)) } else { None });
        if negatives(problems, &tests.collect::<Vec<_>>(), place) {
            return true;
        }
    }
    let mut warned = false;
    for (index, part) in parts.iter().enumerate() {
        warned |= any_of_negatives(problems, part, &place.key(key).index(index), holds);
    }
    warned
}

/// Warns where events are asked for by what a line is not: any other line lets them in.
fn other_lines(problems: &mut Problems, events: &Events) {
    let Some(items) = &events.items else { return };
    // Of products, rather than orders, those that are not something are what is asked for.
    let of_lines = matches!(events.weight, weight::ITEM_VALUE | weight::UNITS | weight::ITEM_IDS);
    if !of_lines && is_negative(items) {
        problems.warning(
            code::NEGATIVE_UNDER_ANY,
            &events.place.key("items"),
            "One line that is something else is enough here: an event also counts if another of its lines is what this rules out.",
            "If no line may be it, ask positively (is_exactly, contains) and want exactly 0 of those events, or put them into `not`.",
        );
    }
}

/// It only says what a line is not.
fn is_negative(predicate: &Predicate) -> bool {
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().all(is_negative),
        Predicate::Not(part) => matches!(&**part, Predicate::Test(test) if !test.negated && test.want != want::KNOWN),
        Predicate::Test(test) => test.negated && test.want != want::KNOWN,
    }
}

/// The rule says something of all conversions that ever were, or leaves that to another.
fn says_how_many_ever(rule: &Rule) -> bool {
    let mut says = false;
    rule.walk(&mut |rule| {
        says |= match &rule.kind {
            Kind::Events(events) => events.kinds == ["conversion"] && events.period == ALWAYS,
            Kind::Retention(_) | Kind::Segment(..) => true,
            _ => false,
        }
    });
    says
}

/// Warns about "exactly one order in the last 90 days", which is also true of a regular.
fn one_recent_order(problems: &mut Problems, events: &Events, rule: &Rule) {
    let recent = matches!(events.period, Period::Sliding { newer: 0, .. } | Period::Calendar { .. });
    let all = events.kinds == ["conversion"] && events.only == only::ALL && events.condition.is_none() && events.items.is_none();
    let one = !events.wanted.begins && events.wanted.turns == [(ONE, false), (ONE, true)];
    if all && recent && one && events.measure == measure::COUNT {
        problems.warning(
            code::ONE_RECENT_ORDER,
            &rule.place,
            "This also matches a regular customer who ordered only once in this period.",
            "For one-time buyers ask, in `all`, for exactly 1 conversion without a period, and at least 1 with it.",
        );
    }
}

/// Warns where a condition looks back to events that are not kept so long.
fn beyond_keep(
    problems: &mut Problems,
    kinds: &[String],
    period: Period,
    measure: i64,
    days: &[(crate::periods::DayKind, i64)],
    place: &Place,
    keep: &[(String, i64)],
) {
    for kind in kinds {
        // A number for all types leaves out what an order file keeps as well.
        let unlimited = kind == "conversion" || kind == "return";
        let own = keep.iter().find(|(name, _)| name == kind);
        let Some((_, kept)) = own.or_else(|| keep.iter().find(|(name, _)| name.is_empty() && !unlimited)) else { continue };
        let (mut back, mut key) = (whole_days_back(period), "period");
        if matches!(measure, measure::DAYS_SINCE_LAST | measure::DAYS_SINCE_FIRST) {
            for &(of, days) in days {
                if of == crate::periods::DayKind::Since && days > back {
                    (back, key) = (days, "value");
                }
            }
        }
        if back > *kept {
            let message = format!("`{kind}` events are kept for {kept} days, and this looks back {back}.");
            let fix = "Look back less far, or keep these events for longer in `keepDays`.";
            problems.warning(code::BEYOND_KEEP_DAYS, &place.key(key), message, fix);
            return;
        }
    }
}
