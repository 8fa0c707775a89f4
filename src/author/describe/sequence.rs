//! `sequence` conditions (SPEC 5.3).

use super::events::{Number, types};
use super::periods::period;
use super::predicates::predicate;
use super::writer::{Writer, full_list, object, whole};
use crate::predicates::Over;
use serde_json::{Map, Value};

const STEP: [&str; 6] = ["of", "where", "items", "within", "sameItem", "absent"];

/// Says a `sequence` condition.
pub fn sequence<'a>(writer: &mut Writer<'a>, value: &'a Value) -> Option<()> {
    let written = object(value, &["steps", "period"])?;
    writer.fill(writer.words.sequence, &mut |writer, slot| match slot {
        'p' => writer.at(written, "period", &mut |writer, value| period(writer, value)),
        _ => writer.at(written, "steps", &mut |writer, steps| {
            full_list(steps?)?.iter().enumerate().try_for_each(|(index, value)| {
                writer.push(if index == 0 { "" } else { "; " });
                let mark = writer.enter_index(index);
                step(writer, object(value, &STEP)?, index as i64)?;
                writer.leave(mark);
                Some(())
            })
        }),
    })
}

fn step<'a>(writer: &mut Writer<'a>, written: &'a Map<String, Value>, before: i64) -> Option<()> {
    let words = writer.words;
    let truth = |key: &str| written.get(key).map_or(Some(false), Value::as_bool);
    let (absent, same_item) = (truth("absent")?, truth("sameItem")?);
    let within = |writer: &mut Writer<'a>, template: &str| {
        writer.at(written, "within", &mut |writer, value| {
            writer.fill(template, &mut |writer, slot| match (slot, value) {
                ('l', Some(value)) => {
                    let within = object(value, &["last", "unit"])?;
                    writer.length(within, within.get("last")?)
                }
                ('j', _) => {
                    writer.push(&whole(before));
                    Some(())
                }
                _ => None,
            })
        })
    };
    writer.fill(if absent { words.absent } else { words.step }, &mut |writer, slot| {
        match slot {
            'i' => writer.push(&whole(before + 1)),
            'j' => writer.push(&whole(before)),
            'o' => types(writer, written, Number::One)?,
            'l' => within(writer, "%l")?,
            'g' if before == 0 => {}
            'g' => within(writer, words.after[usize::from(written.contains_key("within"))])?,
            'm' if same_item => writer.at(written, "sameItem", &mut |writer, _| {
                writer.fill_text(words.same_item, &whole(before));
                Some(())
            })?,
            'q' => {
                for (key, template, over) in [("where", words.step_condition, Over::Event), ("items", words.step_items, Over::Line)] {
                    if let Some(value) = written.get(key) {
                        let mark = writer.enter(key);
                        writer.fill(template, &mut |writer, _| predicate(writer, value, over))?;
                        writer.leave(mark);
                    }
                }
            }
            _ => {}
        }
        Some(())
    })
}
