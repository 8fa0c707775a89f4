//! Reading an order file: a row a line item, one pass, rows of one order anywhere in it.
//!
//! A row that cannot be read is refused, and its order with it: half an order would be another
//! order. What is right is kept as the file says it; what it means is asked later.

use crate::cells::{Cells, Codes, Names, Texts, hash};
use crate::header::{Meaning, meanings};
use crate::local::{NoInstant, instant};
use crate::population::Population;
use crate::refusal::{RefusedRow, Wrong, shown};
use crate::rows::{Row, Rows};
use hashbrown::HashTable;
use regulars_author::decimals;
use regulars_author::diagnostic::{Place, Problem, Problems};
use regulars_author::read::MAX_TEXT;
use regulars_author::text::{Fold, trim};
use regulars_core::number::{LIMIT, line_value};
use regulars_core::zone::Zone;

/// A value that is not given.
pub(crate) const MISSING: i64 = i64::MIN;

/// How a file is to be read.
#[derive(Debug, Default, Clone)]
pub struct Settings {
    /// The zone of times without an offset; without it they are refused.
    pub local_times: Option<Zone>,
    /// The names of the columns of a file without a header.
    pub columns: Option<Vec<String>>,
    /// Canonical name and the file's column.
    pub map: Vec<(String, String)>,
}

/// An order file being read.
pub struct Orders {
    rows: Rows,
    file: File,
}

/// What is known so far.
pub(crate) struct File {
    settings: Settings,
    pub(crate) fold: Fold,
    names: Vec<String>,
    columns: Option<Vec<Meaning>>,
    problems: Vec<Problem>,
    refused: Vec<RefusedRow>,
    row_count: u64,
    refused_count: u64,
    pub(crate) customers: Names,
    /// By order: customer, instant, value, currency, own id, and whether it is refused.
    pub(crate) customer: Vec<u32>,
    pub(crate) at: Vec<i64>,
    pub(crate) value: Vec<i64>,
    pub(crate) currency: Codes,
    pub(crate) ids: Texts,
    pub(crate) broken: Vec<bool>,
    pub(crate) by_id: HashTable<u32>,
    /// 0 is the package's own.
    pub(crate) currencies: Names,
    /// By row: its order; and every column that is kept by row.
    pub(crate) order: Vec<u32>,
    pub(crate) kept: Vec<Kept>,
}

/// A column that is kept by row.
pub(crate) struct Kept {
    pub(crate) meaning: Meaning,
    column: usize,
    pub(crate) cells: Cells,
}

/// What became of some bytes: rows that were refused, and what is wrong with the file as a whole
/// (then nothing more is read).
#[derive(Debug, Default)]
pub struct Taken {
    /// Rows with something wrong.
    pub refused: Vec<RefusedRow>,
    /// `missing_column`, `unknown_column`, `unknown_name`, `duplicate_column`, `empty_file`.
    pub problems: Vec<Problem>,
}

/// A file that was read to its end.
#[derive(Debug, Default)]
pub struct Ended {
    /// Absent if the file as a whole could not be read.
    pub population: Option<Population>,
    /// As in [`Taken`].
    pub refused: Vec<RefusedRow>,
    /// As in [`Taken`].
    pub problems: Vec<Problem>,
}

impl Orders {
    /// Begins to read a file.
    pub fn new(settings: Settings, fold: Fold) -> Self {
        let rows = Rows::new(settings.columns.as_ref().map(Vec::len));
        let mut file = File {
            settings,
            fold,
            names: Vec::new(),
            columns: None,
            problems: Vec::new(),
            refused: Vec::new(),
            row_count: 0,
            refused_count: 0,
            customers: Names::default(),
            customer: Vec::new(),
            at: Vec::new(),
            value: Vec::new(),
            currency: Codes::default(),
            ids: Texts::default(),
            broken: Vec::new(),
            by_id: HashTable::new(),
            currencies: Names::default(),
            order: Vec::new(),
            kept: Vec::new(),
        };
        if let Some(columns) = file.settings.columns.take() {
            file.head(columns);
        }
        Orders { rows, file }
    }

    /// Takes the next bytes of the file.
    pub fn take(&mut self, bytes: &[u8]) -> Taken {
        let file = &mut self.file;
        if file.problems.is_empty() {
            self.rows.take(bytes, &mut |row| file.take(row));
        }
        Taken { refused: std::mem::take(&mut file.refused), problems: file.problems.clone() }
    }

    /// After the last bytes.
    pub fn end(mut self) -> Ended {
        let file = &mut self.file;
        if file.problems.is_empty() {
            self.rows.end(&mut |row| file.take(row));
        }
        if file.problems.is_empty() && file.columns.is_none() {
            let mut problems = Problems::default();
            problems.error("empty_file", &Place::default(), "The file is empty: not even a header stands in it.");
            file.problems = problems.list;
        }
        let (refused, problems) = (std::mem::take(&mut file.refused), std::mem::take(&mut file.problems));
        let counts = (file.row_count, file.refused_count);
        let population = problems.is_empty().then(|| self.file.seal(counts.0, counts.1));
        Ended { population, refused, problems }
    }
}

/// What a row says, before anything is kept of it.
struct Said<'a> {
    visitor: &'a str,
    order: &'a str,
    at: i64,
    value: i64,
    currency: &'a str,
    /// For each kept column; empty is none.
    cells: Vec<&'a str>,
}

impl File {
    fn head(&mut self, columns: Vec<String>) {
        match meanings(&columns, &self.settings.map) {
            Ok(meanings) => {
                let kept = |meaning: &Meaning| {
                    matches!(meaning, Meaning::Field(_) | Meaning::Property(_) | Meaning::Price | Meaning::Quantity | Meaning::Total)
                };
                for (column, meaning) in meanings.iter().enumerate().filter(|(_, meaning)| kept(meaning)) {
                    self.kept.push(Kept { meaning: meaning.clone(), column, cells: Cells::default() });
                }
                self.columns = Some(meanings);
            }
            Err(problems) => self.problems = problems,
        }
        self.names = columns;
    }

    fn take(&mut self, row: Row<'_>) {
        if !self.problems.is_empty() {
            return;
        }
        let Some(meanings) = self.columns.take() else {
            let name = |cell| trim(&String::from_utf8_lossy(row.cell(cell))).to_owned();
            return self.head((0..row.len()).map(name).collect());
        };
        self.row_count += 1;
        if let Err(wrong) = self.row(row, &meanings) {
            self.refused_count += 1;
            let column = wrong.column.map_or_else(String::new, |column| self.names[column].clone());
            self.refused.push(RefusedRow { line: row.line, code: wrong.code, column, message: wrong.message });
        }
        self.columns = Some(meanings);
    }

    fn row(&mut self, row: Row<'_>, meanings: &[Meaning]) -> Result<(), Wrong> {
        let place = |meaning: &Meaning| meanings.iter().position(|other| other == meaning);
        let cells = self.cells(row, meanings).inspect_err(|_| {
            let cell =
                |meaning: &Meaning| place(meaning).filter(|&at| at < row.len()).and_then(|at| std::str::from_utf8(row.cell(at)).ok());
            if let (Some(visitor), Some(order)) = (cell(&Meaning::Visitor), cell(&Meaning::Order)) {
                self.break_order(trim(visitor), trim(order));
            }
        })?;
        let cell = |meaning: &Meaning| place(meaning).map_or("", |at| cells[at]);
        let (visitor, order) = (cell(&Meaning::Visitor), cell(&Meaning::Order));
        let said = self.said(meanings, &cells, visitor, order);
        match said.and_then(|said| self.order_of(&said, meanings).map(|order| (said, order))) {
            Ok((said, order)) => {
                self.keep(&said, order);
                Ok(())
            }
            Err(wrong) => {
                self.break_order(visitor, order);
                Err(wrong)
            }
        }
    }

    /// A row's cells, if it has as many as there are columns.
    fn cells<'a>(&self, row: Row<'a>, meanings: &[Meaning]) -> Result<Vec<&'a str>, Wrong> {
        if row.overlong {
            let message = "This row takes more than 1 MiB; is a quotation mark missing?".to_owned();
            return Err(Wrong { code: "bad_row", column: None, message });
        }
        if row.len() != meanings.len() {
            let message = format!("This row has {} cells where the file has {} columns.", row.len(), meanings.len());
            return Err(Wrong { code: "bad_row", column: None, message });
        }
        let mut cells = Vec::with_capacity(meanings.len());
        for cell in 0..row.len() {
            let text = std::str::from_utf8(row.cell(cell));
            let text = text.map_err(|_| Wrong::new("not_utf8", cell, "This is not UTF-8 text: save the file as UTF-8."))?;
            cells.push(trim(text));
        }
        Ok(cells)
    }

    /// Reads a row; nothing is kept yet but numbers that were never seen before.
    fn said<'a>(&mut self, meanings: &[Meaning], cells: &[&'a str], visitor: &'a str, order: &'a str) -> Result<Said<'a>, Wrong> {
        if let Some(long) = cells.iter().position(|cell| cell.len() > MAX_TEXT) {
            return Err(Wrong::new("text_too_long", long, "This text takes more than 4 KiB; is a quotation mark missing?"));
        }
        let mut said = Said { visitor, order, at: 0, value: MISSING, currency: "", cells: Vec::with_capacity(self.kept.len()) };
        for (column, (meaning, &cell)) in meanings.iter().zip(cells).enumerate() {
            match meaning {
                Meaning::Visitor if cell.is_empty() => {
                    return Err(Wrong::new("missing_key", column, "Nobody placed this order: the visitor's id is missing."));
                }
                Meaning::At => said.at = self.instant(column, cell)?,
                Meaning::Value if !cell.is_empty() => said.value = number(column, cell)?,
                Meaning::Currency => said.currency = cell,
                _ => {}
            }
        }
        let mut line = [None; 3];
        for kept in &mut self.kept {
            let cell = cells[kept.column];
            let part = match kept.meaning {
                Meaning::Price => Some(0),
                Meaning::Quantity => Some(1),
                Meaning::Total => Some(2),
                _ => None,
            };
            if let Some(part) = part.filter(|_| !cell.is_empty()) {
                let known = kept.cells.names.find(cell.as_bytes());
                let read = match known {
                    Some(known) => kept.cells.numbers[known as usize],
                    None => {
                        let read = number(kept.column, cell)?;
                        kept.cells.names.push(cell.as_bytes());
                        kept.cells.numbers.push(read);
                        read
                    }
                };
                line[part] = Some((kept.column, read));
            }
            said.cells.push(cell);
        }
        if let (Some((column, price)), Some((_, quantity))) = (line[0], line[1])
            && line_value(price, quantity).unsigned_abs() > LIMIT.unsigned_abs() as u128
        {
            return Err(Wrong::new("bad_number", column, "Price × quantity is beyond ±900 000 000 000."));
        }
        Ok(said)
    }

    fn instant(&self, column: usize, cell: &str) -> Result<i64, Wrong> {
        if cell.is_empty() {
            return Err(Wrong::new("missing_key", column, "The time of the order is missing."));
        }
        instant(cell, self.settings.local_times.as_ref()).map_err(|no| match no {
            NoInstant::NoOffset => {
                let message = format!(
                    "{} does not say of which time zone: write an offset (2026-03-01T12:00:00+01:00), or say that times are local.",
                    shown(cell)
                );
                Wrong::new("no_offset", column, message)
            }
            NoInstant::Unreadable => {
                Wrong::new("bad_instant", column, format!("{} is not a time: write 2026-03-01T12:00:00+01:00.", shown(cell)))
            }
        })
    }

    /// The row's order: a known one, or a new one.
    fn order_of(&mut self, said: &Said<'_>, meanings: &[Meaning]) -> Result<u32, Wrong> {
        let currency = match said.currency {
            "" => 0,
            currency => self.currencies.intern(currency.to_ascii_uppercase().as_bytes()) + 1,
        };
        let column = |meaning: &Meaning| meanings.iter().position(|other| other == meaning).unwrap_or(0);
        let Some(order) = self.find(said.visitor, said.order) else {
            let order = self.begin(said.visitor, said.order);
            self.at[order as usize] = said.at;
            self.value[order as usize] = said.value;
            self.set_currency(order, currency);
            return Ok(order);
        };
        let at = order as usize;
        if said.value != MISSING && self.value[at] != MISSING && self.value[at] != said.value {
            let message = format!(
                "The order {} has another value in a row before: an order has one value, in all its rows or in some.",
                shown(said.order)
            );
            return Err(Wrong::new("different_value", column(&Meaning::Value), message));
        }
        let known = self.currency.get(at) as u32;
        if currency != 0 && known != 0 && known != currency {
            let message = format!("The order {} has another currency in a row before.", shown(said.order));
            return Err(Wrong::new("different_currency", column(&Meaning::Currency), message));
        }
        self.at[at] = self.at[at].min(said.at);
        if said.value != MISSING {
            self.value[at] = said.value;
        }
        if currency != 0 {
            self.set_currency(order, currency);
        }
        Ok(order)
    }

    fn find(&self, visitor: &str, order: &str) -> Option<u32> {
        if order.is_empty() {
            return None;
        }
        let customer = self.customers.find(visitor.as_bytes())?;
        let same = |&number: &u32| self.customer[number as usize] == customer && self.ids.get(number as usize) == order.as_bytes();
        self.by_id.find(hash(order.as_bytes(), customer), same).copied()
    }

    fn begin(&mut self, visitor: &str, id: &str) -> u32 {
        let customer = self.customers.intern(visitor.as_bytes());
        let order = self.customer.len() as u32;
        self.customer.push(customer);
        self.at.push(i64::MAX);
        self.value.push(MISSING);
        self.currency.push(0);
        self.ids.push(id.as_bytes());
        self.broken.push(false);
        if !id.is_empty() {
            let (customers, ids) = (&self.customer, &self.ids);
            let hash_of = |&number: &u32| hash(ids.get(number as usize), customers[number as usize]);
            self.by_id.insert_unique(hash(id.as_bytes(), customer), order, hash_of);
        }
        order
    }

    fn set_currency(&mut self, order: u32, currency: u32) {
        self.currency.set(order as usize, currency);
    }

    /// An order of which a row is refused is refused whole, with the rows before and after.
    fn break_order(&mut self, visitor: &str, id: &str) {
        if visitor.is_empty() || id.is_empty() || visitor.len().max(id.len()) > MAX_TEXT {
            return;
        }
        let order = self.find(visitor, id).unwrap_or_else(|| self.begin(visitor, id));
        self.broken[order as usize] = true;
    }

    fn keep(&mut self, said: &Said<'_>, order: u32) {
        if self.kept.is_empty() {
            return;
        }
        self.order.push(order);
        for (kept, cell) in self.kept.iter_mut().zip(&said.cells) {
            let code = if cell.is_empty() { 0 } else { kept.cells.names.intern(cell.as_bytes()) + 1 };
            kept.cells.codes.push(code);
        }
    }
}

fn number(column: usize, cell: &str) -> Result<i64, Wrong> {
    decimals::parse(cell).ok_or_else(|| {
        let message = format!(
            "{} is not a plain number: write 59.90, with a point and without signs between thousands, within ±900 000 000 000.",
            shown(cell)
        );
        Wrong::new("bad_number", column, message)
    })
}
