//! One program for both jobs of wasm-bindgen: `wbg bindgen …` writes the JavaScript beside a wasm file,
//! `wbg test …` is cargo's runner for tests on wasm (named in .cargo/config.toml).

use std::{env, process};

fn main() {
    let mut arguments: Vec<_> = env::args_os().collect();
    let job = if arguments.len() > 1 { arguments.remove(1) } else { Default::default() };
    let result = match job.to_str() {
        Some("bindgen") => wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments),
        Some("test") => wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments),
        _ => {
            eprintln!("usage: wbg bindgen|test ARGUMENTS");
            process::exit(2)
        }
    };
    if let Err(error) = result {
        eprintln!("error: {error:?}");
        process::exit(1)
    }
}
