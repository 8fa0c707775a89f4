//! What the visitor has where a `profile`, `context` or `retention` condition asks.

use super::event::{Row, number, rows, seen, text};
use super::evidence::{Evidence, reason};
use super::witness::amount;
use crate::answers::names;
use crate::catalogue::{DATE_MEASURES, WEEKDAYS};
use regulars_core::condition::days;
use regulars_core::event::{Seen, entry, value};
use regulars_core::history::History;
use regulars_core::near;
use regulars_core::plan::{CONDITIONS, Plan, SERIES};
use regulars_core::retention;
use regulars_core::time::weekday;
use regulars_core::visitor::{CONTEXT, PROFILE, Visitor};
use serde_json::{Map, Value};

/// What there is under a name in the profile, or else in the context.
fn values(visitor: &Visitor, person: bool, name: &str) -> Vec<Value> {
    found(if person { &visitor.history } else { &visitor.context }, person, name).into_iter().map(seen).collect()
}

fn found<'a>(history: &'a History, person: bool, name: &str) -> Vec<Seen<'a>> {
    let kind = if person { PROFILE } else { CONTEXT };
    let Some(table) = history.tables.get(history.table(kind)).filter(|table| !table.is_empty()) else { return Vec::new() };
    let (of, fields) = table.fields(None, 0);
    let fields = fields.map(|index| table.field(of, index));
    let named = fields.filter(|field| history.pool.get((field.name >> 2) as usize) == name.as_bytes());
    named.map(|field| value(&history.pool, field.value)).collect()
}

/// Nothing, one, or a list.
fn one_or_more(mut values: Vec<Value>) -> Value {
    match values.len() {
        0 => Value::Null,
        1 => values.remove(0),
        _ => Value::Array(values),
    }
}

/// What the visitor has where a `profile` condition asks: the field's value, or with `measure` the days it is away.
pub(crate) fn profile(plan: &Plan, visitor: &Visitor, condition: &Value, now: i64) -> Value {
    let name = condition["field"].as_str().map_or("", crate::text::trim);
    let word = condition["measure"].as_str().map_or("", crate::text::trim);
    let Some((_, measure)) = DATE_MEASURES.iter().find(|(known, _)| *known == word) else {
        return one_or_more(values(visitor, true, name));
    };
    let today = plan.zone.day(now);
    let away = |seen: Seen<'_>| match seen {
        Seen::Text { reading: entry::DAY, number, .. } => Some(number),
        Seen::Text { reading: entry::INSTANT, number, .. } => Some(plan.zone.day(number)),
        _ => None,
    };
    let dates = found(&visitor.history, true, name).into_iter().filter_map(away);
    one_or_more(dates.map(|date| days(*measure, date, today).into()).collect())
}

/// What the page knows where a `context` condition asks.
pub(crate) fn context(plan: &Plan, visitor: &Visitor, condition: &Value, now: i64) -> Value {
    if let Some(near) = condition["near"].as_array() {
        return place(visitor, near);
    }
    match condition["field"].as_str().map_or("", crate::text::trim) {
        "hour" => plan.zone.hour(now).into(),
        "weekday" => WEEKDAYS[weekday(plan.zone.day(now)) as usize].0.into(),
        name => one_or_more(values(visitor, false, name)),
    }
}

/// Where the visitor is, and within how many kilometres of a place; `null` where that is not known.
fn place(visitor: &Visitor, there: &[Value]) -> Value {
    let here = ["latitude", "longitude"].map(|name| match found(&visitor.context, false, name).first() {
        Some(Seen::Number(degrees)) => Some(*degrees as i64),
        Some(Seen::Text { reading: entry::DECIMAL, number, .. }) => Some(*number),
        _ => None,
    });
    let ([Some(latitude), Some(longitude)], [Some(north), Some(east)]) = (here, [0, 1].map(|place| amount(&there[place]))) else {
        return Value::Null;
    };
    let within = |distance: i64| near::within(near::bound(distance), [latitude, longitude], [north, east]);
    // The least distance within which it is: as the evaluator compares.
    let (mut low, mut high) = (0, FARTHEST);
    if !within(high) {
        return Value::Null;
    }
    while low < high {
        let middle = (low + high) / 2;
        if within(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let mut object = Map::new();
    object.insert("latitude".to_owned(), number(latitude.into()));
    object.insert("longitude".to_owned(), number(longitude.into()));
    object.insert("km".to_owned(), number(low.into()));
    Value::Object(object)
}

/// Half the way round the earth, and a little more, in ten-thousandths of a kilometre.
const FARTHEST: i64 = 200_200_000;

/// The grid's cell at `now`, of how many conversions, and how many days since the last.
pub(crate) fn cell(plan: &Plan, visitor: &Visitor, now: i64) -> Evidence {
    let kinds = plan.list_of(SERIES, plan.index(CONDITIONS, 0, 0), 0);
    let (counted, later): (Vec<Row<'_>>, Vec<Row<'_>>) = rows(plan, &visitor.history, kinds).into_iter().partition(|row| row.at() <= now);
    let days = counted.last().map(|row| plan.zone.day(now) - plan.zone.day(row.at()));
    let state = days.map_or(retention::NONE, |days| retention::state(plan.list_of(CONDITIONS, 0, 3), counted.len() as i64, days));
    let cell = match state {
        retention::NONE => text(b"none"),
        retention::NULL => Value::Null,
        state => names(plan)["cells"][(state - retention::FIRST) as usize]["id"].clone(),
    };
    let mut actual = Map::new();
    actual.insert("cell".to_owned(), cell);
    actual.insert("conversions".to_owned(), counted.len().into());
    actual.insert("daysSinceLast".to_owned(), days.map_or(Value::Null, Value::from));
    Evidence {
        counted: counted.into_iter().map(|row| row.json(None)).collect(),
        left_out: later.into_iter().map(|row| row.json(Some(reason::LATER))).collect(),
        actual: Value::Object(actual),
    }
}
