//! A visitor's events, a table of packed columns per type, each ordered by time.
//!
//! Texts, names and numbers of items and properties are kept once, in a pool; lines hold their
//! indexes. Events that come in order are appended; a late one, or a copy that changes
//! something, packs its table anew.

use crate::bytes::zigzag;
use crate::column::Column;
use crate::event::{Event, Field, Fields, Kept, Value};
use crate::hash;
use crate::sort::sort;
use crate::text::Text;
use crate::time;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// Everything known of a visitor's past.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Each text, name and number once.
    pub pool: Pool,
    /// One table per event type, in order of first appearance.
    pub tables: Vec<Table>,
    /// Grows with everything that is taken in: answers are good for one count.
    pub changes: u64,
}

/// The events of one type.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The event type.
    pub kind: String,
    /// Grows when rows were moved or changed, not when some were appended.
    pub version: u32,
    /// Own ids, empty for events without one; by row.
    pub ids: Pool,
    /// The columns.
    pub columns: Columns,
}

/// The columns of a table, in stored order.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Instant − [`time::FIRST`].
    pub at: Column,
    /// How much later the copy that speaks said it was; mostly 0.
    pub later: Column,
    /// Revision (zigzag).
    pub revision: Column,
    /// Value (zigzag + 1); 0 is missing.
    pub value: Column,
    /// Pool index of the currency + 1; 0 is missing.
    pub currency: Column,
    /// Where the event's lines end.
    pub lines_end: Column,
    /// Where the event's properties end.
    pub properties_end: Column,
    /// Where the line's fields end.
    pub fields_end: Column,
    /// Pool index of a field's name × 4 + [`LISTED`] + [`DERIVED`].
    pub field_name: Column,
    /// Pool index of a field's value.
    pub field_value: Column,
    /// As `field_name`, for properties.
    pub property_name: Column,
    /// As `field_value`, for properties.
    pub property_value: Column,
}

/// The field is one element of a list.
pub const LISTED: u64 = 1;
/// The property was derived from another (`path` and `host` from `url`), not said.
pub const DERIVED: u64 = 2;

/// Byte strings, each once, with a hash index that is built when first asked.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    pub(crate) ends: Column,
    pub(crate) bytes: Vec<u8>,
    slots: Vec<u32>,
}

impl Pool {
    /// A pool of these entries, from its stored form.
    pub(crate) fn of(ends: Column, bytes: Vec<u8>) -> Self {
        Self { ends, bytes, slots: Vec::new() }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of an entry.
    pub fn get(&self, index: usize) -> &[u8] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends.get(before) as usize);
        self.bytes.get(start..self.ends.get(index) as usize).unwrap_or(&[])
    }

    /// The entry with these bytes; never one that is empty.
    pub fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.slots.len() < 2 * self.len() + 8 {
            self.index();
        }
        let mut slot = self.slot(bytes);
        loop {
            match self.slots[slot] {
                0 => return None,
                entry if self.get(entry as usize - 1) == bytes => return Some(entry as usize - 1),
                _ => slot = (slot + 1) % self.slots.len(),
            }
        }
    }

    /// Appends an entry.
    pub fn push(&mut self, bytes: &[u8]) -> usize {
        let index = self.len();
        self.bytes.extend_from_slice(bytes);
        self.ends.push(self.bytes.len() as u64);
        if self.slots.len() >= 2 * self.len() + 8 {
            self.place(index);
        }
        index
    }

    /// The entry with these bytes, appended if there was none.
    pub fn intern(&mut self, bytes: &[u8]) -> usize {
        match self.find(bytes) {
            Some(index) => index,
            None => self.push(bytes),
        }
    }

    fn index(&mut self) {
        self.slots = alloc::vec![0; 4 * self.len() + 16];
        for index in 0..self.len() {
            self.place(index);
        }
    }

    fn place(&mut self, index: usize) {
        if self.get(index).is_empty() {
            return;
        }
        let mut slot = self.slot(self.get(index));
        while self.slots[slot] != 0 {
            slot = (slot + 1) % self.slots.len();
        }
        self.slots[slot] = index as u32 + 1;
    }

    fn slot(&self, bytes: &[u8]) -> usize {
        hash::checksum(bytes) as usize % self.slots.len()
    }
}

/// The first byte of a pooled value: what it is.
const NAME: u8 = b'n';
const TEXT: u8 = b't';
const FOLDED: u8 = b'f';
const NUMBER: u8 = b'#';
const BOOL: u8 = b'?';
const NESTED: u8 = b'{';

/// A pooled value, borrowed.
#[derive(Debug, Clone, Copy)]
pub enum Pooled<'a> {
    /// NFC and trimmed; folded.
    Text(&'a str, &'a str),
    /// Ten-thousandths.
    Number(i64),
    /// `true` or `false`.
    Bool(bool),
    /// Canonical JSON of something nested.
    Nested(&'a str),
}

impl History {
    /// The pooled value at `index`.
    pub fn value(&self, index: u64) -> Pooled<'_> {
        let bytes = self.pool.get(index as usize);
        let (&kind, rest) = bytes.split_first().unwrap_or((&NAME, &[]));
        let text = |bytes| core::str::from_utf8(bytes).unwrap_or("");
        match kind {
            NUMBER => Pooled::Number(rest.try_into().map_or(0, i64::from_le_bytes)),
            BOOL => Pooled::Bool(rest == [1]),
            NESTED => Pooled::Nested(text(rest)),
            FOLDED => {
                let mut reader = crate::bytes::Reader::new(rest);
                let clean = reader.text();
                Pooled::Text(clean, text(reader.take(reader.left())))
            }
            _ => Pooled::Text(text(rest), text(rest)),
        }
    }

    fn put_value(&mut self, value: &Value) -> u64 {
        let mut bytes = Vec::new();
        match value {
            Value::Text(text) => put_text(&mut bytes, text),
            Value::Number(number) => {
                bytes.push(NUMBER);
                bytes.extend_from_slice(&number.to_le_bytes());
            }
            Value::Bool(value) => bytes.extend_from_slice(&[BOOL, u8::from(*value)]),
            Value::Nested(json) => {
                bytes.push(NESTED);
                bytes.extend_from_slice(json.as_bytes());
            }
        }
        self.pool.intern(&bytes) as u64
    }

    /// True if the pool entry is this name of a property or field.
    pub fn is_name(&self, index: u64, name: &str) -> bool {
        self.pool.get(index as usize).get(1..) == Some(name.as_bytes())
    }

    /// The table of an event type.
    pub fn table(&self, kind: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.kind == kind)
    }

    /// Takes events in, in any order; copies are settled (SPEC 3).
    pub fn add(&mut self, events: Vec<Event>) {
        self.changes += 1;
        let mut kept: Vec<Kept> = events.into_iter().map(Kept::new).collect();
        sort(&mut kept, |a, b| a.event.kind.cmp(&b.event.kind).then_with(|| a.order(b)));
        let mut kept = kept.into_iter().peekable();
        while let Some(first) = kept.next() {
            let kind = first.event.kind.clone();
            let mut batch = alloc::vec![first];
            while let Some(next) = kept.next_if(|next| next.event.kind == kind) {
                batch.push(next);
            }
            let index = self.tables.iter().position(|table| table.kind == kind).unwrap_or_else(|| {
                self.tables.push(Table { kind, ..Table::default() });
                self.tables.len() - 1
            });
            self.add_to(index, batch);
        }
    }

    /// Appends while events are new and later than all others; the rest is settled at once.
    fn add_to(&mut self, index: usize, batch: Vec<Kept>) {
        let mut rest = Vec::new();
        for kept in batch {
            match self.place_of(index, &kept) {
                Place::End => self.push(index, &kept),
                Place::Copy(row) => {
                    let known = self.kept(index, row);
                    if known.clone().settle(kept.clone()) != known {
                        rest.push(kept);
                    }
                }
                Place::Between => rest.push(kept),
            }
        }
        if !rest.is_empty() {
            self.settle(index, rest);
        }
    }

    fn place_of(&mut self, index: usize, kept: &Kept) -> Place {
        let table = &mut self.tables[index];
        if let Some(row) = kept.event.id.as_deref().and_then(|id| table.ids.find(id.as_bytes())) {
            return Place::Copy(row);
        }
        let rows = table.columns.at.len();
        // Equal instants: look at the events there one by one.
        let mut row = rows;
        while row > 0 && self.tables[index].at(row - 1) >= kept.at {
            if self.tables[index].at(row - 1) > kept.at {
                return Place::Between;
            }
            row -= 1;
        }
        for row in row..rows {
            match self.kept(index, row).order(kept) {
                Ordering::Less => {}
                Ordering::Equal => return Place::Copy(row),
                Ordering::Greater => return Place::Between,
            }
        }
        Place::End
    }

    /// Packs a table anew with more events in it.
    fn settle(&mut self, index: usize, more: Vec<Kept>) {
        let mut all: Vec<Kept> = (0..self.tables[index].len()).map(|row| self.kept(index, row)).collect();
        all.extend(more);
        sort(&mut all, Kept::identity);
        let mut settled: Vec<Kept> = Vec::with_capacity(all.len());
        for kept in all {
            match settled.pop() {
                Some(known) if known.identity(&kept) == Ordering::Equal => settled.push(known.settle(kept)),
                Some(known) => settled.extend([known, kept]),
                None => settled.push(kept),
            }
        }
        sort(&mut settled, Kept::order);
        let old = core::mem::take(&mut self.tables[index]);
        self.tables[index] = Table { kind: old.kind, version: old.version + 1, ..Table::default() };
        for kept in &settled {
            self.push(index, kept);
        }
    }

    /// Appends a row.
    fn push(&mut self, index: usize, kept: &Kept) {
        let event = &kept.event;
        let lines: Vec<Vec<(u64, u64)>> = event.items.iter().map(|item| self.pooled(item, 0)).collect();
        let mut properties = self.pooled(&event.properties, 0);
        properties.extend(self.pooled(&derived(event), DERIVED));
        let currency = event.currency.as_ref().map_or(0, |text| self.put_value(&Value::Text(text.clone())) + 1);
        let table = &mut self.tables[index];
        table.ids.push(event.id.as_deref().unwrap_or("").as_bytes());
        let columns = &mut table.columns;
        columns.at.push(kept.at.wrapping_sub(time::FIRST) as u64);
        columns.later.push(event.at.wrapping_sub(kept.at) as u64);
        columns.revision.push(zigzag(event.revision));
        columns.value.push(event.value.map_or(0, |value| zigzag(value) + 1));
        columns.currency.push(currency);
        for line in lines {
            for (name, value) in line {
                columns.field_name.push(name);
                columns.field_value.push(value);
            }
            columns.fields_end.push(columns.field_name.len() as u64);
        }
        columns.lines_end.push(columns.fields_end.len() as u64);
        for (name, value) in properties {
            columns.property_name.push(name);
            columns.property_value.push(value);
        }
        columns.properties_end.push(columns.property_name.len() as u64);
    }

    fn pooled(&mut self, fields: &[Field], flags: u64) -> Vec<(u64, u64)> {
        let pool = |field: &Field| {
            let name = self.pool.intern(&name_entry(&field.name)) as u64;
            (name << 2 | flags | if field.listed { LISTED } else { 0 }, self.put_value(&field.value))
        };
        fields.iter().map(pool).collect()
    }

    /// The event at a row, as it was read.
    pub fn kept(&self, table: usize, row: usize) -> Kept {
        let table = &self.tables[table];
        let columns = &table.columns;
        let at = table.at(row);
        let id = table.ids.get(row);
        let text = |index: u64| match self.value(index) {
            Pooled::Text(clean, folded) => Text::new(clean, folded),
            _ => Text::new("", ""),
        };
        let event = Event {
            kind: table.kind.clone(),
            id: (!id.is_empty()).then(|| String::from(core::str::from_utf8(id).unwrap_or(""))),
            at: at.wrapping_add(columns.later.get(row) as i64),
            revision: unzigzag(columns.revision.get(row)),
            value: table.value(row),
            currency: columns.currency.get(row).checked_sub(1).map(text),
            items: table.lines(row).map(|line| self.fields(table.fields(line), &columns.field_name, &columns.field_value)).collect(),
            properties: self.fields(table.properties(row), &columns.property_name, &columns.property_value),
        };
        Kept { at, event }
    }

    fn fields(&self, range: core::ops::Range<usize>, names: &Column, values: &Column) -> Fields {
        let field = |index| Field {
            name: match self.value(names.get(index) >> 2) {
                Pooled::Text(name, _) => String::from(name),
                _ => String::new(),
            },
            value: match self.value(values.get(index)) {
                Pooled::Text(clean, folded) => Value::Text(Text::new(clean, folded)),
                Pooled::Number(number) => Value::Number(number),
                Pooled::Bool(value) => Value::Bool(value),
                Pooled::Nested(json) => Value::Nested(String::from(json)),
            },
            listed: names.get(index) & LISTED != 0,
        };
        range.filter(|&index| names.get(index) & DERIVED == 0).map(field).collect()
    }
}

enum Place {
    End,
    Between,
    Copy(usize),
}

fn unzigzag(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

fn name_entry(name: &str) -> Vec<u8> {
    let mut entry = alloc::vec![NAME];
    entry.extend_from_slice(name.as_bytes());
    entry
}

fn put_text(bytes: &mut Vec<u8>, text: &Text) {
    if text.clean == text.folded {
        bytes.push(TEXT);
    } else {
        bytes.push(FOLDED);
        crate::bytes::put_text(bytes, &text.clean);
    }
    bytes.extend_from_slice(text.folded.as_bytes());
}

/// SPEC 3: a page view's `path` (without query) and `host` (lower case, without port) come from
/// its `url` unless given.
fn derived(event: &Event) -> Fields {
    let said = |name: &str| event.properties.iter().find(|field| field.name == name);
    let mut fields = Vec::new();
    if event.kind != "page_view" {
        return fields;
    }
    if let Some(Field { value: Value::Text(url), listed: false, .. }) = said("url") {
        let (clean, folded) = (split_url(&url.clean), split_url(&url.folded));
        let parts = [("host", folded.0, folded.0), ("path", clean.1, folded.1)];
        for (name, clean, folded) in parts {
            if let (Some(clean), Some(folded), None) = (clean, folded, said(name)) {
                let value = Value::Text(Text::new(clean, folded));
                fields.push(Field { name: String::from(name), value, listed: false });
            }
        }
    }
    fields
}

/// Host and path of an address: `https://me@shop.example:8080/a?b#c` has `shop.example` and `/a`;
/// an address that begins with `/` has only a path.
fn split_url(url: &str) -> (Option<&str>, Option<&str>) {
    let bytes = url.as_bytes();
    let find = |from: usize, wanted: &[u8]| (from..bytes.len()).find(|&at| wanted.contains(&bytes[at]));
    let end = find(0, b"?#").unwrap_or(bytes.len());
    let first = find(0, b"/").filter(|&at| at < end);
    let authority = match first {
        Some(at) if bytes.get(at + 1) == Some(&b'/') && (at == 0 || (at > 1 && bytes[at - 1] == b':')) => at + 2,
        Some(0) => return (None, url.get(..end)),
        _ => return (None, None),
    };
    let path = find(authority, b"/").filter(|&at| at < end).unwrap_or(end);
    let host = (authority..path).rev().find(|&at| bytes[at] == b'@').map_or(authority, |at| at + 1);
    let digits = (host..path).rev().take_while(|&at| bytes[at].is_ascii_digit()).count();
    let port = path - digits;
    let host_end = if port > host && bytes[port - 1] == b':' { port - 1 } else { path };
    let host = url.get(host..host_end).filter(|host| !host.is_empty());
    (host, Some(url.get(path..end).filter(|path| !path.is_empty()).unwrap_or("/")))
}

impl Table {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.columns.at.len()
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// When the event counts.
    pub fn at(&self, row: usize) -> i64 {
        (self.columns.at.get(row) as i64).wrapping_add(time::FIRST)
    }

    /// Its value in ten-thousandths of its currency.
    pub fn value(&self, row: usize) -> Option<i64> {
        self.columns.value.get(row).checked_sub(1).map(unzigzag)
    }

    /// Its lines.
    pub fn lines(&self, row: usize) -> core::ops::Range<usize> {
        range(&self.columns.lines_end, row, self.columns.fields_end.len())
    }

    /// The fields of a line.
    pub fn fields(&self, line: usize) -> core::ops::Range<usize> {
        range(&self.columns.fields_end, line, self.columns.field_name.len())
    }

    /// The properties of an event.
    pub fn properties(&self, row: usize) -> core::ops::Range<usize> {
        range(&self.columns.properties_end, row, self.columns.property_name.len())
    }
}

/// Kept within `len`, so that bytes of unknown origin cannot send anyone out of bounds.
fn range(ends: &Column, index: usize, len: usize) -> core::ops::Range<usize> {
    let start = index.checked_sub(1).map_or(0, |before| ends.get(before) as usize);
    let end = (ends.get(index) as usize).min(len);
    start.min(end)..end
}
