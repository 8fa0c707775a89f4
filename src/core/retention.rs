//! The retention grid (SPEC 6): recency × number of conversions, cut into named cells.

use crate::bytes::{Reader, owned, put_int, put_option, put_text};
use alloc::string::String;
use alloc::vec::Vec;

/// A cell. Bounds are included; an absent upper bound is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its id; several cells may share one.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// Its colour (CSS), empty if none was given.
    pub color: String,
    /// Least and greatest number of conversions.
    pub conversions: (i64, Option<i64>),
    /// Least and greatest number of calendar days since the last conversion.
    pub days: (i64, Option<i64>),
}

/// Where a visitor is: no conversion, conversions but no cell, or a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// The reserved cell `none`: no conversion at all.
    None,
    /// Conversions, but no cell fits.
    Null,
    /// The first cell that has the id of the first cell that fits.
    Cell(usize),
}

impl Spot {
    /// 0 is none, 1 is null, cells follow.
    pub fn state(self) -> u16 {
        match self {
            Spot::None => 0,
            Spot::Null => 1,
            Spot::Cell(index) => index as u16 + 2,
        }
    }

    /// The inverse of [`Spot::state`].
    pub fn of_state(state: u16) -> Self {
        match state {
            0 => Spot::None,
            1 => Spot::Null,
            _ => Spot::Cell(usize::from(state) - 2),
        }
    }
}

/// Where a visitor with so many conversions, the last of them so many days ago, is.
pub fn spot(cells: &[Cell], conversions: i64, days: Option<i64>) -> Spot {
    let Some(days) = days.filter(|_| conversions > 0) else { return Spot::None };
    let within = |value: i64, (low, high): (i64, Option<i64>)| value >= low && high.is_none_or(|high| value <= high);
    let fits = |cell: &&Cell| within(conversions, cell.conversions) && within(days, cell.days);
    match cells.iter().find(fits) {
        Some(cell) => cells.iter().position(|other| other.id == cell.id).map_or(Spot::Null, Spot::Cell),
        None => Spot::Null,
    }
}

/// The numbers of days at which a visitor may drift into another cell, in no order.
pub fn borders(cells: &[Cell]) -> Vec<i64> {
    let mut days = Vec::new();
    for cell in cells {
        days.push(cell.days.0);
        if let Some(high) = cell.days.1 {
            days.push(high + 1);
        }
    }
    days
}

impl Cell {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        for text in [&self.id, &self.name, &self.color] {
            put_text(out, text);
        }
        for (low, high) in [self.conversions, self.days] {
            put_int(out, low);
            put_option(out, high.as_ref(), |out, high| put_int(out, *high));
        }
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Self {
        let [id, name, color] = [reader.text(), reader.text(), reader.text()].map(owned);
        let mut bounds = || (reader.int(), reader.option(Reader::int));
        Cell { id, name, color, conversions: bounds(), days: bounds() }
    }
}
