//! How long packages take that are made to take long: `cargo run --release --example hostile`.

#[path = "../tests/hostile/mod.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod packages;

use packages::all;
use regulars::{fold, zone_table};
use regulars_author::package::compile_text;
use std::time::{Duration, Instant};

fn main() {
    let zone = zone_table("Europe/Amsterdam");
    for case in all() {
        let took = (0..5).map(|_| {
            let begun = Instant::now();
            let compiled = compile_text(&case.text, zone.clone(), fold, false);
            let took = begun.elapsed();
            (took, compiled.problems.first().map_or("", |problem| problem.code))
        });
        let (took, code) = took.min().unwrap_or((Duration::ZERO, ""));
        println!("{:>7.1} ms  {:<50} {:>9} bytes  {code}", took.as_secs_f64() * 1e3, case.name, case.text.len());
    }
}
