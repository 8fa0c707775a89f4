//! Packages that are made to take long get the right answer. How fast is said by `cargo run --release --example hostile`;
//! here a bound is held that only a loop within a loop can miss.

#[path = "hostile/mod.rs"]
mod packages;

use packages::all;
use regulars::{Severity, fold, zone_table};
use regulars_author::package::compile_text;
use std::time::{Duration, Instant};

/// Forty times what a release build may take on a machine of our own.
const GENEROUS: Duration = Duration::from_secs(2);

/// So many problems are told one by one, and one more says how many there are.
const MOST_PROBLEMS: usize = 1001;

#[test]
fn hostile_packages_are_answered() {
    for case in all() {
        let begun = Instant::now();
        let compiled = compile_text(&case.text, zone_table("Europe/Amsterdam"), fold, false);
        let took = begun.elapsed();
        let name = case.name;
        let errors = compiled.problems.iter().filter(|problem| problem.severity == Severity::Error);
        let mut codes: Vec<&str> = errors.map(|problem| problem.code).collect();
        codes.dedup();
        match case.problem {
            Some(code) => assert!(codes.contains(&code), "{name}: {codes:?}, not {code}"),
            None => assert!(codes.is_empty() && compiled.plan.is_some(), "{name}: {codes:?}"),
        }
        assert!(compiled.problems.len() <= MOST_PROBLEMS, "{name}: {} problems", compiled.problems.len());
        assert!(took < GENEROUS, "{name}: {took:?}");
    }
}

#[test]
fn very_many_problems_are_counted() {
    let case = all().into_iter().find(|case| case.name == "1 MiB of unknown keys").unwrap();
    let compiled = compile_text(&case.text, zone_table("Europe/Amsterdam"), fold, false);
    let last = compiled.problems.last().unwrap();
    assert_eq!((compiled.problems.len(), last.code, last.severity), (MOST_PROBLEMS, "too_many_problems", Severity::Error));
    assert_eq!(last.message, "There are 109000 more problems than are told here.");
    // Beyond the limit they break what they are in all the same.
    assert!(compile_text(&case.text, zone_table("Europe/Amsterdam"), fold, true).plan.is_none());
}
