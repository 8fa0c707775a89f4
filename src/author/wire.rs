//! JSON values as the bytes that cross into the core, and the host's part of comparing text.

use regulars_core::text::Text;
use regulars_core::wire::{DEEPEST, put_wire_head, put_wire_number, put_wire_text};
use serde_json::{Number, Value};

/// What the host does to a text: NFC, trim, and full lower case with every ς as σ.
pub type Fold = fn(&str) -> Text;

/// A JSON value as wire bytes.
pub fn encode(value: &Value, fold: Fold) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, value, fold, 0);
    out
}

fn put(out: &mut Vec<u8>, value: &Value, fold: Fold, depth: usize) {
    match value {
        Value::Null => out.push(0),
        Value::Bool(value) => out.push(1 + u8::from(*value)),
        Value::Number(number) => put_wire_number(out, &printed(number)),
        Value::String(raw) => {
            let text = fold(raw);
            put_wire_text(out, raw, &text.clean, &text.folded);
        }
        Value::Array(_) | Value::Object(_) if depth >= DEEPEST => out.push(8),
        Value::Array(items) => {
            put_wire_head(out, 5, items.len());
            items.iter().for_each(|item| put(out, item, fold, depth + 1));
        }
        Value::Object(items) => {
            put_wire_head(out, 6, items.len());
            for (key, item) in items {
                regulars_core::bytes::put_text(out, key);
                put(out, item, fold, depth + 1);
            }
        }
    }
}

/// A JSON number as JavaScript prints it: the nearest double, its shortest digits. Below 10⁻⁶
/// and from 10²¹ on JavaScript writes an exponent, and so does this.
pub fn printed(number: &Number) -> String {
    let Some(double) = number.as_f64() else { return number.to_string() };
    let size = double.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        return format!("{double:e}");
    }
    if double == 0.0 { "0".to_owned() } else { format!("{double}") }
}
