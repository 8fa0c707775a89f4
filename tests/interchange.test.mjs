// Rules of other rule builders: what they mean here, what is refused, and that nothing is lost on the way there and back.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { exportRule, importRule, load } from "../dist/engine.node.js";
import { lines, regulars as run } from "./orders/program.mjs";

const REACT = "react-querybuilder";
const JQUERY = "jquery-querybuilder";
const errors = ({ problems }) => problems.filter(({ severity }) => severity === "error").map(({ code, pointer }) => [code, pointer]);
const warnings = ({ problems }) => problems.filter(({ severity }) => severity === "warning").map(({ code, pointer }) => [code, pointer]);
const ruleOf = (format, foreign) => {
  const read = importRule(format, foreign);
  assert.deepEqual(errors(read), [], JSON.stringify(foreign));
  return read.rule;
};
const count = (type, modifier, value, rest) => ({ events: { of: type, modifier, value, ...rest } });
const and = (...rules) => ({ combinator: "and", rules });
const rule = (field, operator, value) => ({ field, operator, value });

test("react-querybuilder: every operator", () => {
  const meant = [
    ["=", "nl", { modifier: "is_exactly", value: "nl" }], ["!=", "nl", { modifier: "is_not", value: "nl" }],
    ["<", 3, { modifier: "is_less_than", value: 3 }], [">", "3", { modifier: "is_greater_than", value: "3" }],
    ["<=", "2026-01-31", { modifier: "is_at_most", value: "2026-01-31" }], [">=", 3.5, { modifier: "is_at_least", value: 3.5 }],
    ["contains", "a", { modifier: "contains", value: "a" }], ["doesNotContain", "a", { modifier: "does_not_contain", value: "a" }],
    ["beginsWith", "a", { modifier: "starts_with", value: "a" }], ["endsWith", "a", { modifier: "ends_with", value: "a" }],
    ["null", "left over", { modifier: "is_unknown" }], ["notNull", null, { modifier: "is_known" }],
    ["in", "a, b\\,c,,d", { modifier: "is_one_of", value: ["a", "b,c", "d"] }], ["notIn", [" a ", 2, true], { modifier: "is_none_of", value: ["a", 2, true] }],
    ["between", "1,2", { modifier: "is_between", value: ["1", "2"] }], ["notBetween", [1, 2], { modifier: "is_not_between", value: [1, 2] }],
  ];
  for (const [operator, value, test] of meant) {
    assert.deepEqual(ruleOf(REACT, and(rule("profile.plan", operator, value))), { profile: { field: "plan", ...test } }, operator);
  }
  for (const [operator, modifier] of [["doesNotBeginWith", "starts_with"], ["doesNotEndWith", "ends_with"]]) {
    assert.deepEqual(ruleOf(REACT, and(rule("context.path", operator, "/nl"))), { not: { context: { field: "path", modifier, value: "/nl" } } });
  }
});

test("jQuery QueryBuilder: every operator", () => {
  const meant = [
    ["equal", "a", { modifier: "is_exactly", value: "a" }], ["not_equal", "a", { modifier: "is_not", value: "a" }],
    ["in", "a,b", { modifier: "is_one_of", value: ["a,b"] }], ["not_in", ["a", "b"], { modifier: "is_none_of", value: ["a", "b"] }],
    ["less", 3, { modifier: "is_less_than", value: 3 }], ["less_or_equal", 3, { modifier: "is_at_most", value: 3 }],
    ["greater", 3, { modifier: "is_greater_than", value: 3 }], ["greater_or_equal", 3, { modifier: "is_at_least", value: 3 }],
    ["between", [1, 2], { modifier: "is_between", value: [1, 2] }], ["not_between", [1, 2], { modifier: "is_not_between", value: [1, 2] }],
    ["begins_with", "a", { modifier: "starts_with", value: "a" }], ["ends_with", "a", { modifier: "ends_with", value: "a" }],
    ["contains", "a", { modifier: "contains", value: "a" }], ["not_contains", "a", { modifier: "does_not_contain", value: "a" }],
    ["is_empty", null, { modifier: "is_unknown" }], ["is_not_empty", null, { modifier: "is_known" }],
    ["is_null", null, { modifier: "is_unknown" }], ["is_not_null", null, { modifier: "is_known" }],
  ];
  const rules = (operator, value, rest) => ({ condition: "AND", rules: [{ id: "plan", field: "profile.plan", type: "string", input: "text", operator, value, ...rest }], valid: true });
  for (const [operator, value, test] of meant) assert.deepEqual(ruleOf(JQUERY, rules(operator, value)), { profile: { field: "plan", ...test } }, operator);
  for (const [operator, modifier] of [["not_begins_with", "starts_with"], ["not_ends_with", "ends_with"]]) {
    assert.deepEqual(ruleOf(JQUERY, rules(operator, "a")), { not: { profile: { field: "plan", modifier, value: "a" } } });
  }
  assert.deepEqual(ruleOf(JQUERY, rules("equal", "true", { type: "boolean", input: "radio" })), { profile: { field: "plan", modifier: "is_exactly", value: true } });
});

test("fields are what they are called, with their period", () => {
  const meant = [
    ["events.conversion.count", {}], ["events.conversion.total_value", { measure: "total_value" }],
    ["events.conversion.count.last_90_day", { period: { last: 90, unit: "day" } }],
    ["events.my.own.type.count.between_0_30_week", { of: "my.own.type", period: { between: [0, 30], unit: "week" } }],
    ["events.count.count.calendar_3_month", { of: "count", period: { calendar: "month", count: 3 } }],
    ["events.visit.active_days.calendar_1_year_current", { of: "visit", measure: "active_days", period: { calendar: "year", current: true } }],
    ["events.conversion.count.from_2026-01-01_to_2026-03-31", { period: { from: "2026-01-01", to: "2026-03-31" } }],
    ["events.conversion.count.from_2026-01-01", { period: { from: "2026-01-01" } }], ["events.conversion.count.to_2026-03-31", { period: { to: "2026-03-31" } }],
  ];
  for (const [name, parts] of meant) {
    const { of = "conversion", measure, period } = parts;
    const wanted = { events: { of, ...(measure && { measure }), modifier: "is_at_least", value: 1, ...(period && { period }) } };
    assert.deepEqual(ruleOf(REACT, and(rule(name, ">=", 1))), wanted);
    assert.deepEqual(exportRule(REACT, wanted).query, and(rule(name, ">=", 1)));
  }
  assert.deepEqual(ruleOf(REACT, and(rule("profile.a.b.days_since", ">=", 1))), { profile: { field: "a.b", measure: "days_since", modifier: "is_at_least", value: 1 } });
  assert.deepEqual(ruleOf(REACT, and(rule("segment", "!=", "loyal"))), { not: { segment: "loyal" } });
  assert.deepEqual(ruleOf(REACT, and(rule("retention", "in", "loyal,none"))), { retention: ["loyal", "none"] });
  for (const [name, code] of [
    ["name", "unknown_field"], ["profile.", "unknown_field"], ["events.conversion", "unknown_field"], ["events.count", "unknown_field"],
    ["events.conversion.counts", "unknown_field"], ["events.conversion.count.last_90_days", "bad_period"], ["events.conversion.count.last_0_day", "bad_period"],
    ["events.conversion.count.last_36526_day", "bad_period"], ["events.conversion.count.between_60_30_day", "bad_period"],
    ["events.conversion.count.calendar_3_hour", "bad_period"], ["events.conversion.count.from_2026-02-30", "bad_period"],
    ["events.conversion.count.from_2026-03-31_to_2026-01-01", "bad_period"], ["events.conversion.count.from_2026-01-01to_2026-03-31", "bad_period"],
  ]) {
    const read = importRule(REACT, and(rule(name, ">=", 1)));
    assert.deepEqual([read.rule, errors(read)], [null, [[code, "/rules/0/field"]]], name);
  }
});

test("groups, turned groups and independent combinators", () => {
  const [a, b, c] = ["a", "b", "c"].map((type) => rule(`events.${type}.count`, ">", 0));
  const [A, B, C] = ["a", "b", "c"].map((type) => count(type, "is_greater_than", 0));
  assert.deepEqual(ruleOf(REACT, { id: "1", combinator: "OR", not: true, rules: [a, { id: "2", combinator: "and", rules: [b, c] }] }), { not: { any: [A, { all: [B, C] }] } });
  assert.deepEqual(ruleOf(REACT, { rules: [a, "or", b, "and", c] }), { any: [A, { all: [B, C] }] });
  assert.deepEqual(ruleOf(REACT, { rules: [a, "and", b, "OR", c], not: true }), { not: { any: [{ all: [A, B] }, C] } });
  assert.deepEqual(ruleOf(REACT, { rules: [a, "and", { rules: [b, "or", c] }] }), { all: [A, { any: [B, C] }] });
  assert.deepEqual(ruleOf(REACT, { rules: [a] }), A);
  const jquery = (type) => ({ id: `events.${type}.count`, operator: "greater", value: 0 });
  assert.deepEqual(ruleOf(JQUERY, { condition: "or", not: true, rules: [jquery("a"), { condition: "AND", rules: [jquery("b"), jquery("c")] }] }), { not: { any: [A, { all: [B, C] }] } });
});

test("what does not fit is refused at its place, all of it at once", () => {
  const good = rule("context.city", "=", "Delft");
  const refused = [
    [{ combinator: "xor", rules: [good, good] }, "xor", "/combinator"], [{ combinator: "nor", rules: [good, good] }, "unknown_combinator", "/combinator"],
    [{ rules: [good, "xor", good] }, "xor", "/rules/1"], [{ rules: [good, good] }, "no_combinator", "/rules/1"], [{ rules: [good, "and"] }, "no_combinator", "/rules/1"],
    [{ combinator: "and", rules: [good, "or", good] }, "two_combinators", "/rules/1"], [and(), "empty_group", "/rules"], [and(good, and()), "empty_group", "/rules/1/rules"],
    [and({ ...good, muted: true }), "muted", "/rules/0/muted"], [and(good, { ...and(good), muted: true }), "muted", "/rules/1/muted"],
    [and({ ...good, valueSource: "field" }), "two_fields", "/rules/0/valueSource"], [and({ ...good, match: { mode: "all" } }), "match_mode", "/rules/0/match"],
    [and({ ...good, "a/b": 1 }), "unknown_key", "/rules/0/a~1b"], [and(rule("~", "=", 1)), "unfinished", "/rules/0/field"], [and(rule("context.city", "~", 1)), "unfinished", "/rules/0/operator"],
    [and(rule("context.city", "like", 1)), "unknown_operator", "/rules/0/operator"], [and(rule("context.city", "toString", 1)), "unknown_operator", "/rules/0/operator"],
    [and(rule("context.city", "=", " ")), "no_value", "/rules/0/value"], [and(rule("context.city", "=", null)), "no_value", "/rules/0/value"],
    [and(rule("context.city", "=", ["a"])), "wrong_type", "/rules/0/value"], [and(rule("context.city", "in", ["a", ""])), "no_value", "/rules/0/value/1"],
    [and(rule("context.city", "in", " , ")), "empty_list", "/rules/0/value"], [and(rule("context.hour", "between", "8")), "wrong_type", "/rules/0/value"],
    [and(rule("context.hour", "between", "18,8")), "reversed_pair", "/rules/0/value"], [and(rule("context.hour", "between", "8,2026-01-01")), "reversed_pair", "/rules/0/value"],
    [and(rule("context.city", "<", "Delft")), "bad_number", "/rules/0/value"], [and(rule("context.city", "contains", 3)), "wrong_type", "/rules/0/value"],
    [and(rule("events.a.count", "=", "many")), "bad_number", "/rules/0/value"], [and(rule("events.a.count", "in", "1,many")), "bad_number", "/rules/0/value"],
    [and(rule("events.a.count", "contains", "1")), "not_for_measure", "/rules/0/operator"], [and(rule("segment", "contains", "1")), "not_for_field", "/rules/0/operator"],
    [and(rule("retention", "=", "loyal")), "not_for_field", "/rules/0/operator"], [good, "wrong_type", ""], [[], "wrong_type", ""], [null, "wrong_type", ""], [and("and", good), "two_combinators", "/rules/0"],
    [and(7), "wrong_type", "/rules/0"], [{ combinator: "and", not: "yes", rules: [good] }, "wrong_type", "/not"], [{ combinator: "and", rules: {} }, "wrong_type", "/rules"],
  ];
  for (const [query, code, pointer] of refused) {
    const read = importRule(REACT, query);
    assert.deepEqual([read.rule, errors(read)], [null, [[code, pointer]]], JSON.stringify(query));
    for (const { message, fix } of read.problems) assert.ok(/[.!]$/.test(message) && fix, message);
  }
  const many = importRule(REACT, and(rule("x", "=", 1), rule("context.city", "=", ""), and(rule("context.city", "?", 1))));
  assert.deepEqual(errors(many).map(([, pointer]) => pointer), ["/rules/0/field", "/rules/1/value", "/rules/2/rules/0/operator"]);
  const jquery = { id: "context.city", operator: "equal", value: "Delft" };
  for (const [rules, code, pointer] of [
    [{ condition: "XOR", rules: [jquery] }, "unknown_combinator", "/condition"], [{ rules: [jquery] }, "unknown_combinator", "/condition"],
    [{ condition: "AND", rules: [] }, "empty_group", "/rules"], [{ condition: "AND", rules: [jquery], valid: false }, "not_valid", "/valid"],
    [{ condition: "AND", rules: [{ empty: true }] }, "unfinished", "/rules/0"], [{ condition: "AND", rules: [{ ...jquery, data: {} }] }, "own_data", "/rules/0/data"],
    [{ condition: "AND", rules: [{ ...jquery, operator: "regex" }] }, "unknown_operator", "/rules/0/operator"], [{ condition: "AND", rules: [{ ...jquery, id: "x" }] }, "unknown_field", "/rules/0/id"],
    [{ condition: "AND", rules: [{ ...jquery, field: "x" }] }, "unknown_field", "/rules/0/field"], [{ condition: "AND", rules: [jquery], color: 1 }, "unknown_key", "/color"], [{}, "wrong_type", ""],
  ]) {
    const read = importRule(JQUERY, rules);
    assert.deepEqual([read.rule, errors(read)], [null, [[code, pointer]]], JSON.stringify(rules));
  }
});

test("what is kept differently is said once, and is no refusal", () => {
  const read = importRule(REACT, and(rule("context.city", "!=", "a"), { ...rule("context.city", "notIn", "a"), disabled: true }, rule("events.a.count", "!=", 1)));
  assert.deepEqual([errors(read), warnings(read)], [[], [["missing_is_not", "/rules/0/operator"], ["lock_not_kept", "/rules/1/disabled"]]]);
  const locked = importRule(JQUERY, { condition: "AND", flags: { no_delete: true }, rules: [{ id: "events.a.average_value", operator: "not_equal", value: 1 }] });
  assert.deepEqual([errors(locked), warnings(locked)], [[], [["lock_not_kept", "/flags"], ["missing_is_not", "/rules/0/operator"]]]);
});

test("what has no counterpart there is refused at its place", () => {
  const field = (rest) => ({ profile: { field: "plan", modifier: "is_exactly", value: 1, ...rest } });
  for (const [given, code, pointer] of [
    [count("a", "is_at_least", 1, { where: {} }), "not_expressible", "/events/where"], [count("a", "is_at_least", 1, { items: {} }), "not_expressible", "/events/items"],
    [count("a", "is_at_least", 1, { only: "first" }), "not_expressible", "/events/only"], [count("a", "is_at_least", 1, { net: true }), "not_expressible", "/events/net"],
    [count(["a", "b"], "is_at_least", 1), "not_expressible", "/events/of"], [count("a", "is_at_least", 1, { period: { from: 0 } }), "not_expressible", "/events/period"],
    [field({ modifier: "matches", value: "a*" }), "not_expressible", "/profile/modifier"], [field({ caseSensitive: true }), "not_expressible", "/profile/caseSensitive"],
    [field({ field: "a.days_since" }), "not_expressible", "/profile"], [{ context: { near: [1, 2], withinKm: 3 } }, "not_expressible", "/context/near"],
    [{ all: [{ sequence: {} }] }, "not_expressible", "/all/0/sequence"], [{ any: [] }, "empty_group", "/any"], [{}, "wrong_type", ""], [{ segment: "a", not: {} }, "unknown_key", "/not"],
    [field({ value: undefined }), "no_value", "/profile/value"], [field({ colour: 1 }), "unknown_key", "/profile/colour"], [count("a", "is_at_least", 1, { measure: "x" }), "unknown_value", "/events/measure"],
  ]) {
    const read = exportRule(REACT, given);
    assert.deepEqual([read.query, errors(read)], [null, [[code, pointer]]], JSON.stringify(given));
  }
});

test("deep and wide foreign rules are refused, not followed", () => {
  const one = rule("events.a.count", ">", 0);
  const nested = (depth, not) => { let query = and(one); for (let level = 1; level < depth; level++) query = { ...and(query), ...(not && { not }) }; return query; };
  assert.deepEqual(errors(importRule(REACT, nested(15))), []);
  assert.deepEqual(errors(importRule(REACT, nested(16))), [["too_deep", ""]]);
  assert.deepEqual(errors(importRule(REACT, nested(9, true))), [["too_deep", ""]]);
  assert.equal(errors(importRule(REACT, nested(20_000)))[0][0], "too_deep");
  assert.equal(errors(importRule(JQUERY, JSON.parse(JSON.stringify(nested(900)).replaceAll('"combinator":"and"', '"condition":"AND"'))))[0][0], "too_deep");
  assert.deepEqual(errors(importRule(REACT, and(...Array.from({ length: 4096 }, () => one)))), [["too_many_nodes", ""]]);
  let rules = count("a", "is_at_least", 1);
  for (let level = 0; level < 20_000; level++) rules = { not: rules };
  assert.equal(errors(exportRule(REACT, rules))[0][0], "too_deep");
});

// A small generator of its own: the same numbers on every run.
let state = 20261124;
const below = (limit) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
};
const pick = (list) => list[below(list.length)];
const some = (make) => Array.from({ length: 1 + below(3) }, make);

const FIELDS = ["profile.plan", "profile.customer since", "context.city", "context.hour", "profile.birthday.days_until_anniversary", "events.conversion.count", "events.conversion.total_value.last_90_day",
  "events.my.type.days_since_last", "events.visit.count.calendar_2_week_current", "events.a.count.between_1_2_hour", "segment", "retention"];
const SINGLE = ["=", "!=", "<", ">", "<=", ">="];
const TEXT = ["contains", "beginsWith", "endsWith", "doesNotContain", "doesNotBeginWith", "doesNotEndWith"];

function comparison() {
  const field = pick(FIELDS);
  if (field === "segment") return rule(field, pick(["=", "!="]), pick(["loyal", "b"]));
  if (field === "retention") return rule(field, pick(["in", "notIn"]), some(() => pick(["loyal", "none"])));
  const measured = /^events|days_/.test(field);
  const number = () => pick([0, 1, 2.5, "3", "-4.25"]);
  const value = () => (measured ? number() : pick([number(), "Delft", true, "2026-01-31"]));
  switch (below(measured ? 4 : 5)) {
    case 0: { const operator = pick(SINGLE); return rule(field, operator, operator.includes("<") || operator.includes(">") ? number() : value()); }
    case 1: return rule(field, pick(["null", "notNull"]), null);
    case 2: return rule(field, pick(["in", "notIn"]), some(value));
    case 3: return rule(field, pick(["between", "notBetween"]), [below(3), 3 + below(3)]);
    default: return rule(field, pick(TEXT), pick(["a", "1", "b,c"]));
  }
}

function query(depth) {
  const rules = some(() => (depth > 0 && below(3) === 0 ? query(depth - 1) : comparison()));
  return { combinator: pick(["and", "or"]), ...(below(3) === 0 && { not: true }), rules };
}

test("a query that fits comes back as it was", () => {
  for (let round = 0; round < 5_000; round++) {
    const given = query(3);
    const back = exportRule(REACT, ruleOf(REACT, given));
    assert.deepEqual([errors(back), back.query], [[], given], JSON.stringify(given));
  }
});

test("a rule that fits comes back as it was, or as one that answers the same", async () => {
  const engine = await load();
  const types = ["a", "b"];
  const leaf = () => count(pick(types), pick(["is_exactly", "is_not", "is_at_least"]), below(3), pick([{}, { period: { last: 1 + below(3), unit: "day" } }]));
  const tree = (depth) => {
    const kind = depth === 0 ? "leaf" : pick(["leaf", "all", "any", "not"]);
    return kind === "leaf" ? leaf() : kind === "not" ? { not: tree(depth - 1) } : { [kind]: some(() => tree(depth - 1)) };
  };
  const now = Date.parse("2026-03-05T12:00:00Z");
  let same = 0;
  for (let round = 0; round < 300; round++) {
    const given = tree(3);
    const { query: written } = exportRule(REACT, given);
    const read = ruleOf(REACT, written);
    same += JSON.stringify(read) === JSON.stringify(given) ? 1 : 0;
    const { plan } = engine.plan({ regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR", segments: [{ id: "given", rule: given }, { id: "read", rule: read }] });
    for (let index = 0; index < 5; index++) {
      const events = Array.from({ length: below(5) }, () => ({ type: pick(types), at: now - below(4) * 40_000_000 }));
      const visitor = plan.visitor({ events });
      const { segments } = visitor.evaluate(now);
      visitor.free();
      assert.deepEqual(segments.read.member, segments.given.member, JSON.stringify([given, read]));
    }
  }
  assert.ok(same > 100, `${same} of 300 came back letter by letter`);
});

test("a format that is not known is called wrongly", () => {
  assert.throws(() => importRule("toString", {}), TypeError);
  assert.throws(() => exportRule(JQUERY, {}), TypeError);
});

const folder = mkdtempSync(join(tmpdir(), "regulars-"));
after(() => rmSync(folder, { recursive: true }));

test("convert: a rule a line, there and back; refusals on standard error", async () => {
  const given = and(rule("events.conversion.count.last_90_day", "=", 1), rule("profile.newsletter", "=", true));
  const wanted = { all: [count("conversion", "is_exactly", 1, { period: { last: 90, unit: "day" } }), { profile: { field: "newsletter", modifier: "is_exactly", value: true } }] };
  writeFileSync(join(folder, "query.json"), JSON.stringify(given));
  const there = await run(folder, ["convert", "--from", REACT, "query.json"]);
  assert.deepEqual([there.code, there.stderr, there.stdout], [0, "", `${JSON.stringify(wanted)}\n`]);
  const back = await run(folder, ["convert", "--to", REACT], there.stdout);
  assert.deepEqual([back.code, back.stderr, back.stdout], [0, "", `${JSON.stringify(given)}\n`]);
  const refused = await run(folder, ["convert", "--from", REACT, "-"], JSON.stringify(and(rule("age", "=", 1))));
  assert.deepEqual([refused.code, refused.stdout], [1, ""]);
  assert.deepEqual(lines(refused.stderr).map(({ code, pointer, file }) => [code, pointer, file]), [["unknown_field", "/rules/0/field", "-"]]);
  const broken = await run(folder, ["convert", "--from", JQUERY], "{");
  assert.deepEqual([broken.code, lines(broken.stderr)[0].code], [1, "not_json"]);
});

test("convert: called wrongly", async () => {
  for (const args of [[], ["--from", REACT, "--to", REACT], ["--from", "sql"], ["--to", JQUERY], ["--from", REACT, "a", "b"], ["--from", REACT, "missing.json"]]) {
    const { code, stdout, stderr } = await run(folder, ["convert", ...args]);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, /^[^\n]+\n/);
  }
  assert.match((await run(folder, ["convert", "--help"])).stdout, /\nExample:\n  regulars convert /);
});
