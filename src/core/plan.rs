//! A plan: a checked package, compiled. Pages load its bytes; each distinct condition, filter
//! and series is in it once, and segments are boolean programs over them.
//!
//! The content is a row of sections: a tag, a length, the section. New kinds of things get new
//! sections; a reader that does not know one says that the plan is of another version.

use crate::bytes::{Reader, owned, put_int, put_list, put_option, put_text, put_uint, put_wide};
use crate::condition::Condition;
use crate::history::{History, Pooled};
use crate::json;
use crate::number::RATE_ONE;
use crate::predicate::{Step, Test, text_read, text_write};
use crate::retention::Cell;
use crate::series::{Only, Spec, WEIGHTS};
use crate::snapshot::{Unopened, seal, unseal};
use crate::text::Text;
use crate::zone::Zone;
use alloc::string::String;
use alloc::vec::Vec;

/// The first four bytes.
pub const MAGIC: &[u8; 4] = b"RGLP";
/// The format's version.
pub const VERSION: u8 = 1;

/// Everything that evaluation needs to know of a package.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The name of the package's time zone.
    pub time_zone: String,
    /// The version of the time zone data.
    pub zone_version: String,
    /// Its table.
    pub zone: Zone,
    /// The package's currency.
    pub currency: Text,
    /// Folded currency and rate, ten places.
    pub rates: Vec<(String, i128)>,
    /// Tests of predicates.
    pub tests: Vec<Test>,
    /// Predicates.
    pub predicates: Vec<Vec<Step>>,
    /// Series.
    pub series: Vec<Spec>,
    /// Conditions. The first is the retention grid.
    pub conditions: Vec<Condition>,
    /// Boolean nodes; each refers only to earlier ones.
    pub nodes: Vec<Node>,
    /// Segments, in package order; the later of two with one id is left out.
    pub segments: Vec<Segment>,
    /// The cells of the retention grid.
    pub cells: Vec<Cell>,
    /// Campaigns, in package order.
    pub campaigns: Vec<Campaign>,
    /// Checksum of the bytes.
    pub hash: u64,
}

/// A boolean node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// A condition holds.
    Condition(usize),
    /// The grid's spot is one of these states.
    Spots(Vec<u16>),
    /// The node does not hold.
    Not(usize),
    /// All of them hold; of none, true.
    All(Vec<usize>),
    /// Any of them holds; of none, false.
    Any(Vec<usize>),
}

/// A segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its id.
    pub id: String,
    /// Its rule's node; absent if it is broken, then it never matches.
    pub root: Option<usize>,
}

/// A campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub id: String,
    /// The slot it is for.
    pub slot: String,
    /// The larger wins; ten-thousandths.
    pub priority: i64,
    /// Its `when`; absent if it is broken, then it always loses there.
    pub when: Option<usize>,
    /// A partial answer is good enough.
    pub allow_partial: bool,
    /// The share of visitors, ten-thousandths.
    pub coverage: i64,
    /// What is shown.
    pub variants: Vec<Variant>,
}

/// A variant of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its id.
    pub id: String,
    /// Its part of the sum of weights, ten-thousandths.
    pub weight: i64,
    /// JSON, as published.
    pub content: String,
}

impl Default for Text {
    fn default() -> Self {
        Text::new("", "")
    }
}

impl Plan {
    /// Opens a plan's bytes. From here on nothing can fail.
    ///
    /// # Errors
    /// Says whether the bytes are foreign, of another version, or damaged.
    pub fn open(bytes: &[u8]) -> Result<Plan, Unopened> {
        let (content, hash) = unseal(MAGIC, VERSION, bytes)?;
        let mut reader = Reader::new(content);
        let mut plan = Plan { hash, ..Plan::default() };
        while !reader.bad && reader.left() > 0 {
            let tag = reader.u8();
            let len = reader.uint();
            let mut section = Reader::new(reader.take(len));
            plan.section(tag, &mut section)?;
            if !section.finished() {
                return Err(Unopened::Damaged);
            }
        }
        if reader.bad || !plan.is_sound() { Err(Unopened::Damaged) } else { Ok(plan) }
    }

    fn section(&mut self, tag: u8, reader: &mut Reader<'_>) -> Result<(), Unopened> {
        match tag {
            1 => {
                self.time_zone = owned(reader.text());
                self.zone_version = owned(reader.text());
                self.zone.week_starts_on = reader.int();
                self.zone.initial = reader.int();
                let (mut at, mut offset) = (0, self.zone.initial);
                self.zone.transitions = reader.list(|reader| {
                    at += reader.int() * 1000;
                    offset += reader.int() * 1000;
                    (at, offset)
                });
            }
            2 => {
                self.currency = text_read(reader);
                self.rates = reader.list(|reader| (owned(reader.text()), reader.wide() as i128));
            }
            3 => {
                self.tests = reader.list(Test::read);
                self.predicates = reader.list(|reader| reader.list(Step::read));
            }
            4 => {
                self.series = reader.list(spec);
                self.conditions = reader.list(Condition::read);
            }
            5 => {
                self.nodes = reader.list(node);
                self.segments = reader.list(|reader| Segment { id: owned(reader.text()), root: reader.option(Reader::uint) });
            }
            6 => self.cells = reader.list(Cell::read),
            7 => self.campaigns = reader.list(campaign),
            _ => return Err(Unopened::Version),
        }
        Ok(())
    }

    /// Every index points at something, nodes only backwards: what evaluation relies on.
    fn is_sound(&self) -> bool {
        let within = |index: Option<usize>, len: usize| index.is_none_or(|index| index < len);
        let steps = |steps: &Vec<Step>| steps.iter().all(|step| !matches!(step, Step::Test(test) if *test >= self.tests.len()));
        let node = |(index, node): (usize, &Node)| match node {
            Node::Condition(condition) => *condition < self.conditions.len(),
            Node::Spots(_) => true,
            Node::Not(other) => *other < index,
            Node::All(others) | Node::Any(others) => others.iter().all(|other| *other < index),
        };
        self.predicates.iter().all(steps)
            && self.series.iter().all(|spec| within(spec.condition, self.predicates.len()) && within(spec.items, self.predicates.len()))
            && self.conditions.iter().all(|condition| condition.series < self.series.len())
            && !self.conditions.is_empty()
            && self.nodes.iter().enumerate().all(node)
            && self.segments.iter().all(|segment| within(segment.root, self.nodes.len()))
            && self.campaigns.iter().all(|campaign| within(campaign.when, self.nodes.len()))
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_section(&mut out, 1, |out| {
            put_text(out, &self.time_zone);
            put_text(out, &self.zone_version);
            put_int(out, self.zone.week_starts_on);
            put_int(out, self.zone.initial);
            let (mut at, mut offset) = (0, self.zone.initial);
            put_list(out, &self.zone.transitions, |out, transition| {
                put_int(out, (transition.0 - at) / 1000);
                put_int(out, (transition.1 - offset) / 1000);
                (at, offset) = *transition;
            });
        });
        put_section(&mut out, 2, |out| {
            text_write(&self.currency, out);
            put_list(out, &self.rates, |out, (currency, rate)| {
                put_text(out, currency);
                put_wide(out, *rate as u128);
            });
        });
        put_section(&mut out, 3, |out| {
            put_list(out, &self.tests, |out, test| test.write(out));
            put_list(out, &self.predicates, |out, steps| put_list(out, steps, |out, step| step.write(out)));
        });
        put_section(&mut out, 4, |out| {
            put_list(out, &self.series, put_spec);
            put_list(out, &self.conditions, |out, condition| condition.write(out));
        });
        put_section(&mut out, 5, |out| {
            put_list(out, &self.nodes, put_node);
            put_list(out, &self.segments, |out, segment| {
                put_text(out, &segment.id);
                put_option(out, segment.root.as_ref(), |out, root| put_uint(out, *root));
            });
        });
        put_section(&mut out, 6, |out| put_list(out, &self.cells, |out, cell| cell.write(out)));
        put_section(&mut out, 7, |out| put_list(out, &self.campaigns, put_campaign));
        seal(MAGIC, VERSION, &out)
    }

    /// What its indexes stand for, as JSON: ids of segments, cells, slots, and what the plan is.
    pub fn names(&self) -> String {
        let mut out = String::from("{");
        json::key(&mut out, "segments");
        out.push('[');
        for segment in &self.segments {
            json::comma(&mut out);
            json::string(&mut out, &segment.id);
        }
        out.push(']');
        json::key(&mut out, "cells");
        out.push('[');
        for cell in &self.cells {
            json::comma(&mut out);
            out.push('{');
            for (key, text) in [("id", &cell.id), ("name", &cell.name), ("color", &cell.color)] {
                json::key(&mut out, key);
                json::string(&mut out, text);
            }
            out.push('}');
        }
        out.push(']');
        json::key(&mut out, "slots");
        out.push('[');
        for (index, campaign) in self.campaigns.iter().enumerate() {
            if !self.campaigns[..index].iter().any(|other| other.slot == campaign.slot) {
                json::comma(&mut out);
                json::string(&mut out, &campaign.slot);
            }
        }
        out.push(']');
        for (key, text) in [("timeZone", &self.time_zone), ("zoneVersion", &self.zone_version)] {
            json::key(&mut out, key);
            json::string(&mut out, text);
        }
        json::key(&mut out, "hash");
        let digit = |place: u32| b"0123456789abcdef"[(self.hash >> (60 - 4 * place) & 15) as usize] as char;
        out.push('"');
        out.extend((0..16).map(digit));
        out.push_str("\"}");
        out
    }

    /// The rate of a currency column's entry, ten places; 0 (no currency) is the package's own.
    pub fn rate(&self, history: &History, entry: u64) -> Option<i128> {
        match entry.checked_sub(1).map(|index| history.value(index)) {
            None => Some(RATE_ONE),
            Some(Pooled::Text(_, folded)) => self.rate_of(folded),
            Some(_) => None,
        }
    }

    /// The rate of a folded currency, ten places.
    pub fn rate_of(&self, folded: &str) -> Option<i128> {
        if folded == self.currency.folded {
            return Some(RATE_ONE);
        }
        self.rates.iter().find(|(currency, _)| currency == folded).map(|(_, rate)| *rate)
    }
}

fn put_section(out: &mut Vec<u8>, tag: u8, put: impl FnOnce(&mut Vec<u8>)) {
    let mut section = Vec::new();
    put(&mut section);
    out.push(tag);
    put_uint(out, section.len());
    out.extend_from_slice(&section);
}

fn put_spec(out: &mut Vec<u8>, spec: &Spec) {
    put_list(out, &spec.kinds, |out, kind| put_text(out, kind));
    for predicate in [spec.condition, spec.items] {
        put_option(out, predicate.as_ref(), |out, predicate| put_uint(out, *predicate));
    }
    out.push(match spec.only {
        None => 0,
        Some(Only::First) => 1,
        Some(Only::Latest) => 2,
    });
    out.push(spec.weight as u8);
}

fn spec(reader: &mut Reader<'_>) -> Spec {
    Spec {
        kinds: reader.list(|reader| owned(reader.text())),
        condition: reader.option(Reader::uint),
        items: reader.option(Reader::uint),
        only: match reader.u8() {
            0 => None,
            1 => Some(Only::First),
            _ => Some(Only::Latest),
        },
        weight: WEIGHTS[usize::from(reader.u8()).min(WEIGHTS.len() - 1)],
    }
}

fn put_node(out: &mut Vec<u8>, node: &Node) {
    let put_nodes = |out: &mut Vec<u8>, nodes: &[usize]| put_list(out, nodes, |out, node| put_uint(out, *node));
    match node {
        Node::Condition(condition) => {
            out.push(0);
            put_uint(out, *condition);
        }
        Node::Spots(states) => {
            out.push(1);
            put_list(out, states, |out, state| put_uint(out, usize::from(*state)));
        }
        Node::Not(node) => {
            out.push(2);
            put_uint(out, *node);
        }
        Node::All(nodes) => {
            out.push(3);
            put_nodes(out, nodes);
        }
        Node::Any(nodes) => {
            out.push(4);
            put_nodes(out, nodes);
        }
    }
}

fn node(reader: &mut Reader<'_>) -> Node {
    match reader.u8() {
        0 => Node::Condition(reader.uint()),
        1 => Node::Spots(reader.list(|reader| reader.uint() as u16)),
        2 => Node::Not(reader.uint()),
        3 => Node::All(reader.list(Reader::uint)),
        _ => Node::Any(reader.list(Reader::uint)),
    }
}

fn put_campaign(out: &mut Vec<u8>, campaign: &Campaign) {
    put_text(out, &campaign.id);
    put_text(out, &campaign.slot);
    put_int(out, campaign.priority);
    put_option(out, campaign.when.as_ref(), |out, when| put_uint(out, *when));
    out.push(u8::from(campaign.allow_partial));
    put_int(out, campaign.coverage);
    put_list(out, &campaign.variants, |out, variant| {
        put_text(out, &variant.id);
        put_int(out, variant.weight);
        put_text(out, &variant.content);
    });
}

fn campaign(reader: &mut Reader<'_>) -> Campaign {
    Campaign {
        id: owned(reader.text()),
        slot: owned(reader.text()),
        priority: reader.int(),
        when: reader.option(Reader::uint),
        allow_partial: reader.u8() == 1,
        coverage: reader.int(),
        variants: reader.list(|reader| Variant {
            id: owned(reader.text()),
            weight: reader.int(),
            content: owned(reader.text()),
        }),
    }
}
