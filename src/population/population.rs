//! A shop's customers with their orders, as columns: customers laid end to end, each one's orders
//! in order of time, each order's rows in the order of the file.

use crate::cells::{Cells, Codes, Texts};
use crate::header::Meaning;
use crate::orders::MISSING;
use regulars_author::text::{Fold, Text, trim};
use regulars_core::number::{ONE, line_value};
use std::ops::Range;

/// Customers and orders, ready to be asked.
pub struct Population {
    /// Rows of the file, without the header and blank lines.
    pub rows: u64,
    /// Rows with something wrong.
    pub refused: u64,
    pub(crate) fold: Fold,
    pub(crate) customers: Texts,
    /// Where each customer's orders begin, and where the last one's end.
    pub(crate) starts: Vec<u32>,
    /// By order.
    pub(crate) at: Vec<i64>,
    pub(crate) value: Vec<i64>,
    pub(crate) currency: Codes,
    pub(crate) ids: Texts,
    /// Where each order's rows begin, and where the last one's end; empty if nothing is kept by row.
    pub(crate) row_starts: Vec<u32>,
    /// By row: whether it says anything of an item.
    pub(crate) is_line: Vec<bool>,
    pub(crate) columns: Vec<(Meaning, Cells)>,
    /// A currency's code is its number + 1; 0 is the package's.
    pub(crate) currencies: Texts,
}

impl std::fmt::Debug for Population {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Population of {} customers with {} orders", self.len(), self.orders())
    }
}

impl Population {
    /// How many customers there are: those with at least one order that was taken.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// True without customers.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many orders were taken.
    pub fn orders(&self) -> usize {
        self.at.len()
    }

    /// A customer's id. Customers are numbered as the file first names them.
    pub fn id(&self, customer: usize) -> &str {
        self.customers.str(customer)
    }

    /// The currencies that the file names, in capitals.
    pub fn currencies(&self) -> impl Iterator<Item = &str> {
        (0..self.currencies.len()).map(|number| self.currencies.str(number))
    }

    pub(crate) fn orders_of(&self, customer: usize) -> Range<usize> {
        self.starts[customer] as usize..self.starts[customer + 1] as usize
    }

    pub(crate) fn rows_of(&self, order: usize) -> Range<usize> {
        if self.row_starts.is_empty() { 0..0 } else { self.row_starts[order] as usize..self.row_starts[order + 1] as usize }
    }

    /// The rows of an order that say something of an item.
    pub(crate) fn lines_of(&self, order: usize) -> impl Iterator<Item = usize> {
        self.rows_of(order).filter(|&row| self.is_line[row])
    }

    pub(crate) fn column(&self, meaning: &Meaning) -> Option<&Cells> {
        self.columns.iter().find(|(other, _)| other == meaning).map(|(_, cells)| cells)
    }

    pub(crate) fn value(&self, order: usize) -> Option<i64> {
        Some(self.value[order]).filter(|value| *value != MISSING)
    }

    /// NFC, trimmed and folded, without asking the host where plain letters will do.
    pub(crate) fn fold(&self, text: &str) -> Text {
        if !text.is_ascii() {
            return (self.fold)(text);
        }
        let clean = trim(text);
        Text { clean: clean.to_owned(), folded: clean.to_ascii_lowercase() }
    }

    /// The elements of a cell: a category may hold several.
    pub(crate) fn elements<'a>(meaning: &Meaning, text: &'a str) -> impl Iterator<Item = &'a str> {
        let several = matches!(meaning, Meaning::Field(name) if name == "category");
        let parts = if several { text.split(" > ") } else { text.split("\0") };
        parts.map(trim).filter(|part| !part.is_empty())
    }
}

/// What a line cost: price × quantity, or what the file says it cost.
pub(crate) struct Worth<'a> {
    price: Option<&'a Cells>,
    quantity: Option<&'a Cells>,
    total: Option<&'a Cells>,
}

impl<'a> Worth<'a> {
    pub(crate) fn new(columns: impl Fn(&Meaning) -> Option<&'a Cells>) -> Self {
        Worth { price: columns(&Meaning::Price), quantity: columns(&Meaning::Quantity), total: columns(&Meaning::Total) }
    }

    /// How many; 1 if that is not said.
    pub(crate) fn quantity(&self, row: usize) -> i64 {
        self.quantity.and_then(|cells| cells.number(row)).unwrap_or(ONE)
    }

    /// The price of one, if the file says it.
    pub(crate) fn price(&self, row: usize) -> Option<i64> {
        self.price.and_then(|cells| cells.number(row))
    }

    /// The price of one: of a line that says only what it cost, that by its quantity, rounded to four places half away from zero.
    pub(crate) fn unit_price(&self, row: usize) -> Option<i64> {
        self.price(row).or_else(|| {
            let (total, quantity) = (i128::from(self.total.and_then(|cells| cells.number(row))?), i128::from(self.quantity(row)));
            let size = (total * i128::from(ONE)).abs();
            let rounded = (size + quantity.abs() / 2).checked_div(quantity.abs())?;
            i64::try_from(if (total < 0) == (quantity < 0) { rounded } else { -rounded }).ok()
        })
    }

    /// In the order's currency, ten-thousandths.
    pub(crate) fn of(&self, row: usize) -> Option<i128> {
        let priced = self.price(row).map(|price| line_value(price, self.quantity(row)));
        priced.or_else(|| self.total.and_then(|cells| cells.number(row)).map(i128::from))
    }
}
