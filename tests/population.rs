//! A population says of each customer what one-visitor evaluation says of the same orders: generated packages, and order
//! files that are written here beside the events they stand for.
//!
//! `REGULARS_FILES` (6 000) files are compared; `REGULARS_SEED` is the first seed.

#[allow(unused, reason = "the generator speaks of zones with the reference's words")]
mod engine;
mod generate;
mod reference;

use std::collections::BTreeMap;

use generate::{Case, Dice, case};
use regulars::{Evaluator, Plan, Visitor, compile_package, fold, ingest};
use regulars_core::retention;
use regulars_population::audience;
use regulars_population::local::{NoInstant, instant};
use regulars_population::orders::{Ended, Orders, Settings};
use regulars_population::population::Population;
use serde_json::{Value, json};

const NAMES: [&str; 13] = [
    "visitor_id",
    "order_id",
    "at",
    "value",
    "currency",
    "item_id",
    "item_name",
    "item_brand",
    "item_category",
    "item_price",
    "item_quantity",
    "item_collection",
    "coupon",
];
/// Where the cells of a line begin, and where they end.
const LINE: std::ops::Range<usize> = 5..12;

/// An order file, and what stands in it as events, by customer in the order of the file.
struct Written {
    file: Vec<u8>,
    visitors: Vec<(String, Vec<Value>)>,
}

fn written(dice: &mut Dice, case: &Case) -> Written {
    let times: Vec<i64> =
        case.visitor["events"].as_array().unwrap().iter().filter_map(|event| event["at"].as_i64()).chain([case.nows[0]]).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for _ in 0..dice.below(14) {
        let order = row(dice, &times);
        for line in 0..1 + dice.below(3) {
            let mut row = if line == 0 { order.clone() } else { row_of_the_same(dice, &order, &times) };
            if row[1].is_empty() && rows.iter().any(|other| content(other) == content(&row)) {
                // Two rows that are the same in everything are two orders, which events without ids cannot say.
                row[1] = format!("o{}", rows.len());
            }
            rows.push(row);
        }
    }
    // The rows of one order stand anywhere in the file.
    for last in (1..rows.len()).rev() {
        rows.swap(last, dice.below(last + 1));
    }
    Written { file: file_of(dice, &rows), visitors: visitors_of(&rows) }
}

fn row(dice: &mut Dice, times: &[i64]) -> Vec<String> {
    let pick = |dice: &mut Dice, pool: &[&str]| dice.pick(pool).to_string();
    let at = *dice.pick(times) + dice.from(-1, 1);
    let mut row = vec![
        pick(dice, &["ann", "ben", "Ann", "\u{1f600}"]),
        pick(dice, &["", "1001", "1002", "a1", "A1", "o7"]),
        // Eight digits would be a date.
        if at.to_string().len() == 8 || dice.chance(30) { rfc3339(at) } else { at.to_string() },
        pick(dice, &["", "", "10", "59.90", "20", "-5", "0"]),
        pick(dice, &["", "", "EUR", "USD", "GBP", "JPY"]),
    ];
    row.extend(line(dice));
    row.push(pick(dice, &["", "WELCOME", "welcome", "SALE10", "10", "10.0", "Straße", "ΣΑΣ"]));
    row
}

/// A row, however it says its time.
fn content(row: &[String]) -> (Option<i64>, Vec<&String>) {
    (instant(&row[2], None).ok(), row.iter().enumerate().filter(|(column, _)| *column != 2).map(|(_, cell)| cell).collect())
}

fn rfc3339(at: i64) -> String {
    chrono::DateTime::from_timestamp_millis(at).unwrap().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

fn line(dice: &mut Dice) -> Vec<String> {
    if dice.chance(20) {
        return vec![String::new(); LINE.len()];
    }
    let pools: [&[&str]; 7] = [
        &["", "SKU1", "sku1", "SKU2", "3", "3.0"],
        &["", "Acme Runner", "say \"hi\", she said"],
        &["", "Acme", "ACME", "Bolt", "\u{c5}sa", "a\u{30a}sa"],
        &["", "Shoes", "Shoes > Sneakers", "Bags", " shoes > "],
        &["", "10", "9.2", "0", "0.3333", "-1"],
        &["", "1", "2", "3", "0", "-1", "1.3333"],
        &["", "SS26", "ss26", "AW25"],
    ];
    pools.iter().map(|pool| dice.pick(pool).trim().to_owned()).collect()
}

/// Another row of an order: other times, lines and coupons, and no other value.
fn row_of_the_same(dice: &mut Dice, order: &[String], times: &[i64]) -> Vec<String> {
    let mut row = row(dice, times);
    for same in [0, 1, 3, 4] {
        row[same].clone_from(&order[same]);
    }
    row
}

fn file_of(dice: &mut Dice, rows: &[Vec<String>]) -> Vec<u8> {
    let delimiter = *dice.pick(&[",", ";", "\t", "|"]);
    let end = *dice.pick(&["\n", "\r\n"]);
    let quoted = |cell: &String| {
        let needs = cell.contains(['"', '\n', ',', ';', '\t', '|']) || cell.len() % 5 == 4;
        if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    let mut file = String::from(if dice.chance(20) { "\u{feff}" } else { "" });
    let names = NAMES.map(str::to_owned).to_vec();
    for row in std::iter::once(&names).chain(rows) {
        file += &row.iter().map(quoted).collect::<Vec<_>>().join(delimiter);
        file += if dice.chance(5) { "\n\n" } else { end };
    }
    if dice.chance(20) {
        file.truncate(file.trim_end_matches(['\r', '\n']).len());
    }
    file.into_bytes()
}

fn visitors_of(rows: &[Vec<String>]) -> Vec<(String, Vec<Value>)> {
    let mut customers: Vec<String> = Vec::new();
    let mut orders: BTreeMap<(usize, String, usize), Vec<&Vec<String>>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let customer = customers.iter().position(|name| *name == row[0]).unwrap_or_else(|| {
            customers.push(row[0].clone());
            customers.len() - 1
        });
        let own = if row[1].is_empty() { place + 1 } else { 0 };
        orders.entry((customer, row[1].clone(), own)).or_default().push(row);
    }
    let mut visitors: Vec<(String, Vec<Value>)> = customers.into_iter().map(|name| (name, Vec::new())).collect();
    for ((customer, _, _), rows) in orders {
        // An order whose rows contradict each other is refused.
        let said = |column: usize| {
            let mut said: Vec<&String> = rows.iter().map(|row| &row[column]).filter(|cell| !cell.is_empty()).collect();
            said.sort();
            said.dedup();
            said
        };
        if said(3).len() < 2 && said(4).len() < 2 {
            visitors[customer].1.push(event(&rows, said(3).first().copied(), said(4).first().copied()));
        }
    }
    visitors.retain(|(_, events)| !events.is_empty());
    visitors
}

fn event(rows: &[&Vec<String>], value: Option<&String>, currency: Option<&String>) -> Value {
    let at = rows.iter().map(|row| instant(&row[2], None).unwrap()).min();
    let mut event = json!({ "type": "conversion", "id": rows[0][1], "at": at, "currency": currency });
    let lines: Vec<Value> = rows.iter().filter(|row| row[LINE].iter().any(|cell| !cell.is_empty())).map(|row| item(row)).collect();
    event["value"] = match value {
        Some(value) => json!(value),
        None => sum(rows),
    };
    event["items"] = json!(lines);
    let coupons: Vec<&String> = rows.iter().map(|row| &row[12]).filter(|coupon| !coupon.is_empty()).collect();
    event["properties"] = match coupons[..] {
        [] => json!({}),
        [coupon] => json!({ "coupon": coupon }),
        _ => json!({ "coupon": coupons }),
    };
    event
}

fn item(row: &[String]) -> Value {
    let mut item = json!({});
    for (column, cell) in LINE.zip(&row[LINE]) {
        let name = &NAMES[column][5..];
        if name == "category" && cell.contains(" > ") {
            item[name] = cell.split(" > ").collect();
        } else {
            item[name] = json!(cell);
        }
    }
    item
}

/// Price × quantity, each line rounded to four places half away from zero; none without a price.
fn sum(rows: &[&Vec<String>]) -> Value {
    let number = |text: &str| regulars_author::decimals::parse(text).map(i128::from);
    let lines = rows.iter().filter_map(|row| {
        let product = number(&row[9])? * number(&row[10]).unwrap_or(10_000);
        Some((product.abs() + 5_000) / 10_000 * product.signum())
    });
    let lines: Vec<i128> = lines.collect();
    let total: i128 = lines.iter().sum();
    if lines.is_empty() { Value::Null } else { json!(total as f64 / 10_000.0) }
}

fn read(dice: &mut Dice, file: &[u8]) -> Ended {
    let mut orders = Orders::new(Settings::default(), fold);
    let mut rest = file;
    while !rest.is_empty() {
        let most = if dice.chance(50) { 3 } else { 400 };
        let piece = (1 + dice.below(most)).min(rest.len());
        assert_eq!(orders.take(&rest[..piece]).problems, []);
        rest = &rest[piece..];
    }
    orders.end()
}

fn compare(population: &Population, visitors: &[(String, Vec<Value>)], plan: &Plan, now: i64) {
    let ids: Vec<&str> = (0..population.len()).map(|customer| population.id(customer)).collect();
    assert_eq!(ids, visitors.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>());
    let mut expected: Vec<Vec<u32>> = Vec::new();
    let mut states: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for (customer, (_, events)) in visitors.iter().enumerate() {
        let mut visitor = Visitor::default();
        assert_eq!(ingest(&mut visitor, &json!(events), fold).refused, []);
        let membership = Evaluator::default().evaluate(plan, &visitor, now);
        expected.resize(membership.segments.len(), Vec::new());
        for (members, answer) in expected.iter_mut().zip(&membership.segments) {
            members.extend(answer.member.then_some(customer as u32));
        }
        let state = states.entry(membership.state as usize).or_default();
        *state = (state.0 + 1, state.1 + membership.conversions as u64);
    }
    let sizes = audience::sizes(population, plan, now);
    for (segment, members) in expected.iter().enumerate() {
        assert_eq!(audience::members(population, plan, segment, now), *members, "segment {segment}");
        assert_eq!(sizes[segment] as usize, members.len());
    }
    let grid = audience::grid(population, plan, now);
    for (state, cell) in grid.iter().enumerate() {
        assert_eq!((cell.customers, cell.conversions), states.get(&state).copied().unwrap_or_default(), "state {state}");
    }
    assert!(states.keys().all(|state| *state < grid.len() && (*state == retention::NONE as usize || grid[*state].conversions > 0)));
}

#[test]
fn a_population_says_what_one_visitor_evaluation_says() {
    let count: u64 = std::env::var("REGULARS_FILES").map_or(6_000, |count| count.parse().unwrap());
    let first: u64 = std::env::var("REGULARS_SEED").map_or(0, |seed| seed.parse().unwrap());
    let (mut customers, mut refused) = (0, 0);
    for seed in first..first + count {
        let (case, mut dice) = (case(seed), Dice::new(!seed));
        let plan = compile_package(&case.package, false).plan.unwrap();
        let Written { file, visitors } = written(&mut dice, &case);
        let ended = read(&mut dice, &file);
        let population = ended.population.unwrap();
        (customers, refused) = (customers + population.len(), refused + population.refused);
        for &now in &case.nows {
            let same = std::panic::AssertUnwindSafe(|| compare(&population, &visitors, &plan, now));
            if std::panic::catch_unwind(same).is_err() {
                panic!("seed {seed} at {now}:\n{}\n{}", case.package, String::from_utf8_lossy(&file));
            }
        }
    }
    assert!(
        customers as u64 > count && refused > count / 100,
        "{customers} customers and {refused} refused rows are too few to say anything"
    );
}

type Totals = (Vec<(String, f64)>, Vec<(u64, &'static str)>);

/// What a file comes to: customers with their total values, and the refused rows, read whole and byte by byte.
fn totals(file: &[u8]) -> Totals {
    let package = json!({ "regulars": 1, "timeZone": "UTC", "currency": "EUR", "segments": [{ "id": "s", "rule": { "events": {
        "of": "conversion", "measure": "total_value", "modifier": "is_known" } } }] });
    let plan = compile_package(&package, false).plan.unwrap();
    let read = |size: usize| {
        let mut orders = Orders::new(Settings::default(), fold);
        let mut refused: Vec<_> = file.chunks(size).flat_map(|piece| orders.take(piece).refused).collect();
        let ended = orders.end();
        refused.extend(ended.refused);
        let population = ended.population.unwrap();
        let values = audience::measure(&population, &plan, 1, i64::MAX);
        let ids = (0..population.len()).map(|customer| population.id(customer).to_owned());
        (ids.zip(values).collect::<Vec<_>>(), refused.iter().map(|row| (row.line, row.code)).collect::<Vec<_>>())
    };
    let whole = read(file.len());
    assert_eq!(whole, read(1), "where the bytes are cut changes nothing");
    whole
}

#[test]
fn a_row_that_cannot_be_read_takes_its_order_with_it() {
    let head = "visitor_id,order_id,at,item_name,item_total\n";
    let rows = |second: &[u8]| {
        [head.as_bytes(), b"a,1,2026-01-01T00:00:00Z,x,10\na,1,2026-01-01T00:00:00Z,", second, b"\nb,2,2026-01-01T00:00:00Z,x,5\n"].concat()
    };
    for (second, code) in [(&b"caf\xE9,90"[..], "not_utf8"), (b"x,90,more", "bad_row"), (b"x,9O", "bad_number")] {
        assert_eq!(totals(&rows(second)), (vec![("b".to_owned(), 5.0)], vec![(3, code)]), "{code}");
    }
    assert_eq!(totals(&rows(b"x,90")).0, [("a".to_owned(), 100.0), ("b".to_owned(), 5.0)]);
}

#[test]
fn lines_are_counted_however_they_end() {
    for (file, line) in [
        ("visitor_id,at\ra,0\rb,never\r", 3),
        ("visitor_id,at\r\n\r\na,0\r\nb,never", 4),
        ("visitor_id,at\n\"\nx\",0\nb,never\n", 4),
        ("visitor_id  at\na  0\n\nb never\n", 4),
        ("\u{feff}\nvisitor_id;at\na;0\nb;never\n", 4),
        ("sep=;\r\nvisitor_id;at\r\na;0\r\nb;never\r\n", 4),
    ] {
        let (customers, refused) = totals(file.as_bytes());
        assert_eq!((customers.len(), refused), (1, vec![(line, "bad_instant")]), "{file:?}");
    }
}

#[test]
fn a_sum_of_lines_may_be_larger_than_a_value() {
    let file = "visitor_id,order_id,at,item_total\na,1,0,600000000000\na,1,0,600000000000\n";
    assert_eq!(totals(file.as_bytes()), (vec![("a".to_owned(), 1_200_000_000_000.0)], vec![]));
}

#[test]
fn a_row_without_an_end_is_one_refusal_and_no_memory() {
    let endless = format!("visitor_id,at\na,0\n\"b,0\n{}", "c,0\n".repeat(1_000_000));
    let (customers, refused) = totals_whole(endless.as_bytes());
    assert_eq!((customers, refused), (1, vec![(3, "bad_row")]));
}

/// A row that is wide after one that was long is neither.
#[test]
fn a_wide_row_after_a_long_one_is_read() {
    let wide: String = (0..100).map(|column| format!(",c{column}")).collect();
    let long = format!("visitor_id,at\na,0\n\"{}\",0\nb,0{}\n", "x".repeat(900_000), wide);
    let (customers, refused) = totals_whole(long.as_bytes());
    assert_eq!((customers, refused), (1, vec![(3, "text_too_long"), (4, "bad_row")]));
    let mut rows = Vec::new();
    let mut reader = regulars_population::rows::Rows::new(None);
    reader.take(long.as_bytes(), &mut |row| rows.push((row.line, row.len(), row.overlong)));
    assert_eq!(rows, [(1, 2, false), (2, 2, false), (3, 2, false), (4, 102, false)]);
}

fn totals_whole(file: &[u8]) -> (usize, Vec<(u64, &'static str)>) {
    let mut orders = Orders::new(Settings::default(), fold);
    let mut refused = orders.take(file).refused;
    let ended = orders.end();
    refused.extend(ended.refused);
    (ended.population.unwrap().len(), refused.iter().map(|row| (row.line, row.code)).collect())
}

#[test]
fn local_times_are_those_of_the_zone() {
    let table = regulars::zone_table("Europe/Amsterdam").unwrap();
    let zone = regulars_core::zone::Zone { offsets: table.offsets(), week_starts_on: 0 };
    for (local, said) in [
        ("2026-03-01", "2026-03-01T00:00:00+01:00"),
        ("20260701", "2026-07-01T00:00:00+02:00"),
        ("2026-07-01 12:30", "2026-07-01T12:30:00+02:00"),
        ("2026-07-01T12:30:15.25", "2026-07-01T12:30:15.25+02:00"),
        // Clocks show 02:30 twice on 25 October 2026, and never on 29 March 2026.
        ("2026-10-25 02:30:00", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25 03:00:00", "2026-10-25T03:00:00+01:00"),
        ("2026-03-29 02:30:00", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29 01:59:59", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29 03:00:00", "2026-03-29T03:00:00+02:00"),
        ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z"),
    ] {
        assert_eq!(instant(local, Some(&zone)).ok(), instant(said, None).ok(), "{local}");
    }
}

#[test]
fn without_a_zone_only_an_offset_will_do() {
    for local in ["2026-03-01", "20260301", "2026-03-01 12:00:00", "2026-03-01T12:00"] {
        assert_eq!(instant(local, None), Err(NoInstant::NoOffset), "{local}");
    }
    for text in [
        "",
        "soon",
        "12/1/2010 8:26",
        "2026-02-30",
        "1e12",
        "+5",
        "2026-03-01 25:00:00",
        "20261301",
        "20260230",
        "12345678",
        "99999999999999999999",
    ] {
        assert_eq!(instant(text, None), Err(NoInstant::Unreadable), "{text}");
    }
    assert_eq!(instant("1772362800000", None), Ok(1_772_362_800_000));
}
