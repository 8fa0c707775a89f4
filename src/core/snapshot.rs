//! A visitor as bytes: the columns as they are, with a checksum. Opening copies, it does not parse.

use crate::bytes::{Reader, owned, put_int, put_list, put_option, put_text, put_uint};
use crate::column::Column;
use crate::hash;
use crate::history::{Columns, History, Pool, Table};
use crate::visitor::{Coverage, Visitor};
use alloc::string::String;
use alloc::vec::Vec;

/// The first four bytes.
pub const MAGIC: &[u8; 4] = b"RGLH";
/// The format's version.
pub const VERSION: u8 = 1;

/// Why bytes could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopened {
    /// They are something else.
    Foreign = 1,
    /// They are in another version of the format.
    Version = 2,
    /// They were changed after they were written.
    Damaged = 3,
}

/// Writes magic, version, checksum and content.
pub fn seal(magic: &[u8; 4], version: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 13);
    out.extend_from_slice(magic);
    out.push(version);
    out.extend_from_slice(&hash::checksum(content).to_le_bytes());
    out.extend_from_slice(content);
    out
}

/// The content of sealed bytes, and their checksum.
///
/// # Errors
/// Says whether they are foreign, of another version, or damaged.
pub fn unseal<'a>(magic: &[u8; 4], version: u8, bytes: &'a [u8]) -> Result<(&'a [u8], u64), Unopened> {
    let mut reader = Reader::new(bytes);
    if reader.take(4) != magic {
        return Err(Unopened::Foreign);
    }
    if reader.u8() != version {
        return Err(Unopened::Version);
    }
    let checksum = reader.u64();
    let content = reader.take(reader.left());
    if reader.bad || hash::checksum(content) != checksum {
        return Err(Unopened::Damaged);
    }
    Ok((content, checksum))
}

/// A visitor's bytes: equal histories that arrived in one order have equal bytes.
pub fn write(visitor: &Visitor) -> Vec<u8> {
    let mut out = Vec::new();
    put_option(&mut out, visitor.id.as_ref(), |out, id| put_text(out, id));
    match &visitor.coverage {
        Coverage::Complete => out.push(0),
        Coverage::Since(at) => {
            out.push(1);
            put_int(&mut out, *at);
        }
        Coverage::ByKind(kinds) => {
            out.push(2);
            put_list(&mut out, kinds, |out, (kind, at)| {
                put_text(out, kind);
                put_int(out, *at);
            });
        }
    }
    put_pool(&mut out, &visitor.history.pool);
    put_list(&mut out, &visitor.history.tables, |out, table| {
        put_text(out, &table.kind);
        put_pool(out, &table.ids);
        for column in all(&table.columns) {
            column.write(out);
        }
    });
    seal(MAGIC, VERSION, &out)
}

/// Opens a visitor's bytes.
///
/// # Errors
/// Says whether they are foreign, of another version, or damaged.
pub fn read(bytes: &[u8]) -> Result<Visitor, Unopened> {
    let (content, _) = unseal(MAGIC, VERSION, bytes)?;
    let mut reader = Reader::new(content);
    let id = reader.option(|reader| owned(reader.text()));
    let coverage = match reader.u8() {
        0 => Coverage::Complete,
        1 => Coverage::Since(reader.int()),
        _ => Coverage::ByKind(reader.list(|reader| (owned(reader.text()), reader.int()))),
    };
    let pool = pool(&mut reader);
    let tables = reader.list(|reader| {
        let kind: String = owned(reader.text());
        let ids = self::pool(reader);
        let mut columns = Columns::default();
        for column in all_mut(&mut columns) {
            *column = Column::read(reader);
        }
        Table { kind, version: 0, ids, columns }
    });
    let visitor = Visitor { id, coverage, history: History { pool, tables, changes: 0 } };
    if reader.finished() { Ok(visitor) } else { Err(Unopened::Damaged) }
}

fn put_pool(out: &mut Vec<u8>, pool: &Pool) {
    pool.ends.write(out);
    put_uint(out, pool.bytes.len());
    out.extend_from_slice(&pool.bytes);
}

fn pool(reader: &mut Reader<'_>) -> Pool {
    let ends = Column::read(reader);
    let len = reader.uint();
    Pool::of(ends, Vec::from(reader.take(len)))
}

fn all(c: &Columns) -> [&Column; 12] {
    [
        &c.at, &c.later, &c.revision, &c.value, &c.currency, &c.lines_end, &c.properties_end, &c.fields_end,
        &c.field_name, &c.field_value, &c.property_name, &c.property_value,
    ]
}

fn all_mut(c: &mut Columns) -> [&mut Column; 12] {
    [
        &mut c.at, &mut c.later, &mut c.revision, &mut c.value, &mut c.currency, &mut c.lines_end,
        &mut c.properties_end, &mut c.fields_end, &mut c.field_name, &mut c.field_value, &mut c.property_name,
        &mut c.property_value,
    ]
}
