//! Parts of the core by themselves, as far as answers do not show them: the form that settles copies, and what is
//! refused of stored bytes whose checksum is right.

use regulars::{Plan, Unopened, fold, snapshot};
use regulars_author::native::compile_package;
use regulars_author::read::event;
use regulars_core::bytes::{Reader, put};
use regulars_core::column::Column;
use regulars_core::event::Event;
use regulars_core::plan::{CONDITIONS, MAGIC};
use regulars_core::pool::Pool;
use serde_json::{Value, json};

/// The form of an event that settles which copy speaks. Of the type, which all copies share, only the key stands in it.
fn canonical(json: &Value) -> String {
    let bytes = event(json, fold).unwrap();
    let (mut reader, mut pool) = (Reader::new(&bytes), Pool::default());
    // What the pool holds already moves the numbers of what comes.
    pool.intern(b"something");
    reader.bytes();
    let event = Event::read(&mut reader, &mut pool);
    assert!(reader.finished());
    String::from_utf8(event.canonical(&pool)).unwrap()
}

#[test]
fn copies_are_settled_by_canonical_json() {
    let whole = json!({
        "type": "conversion", "id": "1001", "revision": 3, "at": -1, "value": "-59.90", "currency": "usd",
        "items": [{ "price": 1.5, "id": "SKU1", "category": ["Shoes", "Sneakers"], "brand": "Acme" }, {}, { "list": [true, null] }],
        "properties": { "b": 12, "a": ["x"], "c": 0, "d": "\u{1}\"", "e": { "g": [-0.0001, "y"], "f": 1 } },
    });
    assert_eq!(
        canonical(&whole),
        r#"{"at":-1,"currency":"usd","items":[{"brand":"Acme","category":["Shoes","Sneakers"],"id":"SKU1","price":1.5},{},{"list":[true]}],"properties":{"a":["x"],"b":12,"c":0,"d":"\u0001\"","e":{"f":1,"g":[-0.0001,"y"]}},"type":,"value":-59.9}"#
    );
    assert_eq!(canonical(&json!({ "type": "x", "at": 0 })), r#"{"at":0,"type":}"#);
    assert_eq!(canonical(&json!({ "type": "x", "at": 1, "value": 900_000_000_000i64 })), r#"{"at":1,"type":,"value":900000000000}"#);
}

#[test]
fn a_column_may_be_as_long_as_32_bits_say_and_no_longer() {
    for (len, good) in [(u64::from(u32::MAX), true), (u64::from(u32::MAX) + 1, false)] {
        let mut bytes = Vec::new();
        put(&mut bytes, len);
        put(&mut bytes, 7);
        bytes.push(0);
        let mut reader = Reader::new(&bytes);
        let column = Column::read(&mut reader);
        assert_eq!((reader.bad, column.len() as u64), (!good, if good { len } else { 0 }));
        assert_eq!(column.get(5), if good { 7 } else { 0 });
    }
}

#[test]
fn a_plan_with_something_behind_it_or_without_the_grid_is_damaged() {
    let plan = compile_package(&json!({ "regulars": 1, "timeZone": "UTC", "currency": "EUR" }), false).plan.unwrap();
    let bytes = plan.bytes();
    assert_eq!(Plan::open(&bytes).as_ref(), Ok(&plan), "though its texts were searched");
    // Magic, version and checksum come first.
    let mut longer = bytes[13..].to_vec();
    longer.push(0);
    assert_eq!(Plan::open(&snapshot::seal(MAGIC, &longer)).err(), Some(Unopened::Damaged));
    let mut empty = plan.clone();
    empty.tables[CONDITIONS].clear();
    assert_eq!(Plan::open(&empty.bytes()).err(), Some(Unopened::Damaged));
}
