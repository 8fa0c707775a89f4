//! A visitor's events, a table of packed columns per type, each ordered by time.
//!
//! Texts, names and numbers of items and properties are kept once, in a pool. Events that come
//! in order are appended; a late one, or a copy that changes something, packs its table anew.

use crate::bytes::{Reader, put, put_bytes, unzigzag, zigzag};
use crate::column::Column;
use crate::event::{Event, Field, fields};
use crate::pool::Pool;
use crate::sort::sort;
use crate::time;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::ops::Range;

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
#[derive(Debug, Clone)]
pub struct Table {
    /// The event type.
    pub kind: Vec<u8>,
    /// Grows when rows were moved or changed, not when some were appended.
    pub version: u64,
    /// Own ids, empty for events without one; by row.
    pub ids: Pool,
    columns: Vec<Column>,
    /// Something was appended that belongs elsewhere.
    unsettled: bool,
}

/// Columns by row: instant − [`time::FIRST`]; how much later the copy that speaks said it was,
/// mostly 0; revision (zigzag); value (zigzag + 1, 0 is missing); currency as in [`Event`]; where
/// the row's lines and properties end.
const AT: usize = 0;
const LATER: usize = 1;
const REVISION: usize = 2;
const VALUE: usize = 3;
const CURRENCY: usize = 4;
const LINES_END: usize = 5;
const PROPERTIES_END: usize = 6;
/// By line: where its fields end. By field: name and value.
const FIELDS_END: usize = 7;
const FIELD: usize = 8;
/// By property: name and value.
const PROPERTY: usize = 10;
const COLUMNS: usize = 12;

/// An event of 64 KiB of JSON has much less than two to this many fields, the elements of lists each.
const MOST_FIELDS: u32 = 16;

impl History {
    /// Which table is that of an event type; one beyond the last, if none is.
    #[inline(never)]
    pub fn table(&self, kind: &[u8]) -> usize {
        let mut table = 0;
        while table < self.tables.len() && self.tables[table].kind != kind {
            table += 1;
        }
        table
    }

    /// Takes in events as the host hands them over: type and [`Event::read`], one after the
    /// other, in any order; copies are settled (SPEC 3).
    pub fn add(&mut self, events: &[u8]) {
        self.changes += 1;
        let mut reader = Reader::new(events);
        while reader.left() > 0 {
            let kind = reader.bytes();
            let event = Event::read(&mut reader, &mut self.pool);
            if reader.bad {
                break;
            }
            let at = self.table(kind);
            if at == self.tables.len() {
                self.tables.push(Table::new(Vec::from(kind)));
            }
            self.tables[at].take(event, &self.pool);
        }
        for table in &mut self.tables {
            if table.unsettled {
                table.settle(&self.pool);
            }
        }
    }

    /// Puts one event in the place of all of its type: it happened at `at`, and has only
    /// properties, as the host hands them over.
    pub fn know(&mut self, kind: &[u8], at: i64, properties: &[u8]) {
        self.changes += 1;
        let mut event = Event::new();
        (event.at, event.said_at) = (at, at);
        fields(&mut Reader::new(properties), &mut self.pool, &mut event.properties);
        let place = self.table(kind);
        let mut table = Table::new(Vec::from(kind));
        if let Some(known) = self.tables.get_mut(place) {
            table.version = known.version + 1;
            *known = table;
        } else {
            self.tables.push(table);
        }
        self.tables[place].push(&event);
    }

    /// Takes one event out, as if it had never been.
    pub fn forget(&mut self, table: usize, row: usize) {
        self.changes += 1;
        let known = &self.tables[table];
        let mut left = Table::new(known.kind.clone());
        left.version = known.version + 1;
        for other in 0..known.len() {
            if other != row {
                left.push(&known.event(other));
            }
        }
        self.tables[table] = left;
    }

    /// Appends the stored form.
    pub fn write(&self, out: &mut Vec<u8>) {
        self.pool.write(out);
        put(out, self.tables.len() as u64);
        for table in &self.tables {
            put_bytes(out, &table.kind);
            table.ids.write(out);
            table.columns.iter().for_each(|column| column.write(out));
        }
    }

    /// Reads the stored form, into an empty history.
    #[inline(never)]
    pub fn read(&mut self, reader: &mut Reader<'_>) {
        let left = reader.left();
        self.pool = Pool::read(reader);
        // Equal integers take no bytes, so that any length can be said of them. But no two entries
        // and no two rows are alike: something of them takes a byte for each.
        reader.bad |= self.pool.len() > left - reader.left();
        for _ in 0..reader.count() {
            let left = reader.left();
            let mut table = Table::new(Vec::from(reader.bytes()));
            table.ids = Pool::read(reader);
            let rows = table.ids.len();
            for column in &mut table.columns {
                *column = Column::read(reader);
                reader.bad |= column.len() >> MOST_FIELDS > rows;
            }
            reader.bad |= table.len() != rows || rows > left - reader.left();
            self.tables.push(table);
        }
    }
}

impl Table {
    #[inline(never)]
    fn new(kind: Vec<u8>) -> Self {
        let mut columns = Vec::new();
        while columns.len() < COLUMNS {
            columns.push(Column::default());
        }
        Table { kind, version: 0, ids: Pool::default(), columns, unsettled: false }
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.columns[AT].len()
    }

    /// True without events.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// When the event counts.
    pub fn at(&self, row: usize) -> i64 {
        (self.columns[AT].get(row) as i64).wrapping_add(time::FIRST)
    }

    /// Its value in ten-thousandths of its currency.
    pub fn value(&self, row: usize) -> Option<i64> {
        self.columns[VALUE].get(row).checked_sub(1).map(unzigzag)
    }

    /// Its currency, as in [`Event`].
    pub fn currency(&self, row: usize) -> u64 {
        self.columns[CURRENCY].get(row)
    }

    /// Its lines.
    pub fn lines(&self, row: usize) -> Range<usize> {
        self.part(LINES_END, row, FIELDS_END)
    }

    /// Of a line, or else of a row: where its fields, or properties, are. See [`Table::field`].
    pub fn fields(&self, line: Option<usize>, row: usize) -> (usize, Range<usize>) {
        match line {
            Some(line) => (FIELD, self.part(FIELDS_END, line, FIELD)),
            None => (PROPERTY, self.part(PROPERTIES_END, row, PROPERTY)),
        }
    }

    /// The field (or property) with this number.
    #[inline(never)]
    pub fn field(&self, of: usize, index: usize) -> Field {
        Field { name: self.columns[of].get(index), value: self.columns[of + 1].get(index) }
    }

    /// From the end before to the own end, within what there is.
    #[inline(never)]
    fn part(&self, ends: usize, index: usize, of: usize) -> Range<usize> {
        let start = if index == 0 { 0 } else { self.columns[ends].get(index - 1) as usize };
        let end = (self.columns[ends].get(index) as usize).min(self.columns[of].len());
        start.min(end)..end
    }

    /// Appends an event, wherever it belongs: [`Table::settle`] puts it there.
    #[inline(never)]
    fn push(&mut self, event: &Event) {
        self.ids.push(&event.id);
        let columns = &mut self.columns;
        let before = columns[FIELD].len();
        for &end in &event.lines {
            columns[FIELDS_END].push((before + end) as u64);
        }
        for (fields, name) in [(&event.fields, FIELD), (&event.properties, PROPERTY)] {
            for field in fields {
                columns[name].push(field.name);
                columns[name + 1].push(field.value);
            }
        }
        let row = [
            event.at.wrapping_sub(time::FIRST) as u64,
            event.said_at.wrapping_sub(event.at) as u64,
            zigzag(event.revision),
            event.value,
            event.currency,
            columns[FIELDS_END].len() as u64,
            columns[PROPERTY].len() as u64,
        ];
        for (column, value) in row.into_iter().enumerate() {
            columns[column].push(value);
        }
    }

    /// The event at a row.
    #[inline(never)]
    pub fn event(&self, row: usize) -> Event {
        let mut event = Event::new();
        event.at = self.at(row);
        event.said_at = event.at.wrapping_add(self.columns[LATER].get(row) as i64);
        event.revision = unzigzag(self.columns[REVISION].get(row));
        event.id.extend_from_slice(self.ids.get(row));
        event.value = self.columns[VALUE].get(row);
        event.currency = self.currency(row);
        for property in self.fields(None, row).1 {
            event.properties.push(self.field(PROPERTY, property));
        }
        for line in self.lines(row) {
            for field in self.fields(Some(line), row).1 {
                event.fields.push(self.field(FIELD, field));
            }
            event.lines.push(event.fields.len());
        }
        event
    }

    /// Takes in one event. Most are new and later than all others; a copy that says nothing new
    /// is dropped here.
    #[inline(never)]
    fn take(&mut self, event: Event, pool: &Pool) {
        let last = self.len().wrapping_sub(1);
        let mut order = Ordering::Less;
        if !self.is_empty() {
            order = self.at(last).cmp(&event.at);
            if order == Ordering::Equal {
                order = self.event(last).identity(&event, pool);
            }
        }
        let copy = if !event.id.is_empty() {
            self.ids.find(&event.id)
        } else if order == Ordering::Equal {
            Some(last)
        } else {
            None // an earlier one may be equal; then settling makes one of them
        };
        if let Some(row) = copy {
            let mut known = self.event(row);
            if known.hear(event, pool) {
                self.unsettled = true;
                self.push(&known);
            }
            return;
        }
        self.unsettled |= order == Ordering::Greater;
        self.push(&event);
    }

    /// Puts events in order and makes one of copies.
    #[inline(never)]
    fn settle(&mut self, pool: &Pool) {
        let mut events = Vec::new();
        for row in 0..self.len() {
            events.push(self.event(row));
        }
        let mut settled: Vec<Event> = Vec::new();
        for event in sort(events, Event::identity, pool) {
            match settled.last_mut() {
                Some(known) if known.identity(&event, pool) == Ordering::Equal => {
                    known.hear(event, pool);
                }
                _ => settled.push(event),
            }
        }
        let version = self.version + 1;
        *self = Table::new(core::mem::take(&mut self.kind));
        self.version = version;
        for event in sort(settled, Event::order, pool) {
            self.push(&event);
        }
    }
}
