//! The shapes of a package around its rules: settings, segments, grid, campaigns, and the visitors of examples (SPEC 3, 4, 6, 9).

use crate::campaigns::MAX_VARIANTS;
use crate::catalogue::fields::EVENT_TYPES;
use crate::catalogue::shape::{Definition, Shape, may, must, object, or};
use crate::catalogue::{WEEKDAYS, rules};
use crate::grid::{MAX_CELLS, PRESETS};
use crate::package::MAX_SEGMENTS;
use crate::read::{MAX_ITEMS, MAX_PROPERTIES};
use serde_json::{Value, json};

/// The definition of a package itself.
pub const ROOT: &str = "Package";

/// Everything a package may say; the first is the package.
pub fn definitions() -> Vec<Definition> {
    let mut all = vec![package(), segment(), example()];
    all.extend(rules::definitions());
    all.extend([cell(), campaign(), variant()]);
    all.extend(visitors());
    all.extend(values());
    all
}

fn define(name: &'static str, about: &'static str, shape: Shape, examples: impl IntoIterator<Item = Value>) -> Definition {
    Definition { name, about, shape, examples: examples.into_iter().collect() }
}

fn plain(words: &[&'static str]) -> Shape {
    Shape::Words(words.iter().map(|word| (*word, "")).collect())
}

fn package() -> Definition {
    const MOST: i64 = 1_000_000;
    let minutes = || Shape::Whole(1, MOST);
    let presets: Vec<_> = PRESETS.iter().map(|(name, _)| *name).collect();
    let grid = Shape::Either(vec![plain(&presets), Shape::List(Box::new(Shape::Named("GridCell")), 1, Some(MAX_CELLS))]);
    let days: Vec<_> = WEEKDAYS.iter().map(|(day, _)| *day).collect();
    let rates = json!({ "type": "object", "propertyNames": { "pattern": "\\S" },
                         "additionalProperties": { "$ref": "#/$defs/Decimal", "exclusiveMinimum": 0 } });
    let keys = vec![
        may("$schema", Shape::Text, "Where this schema is, for editors."),
        must("regulars", Shape::Exactly(json!(1)), "The version of the form of packages."),
        must(
            "timeZone",
            Shape::Open(vec![("Europe/Amsterdam", ""), ("Europe/Berlin", ""), ("UTC", "")]),
            "The zone whose days count: an IANA name.",
        ),
        must("currency", Shape::Open(vec![("EUR", ""), ("USD", ""), ("GBP", "")]), "The currency in which values are compared."),
        may(
            "rates",
            Shape::Printed(rates, Some("{ readonly [currency: string]: Decimal }")),
            "What one unit of another currency is worth in the package's currency.",
        ),
        or("weekStartsOn", plain(&days), "monday", "The day on which weeks begin."),
        may("visitTimeoutMinutes", minutes(), "A visit ends after so many minutes without an event."),
        may(
            "keepDays",
            Shape::Either(vec![minutes(), Shape::Map(Box::new(minutes()))]),
            "How many days of events are kept: one number, or one for each type of event.",
        ),
        or("retention", grid, "five", "The retention grid: the name of a preset, or its cells, first to last."),
        may("segments", Shape::List(Box::new(Shape::Named("Segment")), 0, Some(MAX_SEGMENTS)), "Named rules."),
        may(
            "campaigns",
            Shape::List(Box::new(Shape::Named("Campaign")), 0, None),
            "Content for slots on the page, with the rule that says who sees it.",
        ),
    ];
    let example = json!({
        "$schema": "./node_modules/regulars/dist/package.schema.json", "regulars": 1, "timeZone": "Europe/Amsterdam", "currency": "EUR", "rates": { "USD": "0.92" }, "retention": "seven",
        "segments": [ { "id": "one-time-buyer", "name": "One-time buyer",
                        "rule": { "events": { "of": "conversion", "modifier": "is_exactly", "value": 1 } } } ],
        "campaigns": [ { "id": "second-order", "slot": "hero", "when": { "segment": "one-time-buyer" },
                         "variants": [ { "id": "a", "content": { "title": "Welcome back" } } ] } ],
    });
    define(ROOT, "A shop's settings, segments and campaigns.", object(keys), [example])
}

fn segment() -> Definition {
    let keys = vec![
        must("id", Shape::Text, "By which rules, campaigns and pages refer to it."),
        may("name", Shape::Text, "For people."),
        may("description", Shape::Text, "For people."),
        must("rule", Shape::Named("Rule"), "Who is a member."),
        may("keep", Shape::Named("Length"), "A member stays one for so long after the rule last held."),
        may(
            "examples",
            Shape::List(Box::new(Shape::Named("Example")), 0, None),
            "Tests that travel with the segment; `regulars check` runs them.",
        ),
    ];
    let example = json!({
        "id": "abandoned-cart", "name": "Abandoned cart", "keep": { "last": 2, "unit": "day" },
        "rule": { "sequence": { "steps": [ { "of": "cart_add" },
                                           { "of": "conversion", "within": { "last": 3, "unit": "hour" }, "absent": true } ] } },
        "examples": [ { "visitor": { "events": [ { "type": "cart_add", "id": "1", "at": "2026-03-01T12:00:00+01:00" } ] },
                        "now": "2026-03-01T15:00:00+01:00", "member": true } ],
    });
    define("Segment", "A named rule; a visitor is a member or is not.", object(keys), [example])
}

fn example() -> Definition {
    let keys = vec![
        may("name", Shape::Text, "For people."),
        must("visitor", Shape::Named("Visitor"), "A visitor with a history."),
        must("now", Shape::Named("Instant"), "The instant of the question."),
        may("context", Shape::Named("Context"), "What the page knows at that instant."),
        must("member", Shape::Boolean, "Whether the visitor is a member then."),
    ];
    let example = json!({ "visitor": { "events": [] }, "now": "2026-03-01T12:00:00+01:00", "member": false });
    define("Example", "A visitor of whom it is known whether the rule holds.", object(keys), [example])
}

fn cell() -> Definition {
    let bounds = json!({ "type": "array", "minItems": 2, "maxItems": 2,
        "items": { "type": ["integer", "string", "null"], "minimum": 0, "maximum": 1_000_000_000, "pattern": WHOLE } });
    let bounds = || Shape::Printed(bounds.clone(), Some("readonly [low: Whole | null, high: Whole | null]"));
    let keys = vec![
        must("id", Shape::Text, "By which rules refer to it; several cells may share one."),
        may("name", Shape::Text, "For people; the id unless given."),
        may("color", Shape::Text, "A colour of CSS."),
        must("conversions", bounds(), "The least and the greatest number of conversions; null is open."),
        must("days", bounds(), "The least and the greatest number of days since the last conversion; null is open."),
    ];
    let example = json!({ "id": "loyal", "name": "Loyal", "color": "#1a7f4b", "conversions": [4, null], "days": [0, 90] });
    define("GridCell", "A cell of the retention grid. The first that fits is the visitor's.", object(keys), [example])
}

fn campaign() -> Definition {
    let share = json!({ "$ref": "#/$defs/Decimal", "minimum": 0, "maximum": 1 });
    let keys = vec![
        must("id", Shape::Text, "By which events refer to it."),
        may("name", Shape::Text, "For people."),
        must("slot", Shape::Text, "The place on the page."),
        or("priority", Shape::Named("Decimal"), 0, "Of several campaigns for one slot the larger number wins."),
        may("when", Shape::Named("Rule"), "Who sees it; everyone unless given."),
        or("coverage", Shape::Printed(share, Some("Decimal")), 1, "The share of visitors for whom it is, from 0 to 1."),
        or("partial", plain(&["skip", "allow"]), "skip", "Whether an answer from an incomplete history is good enough."),
        must(
            "variants",
            Shape::List(Box::new(Shape::Named("Variant")), 1, Some(MAX_VARIANTS)),
            "What is shown; a visitor always sees the same one.",
        ),
    ];
    let example = json!({ "id": "welcome-back", "name": "Welcome back", "slot": "hero", "priority": 20, "when": { "retention": ["red_alert"] },
        "variants": [ { "id": "a", "weight": 1, "content": { "title": "We missed you", "href": "/sale" } },
                      { "id": "b", "weight": 1, "content": { "title": "Come in" } } ] });
    define("Campaign", "Content for a slot on the page, with the rule that says who sees it.", object(keys), [example])
}

fn variant() -> Definition {
    let weight = json!({ "$ref": "#/$defs/Decimal", "minimum": 0 });
    let keys = vec![
        must("id", Shape::Text, "By which events refer to it."),
        or("weight", Shape::Printed(weight, Some("Decimal")), 1, "Its part of the sum of all weights is its share of the visitors."),
        must(
            "content",
            Shape::Printed(json!({ "type": "object" }), Some("{ readonly [name: string]: Json | undefined }")),
            "What the page is given.",
        ),
    ];
    define("Variant", "One of a campaign's contents.", object(keys), [json!({ "id": "a", "content": { "title": "We missed you" } })])
}

/// Their types are those of the package's other calls.
fn visitors() -> Vec<Definition> {
    let text = || json!({ "type": "string" });
    let id = || json!({ "type": ["string", "integer"] });
    let decimal = || json!({ "$ref": "#/$defs/Decimal" });
    let instant = || json!({ "$ref": "#/$defs/Instant" });
    let said = |mut value: Value, about: &str| {
        value["description"] = json!(about);
        value
    };
    let types: Vec<_> = EVENT_TYPES.iter().map(|(kind, _)| *kind).collect();
    let visitor = json!({ "type": "object", "additionalProperties": false, "properties": {
        "id": said(text(), "Decides which variant of a campaign is shown."),
        "profile": { "type": "object", "description": "What is known of the person beside the history." },
        "coveredSince": { "anyOf": [instant(), { "type": "object", "additionalProperties": instant() }],
                          "description": "From when the history is complete: an instant, or one for each type of event." },
        "events": { "type": "array", "items": { "$ref": "#/$defs/VisitorEvent" }, "description": "In any order." } } });
    let event = json!({ "type": "object", "additionalProperties": false, "required": ["type", "at"], "properties": {
        "type": { "type": "string", "pattern": "\\S", "examples": types, "description": "What kind of event." },
        "id": said(id(), "Identifies the event within its type."),
        "at": said(instant(), "When it happened."),
        "revision": said(json!({ "type": ["integer", "string"] }), "Of several copies the greatest revision speaks."),
        "value": said(decimal(), "What it was worth."),
        "currency": said(text(), "The package's unless given."),
        "items": { "type": "array", "maxItems": MAX_ITEMS, "items": { "$ref": "#/$defs/Item" }, "description": "Its lines." },
        "properties": { "type": "object", "maxProperties": MAX_PROPERTIES, "description": "Whatever else is known of it." } } });
    let item = json!({ "type": "object", "properties": {
        "id": said(id(), "The product's id."),
        "name": text(), "brand": text(), "variant": text(),
        "category": { "anyOf": [text(), { "type": "array", "items": text() }] },
        "price": said(decimal(), "Of one."),
        "quantity": said(decimal(), "1 unless given.") } });
    let printed = |name, about, schema| define(name, about, Shape::Printed(schema, None), []);
    vec![
        printed("Visitor", "A visitor: a profile and a history.", visitor),
        printed("VisitorEvent", "Something that happened at an instant.", event),
        printed("Item", "One line of an event. Further fields may be asked for by name.", item),
        printed("Context", "What the page knows at an instant.", json!({ "type": "object" })),
    ]
}

const DECIMAL: &str = r"^\s*-?\d+(\.\d+)?\s*$";
/// A whole number in a text.
pub(super) const WHOLE: &str = r"^\s*-?\d+(\.0+)?\s*$";
const INSTANT: &str = r"^\s*\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})\s*$";
const DAY: &str = r"^\s*\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2}))?\s*$";
const ORDERED: &str = r"^\s*(-?\d+(\.\d+)?|\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2}))?)\s*$";

fn values() -> Vec<Definition> {
    const LIMIT: i64 = regulars_core::number::LIMIT / regulars_core::number::ONE;
    let number = |mut schema: Value| {
        schema["minimum"] = json!(-LIMIT);
        schema["maximum"] = json!(LIMIT);
        schema
    };
    let printed = |name, about, schema, types| define(name, about, Shape::Printed(schema, types), []);
    let scalar = number(json!({ "type": ["string", "number", "boolean"], "pattern": "\\S" }));
    let ordered = number(json!({ "type": ["number", "string"], "pattern": ORDERED }));
    vec![
        printed("Scalar", "A text, a number, or true or false.", scalar, Some("string | number | boolean")),
        printed("Ordered", "What has an order: a number, or a date.", ordered, Some("number | string")),
        printed(
            "Decimal",
            "A number, or one as a plain decimal text.",
            number(json!({ "type": ["number", "string"], "pattern": DECIMAL })),
            None,
        ),
        printed(
            "Instant",
            "Milliseconds since 1970 UTC, or RFC 3339 text with an offset.",
            json!({ "type": ["integer", "string"], "pattern": INSTANT }),
            None,
        ),
        printed(
            "Day",
            "A date such as 2026-03-31, or an instant with an offset.",
            json!({ "type": ["integer", "string"], "pattern": DAY }),
            Some("number | string"),
        ),
    ]
}
