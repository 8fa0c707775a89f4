//! Events as an explanation names them, and the order in which it goes through them.

use crate::order::in_order;
use regulars_core::event::Seen;
use regulars_core::history::{History, Table};
use regulars_core::number::ONE;
use regulars_core::plan::Plan;
use serde_json::{Map, Number, Value};

/// An event of a history.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) table: &'a Table,
    pub(crate) row: usize,
}

impl Row<'_> {
    pub(crate) fn at(self) -> i64 {
        self.table.at(self.row)
    }

    /// `{ "type", "id", "at" }`, and the reason if it does not count.
    pub(crate) fn json(self, reason: Option<&str>) -> Value {
        let mut object = Map::new();
        object.insert("type".to_owned(), text(&self.table.kind));
        let id = self.table.ids.get(self.row);
        object.insert("id".to_owned(), if id.is_empty() { Value::Null } else { text(id) });
        object.insert("at".to_owned(), self.at().into());
        if let Some(reason) = reason {
            object.insert("reason".to_owned(), reason.into());
        }
        Value::Object(object)
    }
}

/// The events of some types (as a plan lists them), in the order of SPEC 3.
pub(crate) fn rows<'a>(plan: &Plan, history: &'a History, kinds: &[i64]) -> Vec<Row<'a>> {
    let mut found = Vec::new();
    for &kind in kinds {
        if let Some(table) = history.tables.get(history.table(plan.text(kind))) {
            found.extend((0..table.len()).map(|row| Row { table, row }));
        }
    }
    // Types are compiled in order; the sort keeps them so within an instant.
    in_order(found, |row| (row.at(), 0))
}

pub(crate) fn text(bytes: &[u8]) -> Value {
    Value::from(String::from_utf8_lossy(bytes).into_owned())
}

/// Ten-thousandths as JSON: whole where they are, and a text beyond what a double keeps exactly.
pub(crate) fn number(ten_thousandths: i128) -> Value {
    let one = i128::from(ONE);
    if ten_thousandths.unsigned_abs() > 1 << 53 {
        let (whole, rest) = (ten_thousandths / one, (ten_thousandths % one).unsigned_abs());
        let rest = (rest + ONE as u128).to_string(); // a 1 before four digits
        return [&whole.to_string(), ".", &rest[1..]].concat().trim_end_matches('0').trim_end_matches('.').into();
    }
    if ten_thousandths % one == 0 {
        return ((ten_thousandths / one) as i64).into();
    }
    Number::from_f64(ten_thousandths as f64 / ONE as f64).map_or(Value::Null, Value::Number)
}

/// A value of the visitor's as JSON.
pub(crate) fn seen(value: Seen<'_>) -> Value {
    match value {
        Seen::Text { clean, .. } => text(clean),
        Seen::Number(value) => number(value),
        Seen::Bool(value) => value.into(),
        Seen::Nested(json) => serde_json::from_slice(json).unwrap_or_default(),
    }
}
