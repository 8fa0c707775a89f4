//! An event as read: everything it said, nothing derived but what SPEC 3 derives.

use crate::json;
use crate::number;
use crate::text::Text;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Something that happened at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its type, trimmed: `conversion`, `page_view`, … or a custom name.
    pub kind: String,
    /// Its own id within the type, trimmed.
    pub id: Option<String>,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Which of several copies speaks: the greatest.
    pub revision: i64,
    /// In ten-thousandths of `currency`.
    pub value: Option<i64>,
    /// The value's currency; absent is the package's.
    pub currency: Option<Text>,
    /// Its lines.
    pub items: Vec<Fields>,
    /// Its properties.
    pub properties: Fields,
}

/// Named values in the order of RFC 8785; a list's elements follow one another.
pub type Fields = Vec<Field>;

/// One named value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name, as given.
    pub name: String,
    /// The value, or one element of it.
    pub value: Value,
    /// It is an element of a list.
    pub listed: bool,
}

/// A value that conditions can look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(Text),
    /// Ten-thousandths.
    Number(i64),
    /// `true` or `false`.
    Bool(bool),
    /// Something nested, as canonical JSON: known, but equal to nothing.
    Nested(String),
}

impl Event {
    /// The canonical JSON (RFC 8785) of the event as read. Its revision is left out: it has
    /// spoken before this is asked.
    pub fn canonical(&self) -> String {
        let mut out = String::from("{");
        json::key(&mut out, "at");
        number::print_signed(self.at, &mut out);
        if let Some(currency) = &self.currency {
            json::key(&mut out, "currency");
            json::string(&mut out, &currency.clean);
        }
        if let Some(id) = &self.id {
            json::key(&mut out, "id");
            json::string(&mut out, id);
        }
        if !self.items.is_empty() {
            json::key(&mut out, "items");
            out.push('[');
            for item in &self.items {
                json::comma(&mut out);
                fields(&mut out, item);
            }
            out.push(']');
        }
        if !self.properties.is_empty() {
            json::key(&mut out, "properties");
            fields(&mut out, &self.properties);
        }
        json::key(&mut out, "type");
        json::string(&mut out, &self.kind);
        if let Some(value) = self.value {
            json::key(&mut out, "value");
            number::print(value, &mut out);
        }
        out.push('}');
        out
    }
}

fn fields(out: &mut String, fields: &[Field]) {
    out.push('{');
    let mut rest = fields;
    while let [first, ..] = rest {
        json::key(out, &first.name);
        let count = rest.iter().take_while(|field| field.listed && field.name == first.name).count();
        if first.listed {
            out.push('[');
            for field in &rest[..count] {
                json::comma(out);
                scalar(out, &field.value);
            }
            out.push(']');
        } else {
            scalar(out, &first.value);
        }
        rest = &rest[count.max(1)..];
    }
    out.push('}');
}

fn scalar(out: &mut String, value: &Value) {
    match value {
        Value::Text(text) => json::string(out, &text.clean),
        Value::Number(value) => number::print(*value, out),
        Value::Bool(value) => json::boolean(out, *value),
        Value::Nested(json) => out.push_str(json),
    }
}

/// An event with the instant it counts at: the earliest of its copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The earliest `at` of all copies.
    pub at: i64,
    /// The copy that speaks, with its own `at`.
    pub event: Event,
}

impl Kept {
    /// An event of which one copy is known.
    pub fn new(event: Event) -> Self {
        Self { at: event.at, event }
    }

    /// Two copies of one event become one (SPEC 3): the earliest instant, and the word of the
    /// copy with the greatest revision, then the earliest `at`, then the greater canonical JSON.
    pub fn settle(self, other: Kept) -> Kept {
        let at = self.at.min(other.at);
        let (a, b) = (&self.event, &other.event);
        let order = a.revision.cmp(&b.revision).then(b.at.cmp(&a.at)).then_with(|| a.canonical().cmp(&b.canonical()));
        let event = if order == Ordering::Less { other.event } else { self.event };
        Kept { at, event }
    }

    /// The order of events of one type: by instant, then id; those without an id of their own
    /// after the others, by canonical JSON.
    pub fn order(&self, other: &Kept) -> Ordering {
        self.at.cmp(&other.at).then_with(|| match (&self.event.id, &other.event.id) {
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.event.canonical().cmp(&other.event.canonical()),
        })
    }

    /// Orders copies of one event next to each other.
    pub fn identity(&self, other: &Kept) -> Ordering {
        match (&self.event.id, &other.event.id) {
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => self.order(other),
        }
    }
}
