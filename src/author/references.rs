//! References between segments: unknown ones, cycles, and what a broken segment breaks.

use crate::diagnostic::{Place, Problems, code};
use crate::rules::Rule;
use std::collections::{HashMap, VecDeque};

/// After so many problems no nearest id is looked for any more.
const MANY: usize = 20;

/// So many references are followed in search of the circles that segments are in; then no more
/// circles are told.
const PATIENCE: usize = 100_000;

/// A segment while its references are followed.
#[derive(Debug)]
pub struct Referring {
    /// Its id, if it has one.
    pub id: Option<String>,
    /// Its rule, if it could be read.
    pub rule: Option<Rule>,
    /// For how long a member stays one after the rule last held, in milliseconds.
    pub keep: Option<i64>,
    /// It is broken by itself, or by what it refers to.
    pub broken: bool,
    /// Where it is.
    pub place: Place,
}

/// Breaks segments whose references do not work, and returns the others in an order in which
/// each comes after those it refers to.
pub fn resolve(problems: &mut Problems, segments: &mut [Referring], by_id: &HashMap<String, usize>) -> Vec<usize> {
    let mut targets: Vec<Vec<(usize, Place)>> = Vec::new();
    for segment in segments.iter_mut() {
        let (found, unknown) = targets_of(problems, segment.rule.as_ref(), by_id);
        segment.broken |= unknown;
        targets.push(found);
    }
    break_cycles(problems, segments, &targets);
    let mut referrers: Vec<Vec<usize>> = vec![Vec::new(); segments.len()];
    for (index, targets) in targets.iter().enumerate() {
        targets.iter().for_each(|(target, _)| referrers[*target].push(index));
    }
    // Brokenness spreads to whoever refers, until nothing more breaks.
    let mut broken: VecDeque<usize> = (0..segments.len()).filter(|&index| segments[index].broken).collect();
    while let Some(target) = broken.pop_front() {
        for &index in &referrers[target] {
            let reason = targets[index].iter().find(|(target, _)| segments[*target].broken);
            if let (false, Some((target, place))) = (segments[index].broken, reason) {
                refers_to_broken(problems, &segments[*target], place);
                segments[index].broken = true;
                broken.push_back(index);
            }
        }
    }
    // Each comes when the last of those that it refers to has come.
    let mut waits: Vec<usize> = targets.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..segments.len()).filter(|&index| waits[index] == 0 && !segments[index].broken).collect();
    let mut next = 0;
    while let Some(&done) = order.get(next) {
        next += 1;
        for &index in &referrers[done] {
            waits[index] -= 1;
            if waits[index] == 0 && !segments[index].broken {
                order.push(index);
            }
        }
    }
    order
}

/// Where a rule's references lead, and whether any leads nowhere.
pub fn targets_of(problems: &mut Problems, rule: Option<&Rule>, by_id: &HashMap<String, usize>) -> (Vec<(usize, Place)>, bool) {
    let (mut found, mut unknown) = (Vec::new(), false);
    for (id, place) in rule.map(Rule::references).unwrap_or_default() {
        match by_id.get(id) {
            Some(&target) => found.push((target, place.clone())),
            None => {
                let mut known: Vec<&str> = Vec::new();
                // Looking for the nearest takes long; whoever has that many problems starts elsewhere.
                if problems.list.len() < MANY {
                    known.extend(by_id.keys().map(String::as_str));
                    known.sort_unstable();
                }
                let message = format!("There is no segment `{id}`.");
                match problems.nearest(id, &known) {
                    Some(near) => problems.error_with_fix(code::UNKNOWN_SEGMENT, place, message, format!("Did you mean `{near}`?")),
                    None => problems.error(code::UNKNOWN_SEGMENT, place, message),
                }
                unknown = true;
            }
        }
    }
    (found, unknown)
}

/// Says that a reference leads to a broken segment.
pub fn refers_to_broken(problems: &mut Problems, target: &Referring, place: &Place) {
    let id = target.id.as_deref().unwrap_or("");
    let fix = format!("Mend the segment at {}.", target.place.0);
    problems.error_with_fix(code::REFERS_TO_BROKEN, place, format!("The segment `{id}` is broken, and so is whatever refers to it."), fix);
}

/// Every segment on a cycle is broken; each cycle is reported once, with its path.
fn break_cycles(problems: &mut Problems, segments: &mut [Referring], targets: &[Vec<(usize, Place)>]) {
    let circles = circles(targets);
    let mut patience = PATIENCE;
    for start in 0..segments.len() {
        if circles[start].is_none() {
            continue;
        }
        segments[start].broken = true;
        if patience == 0 {
            continue;
        }
        let Some(path) = cycle_through(start, targets, &circles, &mut patience) else { continue };
        // The first of the cycle in package order reports it.
        if path.iter().any(|&(index, _)| index < start) {
            continue;
        }
        let id = |index: usize| segments[index].id.as_deref().unwrap_or("");
        let names: Vec<&str> = path.iter().map(|&(index, _)| id(index)).chain([id(start)]).collect();
        let message = format!("The segments refer to each other in a circle: {}.", names.join(" → "));
        problems.error_with_fix(code::SEGMENT_CYCLE, path[0].1, message, "Take one of these references out.");
    }
}

/// A shortest path from a segment back to itself: each step's segment and where it refers on.
fn cycle_through<'a>(
    start: usize,
    targets: &'a [Vec<(usize, Place)>],
    circles: &[Option<usize>],
    patience: &mut usize,
) -> Option<Vec<(usize, &'a Place)>> {
    let mut came: Vec<Option<(usize, &Place)>> = vec![None; targets.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(index) = queue.pop_front() {
        *patience = patience.saturating_sub(targets[index].len());
        for (target, place) in targets[index].iter().filter(|(target, _)| circles[*target] == circles[start]) {
            if *target == start {
                let mut path = vec![(index, place)];
                let mut at = index;
                while let Some((from, place)) = came[at] {
                    path.push((from, place));
                    at = from;
                }
                path.reverse();
                return Some(path);
            }
            if came[*target].is_none() {
                came[*target] = Some((index, place));
                queue.push_back(*target);
            }
        }
    }
    None
}

/// For each segment that lies on a cycle, one of those that it can reach and that reach it: the
/// same for all of these. (Tarjan's strongly connected components, without recursion.)
fn circles(targets: &[Vec<(usize, Place)>]) -> Vec<Option<usize>> {
    const UNSEEN: usize = usize::MAX;
    let (mut number, mut low) = (vec![UNSEEN; targets.len()], vec![0; targets.len()]);
    let (mut open, mut is_open) = (Vec::new(), vec![false; targets.len()]);
    let (mut circles, mut seen) = (vec![None; targets.len()], 0);
    for start in 0..targets.len() {
        // Segments being looked at, each with how many of its references were followed.
        let mut path = vec![(start, 0)];
        while let Some((index, followed)) = path.last_mut() {
            let index = *index;
            if *followed == 0 && number[index] == UNSEEN {
                (number[index], low[index], is_open[index]) = (seen, seen, true);
                seen += 1;
                open.push(index);
            } else if *followed == 0 {
                path.pop();
                continue;
            }
            if let Some((target, _)) = targets[index].get(*followed) {
                *followed += 1;
                if number[*target] == UNSEEN {
                    path.push((*target, 0));
                } else if is_open[*target] {
                    low[index] = low[index].min(number[*target]);
                }
                continue;
            }
            path.pop();
            if let Some((before, _)) = path.last() {
                low[*before] = low[*before].min(low[index]);
            }
            if low[index] == number[index] {
                let first = open.iter().rposition(|&other| other == index).unwrap_or(0);
                let members = open.split_off(first);
                let circular = members.len() > 1 || targets[index].iter().any(|(target, _)| *target == index);
                for member in members {
                    is_open[member] = false;
                    circles[member] = circular.then_some(index);
                }
            }
        }
    }
    circles
}
