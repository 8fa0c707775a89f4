//! A file's bytes to rows of cells: which character parts the cells is seen from the first line,
//! the rest is csv-core's.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::ops::Range;

/// What parts the cells of a row: the first that is there most often in the first line.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A row takes no more than this; one that does has an opening quotation mark too many.
const MAX_ROW: usize = 1 << 20;

/// Reads rows from bytes that come in pieces of any size.
pub struct Rows {
    /// How many cells the first line should have, if that is known.
    wanted: Option<usize>,
    /// The beginning, until the first line is whole.
    head: Vec<u8>,
    dialect: Option<Dialect>,
    /// The row being read: its cells one after the other, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
    /// How much of both is filled.
    filled: (usize, usize),
    /// A row has begun, and is too long.
    open: bool,
    overlong: bool,
    /// Lines begun so far, from 1; and the one on which the row began.
    line: u64,
    began: u64,
    /// The last byte was a \r, so that a \n ends the same line.
    returned: bool,
}

struct Dialect {
    delimiter: u8,
    reader: Reader,
    squeezer: Option<Squeezer>,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The line it begins on, from 1.
    pub line: u64,
    /// It takes more than 1 MiB, and no cell of it is kept.
    pub overlong: bool,
    /// All cells, one after the other.
    text: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Row<'a> {
    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without cells; no row that is given is.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell's bytes.
    pub fn cell(&self, index: usize) -> &'a [u8] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..self.ends[index]]
    }

    /// True if nothing stands in any cell.
    pub fn is_blank(&self) -> bool {
        self.text.iter().all(u8::is_ascii_whitespace)
    }
}

impl Rows {
    /// Begins a file; `wanted` is the number of cells of a row, if it is known.
    pub fn new(wanted: Option<usize>) -> Self {
        Rows {
            wanted,
            head: Vec::new(),
            dialect: None,
            text: vec![0; 1024],
            ends: vec![0; 32],
            filled: (0, 0),
            open: false,
            overlong: false,
            line: 1,
            began: 1,
            returned: false,
        }
    }

    /// What parts the cells; nothing is known before the first line is whole. A blank stands
    /// for any run of white space.
    pub fn delimiter(&self) -> Option<u8> {
        self.dialect.as_ref().map(|dialect| dialect.delimiter)
    }

    /// Takes the next bytes and gives every row that is whole; blank lines are left out.
    pub fn take(&mut self, bytes: &[u8], row: &mut dyn FnMut(Row<'_>)) {
        if self.dialect.is_some() {
            return self.read(bytes, row);
        }
        self.head.extend_from_slice(bytes);
        if first_line(without_mark(&self.head)).is_some() || self.head.len() > MAX_ROW {
            self.begin(row);
        }
    }

    /// After the last bytes: gives the last row, if no line end stood behind it.
    pub fn end(&mut self, row: &mut dyn FnMut(Row<'_>)) {
        if self.dialect.is_none() {
            self.begin(row);
        }
        while self.open {
            self.step(&mut &b""[..], row);
        }
    }

    fn begin(&mut self, row: &mut dyn FnMut(Row<'_>)) {
        let head = std::mem::take(&mut self.head);
        let mut text = without_mark(&head);
        let first = first_line(text).unwrap_or(0..text.len());
        let mut delimiter = delimiter_of(&text[first.clone()], self.wanted);
        // Excel may say in a line of its own what parts the cells.
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', said] = text[first.clone()] {
            delimiter = said;
            self.count(&text[..first.end]);
            text = &text[first.end..];
        }
        let blank = delimiter == b' ';
        let reader = ReaderBuilder::new().delimiter(delimiter).quoting(!blank).build();
        self.dialect = Some(Dialect { delimiter, reader, squeezer: blank.then(Squeezer::default) });
        self.read(text, row);
    }

    fn read(&mut self, bytes: &[u8], row: &mut dyn FnMut(Row<'_>)) {
        let squeezer = self.dialect.as_mut().and_then(|dialect| dialect.squeezer.as_mut());
        let squeezed = squeezer.map(|squeezer| squeezer.squeeze(bytes));
        let mut input = squeezed.as_deref().unwrap_or(bytes);
        loop {
            if !self.open {
                // Line ends between rows: blank lines, and what is left of \r\n.
                let blank = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                self.count(&input[..blank]);
                input = &input[blank..];
            }
            if input.is_empty() {
                return;
            }
            self.step(&mut input, row);
        }
    }

    /// Counts lines that end: by \n, \r\n or \r.
    fn count(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.line += u64::from(byte == b'\r' || (byte == b'\n' && !self.returned));
            self.returned = byte == b'\r';
        }
    }

    /// Reads on to the end of the row, or of the input; an empty input is the end of the file.
    fn step(&mut self, input: &mut &[u8], row: &mut dyn FnMut(Row<'_>)) {
        if !self.open {
            (self.open, self.overlong, self.began) = (true, false, self.line);
        }
        let Some(dialect) = &mut self.dialect else { return };
        let (text, ends) = self.filled;
        let (result, read, written, ended) = dialect.reader.read_record(input, &mut self.text[text..], &mut self.ends[ends..]);
        self.count(&input[..read]);
        *input = &input[read..];
        self.filled = (text + written, ends + ended);
        match result {
            ReadRecordResult::OutputFull if self.text.len() >= MAX_ROW => (self.filled, self.overlong) = ((0, 0), true),
            ReadRecordResult::OutputEndsFull if self.ends.len() >= MAX_ROW => (self.filled, self.overlong) = ((0, 0), true),
            ReadRecordResult::OutputFull => self.text.resize(2 * self.text.len(), 0),
            ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::Record | ReadRecordResult::End => {
                let (text, ends) = if self.overlong { (0, 0) } else { self.filled };
                self.filled = (0, 0);
                let whole = Row { line: self.began, overlong: self.overlong, text: &self.text[..text], ends: &self.ends[..ends] };
                if whole.overlong || !whole.is_blank() {
                    row(whole);
                }
                self.open = false;
            }
        }
    }
}

/// Without the mark that some programs write before UTF-8.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Up to the first line end outside quotes that has something before it.
fn first_line(bytes: &[u8]) -> Option<Range<usize>> {
    let mut quoted = false;
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    for (index, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => return Some(start..index),
            _ => {}
        }
    }
    None
}

fn delimiter_of(line: &[u8], wanted: Option<usize>) -> u8 {
    let count = |delimiter: u8| {
        let mut quoted = false;
        let mut count = 0;
        for &byte in line {
            quoted ^= byte == b'"';
            count += usize::from(byte == delimiter && !quoted);
        }
        count
    };
    if let Some(&fits) = DELIMITERS.iter().find(|&&delimiter| wanted.is_some_and(|wanted| wanted > 1 && count(delimiter) + 1 == wanted)) {
        return fits;
    }
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        if count(delimiter) > best.0 {
            best = (count(delimiter), delimiter);
        }
    }
    // A table parted by white space has none of these; its cells hold no blanks themselves.
    if best.0 == 0 && line.trim_ascii().contains(&b' ') { b' ' } else { best.1 }
}

/// Makes one blank of every run of blanks and tabs, and none at the ends of a line.
#[derive(Default)]
struct Squeezer {
    /// Something stands on this line already.
    begun: bool,
    /// A blank is due before the next character.
    due: bool,
}

impl Squeezer {
    fn squeeze(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        for &byte in bytes {
            match byte {
                b' ' | b'\t' => self.due = self.begun,
                b'\n' | b'\r' => {
                    *self = Squeezer::default();
                    out.push(byte);
                }
                _ => {
                    if self.due {
                        out.push(b' ');
                    }
                    (self.begun, self.due) = (true, false);
                    out.push(byte);
                }
            }
        }
        out
    }
}
