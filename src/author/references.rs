//! References between segments: unknown ones, cycles, and what a broken segment breaks.

use crate::diagnostic::{Place, Problems, code, nearest};
use crate::rules::Rule;
use std::collections::HashMap;

/// After so many problems no nearest id is looked for any more.
const MANY: usize = 100;

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
    // Brokenness spreads to whoever refers, until nothing more breaks.
    loop {
        let reason = |index: usize| targets[index].iter().find(|(target, _)| segments[*target].broken);
        let Some((index, (target, place))) = (0..segments.len())
            .filter(|&index| !segments[index].broken)
            .find_map(|index| reason(index).map(|found| (index, found.clone())))
        else {
            break;
        };
        refers_to_broken(problems, &segments[target], &place);
        segments[index].broken = true;
    }
    let (mut order, mut done) = (Vec::new(), vec![false; segments.len()]);
    loop {
        let before = order.len();
        for index in 0..segments.len() {
            if !segments[index].broken && !done[index] && targets[index].iter().all(|(target, _)| done[*target]) {
                done[index] = true;
                order.push(index);
            }
        }
        if order.len() == before {
            return order;
        }
    }
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
                match nearest(id, &known) {
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
    for start in 0..segments.len() {
        let Some(path) = cycle_through(start, targets) else { continue };
        segments[start].broken = true;
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
fn cycle_through(start: usize, targets: &[Vec<(usize, Place)>]) -> Option<Vec<(usize, &Place)>> {
    let mut came: HashMap<usize, (usize, &Place)> = HashMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(index) = queue.pop_front() {
        for (target, place) in &targets[index] {
            if *target == start {
                let mut path = vec![(index, place)];
                let mut at = index;
                while at != start {
                    let (from, place) = came[&at];
                    path.push((from, place));
                    at = from;
                }
                path.reverse();
                return Some(path);
            }
            if !came.contains_key(target) {
                came.insert(*target, (index, place));
                queue.push_back(*target);
            }
        }
    }
    None
}
