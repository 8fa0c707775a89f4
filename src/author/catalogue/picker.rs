//! The catalogue as data, for an editor's pickers.

use crate::catalogue::WEEKDAYS;
use crate::catalogue::entry::{Entry, both};
use crate::catalogue::fields::{CONTEXT_FIELDS, EVENT_TYPES, ITEM_FIELDS, PROFILE_FIELDS, PROPERTIES};
use crate::catalogue::groups::entries;
use crate::catalogue::shape::{Comparison, Form, Shape, Word};
use crate::catalogue::words::{
    CALENDAR_UNITS, EXACT_UNITS, GROUPS, Labelled, MEASURE_WORDS, MODIFIER_WORDS, ONLY_WORDS, PERIOD_FORMS, PROFILE_MEASURES,
};
use crate::grid::PRESETS;
use serde_json::{Value, json};

/// `{ groups, conditions, modifiers, measures, … }`.
pub fn catalogue() -> Value {
    let known = |words: &[Word]| words.iter().map(|(word, about)| json!({ "id": word, "help": about })).collect::<Value>();
    json!({
        "groups": labelled(&GROUPS),
        "conditions": entries().iter().map(Entry::json).collect::<Value>(),
        "modifiers": MODIFIER_WORDS.iter().map(modifier).collect::<Value>(),
        "measures": labelled(&MEASURE_WORDS),
        "profileMeasures": labelled(&PROFILE_MEASURES),
        "only": labelled(&ONLY_WORDS),
        "periods": labelled(&PERIOD_FORMS),
        "units": labelled(&EXACT_UNITS),
        "calendarUnits": labelled(&CALENDAR_UNITS),
        "weekdays": WEEKDAYS.iter().map(|(word, _)| *word).collect::<Value>(),
        "retention": PRESETS.iter().map(|(name, _)| *name).collect::<Value>(),
        "eventTypes": known(&EVENT_TYPES),
        "eventFields": known(&PROPERTIES),
        "itemFields": known(&ITEM_FIELDS),
        "profileFields": known(&PROFILE_FIELDS),
        "contextFields": known(&CONTEXT_FIELDS),
    })
}

fn labelled(words: &[Labelled]) -> Value {
    words.iter().map(|(word, label, help)| json!({ "id": word, "label": both(label), "help": both(help) })).collect()
}

/// With the form of the value it takes: none, one, two or many.
fn modifier((word, label, help): &Labelled) -> Value {
    let form = Comparison::Fields.forms().into_iter().find(|form| form.modifiers.contains(word));
    let takes = match form {
        Some(Form { value: Some(Shape::Pair(_)), .. }) => "two",
        Some(Form { value: Some(Shape::List(..)), .. }) => "many",
        Some(Form { value: Some(_), .. }) => "one",
        _ => "none",
    };
    json!({ "id": word, "label": both(label), "help": both(help), "takes": takes })
}
