//! Writes down what the native engine says, byte by byte, for `tests/parity.test.mjs` and `tests/folding.test.mjs`, which
//! run this and compare it with what wasm and JavaScript say. The files are `parity.jsonl` and `folding.jsonl` in
//! `target/tmp`; `REGULARS_PARITY` (500) cases, from seed `REGULARS_SEED` (0) on.

mod each;
mod generate;
mod reference;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use each::number_of;
use reference::days::{DAY, HOUR};
use regulars::{Evaluator, Plan, Visitor, ZoneTable, compile, decision, fold, ingest, names, read_visitor, snapshot, zone_table};
use regulars_author::read::{event, read_context};
use serde_json::{Value, json};

fn file(name: &str) -> BufWriter<File> {
    BufWriter::new(File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)).unwrap())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// The numbers as they lie in memory, and every decision.
fn said(evaluator: &mut Evaluator, plan: &Plan, visitor: &Visitor, now: i64) -> Value {
    let numbers = evaluator.numbers(plan, visitor, now);
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    let decisions = ["hero", "side", "nowhere"].map(|slot| decision(evaluator, plan, visitor, slot, now));
    json!({ "now": now, "numbers": hex(&bytes), "decisions": decisions })
}

#[test]
fn cases_are_written_down() {
    let mut tables: BTreeMap<String, ZoneTable> = BTreeMap::new();
    let mut out = file("parity.jsonl");
    let first = number_of("REGULARS_SEED", 0);
    let mut members = 0;
    for seed in first..first + number_of("REGULARS_PARITY", 500) {
        let case = generate::case(seed);
        let name = case.package["timeZone"].as_str().unwrap();
        let table = tables.entry(name.to_owned()).or_insert_with(|| {
            let table = zone_table(name).unwrap();
            let zone = json!({ "version": table.version, "initial": table.initial, "transitions": table.transitions });
            writeln!(out, "{}", json!({ "zone": name, "table": zone })).unwrap();
            table
        });
        let compiled = compile(&case.package, Some(table.clone()), fold, false);
        let plan = compiled.plan.unwrap();
        let problems: Vec<Value> = compiled
            .problems
            .iter()
            .map(|problem| {
                json!([problem.code, format!("{:?}", problem.severity).to_lowercase(), problem.pointer, problem.message, problem.fix])
            })
            .collect();
        let mut visitor = Visitor::default();
        read_visitor(&mut visitor, &case.visitor, fold);
        read_context(&mut visitor, &case.context, fold);
        let events: Vec<String> = case.visitor["events"].as_array().unwrap().iter().map(|json| hex(&event(json, fold).unwrap())).collect();
        let before = hex(&snapshot::write(&visitor));
        let mut evaluator = Evaluator::default();
        let nows = case.nows.iter().flat_map(|now| [0, 1, -1, DAY, 30 * DAY, -HOUR].map(|step| now + step));
        let mut answers: Vec<Value> = nows.map(|now| said(&mut evaluator, &plan, &visitor, now)).collect();
        members += evaluator.evaluate(&plan, &visitor, case.nows[0]).segments.iter().filter(|answer| answer.member).count();
        // Something more arrives, and everything is asked once more.
        let more = json!([{ "type": "conversion", "id": "Ὀδυσσεύς", "at": case.nows[0] - DAY, "value": "12.5", "currency": "usd" }, { "type": "visit" }]);
        ingest(&mut visitor, &more, fold);
        answers.push(said(&mut evaluator, &plan, &visitor, case.nows[0]));
        let line = json!({
            "seed": seed, "zone": name, "package": case.package, "visitor": case.visitor, "context": case.context, "more": more,
            "plan": hex(&plan.bytes()), "problems": problems, "events": events, "names": names(&plan),
            "before": before, "after": hex(&snapshot::write(&visitor)), "answers": answers,
        });
        writeln!(out, "{line}").unwrap();
    }
    out.flush().unwrap();
    assert!(members > 100, "hardly anybody is a member of anything");
}

/// Every code point, alone and between two letters, where the folded or the cleaned text is not the text itself.
#[test]
fn foldings_are_written_down() {
    let mut out = file("folding.jsonl");
    let mut changed = 0;
    for character in '\0'..=char::MAX {
        let alone = character.to_string();
        let between = format!("a{character}b");
        let texts = [&alone, &between].map(|text| fold(text));
        if texts[0].clean != alone || texts[0].folded != alone || texts[1].clean != between || texts[1].folded != between {
            changed += 1;
            let line = json!([u32::from(character), texts[0].clean, texts[0].folded, texts[1].clean, texts[1].folded]);
            writeln!(out, "{line}").unwrap();
        }
    }
    out.flush().unwrap();
    assert!(changed > 2_000, "too few code points fold: {changed}");
}

/// The table of offsets of every zone that chrono-tz has.
#[test]
fn zone_tables_are_written_down() {
    let mut out = file("zones.jsonl");
    for zone in chrono_tz::TZ_VARIANTS {
        let table = regulars::zone_table(zone.name()).expect("chrono-tz has a table of its own zones");
        writeln!(out, "{}", json!([zone.name(), table.version, table.initial, table.transitions])).unwrap();
    }
    out.flush().unwrap();
}
