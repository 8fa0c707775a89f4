//! `holdsUntil` by brute force (SPEC 7): ask again at every instant where anything may change.

use std::collections::BTreeSet;

use super::Reference;
use super::days::{DAY, HOUR, Zone};
use super::events::Visitor;
use super::rules::{Measure, Period, Rule};

/// "`null`: no change within 400 × 24 h, that instant included."
pub const REACH: i64 = 400 * DAY;

/// A rule that does not read the hour does not change with it; the hours of two days are enough to show that.
const HOURS_SEEN: i64 = 48 * HOUR;

/// One answer. "What is watched is `member` for a segment, the cell id for the grid, campaign + variant + `heldOut` for
/// a decision."
#[derive(Clone, Debug, PartialEq)]
pub enum Watch {
    Segment(usize),
    Cell,
    Decision(String),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Watched {
    Member(bool),
    Cell(Option<String>),
    Shown(Option<String>, Option<String>),
}

impl Reference {
    /// Everything there is to watch in this package.
    pub fn watches(&self) -> Vec<Watch> {
        let slots: BTreeSet<&String> = self.campaigns.iter().map(|campaign| &campaign.slot).collect();
        let segments = (0..self.segments.len()).map(Watch::Segment);
        segments.chain([Watch::Cell]).chain(slots.into_iter().cloned().map(Watch::Decision)).collect()
    }

    pub fn watched(&self, visitor: &Visitor, watch: &Watch, now: i64) -> Watched {
        match watch {
            Watch::Segment(place) => Watched::Member(self.member(&self.segments[*place].id, visitor, now)),
            Watch::Cell => Watched::Cell(self.cell(visitor, now).0),
            Watch::Decision(slot) => {
                let decision = self.decision(visitor, slot, now);
                Watched::Shown(decision.campaign, decision.variant)
            }
        }
    }

    /// "the first instant after `now` at which that answer changes if no event arrives […]. Events already in the
    /// history but later than `now` do happen."
    pub fn holds_until(&self, visitor: &Visitor, watch: &Watch, now: i64) -> Option<i64> {
        let before = self.watched(visitor, watch, now);
        let candidates = self.candidates(visitor, now, now + REACH);
        candidates.into_iter().find(|at| self.watched(visitor, watch, *at) != before)
    }

    /// Every instant in (now, until] where anything may change, each one millisecond early and late as well: those of
    /// every rule; those of the grid; and, whatever the rules say, the hours of the first two days.
    pub fn candidates(&self, visitor: &Visitor, now: i64, until: i64) -> Vec<i64> {
        let zone = self.settings.zone;
        let rules = self.segments.iter().filter_map(|segment| Some((segment.rule.as_ref()?, segment.keep)));
        let whens = self.campaigns.iter().filter_map(|campaign| Some((campaign.when.as_ref()?, 0)));
        let mut instants: Vec<i64> = rules.chain(whens).flat_map(|(rule, keep)| self.kept(rule, keep, visitor, now, until)).collect();
        instants.extend(days(zone, now, until));
        instants.extend(visitor.events.iter().map(|event| event.at));
        instants.extend(zone.hour_starts(now, until.min(now + HOURS_SEEN)));
        let mut candidates: Vec<i64> = instants.into_iter().flat_map(|at| [at - 1, at, at + 1]).collect();
        candidates.retain(|at| now < *at && *at <= until);
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// The instants in (from, until] at which a segment with this rule may begin or end: where the rule may, and so
    /// long after that.
    fn kept(&self, rule: &Rule, keep: i64, visitor: &Visitor, from: i64, until: i64) -> BTreeSet<i64> {
        let bare = self.instants(rule, visitor, from - keep, until);
        bare.iter().copied().chain(bare.iter().map(|at| at + keep)).filter(|at| from < *at && *at <= until).collect()
    }

    /// The instants in (from, until] at which a rule may begin or cease to hold or to be partial: event times and the
    /// beginning of coverage plus every period's length and every absent step's limit; the ends of fixed periods; local
    /// day starts, which are also where calendar units and anniversaries begin; the hours at which a test of the hour
    /// changes.
    pub fn instants(&self, rule: &Rule, visitor: &Visitor, from: i64, until: i64) -> BTreeSet<i64> {
        let zone = self.settings.zone;
        let mut instants = BTreeSet::new();
        for leaf in rule.leaves() {
            let mut lengths = vec![0];
            let mut by_the_day = false;
            match leaf {
                Rule::Events(events) => {
                    by_the_day = matches!(events.measure, Measure::DaysSinceLast | Measure::DaysSinceFirst);
                    by_the_day |= edges(&events.period, &mut lengths, &mut instants);
                }
                Rule::Sequence(sequence) => {
                    by_the_day = edges(&sequence.period, &mut lengths, &mut instants);
                    lengths.extend(sequence.steps.iter().filter_map(|step| step.within));
                }
                Rule::Retention(_) => by_the_day = true,
                Rule::Profile(test) => by_the_day = test.measure.is_some(),
                Rule::Context(test) if test.field == "hour" => {
                    let holds = |at: i64| self.holds(leaf, visitor, at);
                    instants.extend(zone.hour_starts(from, until).into_iter().filter(|at| holds(*at) != holds(at - 1)));
                }
                Rule::Context(test) => by_the_day = test.field == "weekday",
                Rule::Segment(id) => {
                    let segment = self.segment(id).and_then(|segment| Some((segment.rule.as_ref()?, segment.keep)));
                    instants.extend(segment.into_iter().flat_map(|(rule, keep)| self.kept(rule, keep, visitor, from, until)));
                }
                Rule::Near(_) | Rule::All(_) | Rule::Any(_) | Rule::Not(_) => {}
            }
            if by_the_day {
                instants.extend(days(zone, from, until));
            }
            let times = visitor.events.iter().map(|event| event.at).chain(visitor.coverage().flat_map(|since| [since - 1, since]));
            instants.extend(times.flat_map(|from| lengths.iter().map(move |length| from + length)));
        }
        instants.retain(|at| from < *at && *at <= until);
        instants
    }
}

/// The beginnings of the local days from the one of `from` to the one after `until`.
fn days(zone: &Zone, from: i64, until: i64) -> impl Iterator<Item = i64> {
    (zone.day(from)..=zone.day(until) + 1).map(|day| zone.day_start(day))
}

/// Adds a period's lengths and ends; whether it moves with the calendar.
fn edges(period: &Period, lengths: &mut Vec<i64>, instants: &mut BTreeSet<i64>) -> bool {
    match *period {
        Period::Last(length) => lengths.push(length),
        Period::Between(near, far) => lengths.extend([near, far]),
        Period::Fixed { from, to } => instants.extend(from.into_iter().chain(to)),
        Period::Always => {}
        Period::Calendar { .. } => return true,
    }
    false
}
