//! `holdsUntil` by brute force (SPEC 7): ask again at every instant where anything may change.

use std::collections::BTreeSet;

use super::Reference;
use super::days::{DAY, HOUR};
use super::events::Visitor;
use super::rules::{Period, Rule};

/// "`null`: no change within 400 × 24 h, that instant included."
pub const REACH: i64 = 400 * DAY;

/// No condition that is built reads the hour, so the hours of two days are enough to show that nothing happens there.
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

    /// Every instant in (now, until] where anything may change: event times and the beginning of coverage plus every
    /// period's length; the ends of fixed periods; local day starts, which are also where calendar units begin; local
    /// hour starts; each one millisecond early and late as well.
    pub fn candidates(&self, visitor: &Visitor, now: i64, until: i64) -> Vec<i64> {
        let mut instants = Vec::new();
        let mut lengths = BTreeSet::from([0]);
        let rules = self.segments.iter().filter_map(|segment| segment.rule.as_ref());
        for leaf in rules.chain(self.campaigns.iter().filter_map(|campaign| campaign.when.as_ref())).flat_map(Rule::leaves) {
            let Rule::Events(events) = leaf else { continue };
            match events.period {
                Period::Last(length) => lengths.extend([length]),
                Period::Between(near, far) => lengths.extend([near, far]),
                Period::Fixed { from, to } => instants.extend(from.into_iter().chain(to)),
                Period::Always | Period::Calendar { .. } => {}
            }
        }
        for from in visitor.events.iter().map(|event| event.at).chain(visitor.coverage()) {
            instants.extend(lengths.iter().map(|length| from + length));
        }
        let zone = self.settings.zone;
        instants.extend((zone.day(now)..=zone.day(until) + 1).map(|day| zone.day_start(day)));
        // Offsets are whole quarters of an hour in the zones that are generated.
        let quarters = (now.div_euclid(HOUR / 4)..).map(|quarter| quarter * HOUR / 4);
        let quarters = quarters.take_while(|at| *at <= until.min(now + HOURS_SEEN));
        instants.extend(quarters.filter(|at| (at + zone.offset(*at)) % HOUR == 0));
        let mut candidates: Vec<i64> = instants.into_iter().flat_map(|at| [at - 1, at, at + 1]).collect();
        candidates.retain(|at| now < *at && *at <= until);
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}
