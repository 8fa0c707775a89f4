//! The beginning of an order file, for people: what its columns are called, and what they
//! probably mean.

use crate::header::guess;
use crate::local::{NoInstant, instant};
use crate::rows::{Row, Rows};
use serde::Serialize;
use std::collections::BTreeMap;

/// Rows that are shown.
const SHOWN: usize = 5;

/// What the beginning of a file shows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Peek {
    /// What parts the cells; a blank stands for any run of white space.
    pub delimiter: char,
    /// The names of the columns.
    pub columns: Vec<String>,
    /// Canonical name → column that is probably meant.
    pub guess: BTreeMap<&'static str, String>,
    /// The times in the guessed column have no offset.
    pub local_times: bool,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
}

/// Looks at the beginning of a file; `columns` are the names in a file without a header.
pub fn peek(bytes: &[u8], columns: Option<&[String]>) -> Peek {
    let mut rows = Rows::new(columns.map(<[String]>::len));
    let mut read: Vec<Vec<String>> = Vec::new();
    let mut keep = |row: Row<'_>| {
        if read.len() <= SHOWN && !row.overlong {
            read.push((0..row.len()).map(|cell| String::from_utf8_lossy(row.cell(cell)).trim().to_owned()).collect());
        }
    };
    rows.take(bytes, &mut keep);
    let first_is_open = rows.delimiter().is_none();
    if first_is_open {
        // The beginning ends within the first line: it is all there is to see.
        rows.end(&mut keep);
    }
    let columns = match columns {
        Some(columns) => columns.to_vec(),
        None if read.is_empty() => Vec::new(),
        None => read.remove(0),
    };
    read.truncate(SHOWN);
    let guess: BTreeMap<&'static str, String> = guess(&columns).into_iter().collect();
    let at = guess.get("at").and_then(|at| columns.iter().position(|column| column == at));
    let local = |row: &Vec<String>| at.and_then(|at| row.get(at)).is_some_and(|text| instant(text, None) == Err(NoInstant::NoOffset));
    Peek { delimiter: rows.delimiter().map_or(',', char::from), local_times: read.iter().any(local), columns, guess, rows: read }
}
