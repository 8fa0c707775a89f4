//! The files made from the catalogue are what it gives; `UPDATE=1 cargo test --test catalogue` writes them anew.

use regulars_author::catalogue::words::{CALENDAR_UNITS, EXACT_UNITS, GROUPS, MEASURE_WORDS, MODIFIER_WORDS, ONLY_WORDS, PROFILE_MEASURES};
use regulars_author::catalogue::{CALENDAR, DATE_MEASURES, LENGTHS, MEASURES, MODIFIERS, ONLY, groups, picker, schema, types};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The file says what was made, or is written when asked.
fn same(file: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, made).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == made, "{file} is not what the catalogue gives: run UPDATE=1 cargo test --test catalogue");
}

fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap())
}

#[test]
fn the_schema_is_up_to_date() {
    same("www/package.schema.json", &pretty(&schema::schema()));
}

#[test]
fn the_types_are_up_to_date() {
    same("www/src/rules.ts", &types::types());
}

#[test]
fn the_pickers_are_up_to_date() {
    same("www/src/catalogue.json", &pretty(&picker::catalogue()));
}

#[test]
fn every_word_has_its_labels() {
    fn names<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
        words.iter().map(|(word, _)| *word).collect()
    }
    let labelled = |words: &[(&'static str, [&str; 2], [&str; 2])]| {
        for (word, labels, help) in words {
            assert!(labels.iter().chain(help).all(|text| !text.trim().is_empty()), "{word} lacks a label or help");
        }
        words.iter().map(|(word, ..)| *word).collect::<Vec<_>>()
    };
    assert_eq!(labelled(&MODIFIER_WORDS), names(&MODIFIERS));
    assert_eq!(labelled(&MEASURE_WORDS), names(&MEASURES));
    assert_eq!(labelled(&PROFILE_MEASURES), names(&DATE_MEASURES));
    assert_eq!(labelled(&EXACT_UNITS), names(&LENGTHS));
    assert_eq!(labelled(&CALENDAR_UNITS), names(&CALENDAR));
    assert_eq!(labelled(&ONLY_WORDS), names(&ONLY));
    assert_eq!(labelled(&GROUPS).len(), 9);
}

#[test]
fn every_group_has_conditions_and_no_two_have_one_id() {
    let entries = groups::entries();
    let ids: BTreeSet<_> = entries.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), entries.len());
    let used: BTreeSet<_> = entries.iter().map(|entry| entry.group).collect();
    assert_eq!(used, GROUPS.iter().map(|(group, ..)| *group).collect());
    for entry in entries {
        assert!(entry.rule.pointer(entry.part).is_some(), "{} has nothing at {}", entry.id, entry.part);
        assert!(entry.help.iter().all(|line| line.ends_with('.') && !line.contains('\n')), "{} lacks a line of help", entry.id);
    }
}
