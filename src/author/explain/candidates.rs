//! Events that might change an answer: one for each thing that the conditions of its rule look at.

use super::Source;
use super::witness::{Wish, amount, both, decimal, wishes};
use crate::diagnostic::Place;
use crate::order::in_order;
use crate::text::trim;
use regulars_core::event::{Seen, value};
use regulars_core::history::{History, Table};
use regulars_core::number::ONE;
use serde_json::{Map, Value};

/// More are not tried.
const MOST: usize = 96;
/// Of known orders and items, the latest so many.
const KNOWN: usize = 8;
/// An event that brings different items has at most so many lines.
const LINES: usize = 24;

/// An amount of an event that may have a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// The event's value.
    Value = 0,
    /// The line's price.
    Price = 1,
    /// The line's quantity.
    Quantity = 2,
}

pub(crate) const AMOUNTS: [Amount; 3] = [Amount::Value, Amount::Price, Amount::Quantity];

/// An event to be tried.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) kind: String,
    /// By [`Amount`], in ten-thousandths.
    pub(crate) amounts: [Option<i64>; 3],
    /// `id` and `currency`.
    pub(crate) own: Map<String, Value>,
    /// Of its only line, or of the first of several that differ in nothing but the item's id.
    pub(crate) line: Option<Map<String, Value>>,
    /// How many lines there are beside that.
    pub(crate) more_lines: usize,
    pub(crate) properties: Map<String, Value>,
}

impl Candidate {
    fn new(kind: &str) -> Self {
        Candidate { kind: kind.to_owned(), ..Candidate::default() }
    }

    /// How many things are asked of it.
    pub(crate) fn demands(&self) -> usize {
        let amounts = self.amounts.iter().flatten().count();
        let line = self.line.as_ref().map_or(0, |line| 1 + line.len());
        amounts + self.own.len() + self.properties.len() + line + self.more_lines
    }

    /// As it is read, with what `say` makes of each amount.
    pub(crate) fn json(&self, say: impl Fn(Amount, i64) -> Value) -> Map<String, Value> {
        let mut event = Map::new();
        event.insert("type".to_owned(), self.kind.as_str().into());
        event.extend(self.own.clone());
        let amount = |amount: Amount| self.amounts[amount as usize].map(|number| say(amount, number));
        if let Some(value) = amount(Amount::Value) {
            event.insert("value".to_owned(), value);
        }
        if let Some(line) = &self.line {
            let mut line = line.clone();
            for (name, which) in [("price", Amount::Price), ("quantity", Amount::Quantity)] {
                if let Some(value) = amount(which) {
                    line.insert(name.to_owned(), value);
                }
            }
            let id = line.get("id").cloned().unwrap_or_default();
            let mut lines = vec![Value::Object(line.clone())];
            for number in 2..self.more_lines + 2 {
                line.insert("id".to_owned(), [id.as_str().unwrap_or(""), " ", &number.to_string()].concat().into());
                lines.push(Value::Object(line.clone()));
            }
            event.insert("items".to_owned(), Value::Array(lines));
        }
        if !self.properties.is_empty() {
            event.insert("properties".to_owned(), Value::Object(self.properties.clone()));
        }
        event
    }

    /// The event itself, at an instant.
    pub(crate) fn event(&self, at: i64) -> Value {
        let mut event = self.json(|_, number| decimal(number).into());
        event.insert("at".to_owned(), at.into());
        Value::Object(event)
    }

    /// With what is wished of the event, or of its line.
    fn wished(mut self, wish: &Wish, line: bool) -> Self {
        if line {
            self.line.get_or_insert_default();
        }
        for (name, value) in wish {
            let Some(value) = value else { continue };
            let (amounts, value) = (&mut self.amounts, value.clone());
            let place = match name.as_str() {
                "price" if line => Amount::Price as usize,
                "quantity" if line => Amount::Quantity as usize,
                "value" if !line => Amount::Value as usize,
                _ => {
                    let fields = match name.as_str() {
                        _ if line => self.line.get_or_insert_default(),
                        "id" | "currency" => &mut self.own,
                        _ => &mut self.properties,
                    };
                    fields.entry(name.clone()).or_insert(value);
                    continue;
                }
            };
            amounts[place] = amounts[place].or(amount(&value));
        }
        self
    }

    /// With all that another of its type asks for, as far as it asks for nothing else itself.
    fn and(&self, other: &Candidate) -> Self {
        let mut merged = self.clone();
        let add = |fields: &mut Map<String, Value>, more: &Map<String, Value>| {
            for (name, value) in more {
                fields.entry(name.clone()).or_insert_with(|| value.clone());
            }
        };
        for (one, two) in merged.amounts.iter_mut().zip(other.amounts) {
            *one = one.or(two);
        }
        add(&mut merged.own, &other.own);
        add(&mut merged.properties, &other.properties);
        if let Some(line) = &other.line {
            add(merged.line.get_or_insert_default(), line);
        }
        merged.more_lines = merged.more_lines.max(other.more_lines);
        merged
    }
}

/// Events that the conditions of a segment look at, those that ask for the least first.
pub(crate) fn candidates(source: &Source, place: &Place, history: &History) -> Vec<Candidate> {
    let mut gathering = Gathering { source, history, found: Vec::new(), told: Vec::new() };
    gathering.segment(place);
    let mut found = gathering.found;
    // One event may have to satisfy several conditions at once.
    let single = found.clone();
    for (index, one) in single.iter().enumerate() {
        let others = single[index + 1..].iter().filter(|other| other.kind == one.kind);
        let pairs: Vec<Candidate> = others.map(|other| one.and(other)).collect();
        found.extend(pairs);
    }
    for (index, first) in single.iter().enumerate() {
        if single[..index].iter().all(|other| other.kind != first.kind) {
            let all = single[index + 1..].iter().filter(|other| other.kind == first.kind);
            found.push(all.fold(first.clone(), |merged, next| merged.and(next)));
        }
    }
    let mut distinct: Vec<Candidate> = Vec::new();
    for candidate in found {
        if !distinct.contains(&candidate) {
            distinct.push(candidate);
        }
    }
    let mut distinct = in_order(distinct, |candidate| (candidate.demands() as i64, 0));
    distinct.truncate(MOST);
    distinct
}

struct Gathering<'a> {
    source: &'a Source,
    history: &'a History,
    found: Vec<Candidate>,
    told: Vec<String>,
}

impl Gathering<'_> {
    fn segment(&mut self, place: &Place) {
        if !self.told.contains(&place.0) {
            self.told.push(place.0.clone());
            let rule = self.source.at(&place.key("rule"));
            self.rule(rule);
        }
    }

    fn rule(&mut self, rule: &Value) {
        let source = self.source;
        let Some((key, part)) = rule.as_object().and_then(|rule| rule.iter().next()) else { return };
        match key.as_str() {
            "all" | "any" => part.as_array().into_iter().flatten().for_each(|part| self.rule(part)),
            "not" => self.rule(part),
            "segment" => {
                if let Some(place) = part.as_str().and_then(|id| source.place_of(trim(id))) {
                    self.segment(&place);
                }
            }
            "retention" => self.add(Candidate::new("conversion")),
            "events" => self.events(part),
            "sequence" => {
                let steps = part["steps"].as_array().map_or(&[][..], Vec::as_slice);
                for (index, step) in steps.iter().enumerate() {
                    let shares = |step: &Value| step["sameItem"] == true;
                    let shared = shares(step) || steps.get(index + 1).is_some_and(shares);
                    self.step(step, shared);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, candidate: Candidate) {
        if self.found.len() < MOST && !self.found.contains(&candidate) {
            self.found.push(candidate);
        }
    }

    fn events(&mut self, part: &Value) {
        let measure = part["measure"].as_str().map_or("count", trim);
        for kind in kinds(part) {
            let plain = Candidate::new(&kind);
            self.add(plain.clone());
            for wanted in [true, false] {
                for mut candidate in fitting(&plain, part, wanted) {
                    match measure {
                        "total_value" | "average_value" | "highest_value" | "lowest_value" => {
                            candidate.amounts[Amount::Value as usize].get_or_insert(0);
                        }
                        "item_value" | "units" => {
                            candidate.line.get_or_insert_default();
                            let amount = if measure == "units" { Amount::Quantity } else { Amount::Price };
                            candidate.amounts[amount as usize].get_or_insert(0);
                        }
                        "distinct_items" if !candidate.line.as_ref().is_some_and(|line| line.contains_key("id")) => {
                            candidate.line.get_or_insert_default().insert("id".to_owned(), "another item".into());
                            for more_lines in 1..lines_for(&part["value"]) {
                                self.add(Candidate { more_lines, ..candidate.clone() });
                            }
                        }
                        _ => {}
                    }
                    self.add(candidate);
                }
            }
        }
        let net = part["net"] == true;
        if net || measure == "ratio" {
            self.add(Candidate::new("conversion"));
            for id in self.known_orders() {
                let mut back = Candidate::new("return");
                back.properties.insert("conversion".to_owned(), id);
                self.add(back.clone());
                if net {
                    back.amounts[Amount::Value as usize] = Some(0);
                    self.add(back);
                }
            }
        }
    }

    fn step(&mut self, step: &Value, shared: bool) {
        for kind in kinds(step) {
            for candidate in fitting(&Candidate::new(&kind), step, true) {
                if !shared {
                    self.add(candidate);
                    continue;
                }
                for id in self.known_items() {
                    let mut candidate = candidate.clone();
                    candidate.line.get_or_insert_default().entry("id").or_insert(id);
                    self.add(candidate);
                }
            }
        }
    }

    fn known_orders(&self) -> Vec<Value> {
        let table = self.history.tables.iter().find(|table| table.kind == b"conversion");
        let ids = table.into_iter().flat_map(|table| (0..table.len()).rev().map(|row| table.ids.get(row)));
        ids.filter(|id| !id.is_empty()).take(KNOWN).map(super::event::text).collect()
    }

    fn known_items(&self) -> Vec<Value> {
        let mut found = Vec::new();
        for table in &self.history.tables {
            let mut of_table = 0;
            for line in (0..table.lines(table.len().saturating_sub(1)).end).rev().filter(|_| !table.is_empty()) {
                let Some(id) = self.item_of(table, line) else { continue };
                if of_table < KNOWN && !found.contains(&id) {
                    found.push(id);
                    of_table += 1;
                }
            }
        }
        found
    }

    fn item_of(&self, table: &Table, line: usize) -> Option<Value> {
        let (of, fields) = table.fields(Some(line), 0);
        let mut fields = fields.map(|index| table.field(of, index));
        let field = fields.find(|field| self.history.pool.get((field.name >> 2) as usize) == b"id")?;
        match value(&self.history.pool, field.value) {
            Seen::Text { clean, .. } => Some(super::event::text(clean)),
            _ => None,
        }
    }
}

/// The event types of `of`.
fn kinds(part: &Value) -> Vec<String> {
    let text = |kind: &Value| kind.as_str().map(|kind| trim(kind).to_owned());
    match &part["of"] {
        Value::Array(list) => list.iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    }
}

/// How many different items may be needed to get beyond what a number of them is compared with.
fn lines_for(value: &Value) -> usize {
    let numbers = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let most = numbers.iter().filter_map(amount).max().unwrap_or(0);
    (most / ONE + 1).clamp(1, LINES as i64) as usize
}

/// A candidate with what its `where` and `items` ask for; or, without `wanted`, with what `where` does not allow.
fn fitting(plain: &Candidate, part: &Value, wanted: bool) -> Vec<Candidate> {
    let of = |key: &str, wanted: bool| part.get(key).map_or_else(|| vec![Wish::new()], |predicate| wishes(predicate, wanted));
    if !wanted && part.get("where").is_none() {
        return Vec::new();
    }
    let events = both(&[Wish::new()], &of("where", wanted));
    let lines = of("items", true);
    let mut found = Vec::new();
    for event in &events {
        for line in &lines {
            found.push(plain.clone().wished(event, false).wished(line, part.get("items").is_some()));
        }
    }
    found.truncate(12);
    found
}
