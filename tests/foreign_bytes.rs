//! Bytes of plans and visitors that carry a right checksum and yet were never written by us: they are refused, or answered
//! somehow; they never panic, hang or take memory that they do not have. What the fuzzer found is kept here as cases.

use regulars::{Evaluator, Plan, Unopened, Visitor, compile_package, fold, read_visitor, snapshot};
use regulars_core::bytes::put;
use regulars_core::plan::{CAMPAIGNS, CONDITIONS, LISTS, MAGIC, NODES, RANKS, SEGMENTS, SERIES, TESTS, WIDTHS, node};
use regulars_core::predicate::field;
use regulars_core::snapshot::seal;
use regulars_core::time::{FIRST, LAST};
use serde_json::{Value, json};

const NOW: i64 = 1_781_524_800_000;

fn visitor() -> Visitor {
    let json: Value = serde_json::from_str(include_str!("../fuzz/visitor.json")).unwrap();
    let mut visitor = Visitor::default();
    assert_eq!(read_visitor(&mut visitor, &json, fold).refused, []);
    visitor
}

/// A plan with some of everything.
fn plan() -> Plan {
    compile_package(&serde_json::from_str(include_str!("../fuzz/shop.json")).unwrap(), true).plan.unwrap()
}

/// An integer of every row of a table, one row after the other, becomes another.
fn changed(table: usize, column: usize, to: i64) -> impl Iterator<Item = Plan> {
    let rows = plan().len(table);
    assert!(rows > 0);
    (0..rows).map(move |row| {
        let mut plan = plan();
        plan.tables[table][row * WIDTHS[table] + column] = to;
        plan
    })
}

fn opened(plan: &Plan) -> Result<Plan, Unopened> {
    Plan::open(&plan.bytes())
}

/// Every answer is given, whatever it is, and every change lies ahead.
fn answered(plan: &Plan) {
    let visitor = visitor();
    let mut evaluator = Evaluator::default();
    for now in [NOW, NOW + 1, i64::MIN, i64::MAX] {
        let answer = evaluator.evaluate(plan, &visitor, now);
        let changes = answer.segments.iter().map(|segment| segment.holds_until).chain([Some(answer.fresh_until), answer.state_until]);
        assert!(changes.flatten().all(|change| change > now.clamp(FIRST, LAST)));
        for slot in 0..3 {
            assert_eq!(regulars_core::decide::decide(&mut evaluator, plan, &visitor, slot, now).len(), 1 + plan.len(CAMPAIGNS));
        }
    }
}

/// As [`answered`]; and what was asked before changes no answer.
fn answered_as_if_asked_first(plan: &Plan) {
    answered(plan);
    let visitor = visitor();
    let mut evaluator = Evaluator::default();
    for now in [NOW, NOW + 1, i64::MAX] {
        assert_eq!(evaluator.evaluate(plan, &visitor, now), Evaluator::default().evaluate(plan, &visitor, now));
    }
}

#[test]
fn what_refers_to_nothing_is_refused() {
    assert!(opened(&plan()).is_ok());
    for beyond in [-1, 1_000_000, i64::MIN, i64::MAX] {
        for (table, column) in [(CONDITIONS, 0), (SEGMENTS, 0), (CAMPAIGNS, 1), (RANKS, 0)] {
            for plan in changed(table, column, beyond) {
                assert_eq!(opened(&plan).err(), Some(Unopened::Damaged), "{beyond} in table {table}");
            }
        }
        for plan in changed(NODES, 0, beyond) {
            assert_eq!(opened(&plan).err(), Some(Unopened::Damaged), "{beyond} is no kind of node");
        }
    }
}

#[test]
fn a_node_refers_to_earlier_ones_only() {
    for (row, kind) in (0..plan().len(NODES)).map(|row| (row, plan().get(NODES, row, 0))) {
        if kind < node::NOT || plan().parts(row).is_empty() {
            continue;
        }
        let mut plan = plan();
        let start = plan.index(NODES, row, 1);
        plan.tables[LISTS][start] = row as i64;
        assert_eq!(opened(&plan).err(), Some(Unopened::Damaged), "node {row} refers to itself");
        plan.tables[LISTS][start] = -1;
        assert_eq!(opened(&plan).err(), Some(Unopened::Damaged), "node {row} refers to none");
    }
}

/// Arithmetic wraps on a page and is checked here, so that only the fuzzer goes to the extremes.
#[test]
fn whatever_is_measured_of_whatever_is_answered() {
    let mut answers = 0;
    for (table, column, most) in [(SERIES, 2, 3), (SERIES, 3, 3), (SERIES, 4, 9), (SERIES, 5, 9), (CONDITIONS, 1, 17)] {
        for to in -1..=most {
            for plan in changed(table, column, to) {
                answered(&opened(&plan).unwrap());
                answers += 1;
            }
        }
    }
    assert!(answers > 500, "{answers}");
}

#[test]
fn a_place_of_two_numbers_is_nowhere() {
    let near = (0..plan().len(TESTS)).find(|&row| plan().get(TESTS, row, 0) == field::NEAR).unwrap();
    for len in [0, 2, 4] {
        let mut plan = plan();
        plan.tables[TESTS][near * WIDTHS[TESTS] + 5] = len;
        answered(&opened(&plan).unwrap());
    }
}

#[test]
fn a_keep_of_any_length_is_answered() {
    for row in 0..plan().len(NODES) {
        if plan().get(NODES, row, 0) == node::KEEP {
            for keep in [-1, 0, i64::MIN, i64::MAX] {
                let mut plan = plan();
                let start = plan.index(NODES, row, 1);
                plan.tables[LISTS][start + 1] = keep;
                answered(&opened(&plan).unwrap());
            }
        }
    }
}

#[test]
fn a_keep_of_nothing_never_holds() {
    let keeps: Vec<usize> = (0..plan().len(NODES)).filter(|&row| plan().get(NODES, row, 0) == node::KEEP).collect();
    assert!(keeps.len() >= 3);
    for row in keeps {
        let mut plan = plan();
        plan.tables[NODES][row * WIDTHS[NODES] + 1] = -1;
        answered_as_if_asked_first(&opened(&plan).unwrap());
    }
}

/// A column of so many equal integers, in a few bytes.
fn equal(len: u64, of: u64) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, len);
    put(&mut out, of);
    out.push(0);
    out
}

#[test]
fn a_table_cannot_say_that_it_is_larger_than_memory() {
    let content = [&[0][..], &equal(0, 0), &[0], &equal(u64::from(u32::MAX), 0).repeat(12)].concat();
    assert_eq!(Plan::open(&seal(MAGIC, &content)).err(), Some(Unopened::Damaged));
}

/// Bytes of a visitor with one table of page views: so many entries of the pool, ids and rows, and so many properties.
fn views(entries: u64, ids: u64, rows: u64, properties: u64) -> Vec<u8> {
    let mut content = vec![0, 0];
    content.extend([equal(entries, 0), vec![0]].concat());
    content.extend([1, 9]);
    content.extend(b"page_view");
    content.extend([equal(ids, 0), vec![0]].concat());
    content.extend(equal(rows, 0).repeat(6));
    content.extend(equal(rows, properties));
    content.extend(equal(0, 0).repeat(3));
    content.extend(equal(properties, 0).repeat(2));
    seal(snapshot::MAGIC, &content)
}

#[test]
fn a_history_cannot_say_that_it_is_larger_than_memory() {
    const MUCH: u64 = u32::MAX as u64;
    assert!(snapshot::read(&views(1, 1, 1, 1)).is_ok());
    // What one event can say, in two of them; and what no event says.
    assert!(snapshot::read(&views(1, 2, 2, 1 << 16)).is_ok());
    assert_eq!(snapshot::read(&views(1, 2, 2, 3 << 16)).err(), Some(Unopened::Damaged));
    for bytes in [views(MUCH, 1, 1, 1), views(1, MUCH, 1, 1), views(1, 1, MUCH, 1), views(1, MUCH, MUCH, 1), views(1, 1, 1, MUCH)] {
        assert_eq!(snapshot::read(&bytes).err(), Some(Unopened::Damaged));
    }
}

#[test]
fn each_event_has_an_id_if_only_an_empty_one() {
    for (ids, rows) in [(2, 1), (1, 2), (1, 0), (0, 1)] {
        assert_eq!(snapshot::read(&views(1, ids, rows, 1)).err(), Some(Unopened::Damaged), "{ids} ids of {rows} events");
    }
}

/// Nobody writes such a history, so that it is answered somehow: what was asked before may make a difference.
#[test]
fn a_history_out_of_order_is_answered() {
    let mut content = vec![0, 0];
    content.extend([equal(0, 0), vec![0]].concat());
    content.extend([1, 10]);
    content.extend(b"conversion");
    content.extend([equal(4, 0), vec![0]].concat());
    // Instants since the year 1, eight bytes each: the last in the past, some beyond all that is read.
    content.extend([4, 0, 8]);
    for at in [NOW - FIRST, i64::MAX, -1, NOW - FIRST - 1] {
        content.extend(at.to_le_bytes());
    }
    content.extend(equal(4, 0).repeat(6));
    content.extend(equal(0, 0).repeat(5));
    let visitor = snapshot::read(&seal(snapshot::MAGIC, &content)).unwrap();
    let (plan, mut evaluator) = (plan(), Evaluator::default());
    for now in [NOW, NOW + 1, i64::MIN, i64::MAX] {
        let answer = evaluator.evaluate(&plan, &visitor, now);
        assert!(answer.fresh_until > now.clamp(FIRST, LAST) && (0..=4).contains(&answer.conversions));
    }
}

/// What takes few bytes although it is long, and is written by us.
#[test]
fn equal_things_are_opened_again() {
    // As many equal elements as 64 KiB of JSON hold, and events without an id.
    let element = json!(vec![1; 32_000]);
    let event = |at: i64| json!({ "type": "page_view", "at": at, "properties": { "n": element } });
    let line = json!({ "brand": "Acme" });
    let order = json!({ "type": "conversion", "at": 0, "items": vec![line; 200] });
    let events: Vec<Value> = (0..5).map(event).chain([order, json!({ "type": "conversion", "at": 0 })]).collect();
    let mut visitor = Visitor::default();
    assert_eq!(read_visitor(&mut visitor, &json!({ "profile": { "n": element }, "events": events }), fold).refused, []);
    let bytes = snapshot::write(&visitor);
    assert!(bytes.len() < 10_000, "{}", bytes.len());
    assert_eq!(snapshot::write(&snapshot::read(&bytes).unwrap()), bytes);
}
