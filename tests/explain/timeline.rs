//! Timelines: at every edge, a millisecond to either side, and anywhere else they say what `evaluate` says; and each cause is
//! one.

use super::{Asked, DAY, answer, asked};
use crate::each::{each_case, number_of};
use crate::generate::{Case, Dice};
use regulars::Visitor;
use regulars_author::timeline::{Cause, Interval, timeline};

fn covers(intervals: &[Interval], at: i64) -> bool {
    intervals.iter().any(|interval| interval.from <= at && at < interval.to)
}

fn check_timeline(seed: u64, case: &Case) -> Result<(), String> {
    let Some(asked) = asked(&case.package, &case.visitor, &case.context) else { return Ok(()) };
    let mut dice = Dice::new(!seed);
    let (from, to) = (case.nows[0] - dice.from(0, 120 * DAY), case.nows[0] + dice.from(1, 60 * DAY));
    for (number, id) in asked.ids().iter().enumerate() {
        let member = |at: i64| answer(&asked.plan, &asked.visitor, number, at).0;
        let intervals = timeline(&asked.plan, &asked.visitor, number, from, to);
        let edges: Vec<i64> = intervals.iter().flat_map(|interval| [interval.from, interval.to]).collect();
        if !edges.is_sorted_by(|one, other| one < other) || edges.iter().any(|edge| !(from..=to).contains(edge)) {
            return Err(format!("{id}: {intervals:?} are not stretches from {from} to {to}"));
        }
        let around = edges.iter().flat_map(|edge| [edge - 1, *edge, edge + 1]);
        let random: Vec<i64> = (0..40).map(|_| dice.from(from, to - 1)).collect();
        for at in around.chain(random).chain([from, to - 1]).filter(|at| (from..to).contains(at)) {
            if covers(&intervals, at) != member(at) {
                return Err(format!("{id} at {at}: {} a member, but {intervals:?}", member(at)));
            }
        }
        for interval in &intervals {
            for (cause, edge, entered) in [(&interval.entered_by, interval.from, true), (&interval.left_by, interval.to, false)] {
                check_cause(&asked, number, cause, edge, entered)
                    .map_err(|sentence| format!("{id} at {edge}: {sentence}: {interval:?}"))?;
            }
        }
    }
    Ok(())
}

fn check_cause(asked: &Asked, number: usize, cause: &Cause, edge: i64, entered: bool) -> Result<(), String> {
    let edge_in = |visitor: &Visitor| [edge - 1, edge].map(|at| answer(&asked.plan, visitor, number, at).0) == [!entered, entered];
    let there = edge_in(&asked.visitor);
    match cause {
        Cause::Cut if there => return Err("an edge without a cause".to_owned()),
        Cause::Cut => return Ok(()),
        _ if !there => return Err("no edge".to_owned()),
        Cause::Time => {}
        Cause::Event { kind, .. } => {
            let tables = &asked.visitor.history.tables;
            let table = tables.iter().position(|table| table.kind == kind.as_bytes()).ok_or("an event of no known type")?;
            if !(0..tables[table].len()).any(|row| tables[table].at(row) == edge) {
                return Err("no such event then".to_owned());
            }
        }
    }
    // Without all that happened at that instant the edge is there if time made it, and not if an event did.
    let mut visitor = asked.visitor.clone();
    for table in 0..visitor.history.tables.len() {
        for row in (0..visitor.history.tables[table].len()).rev() {
            if visitor.history.tables[table].at(row) == edge {
                visitor.history.forget(table, row);
            }
        }
    }
    if edge_in(&visitor) == (*cause == Cause::Time) { Ok(()) } else { Err("another cause".to_owned()) }
}

#[test]
fn timelines_agree_with_evaluate() {
    each_case(number_of("REGULARS_EXPLAIN", 2_000), check_timeline);
}
