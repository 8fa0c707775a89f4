//! The warning about different kinds of "N days" in one package (SPEC 5.2): `last N day`,
//! `calendar: day` and `days_since_last` are three different stretches of time.

use crate::diagnostic::{Place, Problems, code};
use crate::periods::DayKind;
use crate::rules::{Kind, Rule};
use std::collections::HashMap;

/// Warns once for each event type and number that appear with more than one kind of days.
pub fn two_kinds<'a>(problems: &mut Problems, rules: impl Iterator<Item = &'a Rule>) {
    // Of each event type and number: the first kind, where it is, and whether that was warned of.
    let mut seen: HashMap<(&str, i64), (DayKind, &Place, bool)> = HashMap::new();
    for rule in rules {
        rule.walk(&mut |rule| {
            let Kind::Events(events) = &rule.kind else { return };
            for &(kind, number) in &events.days {
                for event in &events.kinds {
                    let (other, place, warned) = seen.entry((event, number)).or_insert((kind, &events.place, false));
                    if *other != kind && !*warned {
                        *warned = true;
                        let message = format!(
                            "For `{event}` this package means two things by {number} days: {} at {}, and {} here.",
                            name(*other, number),
                            place.0,
                            name(kind, number)
                        );
                        problems.warning(
                            code::TWO_KINDS_OF_DAYS,
                            &events.place,
                            message,
                            "Use one kind throughout, unless the difference is meant.",
                        );
                    }
                }
            }
        });
    }
}

fn name(kind: DayKind, number: i64) -> String {
    match kind {
        DayKind::Last => format!("the last {number} × 24 hours"),
        DayKind::Calendar => format!("the last {number} calendar days"),
        DayKind::Since => format!("{number} calendar days before today"),
    }
}
