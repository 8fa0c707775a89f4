//! An entry of the editor's pickers: a condition that a marketer can choose, with what may be changed in it.

use crate::catalogue::fields::DEVICES;
use crate::catalogue::shape::Comparison;
use crate::catalogue::{MODIFIERS, Modifier, WEEKDAYS};
use serde_json::{Map, Value, json};

/// What a marketer fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// A number, of a measure.
    Measured,
    /// A number, of a field.
    Number,
    /// A text.
    Text,
    /// A date.
    Date,
    /// Yes or no.
    Boolean,
    /// A device.
    Device,
    /// A day of the week.
    Weekday,
    /// Cells of the retention grid.
    Cells,
    /// A segment.
    Segment,
    /// A place and a distance.
    Place,
    /// Steps of a sequence.
    Steps,
}

impl Wants {
    fn name(self) -> &'static str {
        match self {
            Wants::Measured | Wants::Number => "number",
            Wants::Text => "text",
            Wants::Date => "date",
            Wants::Boolean => "boolean",
            Wants::Device | Wants::Weekday => "choice",
            Wants::Cells => "cells",
            Wants::Segment => "segment",
            Wants::Place => "place",
            Wants::Steps => "steps",
        }
    }

    /// What there is to choose from, where that is known.
    fn words(self) -> Option<Vec<&'static str>> {
        match self {
            Wants::Device => Some(DEVICES.to_vec()),
            Wants::Weekday => Some(WEEKDAYS.iter().map(|(word, _)| *word).collect()),
            _ => None,
        }
    }

    /// The modifiers that make sense.
    fn modifiers(self) -> Vec<&'static str> {
        let fits = |modifier: Modifier| match self {
            Wants::Measured => true,
            Wants::Number | Wants::Date => !matches!(modifier, Modifier::Like(_)),
            Wants::Text => !modifier.orders(),
            Wants::Device | Wants::Weekday => matches!(modifier, Modifier::Equal | Modifier::OneOf | Modifier::Known),
            Wants::Boolean => matches!(modifier, Modifier::Equal | Modifier::Known),
            Wants::Cells | Wants::Segment | Wants::Place | Wants::Steps => false,
        };
        let known = if self == Wants::Measured { Comparison::Numbers } else { Comparison::Fields }.modifiers();
        MODIFIERS.into_iter().filter(|(word, (modifier, _))| fits(*modifier) && known.contains(word)).map(|(word, _)| word).collect()
    }
}

/// A text in English and in Dutch.
pub type Both = [&'static str; 2];

/// An entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name, for programs.
    pub id: String,
    /// The group it stands in.
    pub group: &'static str,
    /// What is filled in.
    pub wants: Wants,
    /// The rule that choosing it begins with.
    pub rule: Value,
    /// Where in that rule `modifier` and `value` stand, as a JSON pointer.
    pub part: &'static str,
    /// Its name, for people.
    pub label: [String; 2],
    /// One line of help.
    pub help: [String; 2],
}

/// An entry with these words.
pub fn entry(id: &str, group: &'static str, wants: Wants, rule: Value, part: &'static str, label: Both, help: Both) -> Entry {
    Entry { id: id.to_owned(), group, wants, rule, part, label: label.map(str::to_owned), help: help.map(str::to_owned) }
}

/// English and Dutch.
pub fn both(texts: &[impl AsRef<str>; 2]) -> Value {
    json!({ "en": texts[0].as_ref(), "nl": texts[1].as_ref() })
}

impl Entry {
    /// As an editor gets it.
    pub fn json(&self) -> Value {
        let (condition, inside) =
            self.rule.as_object().and_then(|rule| rule.iter().next()).map_or(("", &Value::Null), |(key, value)| (key, value));
        let part = self.rule.pointer(self.part).unwrap_or(&Value::Null);
        let mut json = Map::from_iter([
            ("id".to_owned(), json!(self.id)),
            ("group".to_owned(), json!(self.group)),
            ("label".to_owned(), both(&self.label)),
            ("help".to_owned(), both(&self.help)),
            ("condition".to_owned(), json!(condition)),
        ]);
        if condition == "events" {
            json.insert("of".to_owned(), inside["of"].clone());
            json.insert("measure".to_owned(), inside.get("measure").cloned().unwrap_or(json!("count")));
        }
        if let Some(field) = part.get("field") {
            json.insert("field".to_owned(), field.clone());
        }
        json.insert("value".to_owned(), json!(self.wants.name()));
        if let Some(words) = self.wants.words() {
            json.insert("words".to_owned(), json!(words));
        }
        json.insert("modifiers".to_owned(), json!(self.wants.modifiers()));
        json.insert("period".to_owned(), json!(matches!(condition, "events" | "sequence")));
        json.insert("part".to_owned(), json!(self.part));
        json.insert("rule".to_owned(), self.rule.clone());
        Value::Object(json)
    }
}
