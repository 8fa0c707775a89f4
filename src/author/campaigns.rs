//! Reading campaigns (SPEC 9): for a slot, with a rule, a priority, a coverage and variants.

use crate::diagnostic::{Place, Problems, code};
use crate::grid::Cell;
use crate::predicates::Reading;
use crate::rules::{Kind, Rule, Size, rule};
use regulars_core::number::ONE;
use serde_json::{Map, Value};

/// A campaign as read; without a rule it is for everyone.
#[derive(Debug)]
pub struct Read {
    /// Its id, if it has one.
    pub id: Option<String>,
    /// Its slot, if it has one.
    pub slot: Option<String>,
    /// Its rule, if that can be read.
    pub when: Option<Rule>,
    /// The larger wins.
    pub priority: i64,
    /// A partial answer is good enough.
    pub allow_partial: bool,
    /// Share of visitors.
    pub coverage: i64,
    /// What is shown.
    pub variants: Vec<Variant>,
    /// Something in it is wrong.
    pub broken: bool,
    /// Where it is.
    pub place: Place,
}

/// A variant of a campaign.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its id.
    pub id: String,
    /// Its part of the sum of weights, ten-thousandths.
    pub weight: i64,
    /// What is shown, as published.
    pub content: Value,
}

/// Variants a campaign may have; the core counts them in a byte.
pub const MAX_VARIANTS: usize = 100;

const KEYS: [&str; 8] = ["id", "name", "slot", "priority", "when", "coverage", "partial", "variants"];
const LATER: [&str; 3] = ["schedule", "cap", "purpose"];

/// Reads one campaign.
pub fn campaign(problems: &mut Problems, value: &Value, place: &Place, cells: &[Cell], reading: &Reading<'_>) -> Option<Read> {
    let before = problems.errors();
    let object = problems.object(value, place, &KEYS, &LATER)?;
    let mut text =
        |key: &str| problems.required(object, key, place).and_then(|value| problems.text(value, &place.key(key))).map(str::to_owned);
    let (id, slot) = (text("id"), text("slot"));
    if let Some(name) = object.get("name") {
        problems.text(name, &place.key("name"));
    }
    let priority = object.get("priority").and_then(|value| problems.number(value, &place.key("priority"))).unwrap_or(0);
    let when = match object.get("when") {
        None => Some(Rule { kind: Kind::All(Vec::new()), place: place.clone() }),
        Some(value) => rule(problems, value, &place.key("when"), cells, reading, &mut Size::default()),
    };
    let coverage = object.get("coverage").and_then(|value| share(problems, value, &place.key("coverage"))).unwrap_or(ONE);
    let partial = object.get("partial").and_then(|value| problems.word(value, &place.key("partial"), &[("skip", false), ("allow", true)]));
    let variants =
        problems.required(object, "variants", place).map_or(Vec::new(), |value| variants(problems, value, &place.key("variants")));
    let broken = problems.errors() > before;
    Some(Read { id, slot, when, priority, allow_partial: partial.unwrap_or(false), coverage, variants, broken, place: place.clone() })
}

fn share(problems: &mut Problems, value: &Value, place: &Place) -> Option<i64> {
    let share = problems.number(value, place)?;
    if !(0..=ONE).contains(&share) {
        problems.error(code::OUT_OF_RANGE, place, "A share from 0 to 1 is needed here.");
        return None;
    }
    Some(share)
}

fn variants(problems: &mut Problems, value: &Value, place: &Place) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    let list = problems.full_list(value, place).map_or(&[][..], Vec::as_slice);
    if list.len() > MAX_VARIANTS {
        problems.error(code::TOO_MANY_VARIANTS, place, format!("A campaign may have at most {MAX_VARIANTS} variants."));
        return variants;
    }
    for (index, value) in list.iter().enumerate() {
        let place = place.index(index);
        let Some(object) = problems.object(value, &place, &["id", "weight", "content"], &[]) else { continue };
        let Some(variant) = variant(problems, object, &place) else { continue };
        if variants.iter().any(|other| other.id == variant.id) {
            problems.error(code::DUPLICATE_ID, &place.key("id"), format!("There is another variant `{}` in this campaign.", variant.id));
        }
        variants.push(variant);
    }
    if !variants.is_empty() && variants.iter().all(|variant| variant.weight == 0) {
        problems.error(code::OUT_OF_RANGE, place, "At least one variant needs a weight above zero.");
    }
    variants
}

fn variant(problems: &mut Problems, object: &Map<String, Value>, place: &Place) -> Option<Variant> {
    let id = problems.required(object, "id", place).and_then(|id| problems.text(id, &place.key("id"))).map(str::to_owned);
    let weight = object.get("weight").map_or(Some(ONE), |weight| problems.number(weight, &place.key("weight")));
    if weight.is_some_and(|weight| weight < 0) {
        problems.error(code::OUT_OF_RANGE, &place.key("weight"), "A weight is zero or more.");
    }
    let content = problems.required(object, "content", place);
    let content = content.and_then(|content| problems.plain_object(content, &place.key("content")).map(|_| content.clone()));
    Some(Variant { id: id?, weight: weight?, content: content? })
}
