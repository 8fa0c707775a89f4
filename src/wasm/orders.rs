//! Order files and populations, as JavaScript holds them: by address, as visitors. It only
//! converts.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use regulars_author::diagnostic::Problem;
use regulars_author::package::ZoneTable;
use regulars_core::number::ONE;
use regulars_core::plan::Plan;
use regulars_core::zone::Zone;
use regulars_population::audience;
use regulars_population::orders::{Orders, Settings};
use regulars_population::peek::peek;
use regulars_population::population::Population;
use regulars_population::refusal::RefusedRow;
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Error, Serializer, from_value};
use wasm_bindgen::prelude::*;

/// How a file is to be read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    /// The table of the package's time zone.
    zone: Option<ZoneTable>,
    /// Times without an offset are of that zone.
    local_times: bool,
    columns: Option<Vec<String>>,
    map: Vec<(String, String)>,
}

/// What became of some bytes.
#[derive(Serialize)]
struct Taken {
    refused: Vec<RefusedRow>,
    problems: Vec<Problem>,
}

/// What became of a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ended {
    refused: Vec<RefusedRow>,
    problems: Vec<Problem>,
    /// The population's address; 0 is none.
    population: usize,
    customers: usize,
    orders: usize,
    rows: u64,
    refused_rows: u64,
    currencies: Vec<String>,
}

fn given(value: &impl Serialize) -> Result<JsValue, Error> {
    value.serialize(&Serializer::json_compatible())
}

/// Looks at the beginning of an order file: `{ delimiter, columns, guess, localTimes, rows }`.
/// `columns` are the names in a file without a header, or `null`.
#[wasm_bindgen]
pub fn peek_orders(bytes: &[u8], columns: JsValue) -> Result<JsValue, JsValue> {
    let columns: Option<Vec<String>> = from_value(columns)?;
    Ok(given(&peek(bytes, columns.as_deref()))?)
}

/// Begins to read an order file: `{ zone, localTimes, columns, map }`. Its address.
#[wasm_bindgen]
pub fn begin_orders(options: JsValue) -> Result<*mut Orders, JsValue> {
    let Options { zone, local_times, columns, map } = from_value(options)?;
    let local_times = zone.filter(|_| local_times).map(|table| Zone { offsets: table.offsets(), week_starts_on: 0 });
    Ok(Box::leak(Box::new(Orders::new(Settings { local_times, columns, map }, crate::fold))))
}

/// Takes the next bytes: `{ refused, problems }`.
#[wasm_bindgen]
#[allow(clippy::not_unsafe_ptr_arg_deref, reason = "only JavaScript calls this, where nothing is marked")]
pub fn take_orders(orders: *mut Orders, bytes: &[u8]) -> Result<JsValue, JsValue> {
    // SAFETY: the glue passes only what `begin_orders` gave and nothing took back.
    let taken = unsafe { &mut *orders }.take(bytes);
    Ok(given(&Taken { refused: taken.refused, problems: taken.problems })?)
}

/// After the last bytes: `{ refused, problems, population, customers, orders, rows, refusedRows,
/// currencies }`. The address of the file is spent.
#[wasm_bindgen]
#[allow(clippy::not_unsafe_ptr_arg_deref, reason = "only JavaScript calls this, where nothing is marked")]
pub fn end_orders(orders: *mut Orders) -> Result<JsValue, JsValue> {
    // SAFETY: as above; the glue forgets the address.
    let ended = unsafe { Box::from_raw(orders) }.end();
    let mut said = Ended {
        refused: ended.refused,
        problems: ended.problems,
        population: 0,
        customers: 0,
        orders: 0,
        rows: 0,
        refused_rows: 0,
        currencies: Vec::new(),
    };
    if let Some(population) = ended.population {
        (said.customers, said.orders) = (population.len(), population.orders());
        (said.rows, said.refused_rows) = (population.rows, population.refused);
        said.currencies = population.currencies().map(String::from).collect();
        said.population = core::ptr::from_mut(Box::leak(Box::new(population))) as usize;
    }
    Ok(given(&said)?)
}

/// Gives up a file that was begun.
#[wasm_bindgen]
#[allow(clippy::not_unsafe_ptr_arg_deref, reason = "only JavaScript calls this, where nothing is marked")]
pub fn drop_orders(orders: *mut Orders) {
    // SAFETY: as above; the glue forgets the address.
    drop(unsafe { Box::from_raw(orders) });
}

/// Gives a population's memory back.
#[wasm_bindgen]
#[allow(clippy::not_unsafe_ptr_arg_deref, reason = "only JavaScript calls this, where nothing is marked")]
pub fn close_population(population: *mut Population) {
    // SAFETY: the glue passes only what `end_orders` gave, and forgets the address.
    drop(unsafe { Box::from_raw(population) });
}

/// What is at an address that `end_orders` gave.
fn at<'a>(population: *mut Population) -> &'a Population {
    // SAFETY: the glue passes only what `end_orders` gave and nothing took back.
    unsafe { &*population }
}

/// The glue passes only bytes that `open` took.
fn plan_of(bytes: &[u8]) -> Plan {
    Plan::open(bytes).unwrap_or_default()
}

/// How many members each segment of the plan has.
#[wasm_bindgen]
pub fn population_sizes(population: *mut Population, plan: &[u8], now: f64) -> Vec<u32> {
    audience::sizes(at(population), &plan_of(plan), now as i64)
}

/// The members of a segment, by number, ascending.
#[wasm_bindgen]
pub fn population_members(population: *mut Population, plan: &[u8], segment: usize, now: f64) -> Vec<u32> {
    audience::members(at(population), &plan_of(plan), segment, now as i64)
}

/// The ids of some customers.
#[wasm_bindgen]
pub fn population_ids(population: *mut Population, customers: &[u32]) -> Vec<String> {
    customers.iter().map(|&customer| String::from(at(population).id(customer as usize))).collect()
}

/// Customers, conversions and value (in the package's currency) for each state of the grid: of
/// nobody, of no cell, and of each cell.
#[wasm_bindgen]
pub fn population_cells(population: *mut Population, plan: &[u8], now: f64) -> Vec<f64> {
    let cells = audience::grid(at(population), &plan_of(plan), now as i64);
    cells.iter().flat_map(|cell| [cell.customers as f64, cell.conversions as f64, cell.value as f64 / ONE as f64]).collect()
}

/// For each customer the measure of the plan's first condition after the grid's; NaN is missing.
#[wasm_bindgen]
pub fn population_measure(population: *mut Population, plan: &[u8], now: f64) -> Vec<f64> {
    audience::measure(at(population), &plan_of(plan), 1, now as i64)
}
