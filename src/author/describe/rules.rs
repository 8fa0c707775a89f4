//! Groups, references, grid cells.

use super::writer::{Writer, full_list, text, whole};
use super::{MAX_DEPTH, events, predicates, sequence};
use crate::diagnostic::{Place, Problems};
use crate::grid::{NONE, grid};
use serde_json::Value;

/// Says a rule. `number` is its own in the list it stands in, such as `2.1`, or empty.
pub fn rule<'a>(writer: &mut Writer<'a>, value: &'a Value, number: &str) -> Option<()> {
    let mut keys = value.as_object()?.iter();
    let ((key, part), None) = (keys.next()?, keys.next()) else { return None };
    if writer.depth == MAX_DEPTH {
        return None;
    }
    writer.depth += 1;
    let mark = writer.enter(key);
    let words = writer.words;
    match key.as_str() {
        "all" => group(writer, words.all, part, number),
        "any" => group(writer, words.any, part, number),
        "not" => writer.fill(words.not, &mut |writer, _| rule(writer, part, number)),
        "events" => events::events(writer, part),
        "profile" => predicates::profile(writer, part),
        "context" => predicates::context(writer, part),
        "segment" => {
            let id = text(part)?;
            writer.fill(words.reference, &mut |writer, _| {
                segment(writer, id);
                Some(())
            })
        }
        "retention" => retention(writer, part),
        "sequence" => sequence::sequence(writer, part),
        // Predictions are not built yet.
        _ => None,
    }?;
    writer.leave(mark);
    writer.depth -= 1;
    Some(())
}

/// A list whose parts are numbered, so that it is plain where a list within it ends.
fn group<'a>(writer: &mut Writer<'a>, before: &str, parts: &'a Value, number: &str) -> Option<()> {
    writer.push(before);
    for (index, part) in full_list(parts)?.iter().enumerate() {
        let mut number = number.to_owned();
        if !number.is_empty() {
            number.push('.');
        }
        number.push_str(&whole(index as i64 + 1));
        writer.push(if index == 0 { "(" } else { "; (" });
        writer.push(&number);
        writer.push(") ");
        let mark = writer.enter_index(index);
        rule(writer, part, &number)?;
        writer.leave(mark);
    }
    Some(())
}

/// A segment by name, if there is such a segment and it has one, and by id.
pub fn segment(writer: &mut Writer<'_>, id: &str) {
    let package = writer.package;
    let mut segments = package.get("segments").and_then(Value::as_array).into_iter().flatten();
    let first = segments.find(|segment| segment.get("id").and_then(text) == Some(id));
    let name = first.and_then(|segment| segment.get("name")).and_then(text);
    named(writer, writer.words.segment[usize::from(name.is_none())], name, id);
}

fn named(writer: &mut Writer<'_>, template: &str, name: Option<&str>, id: &str) {
    let said = writer.fill(template, &mut |writer, slot| {
        writer.quote(name.filter(|_| slot == 'n').unwrap_or(id));
        Some(())
    });
    debug_assert!(said.is_some(), "nothing in it can fail");
}

fn retention<'a>(writer: &mut Writer<'a>, list: &'a Value) -> Option<()> {
    let (package, words, list) = (writer.package, writer.words, full_list(list)?);
    writer.days = true;
    writer.cells.get_or_insert_with(|| grid(&mut Problems::default(), package.get("retention"), &Place::default()));
    writer.fill(words.cells[usize::from(list.len() > 1)], &mut |writer, _| {
        for (index, id) in list.iter().enumerate() {
            writer.push(if index == 0 { "" } else { ", " });
            let mark = writer.enter_index(index);
            let id = text(id)?;
            if id == NONE {
                writer.push(words.no_cell);
            } else {
                let known = writer.cells.iter().flatten().find(|cell| cell.id == id);
                let name = known.map_or(id, |cell| &cell.name).to_owned();
                named(writer, words.cell, Some(&name), id);
            }
            writer.leave(mark);
        }
        Some(())
    })
}
