//! When a visitor was, is and will be in a segment (SPEC 7, `timeline`).

use crate::focus::Focus;
use crate::order::in_order;
use regulars_core::evaluate::{Evaluator, hanging};
use regulars_core::history::Table;
use regulars_core::plan::{Plan, SEGMENTS};
use regulars_core::time::FIRST;
use regulars_core::visitor::{Visitor, is_present};
use serde_json::{Map, Value, json};

/// A stretch of membership, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// The first instant.
    pub from: i64,
    /// The first instant after.
    pub to: i64,
    /// Why it begins.
    pub entered_by: Cause,
    /// Why it ends.
    pub left_by: Cause,
}

/// Why a stretch of membership begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// At that instant an event happened without which it would not.
    Event {
        /// Its type.
        kind: String,
        /// Its own id, if it has one.
        id: Option<String>,
    },
    /// Only time passed.
    Time,
    /// It goes on, beyond what was asked about.
    Cut,
}

/// The stretches from `from` to `to` in which the visitor is in the segment with this number,
/// ascending. Profile and context are the present ones throughout.
///
/// The cause of an edge is the first event, in order, at that instant without which there would
/// be no such edge. Where several events at that instant each would do, so that none of them is
/// needed, it is the first of them; where the edge would be there without any of them, it is time.
pub fn timeline(plan: &Plan, visitor: &Visitor, segment: usize, from: i64, to: i64) -> Vec<Interval> {
    let Some(root) = plan.index(SEGMENTS, segment, 0).checked_sub(1).filter(|_| from < to) else { return Vec::new() };
    let focus = Focus::new(plan, root);
    let visitor = focus.visitor(visitor);
    let mut evaluator = Evaluator::default();
    // The instant before says whether there is an edge at the beginning.
    let mut at = (from - 1).max(FIRST);
    evaluator.look(&focus.plan, &visitor, at, to);
    let (mut sample, parts) = (evaluator.now(root), hanging(&focus.plan, root));
    let mut open = sample.value.then_some((from, Cause::Cut));
    let mut intervals = Vec::new();
    while sample.until <= to {
        let before = sample.value;
        at = sample.until;
        sample = evaluator.sample_ahead(&focus.plan, &visitor, &parts, at, to);
        if sample.value == before {
            continue;
        }
        if let Some((from, entered_by)) = open.take() {
            if from < at {
                intervals.push(Interval { from, to: at, entered_by, left_by: cause(&focus, &visitor, at, before) });
            }
        } else if at < to {
            open = Some((at, cause(&focus, &visitor, at, before)));
        }
    }
    if let Some((from, entered_by)) = open.filter(|(from, _)| *from < to) {
        intervals.push(Interval { from, to, entered_by, left_by: Cause::Cut });
    }
    intervals
}

/// Why membership, which was `before`, is not so from an instant on.
fn cause(focus: &Focus, visitor: &Visitor, at: i64, before: bool) -> Cause {
    let tables = &visitor.history.tables;
    let mut events = Vec::new();
    for (index, table) in tables.iter().enumerate().filter(|(_, table)| !is_present(&table.kind)) {
        // Rows are in order of time.
        let mut row = first_from(table, at);
        while row < table.len() && table.at(row) == at {
            events.push((index, row));
            row += 1;
        }
    }
    let rank = |table: usize| tables.iter().filter(|other| other.kind < tables[table].kind).count() as i64;
    let events = in_order(events, |&(table, row)| (rank(table), row as i64));
    let there_without = |gone: &[(usize, usize)]| {
        let mut visitor = visitor.clone();
        // The last rows first, so that the others stay where they are.
        gone.iter().rev().for_each(|&(table, row)| visitor.history.forget(table, row));
        focus.answer(&visitor, at - 1, at) == (before, Some(at))
    };
    let needed = events.iter().position(|&event| !there_without(&[event]));
    let any_of_several = || (events.len() > 1 && !there_without(&events)).then_some(0);
    let Some(index) = needed.or_else(any_of_several) else { return Cause::Time };
    let (table, row) = events[index];
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let id = tables[table].ids.get(row);
    Cause::Event { kind: text(&tables[table].kind), id: (!id.is_empty()).then(|| text(id)) }
}

/// The first row of a table that is not before an instant.
fn first_from(table: &Table, at: i64) -> usize {
    let (mut low, mut high) = (0, table.len());
    while low < high {
        let middle = (low + high) / 2;
        if table.at(middle) < at {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// `[ { "from", "to", "enteredBy", "leftBy" } ]`; a cause is `{ "event": { "type", "id" } }`,
/// `"time"` or `null`.
pub fn intervals(found: &[Interval]) -> Value {
    let cause = |cause: &Cause| match cause {
        Cause::Event { kind, id } => json!({ "event": { "type": kind, "id": id } }),
        Cause::Time => Value::from("time"),
        Cause::Cut => Value::Null,
    };
    let interval = |interval: &Interval| {
        let mut object = Map::new();
        object.insert("from".to_owned(), interval.from.into());
        object.insert("to".to_owned(), interval.to.into());
        object.insert("enteredBy".to_owned(), cause(&interval.entered_by));
        object.insert("leftBy".to_owned(), cause(&interval.left_by));
        Value::Object(object)
    };
    found.iter().map(interval).collect()
}
