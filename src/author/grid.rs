//! Reading the retention grid (SPEC 6): presets, own cells, gaps and overlaps.

use crate::diagnostic::{Place, Problems, code};
use crate::periods::pair;
use serde_json::Value;

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
    pub conversions: Bounds,
    /// Least and greatest number of calendar days since the last conversion.
    pub days: Bounds,
}

/// The reserved cell of visitors without any conversion.
pub const NONE: &str = "none";

/// Cells a grid may have.
pub const MAX_CELLS: usize = 100;

/// Overlaps, and gaps, that are described one by one.
const DESCRIBED: usize = 20;

/// Low and high, both included; absent is open.
pub type Bounds = (i64, Option<i64>);
/// The cells of a preset: name, colour, conversions, days.
pub type Preset = &'static [(&'static str, &'static str, Bounds, Bounds)];

/// The default: Promising reaches to 90 days, where the published one stops at 60 and leaves
/// 2–3 conversions at 61–90 days without a name.
const FIVE: Preset = &[
    ("One-time buyer", "#3b6fb5", (1, Some(1)), (0, Some(90))),
    ("Promising", "#2f8f83", (2, Some(3)), (0, Some(90))),
    ("Sleeper", "#8a8f98", (1, Some(3)), (91, None)),
    ("Loyal", "#1a7f4b", (4, None), (0, Some(90))),
    ("Red alert", "#c0392b", (4, None), (91, None)),
];

const FIVE_PUBLISHED: Preset = &[
    ("One-time buyer", "#3b6fb5", (1, Some(1)), (0, Some(90))),
    ("Promising", "#2f8f83", (2, Some(3)), (0, Some(60))),
    ("Sleeper", "#8a8f98", (1, Some(3)), (91, None)),
    ("Loyal", "#1a7f4b", (4, None), (0, Some(90))),
    ("Red alert", "#c0392b", (4, None), (91, None)),
];

const SEVEN: Preset = &[
    ("New", "#7a5bb5", (1, Some(1)), (0, Some(30))),
    ("Promising", "#2f8f83", (2, Some(3)), (0, Some(60))),
    ("Drifting", "#c99a2e", (1, Some(1)), (31, Some(90))),
    ("Drifting", "#c99a2e", (2, Some(3)), (61, Some(90))),
    ("Sleeper", "#8a8f98", (1, Some(3)), (91, None)),
    ("Loyal", "#1a7f4b", (4, None), (0, Some(90))),
    ("At risk", "#d9772f", (4, None), (91, Some(365))),
    ("Red alert", "#c0392b", (4, None), (366, None)),
];

/// Presets by name.
pub const PRESETS: [(&str, Preset); 3] = [("five", FIVE), ("five_published", FIVE_PUBLISHED), ("seven", SEVEN)];

fn preset(cells: Preset) -> Vec<Cell> {
    let cell = |&(name, color, conversions, days): &(&str, &str, Bounds, Bounds)| Cell {
        id: name.to_lowercase().replace([' ', '-'], "_"),
        name: name.to_owned(),
        color: color.to_owned(),
        conversions,
        days,
    };
    cells.iter().map(cell).collect()
}

/// Reads `retention`; absent is the preset `five`.
pub fn grid(problems: &mut Problems, value: Option<&Value>, place: &Place) -> Vec<Cell> {
    let cells = match value {
        None => preset(FIVE),
        Some(value @ Value::String(_)) => problems.word(value, place, &PRESETS).map(preset).unwrap_or_default(),
        Some(value) => own(problems, value, place),
    };
    gaps_and_overlaps(problems, &cells, place);
    cells
}

fn own(problems: &mut Problems, value: &Value, place: &Place) -> Vec<Cell> {
    let Some(list) = problems.full_list(value, place) else { return Vec::new() };
    if list.len() > MAX_CELLS {
        problems.error(code::TOO_LARGE, place, format!("A grid may have at most {MAX_CELLS} cells."));
        return Vec::new();
    }
    list.iter().enumerate().filter_map(|(index, value)| cell(problems, value, &place.index(index))).collect()
}

fn cell(problems: &mut Problems, value: &Value, place: &Place) -> Option<Cell> {
    let object = problems.object(value, place, &["id", "name", "color", "conversions", "days"], &[])?;
    let id = problems.required(object, "id", place).and_then(|id| problems.text(id, &place.key("id")));
    if id == Some(NONE) {
        problems.error(code::RESERVED_ID, &place.key("id"), "`none` is the cell of visitors without any conversion; choose another id.");
    }
    let mut label = |key: &str| object.get(key).map(|text| problems.text(text, &place.key(key)).unwrap_or("").to_owned());
    let (name, color) = (label("name"), label("color"));
    let mut bounds = |key: &str| {
        let value = problems.required(object, key, place)?;
        bounds(problems, value, &place.key(key))
    };
    let (conversions, days) = (bounds("conversions"), bounds("days"));
    let id = id.filter(|id| *id != NONE)?.to_owned();
    Some(Cell { name: name.unwrap_or_else(|| id.clone()), color: color.unwrap_or_default(), id, conversions: conversions?, days: days? })
}

fn bounds(problems: &mut Problems, value: &Value, place: &Place) -> Option<Bounds> {
    const MOST: i64 = 1_000_000_000;
    let [low, high] = pair(problems, value, place)?;
    let low = match low {
        Value::Null => Some(0),
        low => problems.integer(low, &place.index(0), 0, MOST),
    };
    let high = match high {
        Value::Null => Some(None),
        high => problems.integer(high, &place.index(1), 0, MOST).map(Some),
    };
    let (low, high) = (low?, high?);
    if high.is_some_and(|high| high < low) {
        problems.error_with_fix(code::REVERSED_PAIR, place, "The low end is above the high end.", "Exchange the two.");
        return None;
    }
    Some((low, high))
}

/// A rectangle of the grid; upper bounds are included, absent is open.
#[derive(Clone, Copy, PartialEq)]
struct Area {
    conversions: Bounds,
    days: Bounds,
}

fn gaps_and_overlaps(problems: &mut Problems, cells: &[Cell], place: &Place) {
    let mut overlaps = Vec::new();
    for (index, cell) in cells.iter().enumerate() {
        for other in &cells[index + 1..] {
            let both = |a: Bounds, b: Bounds| {
                let high = [a.1, b.1].into_iter().flatten().min();
                let low = a.0.max(b.0);
                high.is_none_or(|high| low <= high).then_some((low, high))
            };
            // No conversion at all is the cell `none`, whatever the cells say.
            if let (Some((low, high)), Some(days)) = (both(cell.conversions, other.conversions), both(cell.days, other.days))
                && high != Some(0)
            {
                let area = Area { conversions: (low.max(1), high), days };
                overlaps.push(format!("The cells `{}` and `{}` both cover {}.", cell.id, other.id, describe(&area)));
            }
        }
    }
    let fix = "The first cell in the list wins; change the bounds if that is not meant.";
    warn(problems, code::GRID_OVERLAP, place, &overlaps, fix);
    let gaps = if cells.is_empty() { Vec::new() } else { gaps(cells) };
    let gaps: Vec<_> = gaps.iter().map(|gap| format!("No cell covers {}.", describe(gap))).collect();
    warn(problems, code::GRID_GAP, place, &gaps, "Visitors there are in no cell; widen a cell or add one.");
}

/// Warns of the first ones, and says how many more there are.
fn warn(problems: &mut Problems, code: &'static str, place: &Place, messages: &[String], fix: &str) {
    for message in messages.iter().take(DESCRIBED) {
        problems.warning(code, place, message, fix);
    }
    if messages.len() > DESCRIBED {
        problems.warning(code, place, format!("There are {} more of these.", messages.len() - DESCRIBED), fix);
    }
}

/// What no cell covers, in as few rectangles as a walk along the days finds.
fn gaps(cells: &[Cell]) -> Vec<Area> {
    let bands = |of: fn(&Cell) -> Bounds, first: i64| {
        let mut starts: Vec<i64> = cells
            .iter()
            .flat_map(|cell| [Some(of(cell).0), of(cell).1.map(|high| high + 1)])
            .flatten()
            .filter(|&start| start > first)
            .collect();
        starts.push(first);
        starts.sort_unstable();
        starts.dedup();
        let ends: Vec<Option<i64>> = starts.iter().skip(1).map(|next| Some(next - 1)).chain([None]).collect();
        starts.into_iter().zip(ends).collect::<Vec<Bounds>>()
    };
    let covers = |(low, high): Bounds, at: i64| at >= low && high.is_none_or(|high| at <= high);
    let mut open: Vec<Area> = Vec::new();
    for conversions in bands(|cell| cell.conversions, 1) {
        let mut row: Vec<Area> = Vec::new();
        for days in bands(|cell| cell.days, 0) {
            if cells.iter().any(|cell| covers(cell.conversions, conversions.0) && covers(cell.days, days.0)) {
                continue;
            }
            match row.last_mut() {
                Some(last) if last.days.1 == Some(days.0 - 1) => last.days.1 = days.1,
                _ => row.push(Area { conversions, days }),
            }
        }
        for area in row {
            match open.iter_mut().find(|known| known.days == area.days && known.conversions.1 == Some(conversions.0 - 1)) {
                Some(known) => known.conversions.1 = area.conversions.1,
                None => open.push(area),
            }
        }
    }
    open
}

fn describe(area: &Area) -> String {
    let span = |(low, high): Bounds| match high {
        Some(high) if high == low => format!("{low}"),
        Some(high) => format!("{low} to {high}"),
        None => format!("{low} or more"),
    };
    format!("{} conversions with the last one {} days ago", span(area.conversions), span(area.days))
}
