//! What an event, or one of its lines, says under a name.

use crate::event::{Seen, value};
use crate::history::{History, Table};
use core::ops::Range;

/// The first value under a name among fields of a table.
#[inline(never)]
pub fn first_of<'a>(history: &'a History, (of, fields): (usize, Range<usize>), table: &Table, name: &[u8]) -> Option<Seen<'a>> {
    for index in fields {
        let field = table.field(of, index);
        if history.pool.get((field.name >> 2) as usize) == name {
            return Some(value(&history.pool, field.value));
        }
    }
    None
}

/// A field of a line: row and line of a table.
pub fn named<'a>(history: &'a History, table: &Table, (row, line): (usize, usize), name: &[u8]) -> Option<Seen<'a>> {
    first_of(history, table.fields(Some(line), row), table, name)
}

/// As [`named`], a number.
pub fn number_of(history: &History, table: &Table, line: (usize, usize), name: &[u8]) -> Option<i64> {
    match named(history, table, line, name) {
        Some(Seen::Number(number)) => Some(number as i64),
        _ => None,
    }
}
