//! Generated cases, one seed after the other, on all processors; the first that fails is told with all that makes a
//! case of it.

#![allow(dead_code, reason = "each test file uses its own part of this")]

use serde_json::json;

use crate::generate::{Case, case};

pub fn number_of(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{variable} is not a number")))
}

/// Looks at each of `count` seeds from `REGULARS_SEED` (0) on. A check fails by its sentence or by a panic.
pub fn each_case(count: u64, check: impl Fn(u64, &Case) -> Result<(), String> + Sync) {
    let first = number_of("REGULARS_SEED", 0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let failure = std::sync::Mutex::new(None::<(u64, String)>);
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let (failure, check) = (&failure, &check);
            scope.spawn(move || {
                for seed in (first..first + count).skip(worker).step_by(workers) {
                    let made = case(seed);
                    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(seed, &made)));
                    if let Err(sentence) = checked.unwrap_or_else(|_| Err("panicked (see above)".to_owned())) {
                        let mut failure = failure.lock().unwrap();
                        if failure.as_ref().is_none_or(|(other, _)| seed < *other) {
                            let whole = json!({ "package": made.package, "visitor": made.visitor, "context": made.context });
                            *failure = Some((seed, format!("{sentence}\n{whole}")));
                        }
                        return;
                    }
                    if failure.lock().unwrap().is_some() {
                        return;
                    }
                }
            });
        }
    });
    if let Some((seed, sentence)) = failure.into_inner().unwrap() {
        panic!("seed {seed}: {sentence}");
    }
}
