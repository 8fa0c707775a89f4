//! Which events an `events` condition counts, what they measure, and why the others do not count.

use super::event::{Row, number, rows};
use regulars_core::condition::measure;
use regulars_core::event::Seen;
use regulars_core::look::Look;
use regulars_core::net::{each_named, returns};
use regulars_core::number::ONE;
use regulars_core::plan::{CONDITIONS, Plan, SERIES};
use regulars_core::series::{only, weight};
use regulars_core::visitor::Visitor;
use serde_json::Value;
use std::collections::HashSet;

/// Why an event does not count. The words are stable.
pub mod reason {
    /// It is later than now.
    pub const LATER: &str = "later";
    /// It is earlier than the period.
    pub const BEFORE_PERIOD: &str = "before_period";
    /// It is later than the period.
    pub const AFTER_PERIOD: &str = "after_period";
    /// All of it was returned.
    pub const RETURNED: &str = "returned";
    /// It is not the first, or the latest, that `only` keeps.
    pub const NOT_ONLY: &str = "not_only";
    /// `where` does not hold.
    pub const WHERE: &str = "where";
    /// `items` holds for none of its lines.
    pub const ITEMS: &str = "items";
    /// It has no value.
    pub const NO_VALUE: &str = "no_value";
    /// Its currency has no rate.
    pub const NO_RATE: &str = "no_rate";
    /// Of a sequence: it fits a step, but is not part of the match.
    pub const NO_MATCH: &str = "no_match";
    /// Of a sequence: it follows where nothing may follow.
    pub const FOLLOWED: &str = "followed";
}

/// What a condition looked at.
#[derive(Default)]
pub(crate) struct Evidence {
    pub(crate) counted: Vec<Value>,
    pub(crate) left_out: Vec<Value>,
    /// What the condition measures; `null` is missing.
    pub(crate) actual: Value,
}

/// Of an instant, where it lies from a half-open stretch of time and now.
pub(crate) fn outside(at: i64, (from, to): (i64, i64), now: i64) -> Option<&'static str> {
    match at {
        at if at > now => Some(reason::LATER),
        at if at < from => Some(reason::BEFORE_PERIOD),
        at if at >= to => Some(reason::AFTER_PERIOD),
        _ => None,
    }
}

/// What is wrong with an event by itself.
pub(crate) fn unfit(plan: &Plan, series: usize, look: &Look<'_>, row: Row<'_>, memo: &mut Vec<u8>) -> Option<&'static str> {
    let part = |column: usize| plan.get(SERIES, series, column);
    let (condition, items) = (part(2), part(3));
    if condition > 0 && !look.holds(condition - 1, None, memo) {
        return Some(reason::WHERE);
    }
    if items > 0 && lines(items, look, row, memo).is_empty() {
        return Some(reason::ITEMS);
    }
    if part(5) == weight::VALUE && look.worth().is_none() {
        return Some(if row.table.value(row.row).is_none() { reason::NO_VALUE } else { reason::NO_RATE });
    }
    None
}

/// The lines that are left and satisfy `items` (its number + 1; 0 is none).
fn lines(items: i64, look: &Look<'_>, row: Row<'_>, memo: &mut Vec<u8>) -> Vec<usize> {
    let lines = row.table.lines(row.row);
    lines.filter(|&line| look.quantity(line).is_some() && (items == 0 || look.holds(items - 1, Some(line), memo))).collect()
}

/// The item ids, folded, of those lines of an event that satisfy its series.
pub(crate) fn item_ids(plan: &Plan, series: usize, look: &Look<'_>, row: Row<'_>, memo: &mut Vec<u8>) -> Vec<Vec<u8>> {
    let mut ids = Vec::new();
    for line in lines(plan.get(SERIES, series, 3), look, row, memo) {
        if let Some(Seen::Text { folded, .. }) = look.named(line, b"id") {
            ids.push(folded.to_vec());
        }
    }
    ids
}

/// What is summed up while events are counted.
#[derive(Default)]
struct Sum {
    count: i64,
    total: i128,
    /// The greatest and the least.
    extremes: Option<(i128, i128)>,
    /// Different ones.
    ids: HashSet<Vec<u8>>,
    /// How many different ones.
    days: usize,
    /// The first day, and the last.
    span: Option<(i64, i64)>,
}

/// The evidence of an `events` condition at `now`.
pub(crate) fn events(plan: &Plan, visitor: &Visitor, condition: usize, now: i64) -> Evidence {
    let (history, series) = (&visitor.history, plan.index(CONDITIONS, condition, 0));
    let part = |column: usize| plan.get(SERIES, series, column);
    let (only, net) = (part(4) & !only::NET, part(4) & only::NET != 0);
    let period = plan.period(condition).bounds(&plan.zone, now);
    let rows = rows(plan, history, plan.list_of(SERIES, series, 0));
    // `net` is only of conversions, which are all in one table.
    let returns = rows.first().filter(|_| net).map(|row| returns(history, row.table, now));
    let mut verdicts = Vec::new();
    for &row in &rows {
        let mut look = Look::new(plan, history, row.table, row.row);
        look.left = returns.as_ref().and_then(|returns| returns.left(plan, history, row.table, row.row));
        let whole = look.left.as_ref().is_some_and(|left| left.whole);
        verdicts.push((row, look, outside(row.at(), period, now).or(whole.then_some(reason::RETURNED))));
    }
    if only != only::ALL {
        let mut inside = verdicts.iter().enumerate().filter(|(_, verdict)| verdict.2.is_none()).map(|(index, _)| index);
        let kept = if only == only::FIRST { inside.next() } else { inside.next_back() };
        for (index, verdict) in verdicts.iter_mut().enumerate() {
            if Some(index) != kept && verdict.2.is_none() {
                verdict.2 = Some(reason::NOT_ONLY);
            }
        }
    }
    let (mut evidence, mut sum, mut memo) = (Evidence::default(), Sum::default(), Vec::new());
    for (row, look, verdict) in verdicts {
        let left_out = verdict.or_else(|| unfit(plan, series, &look, row, &mut memo));
        if let Some(reason) = left_out {
            evidence.left_out.push(row.json(Some(reason)));
            continue;
        }
        evidence.counted.push(row.json(None));
        let lines = if part(5) == weight::VALUE { Vec::new() } else { lines(part(3), &look, row, &mut memo) };
        let worth = match part(5) {
            weight::VALUE => look.worth().unwrap_or(0),
            weight::ITEM_VALUE => lines.iter().map(|&line| look.line_value(line)).sum(),
            weight::UNITS => lines.iter().map(|&line| i128::from(look.quantity(line).unwrap_or(0))).sum(),
            _ => 0,
        };
        let day = plan.zone.day(row.at());
        sum.count += 1;
        sum.total += worth;
        sum.extremes = Some(sum.extremes.map_or((worth, worth), |(most, least)| (most.max(worth), least.min(worth))));
        sum.days += usize::from(sum.span.is_none_or(|span| span.1 != day)); // they come in order
        sum.span = Some((sum.span.map_or(day, |span| span.0), day));
        if part(5) == weight::ITEM_IDS {
            sum.ids.extend(item_ids(plan, series, &look, row, &mut memo));
        } else if part(5) == weight::RETURNED {
            let before = evidence.counted.len();
            let mut named = false;
            each_named(history, row.table, row.row, &mut |id| {
                sum.ids.insert(id.to_vec());
                named = true;
            });
            if !named {
                sum.ids.insert([" ", &before.to_string()].concat().into_bytes()); // no id begins with a space
            }
        }
    }
    if plan.get(CONDITIONS, condition, 1) == measure::RATIO {
        let mut conversions = 0;
        for row in self::rows(plan, history, plan.list_of(SERIES, 0, 0)) {
            match outside(row.at(), period, now) {
                None => {
                    conversions += 1;
                    evidence.counted.push(row.json(None));
                }
                reason => evidence.left_out.push(row.json(reason)),
            }
        }
        evidence.actual = quotient(sum.ids.len() as i128 * i128::from(ONE), conversions);
    } else {
        evidence.actual = measured(plan.get(CONDITIONS, condition, 1), &sum, plan.zone.day(now));
    }
    evidence
}

/// What a measure makes of the events that count; `null` is missing.
fn measured(measure: i64, sum: &Sum, today: i64) -> Value {
    match measure {
        measure::TOTAL => number(sum.total),
        measure::DISTINCT_ITEMS => sum.ids.len().into(),
        measure::ACTIVE_DAYS => sum.days.into(),
        measure::AVERAGE => quotient(sum.total, sum.count),
        measure::HIGHEST => sum.extremes.map_or(Value::Null, |extremes| number(extremes.0)),
        measure::LOWEST => sum.extremes.map_or(Value::Null, |extremes| number(extremes.1)),
        measure::DAYS_SINCE_LAST => sum.span.map_or(Value::Null, |span| (today - span.1).into()),
        measure::DAYS_SINCE_FIRST => sum.span.map_or(Value::Null, |span| (today - span.0).into()),
        _ => sum.count.into(),
    }
}

/// A quotient as it is shown: rounded half away from zero to four places. (It is never compared.)
fn quotient(sum: i128, of: i64) -> Value {
    if of == 0 {
        return Value::Null;
    }
    let (size, of) = (sum.unsigned_abs(), u128::from(of.unsigned_abs()));
    let rounded = ((size + of / 2) / of) as i128;
    number(if sum < 0 { -rounded } else { rounded })
}
