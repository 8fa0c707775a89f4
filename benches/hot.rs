//! The hot paths alone, for counting instructions and for profiles: `cargo run --release --example hot -- PATH PLAN SNAPSHOT NOW [EVENTS]`, with the
//! files that `benches/instructions.mjs` writes. PATH is `open`, `first`, `afresh` or `append`; each does what comes before it as well.

use regulars_core::evaluate::Evaluator;
use regulars_core::plan::Plan;
use regulars_core::snapshot;
use std::hint::black_box;

const DAY: i64 = 86_400_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let read = |place: usize| std::fs::read(&args[place]).unwrap_or_default();
    let (path, plan, past, events) = (args[0].as_str(), read(1), read(2), args.get(4).map(|_| read(4)).unwrap_or_default());
    let now: i64 = args[3].parse().unwrap_or_default();
    let (Ok(plan), Ok(mut visitor)) = (Plan::open(&plan), snapshot::read(&past)) else {
        std::process::exit(2);
    };
    let mut evaluator = Evaluator::default();
    if path == "open" {
        black_box(&visitor);
        return;
    }
    black_box(evaluator.numbers(&plan, &visitor, now));
    match path {
        // Instants over the year before, in no order.
        "afresh" => (0..100).for_each(|n: i64| {
            black_box(evaluator.numbers(&plan, &visitor, now - n * 7_919 % 365 * DAY));
        }),
        "append" => {
            visitor.history.add(&events);
            black_box(evaluator.numbers(&plan, &visitor, now));
        }
        _ => {}
    }
}
