//! Rules over a history (SPEC 5.1, 5.2, 6): which events count, what is measured, whether it holds, and whether the
//! history reaches back far enough to say so.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::days::Unit;
use super::events::{Event, Line, Visitor};
use super::numbers::{ONE, Ratio};
use super::predicates::{Compare, Predicate, around};
use super::present::{Near, Test};
use super::sequence::Sequence;
use super::text::Datum;
use super::{Reference, Settings, returns};

pub enum Rule {
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
    Events(Box<Events>),
    /// The id of another segment.
    Segment(String),
    Retention(Vec<String>),
    Profile(Test),
    Context(Test),
    Near(Near),
    Sequence(Box<Sequence>),
}

impl Rule {
    /// Every condition of the rule, "anywhere in its rule and in either polarity".
    pub fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::leaves).collect(),
            Self::Not(part) => part.leaves(),
            _ => vec![self],
        }
    }

    /// How deep it is, and of how many nodes; a predicate lies below its condition.
    pub fn size(&self) -> (usize, usize) {
        match self {
            Self::All(parts) | Self::Any(parts) => around(parts.iter().map(Self::size)),
            Self::Not(part) => around([part.size()]),
            Self::Events(events) => around([&events.where_, &events.items].into_iter().flatten().map(Predicate::size)),
            Self::Sequence(sequence) => around(sequence.predicates().map(Predicate::size)),
            Self::Segment(_) | Self::Retention(_) | Self::Profile(_) | Self::Context(_) | Self::Near(_) => around([]),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub enum Only {
    First,
    Latest,
}

#[derive(Clone, Copy)]
pub enum Measure {
    Count,
    TotalValue,
    AverageValue,
    HighestValue,
    LowestValue,
    ItemValue,
    Units,
    DistinctItems,
    ActiveDays,
    Ratio,
    DaysSinceLast,
    DaysSinceFirst,
}

pub struct Events {
    pub of: Vec<String>,
    pub measure: Measure,
    pub compare: Compare,
    pub period: Period,
    pub only: Option<Only>,
    pub where_: Option<Predicate>,
    pub items: Option<Predicate>,
    pub net: bool,
}

pub enum Period {
    Always,
    /// Milliseconds.
    Last(i64),
    Between(i64, i64),
    Calendar {
        unit: Unit,
        count: i64,
        current: bool,
    },
    Fixed {
        from: Option<i64>,
        to: Option<i64>,
    },
}

impl Period {
    /// The instants whose events count: from the first, up to, not including, the second. (Nothing after `now` counts
    /// anyway.)
    pub fn interval(&self, settings: &Settings, now: i64) -> (i64, i64) {
        match *self {
            // "t ≤ now"
            Self::Always => (i64::MIN, now + 1),
            // "now − 90 × 24 h < t ≤ now"
            Self::Last(length) => (now - length + 1, now + 1),
            // "now − 60 d < t ≤ now − 30 d"
            Self::Between(near, far) => (now - far + 1, now - near + 1),
            // "the last 3 whole units; `current: true` puts the unfinished one in as the last of the 3"
            Self::Calendar { unit, count, current } => {
                let this = unit.first_day(settings.zone.day(now), settings.week_starts_on);
                let end = if current { unit.back(this, -1) } else { this };
                (settings.zone.day_start(unit.back(end, count)), settings.zone.day_start(end))
            }
            Self::Fixed { from, to } => (from.unwrap_or(i64::MIN), to.unwrap_or(i64::MAX)),
        }
    }
}

/// One cell of the retention grid: "both bounds included, `null` open".
pub struct Cell {
    pub id: String,
    pub conversions: (Option<i64>, Option<i64>),
    pub days: (Option<i64>, Option<i64>),
}

fn within(number: i64, (low, high): (Option<i64>, Option<i64>)) -> bool {
    low.is_none_or(|low| low <= number) && high.is_none_or(|high| number <= high)
}

impl Events {
    /// "Which events: of type `of`, at or before `now`, inside `period`; then `only` keeps the first or latest of
    /// those; then `where` (a predicate over the event's `value`, `currency`, `id` and properties) and `items` (an
    /// event counts if one and the same line satisfies the whole predicate)."
    fn counted<'v>(&self, settings: &Settings, visitor: &'v Visitor, now: i64) -> Vec<Cow<'v, Event>> {
        let of = |kind: &str| self.of.iter().any(|of| of == kind);
        let mut events: Vec<Cow<Event>> = self.period.events(settings, visitor, now, of).map(Cow::Borrowed).collect();
        if self.net {
            // "An order returned whole […] does not count, and is taken out before `only`."
            events = events.iter().filter_map(|order| returns::left(order, settings, visitor, now)).map(Cow::Owned).collect();
        }
        match self.only {
            Some(Only::First) => events.truncate(1),
            Some(Only::Latest) => events = events.pop().into_iter().collect(),
            None => {}
        }
        events.retain(|event| self.where_.as_ref().is_none_or(|where_| where_.holds(&event.fields)));
        events.retain(|event| self.items.is_none() || !self.lines(event).is_empty());
        events
    }

    /// "the lines that satisfy `items`"
    fn lines<'v>(&self, event: &'v Event) -> Vec<&'v Line> {
        event.lines_that(self.items.as_ref())
    }

    /// The table of measures; None is missing.
    fn measured(&self, settings: &Settings, visitor: &Visitor, now: i64) -> Option<Ratio> {
        let events = self.counted(settings, visitor, now);
        let lines = || events.iter().flat_map(|event| self.lines(event));
        // "an event without a value takes no part in value measures"
        let values: Vec<i128> = events.iter().filter_map(|event| event.value).collect();
        let days = |event: &Event| settings.zone.day(event.at);
        // "calendar days from that event's day to today (today 0, yesterday 1)"
        let since = |event: &Event| i128::from(settings.zone.day(now) - days(event)) * ONE;
        let how_many = |count: usize| count as i128 * ONE;
        let whole = match self.measure {
            Measure::Count => Some(how_many(events.len())),
            Measure::TotalValue => Some(values.iter().sum()),
            Measure::AverageValue if values.is_empty() => None,
            Measure::AverageValue => {
                return Some(Ratio { top: values.iter().sum(), bottom: values.len() as i128 });
            }
            Measure::HighestValue => values.iter().max().copied(),
            Measure::LowestValue => values.iter().min().copied(),
            Measure::ItemValue => Some(lines().filter_map(|line| line.value).sum()),
            Measure::Units => Some(lines().map(|line| line.quantity).sum()),
            Measure::DistinctItems => Some(how_many(lines().filter_map(|line| line.id.as_ref()).collect::<BTreeSet<_>>().len())),
            Measure::ActiveDays => Some(how_many(events.iter().map(|event| days(event)).collect::<BTreeSet<_>>().len())),
            Measure::Ratio => {
                return returns::ratio(&events, self.period.events(settings, visitor, now, |kind| kind == "conversion").count());
            }
            Measure::DaysSinceLast => events.last().map(|event| since(event)),
            Measure::DaysSinceFirst => events.first().map(|event| since(event)),
        };
        whole.map(Ratio::whole)
    }

    /// "Where coverage is given by type, `ratio` also needs `conversion`, and `net` also `return`."
    fn reaches_back(&self, settings: &Settings, visitor: &Visitor, now: i64) -> bool {
        let mut of: Vec<&str> = self.of.iter().map(String::as_str).collect();
        of.extend(matches!(self.measure, Measure::Ratio).then_some("conversion"));
        of.extend(self.net.then_some("return"));
        self.period.reaches_back(&of, settings, visitor, now)
    }
}

impl Period {
    /// Those of these types, at or before `now`, that lie inside.
    pub fn events<'v>(
        &self,
        settings: &Settings,
        visitor: &'v Visitor,
        now: i64,
        of: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = &'v Event> {
        let (from, to) = self.interval(settings, now);
        visitor.events.iter().filter(move |event| event.at <= now && from <= event.at && event.at < to && of(&event.kind))
    }

    /// "when any condition of the rule […] has a period whose first counted instant is earlier" than the coverage of
    /// one of its types. A fixed period that is empty (its only day is one that the zone skips) has no first instant;
    /// a period of the calendar begins where it begins, even on the one day when its unit was skipped.
    pub fn reaches_back(&self, of: &[&str], settings: &Settings, visitor: &Visitor, now: i64) -> bool {
        let (from, to) = self.interval(settings, now);
        (from < to || !matches!(self, Self::Fixed { .. }))
            && of.iter().any(|kind| visitor.covered_since(kind).is_some_and(|since| from < since))
    }
}

impl Reference {
    pub fn holds(&self, rule: &Rule, visitor: &Visitor, now: i64) -> bool {
        match rule {
            Rule::All(parts) => parts.iter().all(|part| self.holds(part, visitor, now)),
            Rule::Any(parts) => parts.iter().any(|part| self.holds(part, visitor, now)),
            Rule::Not(part) => !self.holds(part, visitor, now),
            Rule::Events(events) => {
                let measured = events.measured(&self.settings, visitor, now).map(Datum::Number);
                events.compare.holds(measured.as_slice())
            }
            Rule::Segment(id) => self.member(id, visitor, now),
            // "`retention`: in one of these cells."
            Rule::Retention(cells) => self.cell(visitor, now).0.is_some_and(|cell| cells.contains(&cell)),
            Rule::Profile(test) => test.holds(visitor.profile.get(&test.field).map_or(&[], Vec::as_slice), &self.settings, now),
            Rule::Context(test) => test.holds(&self.context_at(visitor, &test.field, now), &self.settings, now),
            Rule::Near(near) => near.holds(&visitor.context),
            Rule::Sequence(sequence) => sequence.holds(&self.settings, visitor, now),
        }
    }

    /// Whether an answer to this rule is `partial`: "also through references".
    pub fn reaches_back(&self, rule: &Rule, visitor: &Visitor, now: i64) -> bool {
        rule.leaves().into_iter().any(|leaf| match leaf {
            Rule::Events(events) => events.reaches_back(&self.settings, visitor, now),
            Rule::Sequence(sequence) => sequence.reaches_back(&self.settings, visitor, now),
            Rule::Segment(id) => self.segment(id).is_some_and(|segment| self.partial_of(segment, visitor, now)),
            // They look at no history.
            Rule::Profile(_) | Rule::Context(_) | Rule::Near(_) => false,
            // "no period, `retention` […] reach back without end"
            _ => visitor.covered_since("conversion").is_some(),
        })
    }

    /// The retention cell, the conversions, and the days since the last. "`conversions` counts all conversions by id,
    /// `days` is `days_since_last`. […] The first cell that fits is the visitor's". "No conversion at all is the cell
    /// `none` (reserved); conversions but no cell is `null`."
    pub fn cell(&self, visitor: &Visitor, now: i64) -> (Option<String>, u64, Option<i64>) {
        let mut conversions = 0;
        let mut days = None;
        for event in visitor.events.iter().filter(|event| event.kind == "conversion" && event.at <= now) {
            conversions += 1;
            days = Some(self.settings.zone.day(now) - self.settings.zone.day(event.at));
        }
        let Some(since) = days else {
            return (Some("none".to_owned()), 0, None);
        };
        let fits = |cell: &&Cell| within(conversions, cell.conversions) && within(since, cell.days);
        (self.cells.iter().find(fits).map(|cell| cell.id.clone()), conversions as u64, days)
    }
}
