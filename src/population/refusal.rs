//! What is wrong with a row, and with a file as a whole, in plain words.

use serde::Serialize;

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedRow {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// A stable name: `bad_row`, `not_utf8`, `missing_key`, `no_offset`, `bad_instant`,
    /// `bad_number`, `different_value`, `different_currency`, `text_too_long`.
    pub code: &'static str,
    /// The file's name of the column; empty if it is about the whole row.
    pub column: String,
    /// A sentence.
    pub message: String,
}

/// What is wrong in a cell.
pub(crate) struct Wrong {
    pub(crate) code: &'static str,
    pub(crate) column: Option<usize>,
    pub(crate) message: String,
}

impl Wrong {
    pub(crate) fn new(code: &'static str, column: usize, message: impl Into<String>) -> Self {
        Wrong { code, column: Some(column), message: message.into() }
    }
}

/// A cell as a message shows it: not all of a long one.
pub(crate) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("“{short}”")
}
