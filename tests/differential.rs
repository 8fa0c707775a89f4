//! Generated packages and visitors: the product says what the reference says, and `holdsUntil` is the first change.
//!
//! `REGULARS_CASES` (100 000) cases compare membership, `partial`, the cell and decisions; for `REGULARS_UNTIL` (3 000)
//! of them every `holdsUntil` is held against the reference at every candidate instant and at 200 random instants
//! before it. `REGULARS_SEED` (0) is the first seed: a longer run is the same command with larger numbers.

mod each;
mod engine;
mod generate;
mod reference;

use std::collections::BTreeMap;

use each::{each_case, number_of};
use engine::product::TheProduct;
use engine::{Engine, History, Loaded, Plan, Refusal, TheReference};
use generate::{Case, Dice, case};
use reference::Reference;
use reference::events::Visitor;
use reference::rules::{Measure, Rule};
use reference::until::{REACH, Watch};
use serde_json::Value;

fn slots(package: &Value) -> Vec<String> {
    let mut slots: Vec<String> =
        package["campaigns"].as_array().into_iter().flatten().filter_map(|campaign| Some(campaign["slot"].as_str()?.to_owned())).collect();
    slots.push("nowhere".to_owned());
    slots.sort();
    slots.dedup();
    slots
}

fn compare(engine: &dyn Engine, case: &Case) -> Result<(), String> {
    let (ours, theirs) = (TheReference.load(&case.package).plan.unwrap(), engine.load(&case.package).plan);
    let Some(theirs) = theirs else {
        return Err(format!("{} refuses the package", engine.name()));
    };
    let ((mut ours, our_refusals), (mut theirs, their_refusals)) = (ours.read(&case.visitor), theirs.read(&case.visitor));
    ours.set_context(&case.context);
    theirs.set_context(&case.context);
    let places = |refusals: &[Refusal]| refusals.iter().map(|refusal| refusal.index).collect::<Vec<_>>();
    if places(&our_refusals) != places(&their_refusals) {
        return Err(format!("refused: reference {our_refusals:?}, {} {their_refusals:?}", engine.name()));
    }
    for now in &case.nows {
        let [one, two] = [&ours, &theirs].map(|history| {
            let mut evaluation = history.evaluate(*now, false);
            (evaluation.holds_until, evaluation.cell_holds_until) = (None, None);
            evaluation.segments.iter_mut().for_each(|segment| segment.holds_until = None);
            evaluation
        });
        if one != two {
            return Err(format!("at {now}\n  reference {one:?}\n  {} {two:?}", engine.name()));
        }
        for slot in slots(&case.package) {
            let [one, two] = [&ours, &theirs].map(|history| {
                let mut shown = history.decide(&slot, *now, false);
                shown.holds_until = None;
                shown
            });
            if one != two {
                return Err(format!("slot {slot} at {now}\n  reference {one:?}\n  {} {two:?}", engine.name()));
            }
        }
    }
    Ok(())
}

/// Nothing differs before `holdsUntil`, at any candidate or at 200 random instants, and at it something does.
fn compare_until(engine: &dyn Engine, seed: u64, case: &Case) -> Result<(), String> {
    let reference = Reference::new(&case.package);
    let mut visitor = reference.read(&case.visitor);
    reference.set_context(&mut visitor, &case.context);
    let plan = engine.load(&case.package).plan.ok_or_else(|| format!("{} refuses the package", engine.name()))?;
    let (mut history, _) = plan.read(&case.visitor);
    history.set_context(&case.context);
    let now = case.nows[0];
    let evaluation = history.evaluate(now, true);
    let candidates = reference.candidates(&visitor, now, now + REACH);
    let mut dice = Dice::new(!seed);
    let mut earliest = None;
    for watch in reference.watches() {
        let said = match &watch {
            Watch::Segment(place) => evaluation.segments[*place].holds_until,
            Watch::Cell => evaluation.cell_holds_until,
            Watch::Decision(slot) => history.decide(slot, now, true).holds_until,
        };
        if !matches!(watch, Watch::Decision(_)) {
            earliest = earliest.into_iter().chain(said).min();
        }
        first_change(&reference, &visitor, &watch, now, said, &candidates, &mut dice)
            .map_err(|sentence| format!("{watch:?} at {now}: {sentence}"))?;
    }
    if evaluation.holds_until != earliest {
        return Err(format!("at {now}: the earliest is {earliest:?}, not {:?}", evaluation.holds_until));
    }
    Ok(())
}

fn first_change(
    reference: &Reference,
    visitor: &Visitor,
    watch: &Watch,
    now: i64,
    said: Option<i64>,
    candidates: &[i64],
    dice: &mut Dice,
) -> Result<(), String> {
    let before = reference.watched(visitor, watch, now);
    if let Some(at) = said {
        if at <= now || at > now + REACH {
            return Err(format!("holds until {at}, which is not within reach"));
        }
        if reference.watched(visitor, watch, at) == before {
            return Err(format!("holds until {at}, but nothing changes there"));
        }
    }
    let last = said.map_or(now + REACH, |at| at - 1);
    let random = (0..200).map(|_| dice.from(now, last));
    for at in candidates.iter().copied().filter(|at| *at <= last).chain([last]).chain(random) {
        if reference.watched(visitor, watch, at) != before {
            return Err(format!("holds until {said:?}, but has changed at {at}"));
        }
    }
    Ok(())
}

/// The reference, given every event twice and in the other order: "Copies […] are one event", "The order in which
/// events arrived changes no answer".
struct Backwards;

impl Engine for Backwards {
    fn name(&self) -> &'static str {
        "backwards"
    }

    fn load(&self, package: &Value) -> Loaded {
        let plan = TheReference.load(package).plan.map(|plan| Box::new(BackwardsPlan(plan)) as Box<dyn Plan>);
        Loaded { problems: None, plan }
    }
}

struct BackwardsPlan(Box<dyn Plan>);

impl Plan for BackwardsPlan {
    fn read<'a>(&'a self, visitor: &Value) -> (Box<dyn History + 'a>, Vec<Refusal>) {
        let mut visitor = visitor.clone();
        let events = visitor["events"].as_array_mut().unwrap();
        let mut again: Vec<Value> = events.iter().rev().cloned().collect();
        again.append(events);
        *events = again;
        self.0.read(&visitor)
    }
}

#[test]
fn the_product_answers_as_the_reference() {
    each_case(number_of("REGULARS_CASES", 100_000), |_, case| compare(&TheProduct, case));
}

#[test]
fn the_products_first_changes_are_the_first() {
    each_case(number_of("REGULARS_UNTIL", 3_000), |seed, case| compare_until(&TheProduct, seed, case));
}

#[test]
fn the_order_of_arrival_and_copies_change_nothing() {
    // Of the reference alone, so a fifth is enough.
    each_case(number_of("REGULARS_CASES", 100_000) / 5, |_, case| compare(&Backwards, case));
}

#[test]
fn the_references_first_changes_are_the_first() {
    each_case(number_of("REGULARS_UNTIL", 3_000) / 5, |seed, case| compare_until(&TheReference, seed, case));
}

fn kind(leaf: &Rule) -> &'static str {
    match leaf {
        Rule::Events(events) if events.net => "net",
        Rule::Events(events) if matches!(events.measure, Measure::Ratio) => "ratio",
        Rule::Events(_) => "events",
        Rule::Profile(test) if test.measure.is_some() => "days of the profile",
        Rule::Profile(_) => "profile",
        Rule::Context(_) => "context",
        Rule::Near(_) => "near",
        Rule::Sequence(sequence) if sequence.steps.iter().any(|step| step.absent) => "sequence, the last absent",
        Rule::Sequence(_) => "sequence",
        Rule::Segment(_) => "segment",
        Rule::Retention(_) | Rule::All(_) | Rule::Any(_) | Rule::Not(_) => "retention",
    }
}

/// A generator whose conditions are hardly ever true, or false, would prove little.
#[test]
fn answers_are_mixed() {
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut asked, mut members, mut partial, mut cells, mut shown, mut watched, mut changes) = (0, 0, 0, 0, 0, 0, 0);
    for seed in 0..2_000 {
        let case = case(seed);
        let reference = Reference::new(&case.package);
        let mut visitor = reference.read(&case.visitor);
        reference.set_context(&mut visitor, &case.context);
        assert_eq!(visitor.refused, [] as [usize; 0], "seed {seed}");
        let now = case.nows[0];
        asked += reference.segments.len();
        members += reference.members(&visitor, now).iter().filter(|(_, member)| *member).count();
        partial += reference.partial(&visitor, now).iter().filter(|partial| **partial).count();
        cells += usize::from(!matches!(reference.cell(&visitor, now).0.as_deref(), Some("none") | None));
        for leaf in reference.segments.iter().filter_map(|segment| segment.rule.as_ref()).flat_map(Rule::leaves) {
            let (asked, hold) = kinds.entry(kind(leaf)).or_default();
            *asked += 1;
            *hold += usize::from(reference.holds(leaf, &visitor, now));
        }
        shown += usize::from(reference.decision(&visitor, "hero", now).campaign.is_some());
        if seed < 300 {
            let changing = |watch: &Watch| reference.holds_until(&visitor, watch, now).is_some();
            watched += reference.watches().len();
            changes += reference.watches().iter().filter(|watch| changing(watch)).count();
        }
    }
    println!("of {asked} segments {members} hold and {partial} are partial; of 2000 visitors {cells} have a cell, {shown} see something");
    println!("of {watched} answers {changes} change in time");
    let between = |part: usize, whole: usize, low: usize, high: usize| assert!((low..=high).contains(&(part * 100 / whole)));
    println!("conditions asked and holding: {kinds:?}");
    assert_eq!(kinds.len(), 11);
    for (asked, hold) in kinds.into_values() {
        assert!(asked > 50);
        between(hold, asked, 15, 75);
    }
    between(members, asked, 30, 70);
    between(partial, asked, 10, 50);
    between(cells, 2_000, 30, 80);
    between(shown, 2_000, 15, 70);
    between(changes, watched, 25, 75);
}
