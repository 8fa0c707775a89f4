//! A visitor as read (SPEC 3), and what each event says in this package.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::Settings;
use super::copies::{Copy, Read, Refused, copy, loose, settle};
use super::numbers::{self, ONE, Ratio, print};
use super::predicates::Predicate;
use super::text::{Datum, Look, fold, trim};

/// The values of a field; none if it is missing.
pub type Field = Vec<Datum>;

#[derive(Clone)]
pub struct Line {
    pub fields: BTreeMap<String, Field>,
    /// "item ids as text"; "by item id": folded, for `distinct_items`. A line without an id is not counted there.
    pub id: Option<String>,
    /// As it came, in the currency of the event.
    pub price: Option<i128>,
    pub quantity: i128,
    /// Price × quantity in the package's currency; "a line without a price adds no value".
    pub value: Option<i128>,
}

#[derive(Clone)]
pub struct Event {
    pub kind: String,
    /// Its own id, if it came with one.
    pub id: Option<String>,
    pub at: i64,
    /// The currency, folded, and the value in it.
    pub currency: String,
    pub amount: Option<i128>,
    /// In the package's currency; "without a rate it takes no part in value measures".
    pub value: Option<i128>,
    /// What `where` sees: `value`, `currency`, `id` and the properties.
    pub fields: BTreeMap<String, Field>,
    pub lines: Vec<Line>,
    /// The ids that its property `conversion` names.
    pub names: Vec<String>,
}

impl Event {
    /// "the lines that satisfy `items`"
    pub fn lines_that(&self, items: Option<&Predicate>) -> Vec<&Line> {
        self.lines.iter().filter(|line| items.is_none_or(|items| items.holds(&line.fields))).collect()
    }
}

pub struct Visitor {
    pub id: String,
    pub events: Vec<Event>,
    pub profile: BTreeMap<String, Field>,
    /// What the page knows now.
    pub context: BTreeMap<String, Field>,
    /// Where the rule of a segment that is kept is known to hold or not: it is asked about the same instants over and
    /// over.
    pub known: RefCell<HashMap<(String, i64), bool>>,
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
    let (profile, unread) = loose(&visitor["profile"]);
    refused.extend(vec![OF_THE_VISITOR; unread]);
    Visitor {
        id: visitor["id"].as_str().unwrap_or_default().to_owned(),
        events: settle(copies).iter().map(|copy| event(copy, settings)).collect(),
        profile: data(&profile, settings),
        context: BTreeMap::new(),
        known: RefCell::default(),
        every_type,
        by_type,
        refused,
    }
}

/// What cannot be read is left out; "`path` without query and `host` […] are derived from `url` unless given, here and in
/// `context`".
pub fn context(context: &Value, settings: &Settings) -> BTreeMap<String, Field> {
    let mut fields = data(&loose(context).0, settings);
    derive(&mut fields, settings);
    fields
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
            price: asked("price"),
            quantity,
            // "Price × quantity is rounded to four places a line", and then what it is converted to.
            value: asked("price").and_then(|price| converted(numbers::product(price, quantity, ONE))),
        }
    });
    let lines = lines.collect();
    Event {
        kind: copy.kind.clone(),
        id: copy.id.clone(),
        at: copy.at,
        currency: fold(currency),
        amount: copy.value,
        value,
        fields,
        lines,
        names: copy.properties.get("conversion").map(names).unwrap_or_default(),
    }
}

/// Text compares exactly after trimming, a number is its digits, and of a list each element names one.
fn names(read: &Read) -> Vec<String> {
    let one = |read: &Read| match read {
        Read::Text(text) => Some(trim(text).to_owned()),
        Read::Number(number) => Some(print(*number)),
        Read::Bool(_) | Read::List(_) | Read::Object(_) => None,
    };
    if let Read::List(list) = read { list.iter().filter_map(one).collect() } else { one(read).into_iter().collect() }
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
