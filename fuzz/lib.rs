//! What the targets share: a package and a visitor with some of everything, and asking all that can be asked.

use regulars_author::answers::{decision, membership, names};
use regulars_author::native::{compile_package, fold};
use regulars_author::read::{read_context, read_visitor};
use regulars_author::work::{self, bound};
use regulars_core::evaluate::Evaluator;
use regulars_core::history::Table;
use regulars_core::plan::Plan;
use regulars_core::time::{FIRST, LAST};
use regulars_core::visitor::Visitor;
use serde_json::{Value, json};

/// 15 June 2026, 12:00 in Amsterdam, around which the events lie.
pub const NOW: i64 = 1_781_517_600_000;

/// Instants that are asked for: around the events, and far beyond all of them.
pub const INSTANTS: [i64; 4] = [NOW, NOW + 1, i64::MIN, i64::MAX];

/// A package with some of every kind of rule.
pub fn package() -> Value {
    serde_json::from_str(include_str!("shop.json")).unwrap_or_default()
}

/// The plan of [`package`].
///
/// # Panics
/// If the package has an error, or may take too long.
pub fn plan() -> Plan {
    let compiled = compile_package(&package(), true);
    let plan = compiled.plan.unwrap_or_else(|| panic!("the package has errors: {:?}", compiled.problems));
    let steps = asked(&plan, 30, 3);
    assert!(steps <= PATIENCE, "the package would not be asked: {steps} steps");
    plan
}

/// A visitor with some of every kind of event, as JSON.
pub fn visitor_json() -> Value {
    serde_json::from_str(include_str!("visitor.json")).unwrap_or_default()
}

/// The visitor, with a context.
///
/// # Panics
/// If anything of the visitor is refused.
pub fn visitor() -> Visitor {
    let mut visitor = Visitor::default();
    let report = read_visitor(&mut visitor, &visitor_json(), fold);
    assert_eq!(report.refused, [], "the visitor is refused");
    know_context(&mut visitor);
    visitor
}

/// Says what the page knows.
pub fn know_context(visitor: &mut Visitor) {
    let context =
        json!({ "url": "https://shop.example/shoes?x=1", "device": "mobile", "country": "NL", "latitude": 52.37, "longitude": "4.9" });
    read_context(visitor, &context, fold);
}

/// More steps than a target waits for.
const PATIENCE: u64 = 3_000_000;

/// The bound of an evaluation's steps.
pub fn bounded(plan: &Plan, visitor: &Visitor) -> u64 {
    bound(plan, events_of(visitor))
}

/// The bound of the steps that are taken at one instant.
fn asked(plan: &Plan, events: usize, decisions: u64) -> u64 {
    bound(plan, events).saturating_add(decisions.saturating_mul(work::decision(plan, events)))
}

fn events_of(visitor: &Visitor) -> usize {
    visitor.history.tables.iter().map(Table::len).sum()
}

/// How many lines and properties there are. Equal ones take no bytes, so that few bytes may say that there are very many.
fn parts_of(visitor: &Visitor) -> usize {
    let ends = |table: &Table, last: usize| table.lines(last).end + table.fields(None, last).1.end;
    visitor.history.tables.iter().map(|table| table.len().checked_sub(1).map_or(0, |last| ends(table, last))).sum()
}

/// Whether events follow each other and lie between the first and the last instant, as in every history that is written.
/// Of one that is made up, each answer is as good as another.
fn in_order(visitor: &Visitor) -> bool {
    visitor.history.tables.iter().all(|table| {
        let instants: Vec<i64> = (0..table.len()).map(|row| table.at(row)).collect();
        instants.is_sorted() && instants.iter().all(|at| (FIRST..=LAST).contains(at))
    })
}

/// Asks for every answer at every instant, of one evaluator and, if the plan was `written` for a package, of new ones: of
/// measures, periods and zones that no package has, nothing says what is true. Gives the most steps that a new one took;
/// none, if that may be very many.
///
/// # Panics
/// If an answer contradicts itself.
pub fn ask(plan: &Plan, visitor: &Visitor, written: bool) -> u64 {
    let mut most = 0;
    let slots = names(plan)["slots"].as_array().cloned().unwrap_or_default();
    if asked(plan, events_of(visitor) + parts_of(visitor), slots.len().min(3) as u64) > PATIENCE {
        return most;
    }
    let mut evaluator = Evaluator::default();
    for now in INSTANTS {
        let asked = now.clamp(FIRST, LAST);
        let answer = evaluator.evaluate(plan, visitor, now);
        assert!(answer.fresh_until > asked, "an answer is good for at least now");
        let changes = answer.segments.iter().map(|segment| segment.holds_until).chain([answer.state_until, answer.holds_until]);
        assert!(changes.flatten().all(|change| change > asked), "a change lies ahead");
        membership(plan, &answer);
        for slot in slots.iter().take(3) {
            decision(&mut evaluator, plan, visitor, slot.as_str().unwrap_or(""), now);
        }
        // What is kept from the instants before changes no answer.
        if (now == NOW + 1 || now == i64::MAX) && written && in_order(visitor) {
            let mut new = Evaluator::default();
            assert_eq!(new.evaluate(plan, visitor, now), answer);
            most = most.max(new.steps);
        }
    }
    most
}
