//! Rules as read (SPEC 5): None for a rule with anything wrong in it, which makes its segment broken.

use serde_json::{Map, Value};

use super::Settings;
use super::days::{Unit, day_number};
use super::numbers;
use super::predicates::{Compare, Modifier, Positive, Predicate};
use super::present::{DayMeasure, Near, Test};
use super::rules::{Cell, Events, Measure, Only, Period, Rule};
use super::sequence::{Sequence, Step};
use super::text::{Datum, Look, trim};

pub type Object = Map<String, Value>;

/// "Unknown keys are errors".
pub fn object<'a>(value: &'a Value, known: &[&str]) -> Option<&'a Object> {
    value.as_object().filter(|object| object.keys().all(|key| known.contains(&key.as_str())))
}

pub fn name(value: &Value) -> Option<String> {
    let text = trim(value.as_str()?);
    (!text.is_empty()).then(|| text.to_owned())
}

pub fn list(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().filter(|list| !list.is_empty())
}

/// An optional part: None only if it is there and wrong.
pub fn optional<T>(value: Option<&Value>, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => read(value).map(Some),
    }
}

/// "depth 16, 4 096 nodes a rule".
pub fn whole_rule(value: &Value, settings: &Settings, cells: &[Cell]) -> Option<Rule> {
    let rule = rule(value, settings, cells)?;
    let (depth, nodes) = rule.size();
    (depth <= 16 && nodes <= 4096).then_some(rule)
}

/// "An empty group is an error." `prediction` is not built, and unknown here.
fn rule(value: &Value, settings: &Settings, cells: &[Cell]) -> Option<Rule> {
    let parts = |value: &Value| list(value)?.iter().map(|part| rule(part, settings, cells)).collect::<Option<Vec<_>>>();
    let (word, part) = value.as_object().filter(|object| object.len() == 1)?.iter().next()?;
    Some(match word.as_str() {
        "all" => Rule::All(parts(part)?),
        "any" => Rule::Any(parts(part)?),
        "not" => Rule::Not(Box::new(rule(part, settings, cells)?)),
        "events" => Rule::Events(Box::new(events(part, settings)?)),
        "segment" => Rule::Segment(name(part)?),
        "retention" => {
            let named = list(part)?.iter().map(name).collect::<Option<Vec<_>>>()?;
            let known = |id: &String| id == "none" || cells.iter().any(|cell| cell.id == *id);
            Rule::Retention(Some(named).filter(|named| named.iter().all(known))?)
        }
        "profile" => Rule::Profile(test(part, &["field", "modifier", "value", "caseSensitive", "measure"], settings)?),
        "context" if part.get("near").is_some() => Rule::Near(near(part)?),
        "context" => Rule::Context(test(part, &["field", "modifier", "value", "caseSensitive"], settings)?),
        "sequence" => Rule::Sequence(Box::new(sequence(part, settings)?)),
        _ => return None,
    })
}

fn events(value: &Value, settings: &Settings) -> Option<Events> {
    let part = object(value, &["of", "measure", "modifier", "value", "period", "where", "items", "only", "net"])?;
    let events = Events {
        of: types(part)?,
        // "`measure` is `count` unless given; `modifier` is required."
        measure: match part.get("measure").map_or(Some("count"), Value::as_str)? {
            "count" => Measure::Count,
            "total_value" => Measure::TotalValue,
            "average_value" => Measure::AverageValue,
            "highest_value" => Measure::HighestValue,
            "lowest_value" => Measure::LowestValue,
            "item_value" => Measure::ItemValue,
            "units" => Measure::Units,
            "distinct_items" => Measure::DistinctItems,
            "active_days" => Measure::ActiveDays,
            "ratio" => Measure::Ratio,
            "days_since_last" => Measure::DaysSinceLast,
            "days_since_first" => Measure::DaysSinceFirst,
            _ => return None,
        },
        compare: compare(part, Look::Folded, settings).filter(of_numbers)?,
        period: optional(part.get("period"), |value| period(value, settings))?.unwrap_or(Period::Always),
        only: optional(part.get("only"), |value| match value.as_str()? {
            "first" => Some(Only::First),
            "latest" => Some(Only::Latest),
            _ => None,
        })?,
        where_: optional(part.get("where"), |value| predicate(value, settings, "where"))?,
        items: optional(part.get("items"), |value| predicate(value, settings, "items"))?,
        net: part.get("net").map_or(Some(false), Value::as_bool)?,
    };
    // "`ratio` (of `return` only)", "`net` (conversions only; default false)".
    let only_of = |kind: &str| events.of == [kind];
    let fits = (!matches!(events.measure, Measure::Ratio) || only_of("return")) && (!events.net || only_of("conversion"));
    Some(events).filter(|_| fits)
}

/// "`of` may be a list of types."
fn types(part: &Object) -> Option<Vec<String>> {
    match part.get("of")? {
        Value::Array(_) => list(&part["of"])?.iter().map(name).collect(),
        one => Some(vec![name(one)?]),
    }
}

/// What is measured is a number: it is wanted to be a number, and is no text.
fn of_numbers(compare: &Compare) -> bool {
    let number = Datum::Number(numbers::Ratio::whole(0));
    let texts = [Positive::Contains, Positive::StartsWith, Positive::EndsWith, Positive::Matches];
    compare.wanted.iter().all(|wanted| wanted.order(&number).is_some()) && !texts.contains(&compare.modifier.positive)
}

/// `{ "field": "newsletter", "modifier": "is_exactly", "value": true }`, over the profile or the context.
fn test(value: &Value, known: &[&str], settings: &Settings) -> Option<Test> {
    let part = object(value, known)?;
    let measure = optional(part.get("measure"), |value| match value.as_str()? {
        "days_since" => Some(DayMeasure::Since),
        "days_until_anniversary" => Some(DayMeasure::UntilAnniversary),
        _ => None,
    })?;
    let cased = part.get("caseSensitive").map_or(Some(false), Value::as_bool)?;
    let compare = compare(part, if cased { Look::Cased } else { Look::Folded }, settings)?;
    Some(Test { field: name(part.get("field")?)?, measure, compare }).filter(|test| test.measure.is_none() || of_numbers(&test.compare))
}

/// `{ "near": [45.46, 9.19], "withinKm": 5 }`
fn near(value: &Value) -> Option<Near> {
    let part = object(value, &["near", "withinKm"])?;
    let [latitude, longitude] = part["near"].as_array()?.as_slice() else {
        return None;
    };
    let within = numbers::number(part.get("withinKm")?).filter(|within| *within >= 0)?;
    Near::new(numbers::number(latitude)?, numbers::number(longitude)?, within)
}

/// "Up to 8 steps." The first has no step before it; "A last step may be `absent` (then `within` is required)".
fn sequence(value: &Value, settings: &Settings) -> Option<Sequence> {
    let part = object(value, &["steps", "period"])?;
    let steps = list(part.get("steps")?)?.iter().map(|value| step(value, settings)).collect::<Option<Vec<_>>>()?;
    let last = steps.len() - 1;
    let fits = |(place, step): (usize, &Step)| {
        let first = place > 0 || (step.within.is_none() && !step.same_item && !step.absent);
        first && (!step.absent || (place == last && step.within.is_some()))
    };
    let period = optional(part.get("period"), |value| period(value, settings))?.unwrap_or(Period::Always);
    let fits = steps.len() <= 8 && steps.iter().enumerate().all(fits);
    Some(Sequence { steps, period }).filter(|_| fits)
}

fn step(value: &Value, settings: &Settings) -> Option<Step> {
    let part = object(value, &["of", "where", "items", "within", "sameItem", "absent"])?;
    let truth = |key: &str| part.get(key).map_or(Some(false), Value::as_bool);
    Some(Step {
        of: types(part)?,
        where_: optional(part.get("where"), |value| predicate(value, settings, "where"))?,
        items: optional(part.get("items"), |value| predicate(value, settings, "items"))?,
        within: optional(part.get("within"), last)?,
        same_item: truth("sameItem")?,
        absent: truth("absent")?,
    })
}

fn compare(part: &Object, look: Look, settings: &Settings) -> Option<Compare> {
    let modifier = Modifier::named(part.get("modifier")?.as_str()?)?;
    let datum = |value: &Value| match value {
        Value::Number(_) => numbers::number(value).map(|number| Datum::Number(numbers::Ratio::whole(number))),
        Value::String(_) => name(value).map(|text| Datum::text(&text, settings.zone)),
        Value::Bool(truth) => Some(Datum::Bool(*truth)),
        _ => None,
    };
    let wanted = match modifier.positive {
        // "has a value; no `value` key"
        Positive::Known if part.contains_key("value") => return None,
        Positive::Known => Vec::new(),
        Positive::OneOf | Positive::Between => list(part.get("value")?)?.iter().map(datum).collect::<Option<_>>()?,
        _ => vec![datum(part.get("value")?)?],
    };
    if modifier.positive == Positive::Between {
        // "reversed pairs are errors"
        let [low, high] = wanted.as_slice() else {
            return None;
        };
        low.order(high).filter(|order| order.is_le())?;
    }
    Some(Compare { modifier, wanted, look })
}

fn predicate(value: &Value, settings: &Settings, over: &str) -> Option<Predicate> {
    let parts = |value: &Value| list(value)?.iter().map(|part| predicate(part, settings, over)).collect::<Option<Vec<_>>>();
    let part = object(value, &["all", "any", "not", "field", "modifier", "value", "caseSensitive"])?;
    if !part.contains_key("field") {
        let (word, value) = part.iter().next().filter(|_| part.len() == 1)?;
        return Some(match word.as_str() {
            "all" => Predicate::All(parts(value)?),
            "any" => Predicate::Any(parts(value)?),
            "not" => Predicate::Not(Box::new(predicate(value, settings, over)?)),
            _ => return None,
        });
    }
    let field = name(&part["field"])?;
    let cased = part.get("caseSensitive").map_or(Some(false), Value::as_bool)?;
    let look = match field.as_str() {
        // "Ids […] of events […] compare exactly after trimming; item ids as text."
        "id" if over == "where" => Look::Exact,
        _ if cased => Look::Cased,
        _ => Look::Folded,
    };
    if ["all", "any", "not"].iter().any(|word| part.contains_key(*word)) {
        return None;
    }
    let compare = compare(part, look, settings)?;
    // Ids have no order.
    let orders = [Positive::Less, Positive::AtMost, Positive::Greater, Positive::AtLeast, Positive::Between];
    if look == Look::Exact && orders.contains(&compare.modifier.positive) {
        return None;
    }
    Some(Predicate::Field(field, compare))
}

/// "Exact lengths: a day is 24 h, a week 168 h", "none beyond 100 years" (of 366 days).
fn length(count: i64, unit: &Value) -> Option<i64> {
    let unit = match unit.as_str()? {
        "minute" => 60_000,
        "hour" => 3_600_000,
        "day" => 86_400_000,
        "week" => 604_800_000,
        _ => return None,
    };
    Some(count.checked_mul(unit)?).filter(|length| *length <= 100 * 366 * 86_400_000)
}

/// `{ "last": 90, "unit": "day" }` in milliseconds: of a period, of `within`, of `keep`.
pub fn last(value: &Value) -> Option<i64> {
    let part = object(value, &["last", "unit"])?;
    length(numbers::whole(part.get("last")?).filter(|count| *count > 0)?, part.get("unit")?)
}

/// The forms of SPEC 5.2. "`{}`, `null` and reversed pairs are errors."
fn period(value: &Value, settings: &Settings) -> Option<Period> {
    let has = |key: &str| value.get(key).is_some();
    let whole = |value: &Value| numbers::whole(value).filter(|number| *number >= 0);
    Some(if has("last") {
        Period::Last(last(value)?)
    } else if has("between") {
        object(value, &["between", "unit"])?;
        let [near, far] = value["between"].as_array()?.as_slice() else {
            return None;
        };
        let (near, far) = (length(whole(near)?, &value["unit"])?, length(whole(far)?, &value["unit"])?);
        if near >= far {
            return None;
        }
        Period::Between(near, far)
    } else if has("calendar") {
        object(value, &["calendar", "count", "current"])?;
        // "`count` is 1 and `current` false unless given."
        Period::Calendar {
            unit: Unit::named(value["calendar"].as_str()?)?,
            count: value.get("count").map_or(Some(1), whole).filter(|count| (1..=36_600).contains(count))?,
            current: value.get("current").map_or(Some(false), Value::as_bool)?,
        }
    } else {
        object(value, &["from", "to"]).filter(|ends| !ends.is_empty())?;
        // "fixed: both days included, either may be left out; an RFC 3339 instant is taken exactly (`from ≤ t < to`)"
        let end = |key: &str, days: i64| {
            optional(value.get(key), |end| match end.as_str().and_then(numbers::date_in_text) {
                Some(date) => Some(settings.zone.day_start(day_number(date) + days)),
                None => numbers::instant(end),
            })
        };
        let (from, to) = (end("from", 0)?, end("to", 1)?);
        if from.zip(to).is_some_and(|(from, to)| from > to || (from == to && !value["from"].is_string())) {
            return None;
        }
        Period::Fixed { from, to }
    })
}
