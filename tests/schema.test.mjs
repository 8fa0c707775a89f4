// The published schema of a package and the engine say the same: what the one takes the other takes, as far as a schema can tell.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { load } from "../dist/engine.node.js";
import { root } from "../tools/lib/run.mjs";
import { specFiles } from "./spec/files.mjs";
import { compilingOnce, packageOf } from "./spec/runner.mjs";

const schema = JSON.parse(readFileSync(join(root, "dist/package.schema.json"), "utf8"));
// Types are lists, and clauses say only what they add.
const ajv = new Ajv2020({ allErrors: false, strictTypes: false, strictRequired: false, strictTuples: false, allowUnionTypes: true });
ajv.addKeyword("enumDescriptions");
const isValid = ajv.compile(schema);
const engine = await load();
const once = compilingOnce(engine);

const errorsOf = (source, by = engine) => by.plan(source).problems.filter(({ severity }) => severity === "error");
const why = () => `${isValid.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`).join("; ")}`;

/** Codes of what a schema can see; the others are about meaning: what an id refers to, which of two numbers is greater. */
const STRUCTURAL = ["wrong_type", "missing_key", "unknown_key", "unknown_value", "empty_group", "empty_list", "empty_text", "bad_version", "not_built"];

const settings = { regulars: 1, timeZone: "UTC", currency: "EUR" };
const ruled = (rule) => ({ ...settings, segments: [{ id: "s", rule }] });
const counted = (parts) => ruled({ events: { of: "conversion", modifier: "is_at_least", value: 1, ...parts } });
/** A package around a part that a definition of the schema describes. */
const around = {
  Package: (part) => part,
  Segment: (part) => ({ ...settings, segments: [part] }),
  Example: (part) => ({ ...settings, segments: [{ id: "s", rule: { retention: ["none"] }, examples: [part] }] }),
  Rule: ruled,
  Events: (events) => ruled({ events }),
  Profile: (profile) => ruled({ profile }),
  ContextTest: (context) => ruled({ context }),
  Near: (context) => ruled({ context }),
  Sequence: (sequence) => ruled({ sequence }),
  FirstStep: (step) => ruled({ sequence: { steps: [step] } }),
  PresentStep: (step) => ruled({ sequence: { steps: [{ of: "visit" }, step] } }),
  AbsentStep: (step) => ruled({ sequence: { steps: [{ of: "visit" }, step] } }),
  Predicate: (where) => counted({ where }),
  ItemPredicate: (items) => counted({ items }),
  Period: (period) => counted({ period }),
  Length: (keep) => ({ ...settings, segments: [{ id: "s", rule: { retention: ["none"] }, keep }] }),
  GridCell: (cell) => ({ ...settings, retention: [cell] }),
  Campaign: (campaign) => ({ ...settings, campaigns: [campaign] }),
  Variant: (variant) => ({ ...settings, campaigns: [{ id: "c", slot: "hero", variants: [variant] }] }),
};

/** Names that a shop may add to have texts as examples. */
const examples = [["Package", schema], ...Object.entries(schema.$defs)].filter(([, { type, examples }]) => examples && type !== "string")
  .flatMap(([name, { examples }]) => examples.map((part) => ({ name, part, source: around[name](part) })));

test("every definition with parts of its own has examples", () => {
  assert.deepEqual(Object.keys(around).filter((name) => !examples.some((example) => example.name === name)), []);
  assert.ok(examples.length > 30);
});

test("every example of the schema compiles, and is valid", () => {
  for (const { name, source } of examples) {
    assert.deepEqual(errorsOf(source), [], `${name}: ${JSON.stringify(source)}`);
    assert.ok(isValid(source), `${name}: ${why()}`);
  }
});

for (const [name, topic] of specFiles()) {
  test(`${name}: the schema says what the engine says`, () => {
    for (const each of topic.cases) {
      const source = packageOf(topic, each);
      const codes = errorsOf(source, once).map(({ code }) => code);
      const valid = isValid(source);
      if (codes.length === 0) assert.ok(valid, `${each.name}: ${why()}`);
      if (codes.some((code) => STRUCTURAL.includes(code))) assert.ok(!valid, `${each.name}: ${codes}`);
    }
  });
}

/** What is put in the place of each part, one at a time. */
const ODD = [null, true, 0, -1, 7, 1.5, "", "x", "7", "2026-01-01", [], ["x"], [1, 2], [2, 1], ["2026-01-01", "2026-02-01"], {}, { x: 1 }, { last: 1, unit: "day" }];

/** The same with one part replaced, removed, or with a key more; what is in visitors is left alone, as they are read only when examples run. */
function* changed(value, path = []) {
  const whole = ["visitor", "content"].includes(path.at(-1));
  for (const odd of ODD) if (!whole || typeof odd !== "object") yield odd;
  if (whole || typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const other of changed(part, [...path, index])) yield value.with(index, other);
    }
    return;
  }
  yield { ...value, unheard: 1 };
  for (const [key, part] of Object.entries(value)) {
    const { [key]: gone, ...rest } = value;
    yield rest;
    for (const other of changed(part, [...path, key])) yield { ...value, [key]: other };
  }
}

/** The codes of each package. Those with one segment or campaign are compiled many at a time: most of it goes into the time zone's table. */
function codesOf(sources) {
  const kind = ["segments", "campaigns"].find((key) => sources.every((source) => source?.[key]?.length === 1 && Object.keys(source).length === 4));
  if (!kind) return sources.map((source) => errorsOf(source).map(({ code }) => code));
  const codes = sources.map(() => []);
  for (let from = 0; from < sources.length; from += 500) {
    const together = { ...settings, [kind]: sources.slice(from, from + 500).map((source) => source[kind][0]) };
    for (const { code, pointer } of errorsOf(together)) {
      const place = new RegExp(`^/${kind}/(\\d+)`).exec(pointer) ?? assert.fail(`${code} ${pointer}`);
      // All have the same id here.
      if (code !== "duplicate_id") codes[from + Number(place[1])].push(code);
    }
  }
  return codes;
}

test("the schema and the engine agree on examples with one part changed", () => {
  let [seen, refused] = [0, 0];
  for (const { name, part } of examples) {
    const others = [...changed(part)].map(around[name]);
    const found = codesOf(others);
    for (const [index, other] of others.entries()) {
      seen++;
      const codes = found[index];
      const valid = isValid(other);
      if (!valid) refused++;
      if (codes.length === 0) assert.ok(valid, `${name}: the engine takes ${JSON.stringify(other)}; the schema: ${why()}`);
      if (codes.some((code) => STRUCTURAL.includes(code))) assert.ok(!valid, `${name}: the schema takes ${JSON.stringify(other)}; the engine: ${codes}`);
    }
  }
  assert.ok(seen > 5_000 && refused > seen / 2, `${refused} of ${seen}`);
});
