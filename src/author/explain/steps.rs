//! The evidence of a `sequence`: the events of the match that holds longest.

use super::event::{Row, rows};
use super::evidence::{Evidence, item_ids, outside, reason, unfit};
use crate::focus::steps_of;
use regulars_core::look::Look;
use regulars_core::plan::{CONDITIONS, Plan, SERIES};
use regulars_core::visitor::Visitor;

/// An event that fits a step.
struct Fit<'a> {
    row: Row<'a>,
    /// Of the lines that satisfy the step, if it matters.
    ids: Vec<Vec<u8>>,
    /// The latest instant at which a chain that ends here began, and the event before.
    chain: Option<(i64, usize)>,
}

/// A step, as the plan has it.
struct Step<'a> {
    fits: Vec<Fit<'a>>,
    limit: i64,
    shares: bool,
    absent: bool,
}

impl Fit<'_> {
    /// Whether it can follow another event at all.
    fn follows(&self, before: &Fit<'_>, step: &Step<'_>) -> bool {
        let gap = self.row.at().saturating_sub(before.row.at());
        gap > 0 && gap < step.limit && (!step.shares || self.ids.iter().any(|id| before.ids.contains(id)))
    }
}

/// The evidence of a sequence at `now`: of all matches the one that begins latest.
pub(crate) fn sequence(plan: &Plan, visitor: &Visitor, condition: usize, now: i64) -> Evidence {
    let series = plan.index(CONDITIONS, condition, 0);
    let period = plan.period(condition).bounds(&plan.zone, now);
    let mut steps: Vec<Step<'_>> = steps_of(plan, series).map(|step| fitting(plan, visitor, step, now)).collect();
    let absence = steps.pop_if(|step| step.absent);
    let mut before: Option<Step<'_>> = None;
    let mut done: Vec<Step<'_>> = Vec::new();
    for mut step in steps {
        for index in 0..step.fits.len() {
            let fit = &step.fits[index];
            let at = fit.row.at();
            let chain = match &before {
                _ if outside(at, period, now).is_some() => None,
                None => Some((at, 0)),
                Some(before) => {
                    let mut best: Option<(i64, usize)> = None;
                    for (place, other) in before.fits.iter().enumerate() {
                        if let Some((begin, _)) = other.chain
                            && best.is_none_or(|best| begin > best.0)
                            && fit.follows(other, &step)
                        {
                            best = Some((begin, place));
                        }
                    }
                    best
                }
            };
            step.fits[index].chain = chain;
        }
        done.extend(before.replace(step));
    }
    done.extend(before);
    let mut followed = Vec::new();
    let mut best: Option<(i64, usize)> = None;
    for (place, end) in done.last().map_or(&[][..], |step| &step.fits).iter().enumerate() {
        let Some((begin, _)) = end.chain else { continue };
        let mut holds = true;
        if let Some(absence) = &absence {
            let following = absence.fits.iter().filter(|fit| fit.follows(end, absence));
            let known = followed.len();
            followed.extend(following.map(|fit| fit.row));
            holds = followed.len() == known && end.row.at().saturating_add(absence.limit) <= now;
        }
        if holds && best.is_none_or(|best| begin >= best.0) {
            best = Some((begin, place));
        }
    }
    let mut matched = Vec::new();
    if let Some((_, mut place)) = best {
        for step in done.iter().rev() {
            matched.push(step.fits[place].row);
            place = step.fits[place].chain.map_or(0, |chain| chain.1);
        }
        matched.reverse();
    }
    let same = |one: &Row<'_>, other: &Row<'_>| std::ptr::eq(one.table, other.table) && one.row == other.row;
    let among = |rows: &[Row<'_>], row: &Row<'_>| rows.iter().any(|other| same(row, other));
    let mut evidence = Evidence { counted: matched.iter().map(|row| row.json(None)).collect(), ..Evidence::default() };
    let kinds = plan.list_of(SERIES, series, 0);
    let numbers: Vec<usize> = steps_of(plan, series).map(|step| step[0] as usize).collect();
    let mut memo = Vec::new();
    for row in rows(plan, &visitor.history, kinds).into_iter().filter(|row| !among(&matched, row)) {
        let kind = |number: &&usize| plan.list_of(SERIES, **number, 0).iter().any(|&kind| plan.text(kind) == row.table.kind);
        let look = Look::new(plan, &visitor.history, row.table, row.row);
        let mut reasons = numbers.iter().filter(kind).map(|&number| unfit(plan, number, &look, row, &mut memo));
        // It fits a step, or else what is wrong is what the first step of its type says.
        let first = reasons.next().flatten();
        let unfit = first.filter(|_| reasons.all(|reason| reason.is_some()));
        let reason = match unfit {
            _ if among(&followed, &row) && best.is_none() => reason::FOLLOWED,
            Some(reason) => reason,
            None => outside(row.at(), period, now).unwrap_or(reason::NO_MATCH),
        };
        evidence.left_out.push(row.json(Some(reason)));
    }
    evidence
}

/// A step with the events up to now that fit it.
fn fitting<'a>(plan: &Plan, visitor: &'a Visitor, step: &[i64], now: i64) -> Step<'a> {
    let series = step[0] as usize;
    let mut memo = Vec::new();
    let mut fits = Vec::new();
    for row in rows(plan, &visitor.history, plan.list_of(SERIES, series, 0)) {
        let look = Look::new(plan, &visitor.history, row.table, row.row);
        if row.at() <= now && unfit(plan, series, &look, row, &mut memo).is_none() {
            fits.push(Fit { row, ids: item_ids(plan, series, &look, row, &mut memo), chain: None });
        }
    }
    Step { fits, limit: step[1], shares: step[2] != 0, absent: step[3] != 0 }
}
