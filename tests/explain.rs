//! Explanations and timelines: on generated packages and visitors they say what `evaluate` says, and readable examples
//! stand in full.

mod each;
mod generate;
mod reference;

#[path = "explain/changes.rs"]
mod changes;
#[path = "explain/examples.rs"]
mod examples;
#[path = "explain/timeline.rs"]
mod timeline;
#[path = "explain/tree.rs"]
mod tree;

use regulars::{Evaluator, Plan, Visitor, compile_package, fold, read_visitor};
use regulars_author::explain::Source;
use regulars_author::read::read_context;
use serde_json::Value;

const DAY: i64 = 86_400_000;

struct Asked {
    plan: Plan,
    source: Source,
    visitor: Visitor,
}

fn asked(package: &Value, visitor: &Value, context: &Value) -> Option<Asked> {
    let plan = compile_package(package, false).plan?;
    let source = Source::new(&plan, &package.to_string(), fold).expect("a plan is that of its package");
    let mut read = Visitor::default();
    read_visitor(&mut read, visitor, fold);
    read_context(&mut read, context, fold);
    Some(Asked { plan, source, visitor: read })
}

impl Asked {
    fn ids(&self) -> Vec<String> {
        let names = regulars::names(&self.plan);
        names["segments"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    }

    fn explain(&self, segment: &str, now: i64) -> Value {
        self.source.explain(&self.visitor, segment, now)
    }
}

/// Member, and until when.
fn answer(plan: &Plan, visitor: &Visitor, segment: usize, now: i64) -> (bool, Option<i64>) {
    let answer = Evaluator::default().evaluate(plan, visitor, now).segments[segment];
    (answer.member, answer.holds_until)
}
