//! A visitor as read (SPEC 3), and what each event says in this package.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Settings;
use super::copies::{Copy, Read, Refused, copy, settle};
use super::numbers::{self, ONE, Ratio};
use super::text::{Datum, Look, fold, trim};

/// The values of a field; none if it is missing.
pub type Field = Vec<Datum>;

pub struct Line {
    pub fields: BTreeMap<String, Field>,
    /// "item ids as text"; "by item id": folded, for `distinct_items`. A line without an id is not counted there.
    pub id: Option<String>,
    pub quantity: i128,
    /// Price × quantity in the package's currency; "a line without a price adds no value".
    pub value: Option<i128>,
}

pub struct Event {
    pub kind: String,
    pub at: i64,
    /// In the package's currency; "without a rate it takes no part in value measures".
    pub value: Option<i128>,
    /// What `where` sees: `value`, `currency`, `id` and the properties.
    pub fields: BTreeMap<String, Field>,
    pub lines: Vec<Line>,
}

pub struct Visitor {
    pub id: String,
    pub events: Vec<Event>,
    /// "`coveredSince` […]: an instant, or one per event type; absent means complete."
    every_type: Option<i64>,
    by_type: BTreeMap<String, i64>,
    /// The places of the events that were "refused whole".
    pub refused: Vec<usize>,
}

impl Visitor {
    pub fn covered_since(&self, kind: &str) -> Option<i64> {
        self.every_type.or_else(|| self.by_type.get(kind).copied())
    }

    pub fn coverage(&self) -> impl Iterator<Item = i64> + '_ {
        self.every_type.into_iter().chain(self.by_type.values().copied())
    }
}

/// Of a `coveredSince` that cannot be read: nothing is known to be complete, to the end of time.
const NEVER: i64 = 253_402_300_799_999;
/// The place of what is refused of the visitor's own parts.
const OF_THE_VISITOR: usize = usize::MAX;

pub fn read(visitor: &Value, settings: &Settings) -> Visitor {
    let (mut copies, mut refused) = (Vec::new(), Vec::new());
    for (place, event) in visitor["events"].as_array().into_iter().flatten().enumerate() {
        match copy(event) {
            Ok(copy) => copies.push(copy),
            Err(Refused) => refused.push(place),
        }
    }
    let since = &visitor["coveredSince"];
    let (mut every_type, mut by_type) = (None, BTreeMap::new());
    match since {
        Value::Null => {}
        Value::Object(kinds) => {
            by_type = kinds.iter().filter_map(|(kind, at)| Some((trim(kind).to_owned(), numbers::instant(at)?))).collect();
            if by_type.len() < kinds.len() {
                every_type = Some(NEVER);
            }
        }
        one => every_type = numbers::instant(one).or(Some(NEVER)),
    }
    if every_type == Some(NEVER) {
        refused.push(OF_THE_VISITOR);
    }
    Visitor {
        id: visitor["id"].as_str().unwrap_or_default().to_owned(),
        events: settle(copies).iter().map(|copy| event(copy, settings)).collect(),
        every_type,
        by_type,
        refused,
    }
}

/// What a settled event says in this package: money converted, defaults filled in, paths derived.
fn event(copy: &Copy, settings: &Settings) -> Event {
    // "no currency is the package's"
    let currency = copy.currency.as_deref().unwrap_or(&settings.currency);
    let converted = |amount| settings.convert(amount, currency);
    let value = copy.value.and_then(converted);
    let mut fields = data(&copy.properties, settings);
    if copy.kind == "page_view" {
        derive(&mut fields, settings);
    }
    let number = |number: Option<i128>| number.map(|number| Datum::Number(Ratio::whole(number))).into_iter().collect();
    let text = |text: Option<&str>| text.map(|text| Datum::text(text, settings.zone)).into_iter().collect();
    fields.insert("value".to_owned(), number(value));
    fields.insert("currency".to_owned(), text(Some(currency)));
    fields.insert("id".to_owned(), text(copy.id.as_deref()));
    let lines = copy.items.iter().map(|item| {
        let asked = |key: &str| {
            if let Some(Read::Number(number)) = item.get(key) { Some(*number) } else { None }
        };
        // "no quantity is 1 (also in predicates)"
        let quantity = asked("quantity").unwrap_or(ONE);
        let mut fields = data(item, settings);
        fields.insert("quantity".to_owned(), number(Some(quantity)));
        fields.insert("price".to_owned(), number(asked("price").and_then(converted)));
        Line {
            fields,
            id: if let Some(Read::Text(id)) = item.get("id") { Some(fold(id)) } else { None },
            quantity,
            // "Price × quantity is rounded to four places a line", and then what it is converted to.
            value: asked("price").and_then(|price| converted(numbers::product(price, quantity, ONE))),
        }
    });
    let lines = lines.collect();
    Event { kind: copy.kind.clone(), at: copy.at, value, fields, lines }
}

fn data(map: &BTreeMap<String, Read>, settings: &Settings) -> BTreeMap<String, Field> {
    let one = |read: &Read| match read {
        Read::Number(number) => Datum::Number(Ratio::whole(*number)),
        Read::Text(text) => Datum::text(text, settings.zone),
        Read::Bool(truth) => Datum::Bool(*truth),
        Read::List(_) | Read::Object(_) => Datum::Opaque,
    };
    let field = |read: &Read| {
        if let Read::List(list) = read { list.iter().map(one).collect() } else { vec![one(read)] }
    };
    map.iter().map(|(key, read)| (key.clone(), field(read))).collect()
}

/// "`path` without query and `host` in lower case without port are derived from `url` unless given". A URL with
/// neither a scheme nor a leading slash says neither.
fn derive(fields: &mut BTreeMap<String, Field>, settings: &Settings) {
    let Some([Datum::Text(url)]) = fields.get("url").map(Vec::as_slice) else {
        return;
    };
    let url = url.look(Look::Cased).to_owned();
    let before_query = url.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = if let Some((_, rest)) = before_query.split_once("//").filter(|(scheme, _)| !scheme.contains('/')) {
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = authority.rsplit('@').next().unwrap_or_default();
        let port = host.rfind(':').filter(|colon| host[colon + 1..].bytes().all(|byte| byte.is_ascii_digit()));
        (Some(host[..port.unwrap_or(host.len())].to_lowercase()), if path.is_empty() { "/" } else { path })
    } else if before_query.starts_with('/') {
        (None, before_query)
    } else {
        return;
    };
    let mut put = |key: &str, text: &str| {
        fields.entry(key.to_owned()).or_insert_with(|| vec![Datum::text(text, settings.zone)]);
    };
    put("path", path);
    if let Some(host) = host {
        put("host", &host);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::reference::Reference;
    use crate::reference::text::{Datum, Look};

    fn history(events: Value) -> super::Visitor {
        let package = json!({ "regulars": 1, "timeZone": "UTC", "currency": "EUR", "rates": { "USD": "0.92" } });
        Reference::new(&package).read(&json!({ "events": events }))
    }

    #[test]
    fn copies_are_one_event() {
        let visitor = history(json!([
            { "type": "conversion", "id": "1", "at": 5, "value": 10 },
            { "type": "conversion", "id": " 1 ", "at": 9, "value": 20, "revision": 1 },
            { "type": "conversion", "id": "1", "at": 8, "value": 30, "revision": 1 },
            { "type": "conversion", "id": "1", "at": 8, "value": "4", "revision": 1 },
            { "type": "return", "id": "1", "at": 5 },
            { "type": "visit", "at": 7, "properties": { "a": null } },
            { "type": "visit", "at": "1970-01-01T00:00:00.007Z" },
        ]));
        let seen: Vec<_> = visitor.events.iter().map(|event| (event.kind.as_str(), event.at, event.value)).collect();
        // Of revision 1 the earliest is at 8; of these two, {"…","value":4} is the greater text ("4" > "3").
        assert_eq!(seen, [("conversion", 5, Some(40_000)), ("return", 5, None), ("visit", 7, None)]);
    }

    #[test]
    fn events_at_one_instant_have_an_order() {
        let visitor = history(json!([
            { "type": "b", "at": 1, "value": 2 },
            { "type": "b", "at": 1, "value": 1 },
            { "type": "b", "id": "z", "at": 1, "value": 3 },
            { "type": "b", "id": "Z", "at": 1, "value": 4 },
            { "type": "a", "at": 1, "value": 5 },
        ]));
        let values: Vec<_> = visitor.events.iter().map(|event| event.value.unwrap() / 10_000).collect();
        assert_eq!(values, [5, 4, 3, 1, 2]);
    }

    #[test]
    fn money_is_converted_and_rounded_a_line() {
        let visitor = history(json!([{ "type": "conversion", "at": 1, "value": "10.0001", "currency": "usd", "items": [
            { "price": 0.3333, "quantity": "1.5" }, { "quantity": 2 }, { "price": 3 } ] },
            { "type": "conversion", "at": 2, "value": 1, "currency": "CHF", "items": [ { "price": 1 } ] }]));
        // 10.0001 × 0.92 = 9.200092; 0.3333 × 1.5 = 0.49995, rounded 0.5, × 0.92 = 0.46
        assert_eq!(visitor.events[0].value, Some(92_001));
        assert_eq!(visitor.events[0].lines.iter().map(|line| line.value).collect::<Vec<_>>(), [Some(4_600), None, Some(27_600)]);
        assert_eq!(visitor.events[0].lines[0].quantity, 15_000);
        assert_eq!((visitor.events[1].value, visitor.events[1].lines[0].value), (None, None));
    }

    #[test]
    fn what_cannot_be_read_is_refused_whole() {
        let visitor = history(json!([
            { "type": "a", "at": 1 }, { "type": "a" }, { "type": " ", "at": 1 }, { "type": "a", "at": "2026-01-01T00:00:00" },
            { "type": "a", "at": 1, "value": "1e3" }, { "type": "a", "at": 1, "items": [ { "price": true } ] },
            { "type": "a", "at": 1, "properties": { "n": 1e12 } }, { "type": "a", "at": 1, "extra": 1 },
            { "type": "a", "at": 1, "id": 12 }, 5,
        ]));
        assert_eq!(visitor.refused, [1, 2, 3, 4, 5, 6, 7, 9]);
        assert_eq!(visitor.events.len(), 2);
    }

    #[test]
    fn path_and_host_are_derived() {
        let page = |url: &str| {
            let visitor = history(json!([{ "type": "page_view", "at": 1, "properties": { "url": url } }]));
            ["host", "path"].map(|key| match visitor.events[0].fields.get(key).map(Vec::as_slice) {
                Some([Datum::Text(text)]) => text.look(Look::Cased).to_owned(),
                _ => "-".to_owned(),
            })
        };
        assert_eq!(page("https://Shop.Example:8080/Sale/x?y#z"), ["shop.example", "/Sale/x"]);
        assert_eq!(page("https://shop.example?y"), ["shop.example", "/"]);
        assert_eq!(page("/sale?u=https://x.example/"), ["-", "/sale"]);
        assert_eq!(page("sale"), ["-", "-"]);
    }
}
