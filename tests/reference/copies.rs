//! Events as sent (SPEC 3): which can be read, which are one event, and in which order they stand.

use std::collections::BTreeMap;

use serde_json::Value;

use super::numbers::{self, ONE};
use super::text::{clean, trim};

/// A value as read: nothing missing in it, text trimmed and NFC, numbers exact.
#[derive(Clone)]
pub enum Read {
    Number(i128),
    Text(String),
    Bool(bool),
    List(Vec<Read>),
    Object(Vec<(String, Read)>),
}

/// One event as sent, before copies are settled.
pub struct Copy {
    pub kind: String,
    pub id: Option<String>,
    pub at: i64,
    pub revision: i64,
    pub value: Option<i128>,
    pub currency: Option<String>,
    pub items: Vec<BTreeMap<String, Read>>,
    pub properties: BTreeMap<String, Read>,
    pub canonical: String,
}

pub struct Refused;

/// "copies with one type and id are **one** event": "Its time is the earliest `at` of the copies; everything else comes
/// from the copy with the greatest `revision`, then the earliest `at`, then the greater canonical JSON". "An event
/// without an id gets one from its content as read, so a re-sent copy is still one event." "Copies are settled before
/// `now` is looked at."
pub fn settle(copies: Vec<Copy>) -> Vec<Copy> {
    let mut groups: BTreeMap<(String, Option<String>, String), Vec<Copy>> = BTreeMap::new();
    for copy in copies {
        let content = if copy.id.is_none() { copy.canonical.clone() } else { String::new() };
        groups.entry((copy.kind.clone(), copy.id.clone(), content)).or_default().push(copy);
    }
    let mut settled: Vec<Copy> = groups
        .into_values()
        .map(|mut group| {
            let at = group.iter().map(|copy| copy.at).min().unwrap();
            group
                .sort_by(|a, b| a.revision.cmp(&b.revision).then(b.at.cmp(&a.at)).then(a.canonical.as_bytes().cmp(b.canonical.as_bytes())));
            Copy { at, ..group.pop().unwrap() }
        })
        .collect();
    // "a history [is] ordered by time"; "Events at one instant are ordered by type, then id (code points); those
    // without an id of their own by canonical JSON, after the others" (the others of their type). UTF-8 orders as code
    // points do.
    settled.sort_by(|a, b| {
        let order = |copy: &Copy| (copy.at, copy.kind.clone(), copy.id.is_none(), copy.id.clone());
        order(a).cmp(&order(b)).then_with(|| a.canonical.cmp(&b.canonical))
    });
    settled
}

/// "An event with any part that cannot be read is refused whole". Limits: "64 KiB of compact JSON an event, 200 items,
/// 100 properties, depth 8, text 4 KiB (UTF-8)"; the event itself is the first level of depth.
pub fn copy(event: &Value) -> Result<Copy, Refused> {
    let object = event.as_object().ok_or(Refused)?;
    let known = ["type", "id", "at", "revision", "value", "currency", "items", "properties"];
    let too_large = event.to_string().len() > 64 * 1024;
    if too_large || deep(event) > 8 || object.keys().any(|key| !known.contains(&key.as_str())) {
        return Err(Refused);
    }
    let part = |key: &str| object.get(key).filter(|value| !missing(value));
    let items = match part("items") {
        None => Vec::new(),
        Some(Value::Array(items)) => items.iter().filter(|item| !missing(item)).collect(),
        Some(_) => return Err(Refused),
    };
    if items.len() > 200 {
        return Err(Refused);
    }
    let properties = match part("properties") {
        None => BTreeMap::new(),
        Some(Value::Object(properties)) if properties.values().filter(|value| !missing(value)).count() <= 100 => fields(properties)?,
        Some(_) => return Err(Refused),
    };
    let mut copy = Copy {
        kind: part("type").filter(|kind| kind.is_string()).map(id_text).ok_or(Refused)??,
        id: part("id").map(id_text).transpose()?,
        at: part("at").and_then(numbers::instant).ok_or(Refused)?,
        revision: part("revision").map_or(Some(0), numbers::whole).ok_or(Refused)?,
        value: part("value").map(|value| numbers::number(value).ok_or(Refused)).transpose()?,
        currency: part("currency").map(|value| Ok(clean(value.as_str().ok_or(Refused)?))).transpose()?,
        items: items.into_iter().map(item).collect::<Result<_, _>>()?,
        properties,
        canonical: String::new(),
    };
    copy.canonical = canonical(&copy);
    Ok(copy)
}

/// A profile or a context: its values are read like the properties of an event, and there may be as many; it is itself
/// the first level of depth. What cannot be read is left out, and how often that was is said; of too much nothing is read.
pub fn loose(object: &Value) -> (BTreeMap<String, Read>, usize) {
    let known = match object {
        object if missing(object) => return (BTreeMap::new(), 0),
        Value::Object(object) => object.iter().filter(|(_, value)| !missing(value)).collect::<Vec<_>>(),
        _ => return (BTreeMap::new(), 1),
    };
    if object.to_string().len() > 64 * 1024 || known.len() > 100 {
        return (BTreeMap::new(), 1);
    }
    let readable = |value: &Value| as_read(value).ok().filter(|_| deep(value) < 8);
    let read: BTreeMap<_, _> = known.iter().filter_map(|(key, value)| Some(((*key).clone(), readable(value)?))).collect();
    let refused = known.len() - read.len();
    (read, refused)
}

/// "Missing are: an absent key, `null`, `[]`, and text that is empty after trimming".
fn missing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => trim(text).is_empty(),
        Value::Array(list) => list.iter().all(missing),
        _ => false,
    }
}

fn deep(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(deep).max().unwrap_or(0),
        Value::Object(object) => 1 + object.values().map(deep).max().unwrap_or(0),
        _ => 0,
    }
}

/// Ids are kept as they are but for trimming; an integer is read as its decimal text.
fn id_text(value: &Value) -> Result<String, Refused> {
    match value {
        Value::String(text) if text.len() <= 4096 => Ok(trim(text).to_owned()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Ok(number.to_string()),
        _ => Err(Refused),
    }
}

fn item(value: &Value) -> Result<BTreeMap<String, Read>, Refused> {
    let mut line = fields(value.as_object().ok_or(Refused)?)?;
    for key in ["price", "quantity"] {
        if line.contains_key(key) {
            line.insert(key.to_owned(), Read::Number(numbers::number(&value[key]).ok_or(Refused)?));
        }
    }
    if line.contains_key("id") {
        line.insert("id".to_owned(), Read::Text(clean(&id_text(&value["id"])?)));
    }
    Ok(line)
}

fn fields(object: &serde_json::Map<String, Value>) -> Result<BTreeMap<String, Read>, Refused> {
    let known = object.iter().filter(|(_, value)| !missing(value));
    known.map(|(key, value)| Ok((key.clone(), as_read(value)?))).collect()
}

fn as_read(value: &Value) -> Result<Read, Refused> {
    Ok(match value {
        Value::Null => unreachable!("missing values are left out before"),
        Value::Bool(truth) => Read::Bool(*truth),
        Value::Number(_) => Read::Number(numbers::number(value).ok_or(Refused)?),
        Value::String(text) if text.len() > 4096 => return Err(Refused),
        Value::String(text) => Read::Text(clean(text)),
        // "missing elements of a list are ignored"
        Value::Array(list) => Read::List(list.iter().filter(|element| !missing(element)).map(as_read).collect::<Result<_, _>>()?),
        Value::Object(object) => Read::Object(fields(object)?.into_iter().collect()),
    })
}

/// "canonical JSON (RFC 8785, of the event as read)": what is missing is left out, `at` is milliseconds. The revision
/// is equal wherever two of these are compared, and is not part of the content that identifies an event.
fn canonical(copy: &Copy) -> String {
    let whole = |map: &BTreeMap<String, Read>| Read::Object(map.clone().into_iter().collect());
    let mut parts = vec![("type".to_owned(), Read::Text(copy.kind.clone())), ("at".to_owned(), Read::Number(i128::from(copy.at) * ONE))];
    let mut add = |key: &str, part: Option<Read>| parts.extend(part.map(|part| (key.to_owned(), part)));
    add("id", copy.id.clone().map(Read::Text));
    add("value", copy.value.map(Read::Number));
    add("currency", copy.currency.clone().map(Read::Text));
    add("items", (!copy.items.is_empty()).then(|| Read::List(copy.items.iter().map(whole).collect())));
    add("properties", (!copy.properties.is_empty()).then(|| whole(&copy.properties)));
    write(&Read::Object(parts))
}

fn write(read: &Read) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    match read {
        Read::Number(number) => numbers::print(*number),
        Read::Text(text) => quoted(text),
        Read::Bool(truth) => truth.to_string(),
        Read::List(list) => format!("[{}]", list.iter().map(write).collect::<Vec<_>>().join(",")),
        Read::Object(parts) => {
            let mut parts: Vec<_> = parts.iter().collect();
            parts.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            let parts: Vec<_> = parts.iter().map(|(key, part)| format!("{}:{}", quoted(key), write(part))).collect();
            format!("{{{}}}", parts.join(","))
        }
    }
}
