//! Steps that follow each other (SPEC 5.3, `sequence`): of all assignments of events to steps,
//! those that hold longest.
//!
//! An assignment holds from its last event on (or a fixed time after it, if that shows that
//! something is absent) for as long as the period still reaches back to its first. So of all that
//! end in one event only the one that begins latest matters, and of two ends the later one matters
//! from its time on, if it begins later. Steps are taken one after the other, each event of a step
//! looking at the latest beginning among the events of the step before within its gap: a sliding
//! maximum, n log n in all.

use crate::plan::{Plan, SERIES};
use crate::series::Series;
use alloc::vec::Vec;

/// Integers of a step: its series, the limit of its gap, whether it shares an item with the step
/// before, whether it must be absent.
pub const WIDTH: usize = 4;

/// Candidates of a step that share one item id (or, if no item is asked for, all of them): instant
/// and latest beginning, beginnings descending; those before the first have left.
#[derive(Debug, Default)]
struct Queue {
    open: Vec<(i64, i64)>,
    first: usize,
}

impl Queue {
    #[inline(never)]
    fn push(&mut self, at: i64, begin: i64) {
        while self.open.len() > self.first && self.open[self.open.len() - 1].1 <= begin {
            self.open.pop();
        }
        self.open.push((at, begin));
    }

    /// The latest beginning of what is less than `limit` before `at`.
    fn latest(&mut self, at: i64, limit: i64) -> i64 {
        while self.first < self.open.len() && at.wrapping_sub(self.open[self.first].0) >= limit {
            self.first += 1;
        }
        self.open.get(self.first).map_or(i64::MIN, |open| open.1)
    }
}

/// The series of a sequence: when assignments end, and (as sums) the latest beginning of all that
/// end up to there.
#[inline(never)]
pub fn follow(plan: &Plan, index: usize, parts: &[Series], out: &mut Series) {
    let steps = plan.list(plan.get(SERIES, index, 2), plan.get(SERIES, index, 3));
    let series = |step: usize| &parts[steps[step * WIDTH] as usize];
    let mut count = steps.len() / WIDTH;
    let absent = count > 1 && steps[count * WIDTH - 1] != 0;
    if count == 0 || steps.chunks_exact(WIDTH).any(|step| step[0] as usize >= parts.len()) {
        return;
    }
    if absent {
        count -= 1;
    }
    // Of each event of the step before, the latest beginning; the extreme is none.
    let mut begins: Vec<i64> = Vec::new();
    for &at in &series(0).at {
        begins.push(at);
    }
    for step in 1..count {
        let (before, this) = (series(step - 1), series(step));
        let (limit, shared) = (steps[step * WIDTH + 1], steps[step * WIDTH + 2] != 0);
        let mut queues: Vec<Queue> = Vec::new();
        queues.resize_with(if shared { before.names.len() } else { 1 }, Queue::default);
        let mut latest = Vec::new();
        let mut entered = 0;
        for (event, &at) in this.at.iter().enumerate() {
            // Time between steps is strictly increasing.
            while entered < before.at.len() && before.at[entered] < at {
                if begins[entered] > i64::MIN {
                    keys(before, entered, shared, before, &mut |key| queues[key].push(before.at[entered], begins[entered]));
                }
                entered += 1;
            }
            let mut begin = i64::MIN;
            keys(this, event, shared, before, &mut |key| begin = begin.max(queues[key].latest(at, limit)));
            latest.push(begin);
        }
        begins = latest;
    }
    let last = series(count - 1);
    if absent {
        // From the end: of each key, the first event that must not be, after where it stands.
        let (limit, shared) = (steps[count * WIDTH + 1], steps[count * WIDTH + 2] != 0);
        let unwanted = series(count);
        let mut next: Vec<i64> = Vec::new();
        next.resize(if shared { last.names.len() } else { 1 }, i64::MAX);
        let mut left = unwanted.at.len();
        for event in (0..last.at.len()).rev() {
            let at = last.at[event];
            while left > 0 && unwanted.at[left - 1] > at {
                left -= 1;
                keys(unwanted, left, shared, last, &mut |key| next[key] = unwanted.at[left]);
            }
            keys(last, event, shared, last, &mut |key| {
                if next[key].saturating_sub(at) < limit {
                    begins[event] = i64::MIN;
                }
            });
        }
    }
    let mut begin = i64::MIN;
    for (event, &at) in last.at.iter().enumerate() {
        if begins[event] > i64::MIN {
            begin = begin.max(begins[event]);
            out.at.push(at);
            out.sums.push(i128::from(begin));
        }
    }
}

/// Gives what an event is known by among the events of a step: the numbers that its item ids have
/// there; without items, zero.
fn keys(series: &Series, event: usize, shared: bool, among: &Series, give: &mut dyn FnMut(usize)) {
    if !shared {
        return give(0);
    }
    for &id in series.ids_of(event) {
        if let Some(key) = among.names.known(series.names.get(id)) {
            give(key);
        }
    }
}
