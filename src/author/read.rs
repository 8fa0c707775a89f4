//! Events and visitors from JSON to the bytes that the core takes in (SPEC 3): an event is read
//! whole or refused whole, with a code and a place. The package's JavaScript has the same in
//! `www/src/read.ts`; the cases of `tests/spec` hold both to one meaning.

use crate::decimals;
use crate::diagnostic::Place;
use crate::text::{Fold, Text, trim};
use regulars_core::bytes::{Reader, put, put_bytes, unzigzag, zigzag};
use regulars_core::event::{DERIVED, LISTED, entry};
use regulars_core::number;
use regulars_core::time;
use regulars_core::visitor::Visitor;
use serde_json::{Map, Value};

/// Bytes of compact JSON an event may take.
pub const MAX_BYTES: usize = 64 * 1024;
/// Lines an event may have.
pub const MAX_ITEMS: usize = 200;
/// Properties an event may have.
pub const MAX_PROPERTIES: usize = 100;
/// How deep an event may nest, itself included.
pub const MAX_DEPTH: usize = 8;
/// Bytes of UTF-8 a text may take.
pub const MAX_TEXT: usize = 4 * 1024;

/// What can be wrong with an event. The names are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// Another kind of JSON value is needed here.
    WrongType,
    /// A key that every event needs is absent or empty.
    MissingKey,
    /// An event has no such key.
    UnknownKey,
    /// Not a plain decimal within ±900 000 000 000.
    BadNumber,
    /// Neither whole milliseconds nor RFC 3339 with an offset, within years 1 to 9999.
    BadInstant,
    /// More than 64 KiB of compact JSON.
    EventTooLarge,
    /// More than 200 items.
    TooManyItems,
    /// More than 100 properties.
    TooManyProperties,
    /// Nested deeper than 8 levels.
    TooDeep,
    /// A text of more than 4 KiB.
    TextTooLong,
}

impl Code {
    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Code::WrongType => "wrong_type",
            Code::MissingKey => "missing_key",
            Code::UnknownKey => "unknown_key",
            Code::BadNumber => "bad_number",
            Code::BadInstant => "bad_instant",
            Code::EventTooLarge => "event_too_large",
            Code::TooManyItems => "too_many_items",
            Code::TooManyProperties => "too_many_properties",
            Code::TooDeep => "too_deep",
            Code::TextTooLong => "text_too_long",
        }
    }
}

/// Why something was refused, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub code: Code,
    /// A JSON pointer into the event or visitor.
    pub pointer: String,
}

/// What became of a batch: how many events were read, and which were refused. `index` is −1
/// for the visitor's own parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Events that were read, copies included.
    pub accepted: usize,
    /// What was not, by place in the batch.
    pub refused: Vec<(i64, Refusal)>,
}

fn refuse<T>(code: Code, place: &Place) -> Result<T, Refusal> {
    Err(Refusal { code, pointer: place.0.clone() })
}

/// Takes a list of events into a visitor; one that is not a list is refused as a whole.
pub fn ingest(visitor: &mut Visitor, events: &Value, fold: Fold) -> Ingested {
    let mut report = Ingested::default();
    take(visitor, events, &Place::default(), fold, &mut report);
    report
}

/// Takes in a whole visitor: `id`, `profile`, `coveredSince`, `events`.
pub fn read_visitor(visitor: &mut Visitor, value: &Value, fold: Fold) -> Ingested {
    let (mut report, root) = (Ingested::default(), Place::default());
    let Value::Object(parts) = value else {
        report.refused.push((-1, Refusal { code: Code::WrongType, pointer: String::new() }));
        return report;
    };
    let (mut units, mut coverage) = (visitor.id.clone(), visitor.coverage.clone());
    let mut profile = None;
    for (key, value) in parts {
        let place = root.key(key);
        let read = match key.as_str() {
            "id" | "profile" | "coveredSince" | "events" if is_missing(value) => Ok(()),
            "id" => id(value, &place).map(|id| units = id.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            "profile" => {
                let (fields, refused) = known(true, value, &place, fold);
                profile = Some(fields);
                report.refused.extend(refused.into_iter().map(|refusal| (-1, refusal)));
                Ok(())
            }
            "coveredSince" => self::coverage(value, &place).map(|read| coverage = read).inspect_err(|_| {
                // Nothing is known to be complete.
                coverage.clear();
                put_bytes(&mut coverage, b"");
                put(&mut coverage, zigzag(time::LAST));
            }),
            "events" => {
                take(visitor, value, &place, fold, &mut report);
                Ok(())
            }
            _ => refuse(Code::UnknownKey, &place),
        };
        report.refused.extend(read.err().map(|refusal| (-1, refusal)));
    }
    visitor.introduce(&units, &coverage);
    // After the events, wherever it stands among the parts: the same visitor gives the same bytes.
    if let Some(fields) = profile {
        visitor.know(true, &fields);
    }
    report
}

/// Takes in the context: what the page knows now. What of it cannot be read is left out.
pub fn read_context(visitor: &mut Visitor, value: &Value, fold: Fold) -> Vec<Refusal> {
    let (fields, refused) = known(false, value, &Place::default(), fold);
    visitor.know(false, &fields);
    refused
}

/// Reads the profile (`person`), or the context. A field that cannot be read is left out; beyond
/// the limits of an event, all of it is.
fn known(person: bool, value: &Value, place: &Place, fold: Fold) -> (Vec<u8>, Vec<Refusal>) {
    let (mut known, mut refused) = (Vec::new(), Vec::new());
    let whole = |code: Code| Refusal { code, pointer: place.0.clone() };
    match value {
        Value::Object(_) if value.to_string().len() > MAX_BYTES => refused.push(whole(Code::EventTooLarge)),
        Value::Object(parts) if sorted(parts).len() > MAX_PROPERTIES => refused.push(whole(Code::TooManyProperties)),
        Value::Object(parts) => {
            for (name, value) in sorted(parts) {
                let one = Value::Object([(name.clone(), value.clone())].into_iter().collect());
                match limits(&one, place, 1).and_then(|()| fields(&one, place, false, fold)) {
                    Ok(fields) => known.extend(fields),
                    Err(refusal) => refused.push(refusal),
                }
            }
            if !person {
                derive(Some(parts), &mut known, fold);
            }
        }
        value if is_missing(value) => {}
        _ => refused.push(whole(Code::WrongType)),
    }
    let mut bytes = Vec::new();
    put_fields(&mut bytes, known);
    (bytes, refused)
}

fn coverage(value: &Value, place: &Place) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    match value {
        Value::Object(kinds) => {
            for (kind, value) in kinds.iter().filter(|(_, value)| !is_missing(value)) {
                put_bytes(&mut out, trim(kind).as_bytes());
                put(&mut out, zigzag(instant(value, &place.key(kind))?));
            }
        }
        value => {
            put_bytes(&mut out, b"");
            put(&mut out, zigzag(instant(value, place)?));
        }
    }
    Ok(out)
}

fn take(visitor: &mut Visitor, events: &Value, place: &Place, fold: Fold, report: &mut Ingested) {
    let Value::Array(events) = events else {
        report.refused.push((-1, Refusal { code: Code::WrongType, pointer: place.0.clone() }));
        return;
    };
    let mut read = Vec::new();
    for (index, value) in events.iter().enumerate() {
        match event(value, fold) {
            Ok(event) => read.push(event),
            Err(refusal) => report.refused.push((index as i64, refusal)),
        }
    }
    report.accepted += read.len();
    // Earliest first, as the package's JavaScript does: columns are packed anew for an event that
    // is earlier than all. The order changes no answer.
    read.sort_by_cached_key(|event| instant_of(event));
    visitor.history.add(&read.concat());
}

/// When an event happened, from its bytes: after its type and its id.
fn instant_of(event: &[u8]) -> i64 {
    let mut reader = Reader::new(event);
    reader.bytes();
    reader.bytes();
    unzigzag(reader.u64())
}

/// SPEC 2: `null`, `[]` and blank text are missing.
fn is_missing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => trim(text).is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The bytes of one event.
///
/// # Errors
/// The first thing that cannot be read; limits come first.
pub fn event(value: &Value, fold: Fold) -> Result<Vec<u8>, Refusal> {
    let root = Place::default();
    limits(value, &root, 1)?;
    if value.to_string().len() > MAX_BYTES {
        return refuse(Code::EventTooLarge, &root);
    }
    let Value::Object(parts) = value else { return refuse(Code::WrongType, &root) };
    let (mut kind, mut own_id, mut at, mut revision, mut worth) = ("", "".to_owned(), None, 0, None);
    let (mut currency, mut items, mut properties) = (Vec::new(), Vec::new(), Vec::new());
    let mut lines = 0;
    for (key, value) in sorted(parts) {
        let place = root.key(key);
        match key.as_str() {
            "type" => kind = trim(text(value, &place)?),
            "id" => own_id = id(value, &place)?,
            "at" => at = Some(instant(value, &place)?),
            "value" => worth = Some(decimal(value, &place)?),
            "currency" => currency = text_entry(&fold(text(value, &place)?)),
            "revision" => {
                revision = decimal(value, &place)? / number::ONE;
                if !decimals::is_whole(value) {
                    return refuse(Code::BadNumber, &place);
                }
            }
            "items" => {
                let Value::Array(list) = value else { return refuse(Code::WrongType, &place) };
                let said = || list.iter().enumerate().filter(|(_, line)| !is_missing(line));
                if said().count() > MAX_ITEMS {
                    return refuse(Code::TooManyItems, &place);
                }
                for (index, line) in said() {
                    put_fields(&mut items, fields(line, &place.index(index), true, fold)?);
                    lines += 1;
                }
            }
            "properties" => {
                properties = fields(value, &place, false, fold)?;
                let said = value.as_object().map_or(0, |parts| parts.values().filter(|value| !is_missing(value)).count());
                if said > MAX_PROPERTIES {
                    return refuse(Code::TooManyProperties, &place);
                }
            }
            _ => return refuse(Code::UnknownKey, &place),
        }
    }
    if kind.is_empty() {
        return refuse(Code::MissingKey, &root.key("type"));
    }
    let Some(at) = at else { return refuse(Code::MissingKey, &root.key("at")) };
    if kind == "page_view" {
        derive(parts.get("properties").and_then(Value::as_object), &mut properties, fold);
    }

    let mut out = Vec::new();
    put_bytes(&mut out, kind.as_bytes());
    put_bytes(&mut out, own_id.as_bytes());
    put(&mut out, zigzag(at));
    put(&mut out, zigzag(revision));
    out.push(u8::from(worth.is_some()));
    if let Some(worth) = worth {
        out.extend(worth.to_le_bytes());
    }
    put_bytes(&mut out, &currency);
    put(&mut out, lines);
    out.extend(items);
    put_fields(&mut out, properties);
    Ok(out)
}

/// Depth and length of texts, everywhere.
fn limits(value: &Value, place: &Place, depth: usize) -> Result<(), Refusal> {
    match value {
        Value::String(text) if text.len() > MAX_TEXT => refuse(Code::TextTooLong, place),
        Value::Array(_) | Value::Object(_) if depth > MAX_DEPTH => refuse(Code::TooDeep, place),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| limits(item, &place.index(index), depth + 1)),
        Value::Object(parts) => parts.iter().try_for_each(|(key, item)| {
            if key.len() > MAX_TEXT { refuse(Code::TextTooLong, place) } else { limits(item, &place.key(key), depth + 1) }
        }),
        _ => Ok(()),
    }
}

/// Keys in the order of RFC 8785 (UTF-16 code units), missing values left out.
fn sorted(parts: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut sorted: Vec<_> = parts.iter().filter(|(_, value)| !is_missing(value)).collect();
    sorted.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    sorted
}

fn text<'a>(value: &'a Value, place: &Place) -> Result<&'a str, Refusal> {
    value.as_str().map_or_else(|| refuse(Code::WrongType, place), Ok)
}

/// An id: text, or a whole number, which is its digits.
fn id(value: &Value, place: &Place) -> Result<String, Refusal> {
    match value {
        Value::String(text) => Ok(trim(text).to_owned()),
        Value::Number(number) => {
            let digits = decimals::printed(number);
            if digits.bytes().all(|byte| byte.is_ascii_digit()) { Ok(digits) } else { refuse(Code::WrongType, place) }
        }
        _ => refuse(Code::WrongType, place),
    }
}

/// Whole milliseconds or RFC 3339 with an offset.
fn instant(value: &Value, place: &Place) -> Result<i64, Refusal> {
    let read = match value {
        Value::Number(number) => decimals::milliseconds(number),
        Value::String(text) => time::parse_instant(trim(text)),
        _ => return refuse(Code::WrongType, place),
    };
    read.map_or_else(|| refuse(Code::BadInstant, place), Ok)
}

fn decimal(value: &Value, place: &Place) -> Result<i64, Refusal> {
    let read = match value {
        Value::Number(number) => decimals::parse(&decimals::printed(number)),
        Value::String(text) => decimals::parse(trim(text)),
        _ => return refuse(Code::WrongType, place),
    };
    read.map_or_else(|| refuse(Code::BadNumber, place), Ok)
}

/// A name, its flags, and a value's entry.
type Field = (String, u64, Vec<u8>);

fn put_fields(out: &mut Vec<u8>, fields: Vec<Field>) {
    put(out, fields.len() as u64);
    for (name, flags, entry) in fields {
        out.push(flags as u8);
        put_bytes(out, name.as_bytes());
        put_bytes(out, &entry);
    }
}

/// The fields of a line (`item`) or the properties of an event.
fn fields(value: &Value, place: &Place, item: bool, fold: Fold) -> Result<Vec<Field>, Refusal> {
    let Value::Object(parts) = value else { return refuse(Code::WrongType, place) };
    let mut fields = Vec::new();
    for (name, value) in sorted(parts) {
        let place = place.key(name);
        let entry = match (name.as_str(), value) {
            ("id", _) if item => {
                let id = id(value, &place)?;
                text_entry(&if value.is_string() { fold(&id) } else { Text { clean: id.clone(), folded: id } })
            }
            ("price" | "quantity", _) if item => number_entry(decimal(value, &place)?),
            (_, Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate().filter(|(_, element)| !is_missing(element)) {
                    fields.push((name.clone(), LISTED, self::entry(element, &place.index(index), fold)?));
                }
                continue;
            }
            _ => self::entry(value, &place, fold)?,
        };
        fields.push((name.clone(), 0, entry));
    }
    Ok(fields)
}

fn entry(value: &Value, place: &Place, fold: Fold) -> Result<Vec<u8>, Refusal> {
    Ok(match value {
        Value::Number(_) => number_entry(decimal(value, place)?),
        Value::Bool(value) => vec![entry::BOOL, u8::from(*value)],
        Value::String(text) => text_entry(&fold(text)),
        _ => {
            let mut bytes = vec![entry::NESTED];
            bytes.extend(canonical(value, place, fold)?.into_bytes());
            bytes
        }
    })
}

fn number_entry(number: i64) -> Vec<u8> {
    let mut bytes = vec![entry::NUMBER];
    bytes.extend(number.to_le_bytes());
    bytes
}

/// How else a text reads, and as what number.
pub fn reading(clean: &str) -> Option<(u8, i64)> {
    let decimal = decimals::parse(clean).map(|number| (entry::DECIMAL, number));
    let day = || time::parse_date(clean).map(|day| (entry::DAY, day));
    let instant = || time::parse_instant(clean).map(|at| (entry::INSTANT, at));
    decimal.or_else(day).or_else(instant)
}

fn text_entry(text: &Text) -> Vec<u8> {
    let mut bytes = vec![entry::TEXT];
    if let Some((kind, number)) = reading(&text.clean) {
        bytes[0] |= kind;
        bytes.extend(number.to_le_bytes());
    }
    if text.clean != text.folded {
        bytes[0] |= entry::FOLDED;
        put_bytes(&mut bytes, text.clean.as_bytes());
    }
    bytes.extend(text.folded.as_bytes());
    bytes
}

/// Canonical JSON (RFC 8785) of something nested: missing values left out, texts NFC and trimmed,
/// numbers plain.
fn canonical(value: &Value, place: &Place, fold: Fold) -> Result<String, Refusal> {
    Ok(match value {
        Value::Number(_) => {
            let mut digits = Vec::new();
            number::print(decimal(value, place)?, &mut digits);
            String::from_utf8_lossy(&digits).into_owned()
        }
        Value::String(text) => Value::from(fold(text).clean).to_string(),
        Value::Array(items) => {
            let kept = items.iter().enumerate().filter(|(_, item)| !is_missing(item));
            let parts: Result<Vec<_>, _> = kept.map(|(index, item)| canonical(item, &place.index(index), fold)).collect();
            format!("[{}]", parts?.join(","))
        }
        Value::Object(parts) => {
            let parts: Result<Vec<_>, _> = sorted(parts)
                .into_iter()
                .map(|(key, item)| Ok(format!("{}:{}", Value::from(key.as_str()), canonical(item, &place.key(key), fold)?)))
                .collect();
            format!("{{{}}}", parts?.join(","))
        }
        value => value.to_string(),
    })
}

/// SPEC 3: a page view's, and the context's, `path` (without query) and `host` (lower case, without port) come from
/// its `url` unless given.
fn derive(said: Option<&Map<String, Value>>, properties: &mut Vec<Field>, fold: Fold) {
    let Some(url) = said.and_then(|said| said.get("url")).and_then(Value::as_str) else { return };
    let url = fold(url);
    let (clean, folded) = (split_url(&url.clean), split_url(&url.folded));
    // The host in lower case is the folded one.
    for (name, clean, folded) in [("host", folded.0, folded.0), ("path", clean.1, folded.1)] {
        let unsaid = said.and_then(|said| said.get(name)).is_none_or(is_missing);
        if unsaid && !folded.is_empty() {
            let text = Text { clean: clean.to_owned(), folded: folded.to_owned() };
            properties.push((name.to_owned(), DERIVED, text_entry(&text)));
        }
    }
}

/// Host and path of an address: `https://me@shop.example:8080/a?b#c` has `shop.example` and `/a`;
/// an address that begins with `/` has only a path. What is not there is empty.
fn split_url(url: &str) -> (&str, &str) {
    let url = url.split(['?', '#']).next().unwrap_or("");
    let rest = match url.find("//") {
        Some(0) => &url[2..],
        Some(at) if at > 1 && url[..at].ends_with(':') && !url[..at].contains('/') => &url[at + 2..],
        _ => return ("", if url.starts_with('/') { url } else { "" }),
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or("");
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    (host, if path.is_empty() { "/" } else { path })
}
