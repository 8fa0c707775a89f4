//! The shapes of rules, conditions, predicates and periods (SPEC 5).

use crate::catalogue::fields::{CONTEXT_FIELDS, EVENT_TYPES, ITEM_FIELDS, PROFILE_FIELDS, PROPERTIES};
use crate::catalogue::shape::{Case, Comparison, Definition, Key, Object, Shape, Word, list, may, must, object, one_or_more, or};
use crate::catalogue::words::{CALENDAR_UNITS, EXACT_UNITS, MEASURE_WORDS, ONLY_WORDS, PROFILE_MEASURES, abouts};
use crate::catalogue::{CALENDAR, LONGEST};
use crate::sequences::MAX_STEPS;
use serde_json::{Value, json};

fn define(name: &'static str, about: &'static str, shape: Shape, examples: impl IntoIterator<Item = Value>) -> Definition {
    Definition { name, about, shape, examples: examples.into_iter().collect() }
}

/// All of them, those that others use further down.
pub fn definitions() -> Vec<Definition> {
    let mut all = vec![rule(), events(), profile(), context(), near(), sequence()];
    all.extend(steps());
    all.extend([predicate("Predicate"), predicate("ItemPredicate"), period(), length()]);
    all.extend(names());
    all
}

fn rule() -> Definition {
    let rules = || list(Shape::Named("Rule"));
    let keys = vec![
        may("all", rules(), "Every one of these rules holds."),
        may("any", rules(), "At least one of these rules holds."),
        may("not", Shape::Named("Rule"), "This rule does not hold."),
        may("events", Shape::Named("Events"), "Something counted or measured over the visitor's history."),
        may("profile", Shape::Named("Profile"), "What is known of the visitor."),
        may("context", Shape::Named("ContextTest"), "What the page knows now: address, device, place, hour."),
        may("segment", Shape::Text, "Member of the segment with this id."),
        may(
            "retention",
            list(Shape::Text),
            "In one of these cells of the retention grid; `none` is that of visitors without any conversion.",
        ),
        may("sequence", Shape::Named("Sequence"), "Events that follow each other in time."),
    ];
    let examples = [
        json!({ "events": { "of": "conversion", "modifier": "is_exactly", "value": 1 } }),
        json!({ "all": [
            { "events": { "of": "cart_add", "modifier": "is_at_least", "value": 1, "period": { "last": 7, "unit": "day" } } },
            { "not": { "events": { "of": "conversion", "modifier": "is_known", "period": { "last": 7, "unit": "day" } } } } ] }),
        json!({ "any": [ { "context": { "field": "device", "modifier": "is_exactly", "value": "mobile" } }, { "retention": ["none"] } ] }),
    ];
    define("Rule", "A group of rules, or one condition: an object with exactly one of these keys.", Shape::OneKey(keys), examples)
}

/// Names that a shop may add to.
fn names() -> Vec<Definition> {
    let open = |name, about, words: &[Word]| define(name, about, Shape::Open(words.to_vec()), []);
    vec![
        open("EventType", "A well-known type of event, or the name of a custom event.", &EVENT_TYPES),
        open("EventField", "`value`, `currency`, `id`, or a property of the event.", &PROPERTIES),
        open("ItemField", "A field of a line of an event.", &ITEM_FIELDS),
        open("ProfileField", "A field of the profile.", &PROFILE_FIELDS),
        open("ContextField", "What the page knows, or what the host adds.", &CONTEXT_FIELDS),
    ]
}

fn kinds() -> Shape {
    one_or_more(Shape::Named("EventType"))
}

fn filters() -> [Key; 2] {
    [
        may("where", Shape::Named("Predicate"), "Only events of which this holds."),
        may("items", Shape::Named("ItemPredicate"), "Only events with a line of which all of this holds."),
    ]
}

fn events() -> Definition {
    let mut keys = vec![
        must("of", kinds(), "The type of event, or several."),
        or("measure", Shape::Words(abouts(&MEASURE_WORDS)), "count", "What is measured over the events that count."),
        may("period", Shape::Named("Period"), "Only events of this stretch of time; all up to now unless given."),
    ];
    keys.extend(filters());
    keys.push(may(
        "only",
        Shape::Words(abouts(&ONLY_WORDS)),
        "Of those in the period only the first or the latest, before `where` and `items`.",
    ));
    keys.push(or("net", Shape::Boolean, false, "Orders without what was returned of them. Of conversions only."));
    let only_of = |kind: &'static str, about| must("of", one_or_more(Shape::Exactly(json!(kind))), about);
    let ratio = Case {
        key: "measure",
        equals: vec![json!("ratio")],
        keys: vec![
            only_of("return", "A ratio is of returns only."),
            or("net", Shape::Exactly(json!(false)), false, "A ratio is never net."),
        ],
        comparison: None,
    };
    let net =
        Case { key: "net", equals: vec![json!(true)], keys: vec![only_of("conversion", "Only conversions can be net.")], comparison: None };
    let examples = [
        json!({ "of": "conversion", "modifier": "is_exactly", "value": 1, "period": { "last": 90, "unit": "day" } }),
        json!({ "of": "conversion", "measure": "total_value", "modifier": "is_between", "value": ["100", "150"] }),
        json!({ "of": "conversion", "measure": "units", "modifier": "is_at_least", "value": 2,
                "items": { "all": [ { "field": "brand", "modifier": "is_exactly", "value": "Acme" },
                                    { "field": "category", "modifier": "contains", "value": "shoe" } ] } }),
        json!({ "of": "conversion", "measure": "days_since_last", "modifier": "is_greater_than", "value": 60, "net": true }),
        json!({ "of": "return", "measure": "ratio", "modifier": "is_at_least", "value": 0.5 }),
        json!({ "of": "visit", "only": "latest", "modifier": "is_at_least", "value": 1,
                "where": { "field": "utm_source", "modifier": "is_one_of", "value": ["google", "bing"] } }),
    ];
    let shape = Shape::Object(Object { keys, comparison: Some(Comparison::Numbers), cases: vec![ratio, net] });
    define("Events", "Events counted or measured over the visitor's history.", shape, examples)
}

/// A key that may not be there.
fn never() -> Shape {
    Shape::Printed(json!({ "not": {} }), Some("never"))
}

fn test(about: &'static str, fields: &'static str) -> Vec<Key> {
    vec![must("field", Shape::Named(fields), about), or("caseSensitive", Shape::Boolean, false, "Upper and lower case differ.")]
}

fn profile() -> Definition {
    let mut keys = test("The field of the profile.", "ProfileField");
    let words = abouts(&PROFILE_MEASURES);
    let measure = Case {
        key: "measure",
        equals: words.iter().map(|(word, _)| json!(word)).collect(),
        keys: vec![may("caseSensitive", never(), "Days have no case.")],
        comparison: Some(Comparison::Numbers),
    };
    keys.push(may("measure", Shape::Words(words), "Turns a field that is a date into a number of days."));
    let examples = [
        json!({ "field": "newsletter", "modifier": "is_exactly", "value": true }),
        json!({ "field": "tags", "modifier": "is_one_of", "value": ["b2b", "vip"] }),
        json!({ "field": "birthday", "measure": "days_until_anniversary", "modifier": "is_at_most", "value": 7 }),
    ];
    let shape = Shape::Object(Object { keys, comparison: Some(Comparison::Fields), cases: vec![measure] });
    define("Profile", "A test of one field of the visitor's profile.", shape, examples)
}

fn context() -> Definition {
    let keys = test("What the page knows now.", "ContextField");
    let field = Shape::Object(Object { keys, comparison: Some(Comparison::Fields), cases: vec![] });
    let examples = [
        json!({ "field": "device", "modifier": "is_exactly", "value": "mobile" }),
        json!({ "field": "hour", "modifier": "is_between", "value": [18, 23] }),
        json!({ "near": [45.46, 9.19], "withinKm": 5 }),
    ];
    let shape = Shape::Either(vec![field, Shape::Named("Near")]);
    define("ContextTest", "A test of what the page knows now, or of how near the visitor is to a place.", shape, examples)
}

fn near() -> Definition {
    let place = json!({ "type": "array", "minItems": 2, "maxItems": 2, "prefixItems": [
        { "$ref": "#/$defs/Decimal", "minimum": -90, "maximum": 90, "description": "Latitude, in degrees." },
        { "$ref": "#/$defs/Decimal", "minimum": -180, "maximum": 180, "description": "Longitude, in degrees." } ] });
    let distance = json!({ "$ref": "#/$defs/Decimal", "minimum": 0 });
    let keys = vec![
        must("near", Shape::Printed(place, Some("readonly [latitude: Decimal, longitude: Decimal]")), "A place: latitude and longitude."),
        must("withinKm", Shape::Printed(distance, Some("Decimal")), "At most so many kilometres away."),
    ];
    define(
        "Near",
        "The visitor is near a place, by the context's `latitude` and `longitude`.",
        object(keys),
        [json!({ "near": [52.37, 4.89], "withinKm": 2.5 })],
    )
}

fn sequence() -> Definition {
    // Only the last step may be absent; a schema can say so because there are few steps.
    let earlier = |length: usize| {
        let mut places = vec![json!(true); length - 2];
        places.push(json!({ "properties": { "absent": { "const": false } } }));
        json!({ "if": { "minItems": length }, "then": { "prefixItems": places } })
    };
    let steps = json!({
        "type": "array", "minItems": 1, "maxItems": MAX_STEPS,
        "prefixItems": [{ "$ref": "#/$defs/FirstStep" }], "items": { "$ref": "#/$defs/Step" },
        "allOf": (3..=MAX_STEPS).map(earlier).collect::<Value>(),
    });
    let types = "readonly [FirstStep, ...PresentStep[]] | readonly [FirstStep, ...PresentStep[], AbsentStep]";
    let keys = vec![
        must("steps", Shape::Printed(steps, Some(types)), "One to eight steps. Only the last may be absent."),
        may("period", Shape::Named("Period"), "All steps but an absent one lie in this stretch of time."),
    ];
    let examples = [
        json!({ "steps": [ { "of": "cart_add" }, { "of": "conversion", "within": { "last": 3, "unit": "day" }, "absent": true } ] }),
        json!({ "steps": [ { "of": "item_view" }, { "of": "cart_add", "sameItem": true }, { "of": "conversion", "sameItem": true } ],
                "period": { "last": 30, "unit": "day" } }),
    ];
    define("Sequence", "Events that follow each other in time.", object(keys), examples)
}

fn steps() -> Vec<Definition> {
    let first = || {
        let mut keys = vec![must("of", kinds(), "The type of event, or several.")];
        keys.extend(filters());
        keys
    };
    let same = || or("sameItem", Shape::Boolean, false, "It shares an item id with the step before.");
    let within = "It comes in less than this after the step before.";
    let (mut present, mut gone) = (first(), first());
    present.extend([may("within", Shape::Named("Length"), within), same()]);
    present.push(or("absent", Shape::Exactly(json!(false)), false, "The event happens."));
    gone.extend([must("within", Shape::Named("Length"), "It does not come in less than this after the step before."), same()]);
    gone.push(must("absent", Shape::Exactly(json!(true)), "No such event follows; of the last step only."));
    let mut opening = first();
    opening.extend(
        [("sameItem", "There is no step before it."), ("absent", "The event happens.")]
            .map(|(name, about)| or(name, Shape::Exactly(json!(false)), false, about)),
    );
    let absent = json!({ "of": "conversion", "within": { "last": 3, "unit": "day" }, "absent": true });
    let step = json!({ "if": { "properties": { "absent": { "const": true } }, "required": ["absent"] },
                       "then": { "$ref": "#/$defs/AbsentStep" }, "else": { "$ref": "#/$defs/PresentStep" } });
    vec![
        define("FirstStep", "The first step of a sequence.", object(opening), [json!({ "of": "cart_add" })]),
        define("Step", "A step after the first.", Shape::Printed(step, Some("PresentStep | AbsentStep")), []),
        define("PresentStep", "A step after the first that happens.", object(present), [json!({ "of": "conversion", "sameItem": true })]),
        define("AbsentStep", "A last step that does not happen.", object(gone), [absent]),
    ]
}

fn predicate(name: &'static str) -> Definition {
    let of_events = name == "Predicate";
    let about = if of_events { "A test of an event's value, currency, id and properties." } else { "A test of one line of an event." };
    let (field, fields) = if of_events { ("The property.", "EventField") } else { ("The line's field.", "ItemField") };
    let parts = || list(Shape::Named(name));
    let shape = Shape::Either(vec![
        object(vec![must("all", parts(), "Every one of these holds.")]),
        object(vec![must("any", parts(), "At least one of these holds.")]),
        object(vec![must("not", Shape::Named(name), "This does not hold.")]),
        Shape::Object(Object { keys: test(field, fields), comparison: Some(Comparison::Fields), cases: vec![] }),
    ]);
    let examples = if of_events {
        vec![
            json!({ "field": "coupon", "modifier": "is_known" }),
            json!({ "all": [ { "field": "value", "modifier": "is_at_least", "value": 50 },
                             { "not": { "field": "coupon", "modifier": "starts_with", "value": "WELCOME" } } ] }),
        ]
    } else {
        vec![
            json!({ "field": "brand", "modifier": "is_exactly", "value": "Acme" }),
            json!({ "any": [ { "field": "category", "modifier": "contains", "value": "shoe" },
                             { "field": "price", "modifier": "is_between", "value": [20, 50] } ] }),
        ]
    };
    define(name, about, shape, examples)
}

const MOST: i64 = LONGEST / 60_000;

fn period() -> Definition {
    let units = || Shape::Words(abouts(&EXACT_UNITS));
    let between = Shape::Pair(Box::new(Shape::Whole(0, MOST)));
    let most = CALENDAR.iter().map(|(_, (_, most))| *most).max().unwrap_or(1);
    let shape = Shape::Either(vec![
        object(vec![must("last", Shape::Whole(1, MOST), "So many of the unit, up to now."), must("unit", units(), "Of exact length.")]),
        object(vec![
            must("between", between, "Between so many and so many of the unit ago; the nearer end first."),
            must("unit", units(), "Of exact length."),
        ]),
        object(vec![
            must("calendar", Shape::Words(abouts(&CALENDAR_UNITS)), "Whole units of the calendar, in the package's time zone."),
            or("count", Shape::Whole(1, most), 1, "How many of them."),
            or("current", Shape::Boolean, false, "The unfinished one is the last of them."),
        ]),
        Shape::Printed(
            json!({ "type": "object", "minProperties": 1, "additionalProperties": false, "properties": {
                "from": { "$ref": "#/$defs/Day", "description": "From this day or instant on." },
                "to": { "$ref": "#/$defs/Day", "description": "To the end of this day, or to just before this instant." } } }),
            Some("{ readonly from: Day; readonly to?: Day } | { readonly from?: Day; readonly to: Day }"),
        ),
    ]);
    let examples = [
        json!({ "last": 90, "unit": "day" }),
        json!({ "between": [30, 60], "unit": "day" }),
        json!({ "calendar": "month", "count": 3, "current": false }),
        json!({ "from": "2026-01-01", "to": "2026-03-31" }),
    ];
    define("Period", "The stretch of time whose events count.", shape, examples)
}

fn length() -> Definition {
    let keys = vec![
        must("last", Shape::Whole(1, MOST), "So many of the unit."),
        must("unit", Shape::Words(abouts(&EXACT_UNITS)), "Of exact length: a day is 24 hours, a week 168."),
    ];
    define("Length", "A length of time.", object(keys), [json!({ "last": 3, "unit": "day" })])
}
