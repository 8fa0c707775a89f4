//! A package as read (SPEC 4, 5, 6, 9). It is taken to be mostly right: what is wrong in a segment or campaign makes it
//! broken, without a word on why.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::conditions::{last, list, name, object, optional, whole_rule};
use super::days::Zone;
use super::decide::{Campaign, Variant};
use super::numbers::{self, ONE};
use super::rules::{Cell, Rule};
use super::text::{fold, trim};
use super::{Segment, Settings};

/// "`timeZone` and `currency` are required; `weekStartsOn` is monday unless given." "An error in `timeZone`, `rates`,
/// `currency` or `retention` refuses the package".
pub fn settings(package: &Value) -> Option<Settings> {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let week_starts_on = match package.get("weekStartsOn") {
        None => 0,
        Some(day) => days.iter().position(|known| Some(*known) == day.as_str())? as i64,
    };
    let rates = match package.get("rates") {
        None => &Map::new(),
        Some(rates) => rates.as_object()?,
    };
    // A rate is of a currency, of which there is no other, and "what one unit is worth": of the package's own, one.
    let currency = name(&package["currency"])?;
    let mut read = BTreeMap::new();
    for (of, rate) in rates {
        let (of, rate) = (fold(of), numbers::rate(rate).filter(|rate| *rate > 0)?);
        if of.is_empty() || (of == fold(&currency) && rate != 10_000_000_000) || read.insert(of, rate).is_some() {
            return None;
        }
    }
    Some(Settings { zone: Zone::named(trim(package["timeZone"].as_str()?))?, week_starts_on, currency, rates: read })
}

impl Settings {
    /// "A value in another currency is converted with `rates`; without a rate it takes no part". "A converted value or
    /// line is rounded to four places." Currencies are compared as text is.
    pub fn convert(&self, amount: i128, currency: &str) -> Option<i128> {
        if fold(currency) == fold(&self.currency) {
            return Some(amount);
        }
        let rate = self.rates.get(&fold(currency))?;
        Some(numbers::product(amount, *rate, 10_000_000_000))
    }
}

type Bounds = (Option<i64>, Option<i64>);

/// The presets of SPEC 6: id, conversions, days.
fn preset(name: &str) -> Option<Vec<Cell>> {
    type Row = (&'static str, Bounds, Bounds);
    fn to(low: i64, high: i64) -> Bounds {
        (Some(low), Some(high))
    }
    fn open(low: i64) -> Bounds {
        (Some(low), None)
    }
    let rows: Vec<Row> = match name {
        "five" | "five_published" => vec![
            ("one_time_buyer", to(1, 1), to(0, 90)),
            // "The published definition gives Promising 60 days and leaves 2–3 conversions at 61–90 days without a name"
            ("promising", to(2, 3), to(0, if name == "five" { 90 } else { 60 })),
            ("sleeper", to(1, 3), open(91)),
            ("loyal", open(4), to(0, 90)),
            ("red_alert", open(4), open(91)),
        ],
        "seven" => vec![
            ("new", to(1, 1), to(0, 30)),
            ("promising", to(2, 3), to(0, 60)),
            ("drifting", to(1, 1), to(31, 90)),
            ("drifting", to(2, 3), to(61, 90)),
            ("sleeper", to(1, 3), open(91)),
            ("loyal", open(4), to(0, 90)),
            ("at_risk", open(4), to(91, 365)),
            ("red_alert", open(4), open(366)),
        ],
        _ => return None,
    };
    Some(rows.into_iter().map(|(id, conversions, days)| Cell { id: id.to_owned(), conversions, days }).collect())
}

/// "A package without the key gets `five`".
pub fn cells(package: &Value) -> Option<Vec<Cell>> {
    let bound = |value: &Value| {
        if value.is_null() { Some(None) } else { numbers::whole(value).map(Some) }
    };
    let bounds = |value: &Value| Some((bound(value.get(0)?)?, bound(value.get(1)?)?));
    let cell = |cell: &Value| {
        let id = name(&cell["id"]).filter(|id| id != "none")?;
        Some(Cell { id, conversions: bounds(&cell["conversions"])?, days: bounds(&cell["days"])? })
    };
    match package.get("retention") {
        None => preset("five"),
        Some(Value::String(name)) => preset(trim(name)),
        // At most 100.
        Some(own) => list(own).filter(|own| own.len() <= 100)?.iter().map(cell).collect(),
    }
}

/// "`examples` are tests that travel with the segment": each at an instant.
fn readable(examples: &Value) -> bool {
    let example = |example: &Value| numbers::instant(&example["now"]).is_some();
    examples.as_array().is_some_and(|all| all.iter().all(example))
}

pub fn segments(package: &Value, settings: &Settings, cells: &[Cell]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for segment in package["segments"].as_array().into_iter().flatten() {
        // "Of two segments with one id the later is broken, and the answer under that id is the first one's."
        if let Some(id) = name(&segment["id"]).filter(|id| segments.iter().all(|other| other.id != *id)) {
            let whole = object(segment, &["id", "name", "description", "rule", "keep", "examples"]);
            let read = whole.filter(|segment| segment.get("examples").is_none_or(readable)).and_then(|segment| {
                let keep = optional(segment.get("keep"), last)?.unwrap_or(0);
                Some((whole_rule(segment.get("rule")?, settings, cells)?, keep))
            });
            let (rule, keep) = read.unzip();
            segments.push(Segment { id, rule, keep: keep.unwrap_or(0) });
        }
    }
    segments
}

/// What is not built (`schedule`, `cap`, `purpose`) is an unknown key here. A campaign with an error is broken; one
/// that has no id or no slot belongs nowhere.
pub fn campaigns(package: &Value, settings: &Settings, cells: &[Cell]) -> Vec<Campaign> {
    let read = |campaign: &Value| {
        let (id, slot) = (name(&campaign["id"])?, name(&campaign["slot"])?);
        let broken = Campaign { id, slot, priority: 0, when: None, allows_partial: false, coverage: 0, variants: Vec::new() };
        Some(parts(campaign, &broken, settings, cells).unwrap_or(broken))
    };
    package["campaigns"].as_array().into_iter().flatten().filter_map(read).collect()
}

/// "`when`, […], `coverage`, `partial` and `weight` may be left out." Then `when` always holds, `coverage` and
/// `weight` are 1, and a partial answer loses.
fn parts(campaign: &Value, named: &Campaign, settings: &Settings, cells: &[Cell]) -> Option<Campaign> {
    let known = ["id", "name", "slot", "priority", "when", "coverage", "partial", "variants"];
    object(campaign, &known)?;
    let number = |value: Option<&Value>, default| value.map_or(Some(default), numbers::number);
    let mut variants: Vec<Variant> = Vec::new();
    // At most 100.
    for variant in list(&campaign["variants"]).filter(|list| list.len() <= 100)? {
        object(variant, &["id", "name", "weight", "content"])?;
        let id = name(&variant["id"]).filter(|id| variants.iter().all(|other| other.id != *id))?;
        let weight = number(variant.get("weight"), ONE).filter(|weight| *weight >= 0)?;
        let content = variant["content"].clone();
        variants.push(Variant { id, weight, content });
    }
    let allows_partial = match campaign.get("partial").map(Value::as_str) {
        None | Some(Some("skip")) => false,
        Some(Some("allow")) => true,
        Some(_) => return None,
    };
    let when = optional(campaign.get("when"), |value| whole_rule(value, settings, cells))?;
    Some(Campaign {
        id: named.id.clone(),
        slot: named.slot.clone(),
        priority: number(campaign.get("priority"), 0)?,
        when: Some(when.unwrap_or(Rule::All(Vec::new()))),
        allows_partial,
        coverage: number(campaign.get("coverage"), ONE).filter(|coverage| (0..=ONE).contains(coverage))?,
        variants,
    })
}
