//! A rule as a sentence (SPEC 7), in English and in Dutch: every default spelled out, each phrase with the place of the
//! part of the rule that it speaks of. Two different rules never read alike: what nests is numbered or bracketed, and
//! texts are in quotes.

mod dutch;
mod english;
mod events;
mod periods;
mod predicates;
mod rules;
mod sequence;
mod values;
mod words;
mod writer;

pub use words::{Language, Words};

use crate::rules::MAX_DEPTH;
use serde::Serialize;
use serde_json::Value;
use std::collections::HashSet;
use writer::{Writer, object, text};

/// Words of a sentence, and what they speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phrase {
    /// As they stand in the sentence, with the blanks around them.
    pub text: String,
    /// JSON pointer to a part of the package; a default has none of its own and points to what it is the default of.
    pub pointer: String,
}

/// A segment in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Description {
    /// Its id.
    pub segment: String,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// One after the other they are the sentence.
    pub phrases: Vec<Phrase>,
}

const SEGMENT_KEYS: [&str; 6] = ["id", "name", "description", "rule", "keep", "examples"];

/// Describes the first segment with this id. `None`: there is none, or its rule has a mistake that cannot be put in
/// words. (A reference to a segment that is not there can be.)
pub fn describe(package: &Value, segment: &str, language: Language) -> Option<Description> {
    let segments = package.get("segments")?.as_array()?;
    let id = |value: &'_ Value| value.get("id").and_then(text).map(str::to_owned);
    let index = segments.iter().position(|value| id(value).as_deref() == Some(segment))?;
    let written = object(&segments[index], &SEGMENT_KEYS)?;
    let (rule, keep) = (written.get("rule")?, written.get("keep"));

    let mut writer = Writer::new(package, language, "/segments");
    let _ = writer.enter_index(index);
    let words = writer.words;
    writer.fill(if keep.is_some() { words.member_kept } else { words.member }, &mut |writer, slot| match slot {
        's' => {
            let mark = writer.enter("id");
            rules::segment(writer, segment);
            writer.leave(mark);
            Some(())
        }
        'l' => writer.at(written, "keep", &mut |writer, keep| {
            let keep = object(keep?, &["last", "unit"])?;
            writer.length(keep, keep.get("last")?)
        }),
        _ => writer.at(written, "rule", &mut |writer, _| rules::rule(writer, rule, "")),
    })?;
    afterwards(&mut writer);
    let name = written.get("name").and_then(text).map(str::to_owned);
    Some(Description { segment: segment.to_owned(), name, phrases: writer.phrases })
}

/// Describes every segment of a package (JSON text) that can be described, each id once. A text that is no JSON has none.
pub fn describe_all(package: &str, language: Language) -> Vec<Description> {
    let Ok(package) = serde_json::from_str::<Value>(package) else { return Vec::new() };
    let segments = package.get("segments").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut seen = HashSet::new();
    let ids = segments.iter().filter_map(|segment| segment.get("id").and_then(text));
    ids.filter(|id| seen.insert(*id)).filter_map(|id| describe(&package, id, language)).collect()
}

/// One rule as words without an end, such as a node of an explanation: a segment's rule, or a part of it. `pointer` is
/// where it stands. Empty, if it has a mistake that cannot be put in words.
pub fn sentence(package: &Value, rule: &Value, pointer: &str, language: Language) -> String {
    let mut writer = Writer::new(package, language, pointer);
    let said = rules::rule(&mut writer, rule, "");
    said.map_or(String::new(), |()| writer.phrases.into_iter().map(|phrase| phrase.text).collect())
}

/// What the package says of days and weeks, where the rule speaks of them.
fn afterwards(writer: &mut Writer<'_>) {
    let (package, words) = (writer.package, writer.words);
    if let Some(zone) = package.get("timeZone").and_then(text).filter(|_| writer.days) {
        "/timeZone".clone_into(&mut writer.pointer);
        writer.fill_text(words.time_zone, zone);
    }
    if writer.weeks {
        let day = package.get("weekStartsOn").and_then(text);
        day.map_or("", |_| "/weekStartsOn").clone_into(&mut writer.pointer);
        if let Some(day) = words::of(words.weekdays, day.unwrap_or("monday")) {
            writer.fill_text(words.weeks, day);
        }
    }
}
