//! Readable examples in full: tests/explain/examples.json. tests/explain.test.mjs holds the package to the same.

use super::asked;
use crate::reference::numbers::instant_in_text;
use regulars_author::timeline::{intervals, timeline};
use serde_json::Value;

const EXAMPLES: &str = include_str!("examples.json");

#[test]
fn the_examples_stand_in_full() {
    let examples: Vec<Value> = serde_json::from_str(EXAMPLES).unwrap();
    for example in &examples {
        let title = &example["title"];
        let asked = asked(&example["package"], &example["visitor"], &example["context"]).unwrap();
        let instant = |key: &str| instant_in_text(example[key].as_str().unwrap()).unwrap();
        let segment = example["segment"].as_str().unwrap();
        let explained = asked.explain(segment, instant("now"));
        assert_eq!(explained, example["explanation"], "{title}:\n{explained:#}");
        let number = asked.ids().iter().position(|id| id == segment).unwrap();
        let found = intervals(&timeline(&asked.plan, &asked.visitor, number, instant("from"), instant("to")));
        assert_eq!(found, example["timeline"], "{title}:\n{found:#}");
    }
    assert!(examples.len() >= 6);
}
