// Compiled, not run: every line after a mark must be an error of its own (tests/types.test.mjs).
import { start } from "regulars";
import type { Campaign, ContextTest, Engine, Events, GridCell, Near, Package, Period, Predicate, Profile, Rule, Segment, Sequence } from "regulars/engine";

declare const engine: Engine;
const settings = { regulars: 1, timeZone: "UTC", currency: "EUR" } as const;

// Packages.
// @ts-expect-error an unknown key
export const p1: Package = { ...settings, segmens: [] };
// @ts-expect-error a time zone is needed
export const p2: Package = { regulars: 1, currency: "EUR" };
// @ts-expect-error the only version there is
engine.plan({ regulars: 2, timeZone: "UTC", currency: "EUR" });
// @ts-expect-error an unknown key of a literal given to the engine
engine.plan({ regulars: 1, timeZone: "UTC", currency: "EUR", holdout: { share: 0.05 } });
// @ts-expect-error an unknown preset
export const p3: Package = { ...settings, retention: "six" };
// @ts-expect-error no day of the week
export const p4: Package = { ...settings, weekStartsOn: "someday" };
// @ts-expect-error a package is no number
engine.plan(7);
// @ts-expect-error an unknown modifier, deep in a literal given to the page
await start({ package: { ...settings, segments: [{ id: "a", rule: { events: { of: "visit", modifier: "is_at_most_", value: 1 } } }] } });
// @ts-expect-error bounds are a pair
export const cell: GridCell = { id: "a", conversions: [1], days: [0, null] };
// @ts-expect-error a segment has a rule
export const s1: Segment = { id: "a" };
// @ts-expect-error calendar units have no exact length
export const s2: Segment = { id: "a", rule: { segment: "b" }, keep: { last: 1, unit: "month" } };
// @ts-expect-error an example says whether the visitor is a member
export const s3: Segment = { id: "a", rule: { segment: "b" }, examples: [{ visitor: {}, now: 0 }] };
// @ts-expect-error skip or allow
export const c1: Campaign = { id: "a", slot: "b", variants: [], partial: "maybe" };
// @ts-expect-error a variant has content
export const c2: Campaign = { id: "a", slot: "b", variants: [{ id: "a" }] };

// Rules.
// @ts-expect-error exactly one key
export const r1: Rule = { segment: "a", retention: ["loyal"] };
// @ts-expect-error a rule says something
export const r2: Rule = {};
// @ts-expect-error no such kind
export const r3: Rule = { event: { of: "visit", modifier: "is_known" } };
// @ts-expect-error predictions are not built
export const r4: Rule = { prediction: { measure: "lifetime_value", modifier: "is_at_least", value: 1 } };
// @ts-expect-error a group is a list
export const r5: Rule = { all: { segment: "a" } };
// @ts-expect-error cells are a list
export const r6: Rule = { retention: "loyal" };
// @ts-expect-error a misspelt modifier inside groups
export const r7: Rule = { all: [{ not: { any: [{ context: { field: "hour", modifier: "is_betwen", value: [1, 2] } }] } }] };

// Events: the modifier decides what the value is.
// @ts-expect-error what is counted
export const e1: Events = { modifier: "is_exactly", value: 1 };
// @ts-expect-error a modifier is needed
export const e2: Events = { of: "visit" };
// @ts-expect-error a value is needed
export const e3: Events = { of: "visit", modifier: "is_exactly" };
// @ts-expect-error is_known takes no value
export const e4: Events = { of: "visit", modifier: "is_known", value: 1 };
// @ts-expect-error is_between takes a pair
export const e5: Events = { of: "visit", modifier: "is_between", value: 1 };
// @ts-expect-error a pair has two
export const e6: Events = { of: "visit", modifier: "is_between", value: [1, 2, 3] };
// @ts-expect-error is_one_of takes a list
export const e7: Events = { of: "visit", modifier: "is_one_of", value: 1 };
// @ts-expect-error a measure is a number
export const e8: Events = { of: "visit", modifier: "contains", value: "1" };
// @ts-expect-error a measure is not true or false
export const e9: Events = { of: "visit", modifier: "is_exactly", value: true };
// @ts-expect-error an unknown measure
export const e10: Events = { of: "visit", measure: "sum", modifier: "is_exactly", value: 1 };
// @ts-expect-error a ratio is of returns
export const e11: Events = { of: "conversion", measure: "ratio", modifier: "is_at_least", value: 0.5 };
// @ts-expect-error only conversions are net
export const e12: Events = { of: "visit", modifier: "is_at_least", value: 1, net: true };
// @ts-expect-error a ratio is never net
export const e13: Events = { of: "return", measure: "ratio", modifier: "is_at_least", value: 1, net: true };
// @ts-expect-error first or latest
export const e14: Events = { of: "visit", modifier: "is_at_least", value: 1, only: "last" };
// @ts-expect-error an unknown key
export const e15: Events = { of: "visit", modifier: "is_at_least", value: 1, during: { last: 1, unit: "day" } };

// Periods.
// @ts-expect-error two forms mixed
export const t1: Period = { last: 90, unit: "day", from: "2026-01-01" };
// @ts-expect-error a unit is needed
export const t2: Period = { last: 90 };
// @ts-expect-error a month has no exact length
export const t3: Period = { last: 3, unit: "month" };
// @ts-expect-error no unit of the calendar
export const t4: Period = { calendar: "hour" };
// @ts-expect-error a period says something
export const t5: Period = {};
// @ts-expect-error a pair
export const t6: Period = { between: [30], unit: "day" };
// @ts-expect-error a calendar period has no `unit`
export const t7: Period = { calendar: "month", unit: "day" };

// Predicates.
// @ts-expect-error a field is needed
export const f1: Predicate = { modifier: "is_known" };
// @ts-expect-error a test and a group at once
export const f2: Predicate = { field: "coupon", modifier: "is_known", any: [] };
// @ts-expect-error texts only
export const f3: Predicate = { field: "coupon", modifier: "contains", value: 7 };
// @ts-expect-error a list
export const f4: Predicate = { field: "coupon", modifier: "is_none_of", value: "A" };
// @ts-expect-error true or false
export const f5: Predicate = { field: "coupon", modifier: "is_exactly", value: "A", caseSensitive: "yes" };
// @ts-expect-error true has no order
export const f6: Predicate = { field: "coupon", modifier: "is_at_least", value: true };

// Profile and context.
// @ts-expect-error days are numbers
export const k1: Profile = { field: "birthday", measure: "days_since", modifier: "contains", value: "1" };
// @ts-expect-error a pair of numbers
export const k2: Profile = { field: "birthday", measure: "days_since", modifier: "is_between", value: [true, 1] };
// @ts-expect-error no such measure
export const k3: Profile = { field: "birthday", measure: "days_until", modifier: "is_at_most", value: 1 };
// @ts-expect-error only the profile has dates
export const k4: ContextTest = { field: "birthday", measure: "days_since", modifier: "is_at_most", value: 1 };
// @ts-expect-error a place or a field
export const k5: ContextTest = { field: "city", modifier: "is_known", near: [1, 2], withinKm: 3 };
// @ts-expect-error how near
export const k6: Near = { near: [1, 2] };
// @ts-expect-error latitude and longitude
export const k7: ContextTest = { near: [1], withinKm: 3 };
// @ts-expect-error a place has no modifier
export const k8: ContextTest = { near: [1, 2], withinKm: 3, modifier: "is_at_most" };

// Sequences.
// @ts-expect-error a step at least
export const q1: Sequence = { steps: [] };
// @ts-expect-error the first step has none before it
export const q2: Sequence = { steps: [{ of: "visit", within: { last: 1, unit: "day" } }] };
// @ts-expect-error the first step is not absent
export const q3: Sequence = { steps: [{ of: "visit", absent: true }] };
// @ts-expect-error only the last step is absent
export const q4: Sequence = { steps: [{ of: "visit" }, { of: "search", within: { last: 1, unit: "day" }, absent: true }, { of: "conversion" }] };
// @ts-expect-error absent within what
export const q5: Sequence = { steps: [{ of: "visit" }, { of: "conversion", absent: true }] };
// @ts-expect-error a step has no measure
export const q6: Sequence = { steps: [{ of: "visit" }, { of: "conversion", measure: "count" }] };
