// Segments in words, through the engine and the command line. What the sentences say is held by tests/describe.rs.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { load } from "../dist/engine.node.js";
import { lines, regulars as run } from "./orders/program.mjs";

const folder = mkdtempSync(join(tmpdir(), "regulars-"));
after(() => rmSync(folder, { recursive: true }));
const regulars = (args, input) => run(folder, args, input);

const once = { events: { of: "conversion", modifier: "is_exactly", value: 1, period: { last: 90, unit: "day" } } };
const shop = {
  regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR",
  segments: [
    { id: "one-time-buyer", name: "One-time buyer", rule: once },
    { id: "guests", rule: { all: [{ not: { segment: "one-time-buyer" } }, { retention: ["none"] }] }, keep: { last: 2, unit: "hour" } },
  ],
};
const broken = { ...shop, segments: [...shop.segments, { id: "broken", name: "Broken", rule: { events: { of: "visit", modifier: "is_more", value: 1 } } }] };
for (const [name, content] of Object.entries({ shop, broken })) writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));

const ENGLISH =
  "A visitor is a member of the segment “One-time buyer” (id “one-time-buyer”) exactly as long as the number of conversions (returns not subtracted) in the last 90 × 24 hours is exactly 1.";
const DUTCH =
  "Een bezoeker hoort bij het segment “One-time buyer” (id “one-time-buyer”) precies zolang dit geldt: het aantal conversies (retouren niet afgetrokken) in de laatste 90 × 24 uur is precies 1.";

const engine = await load();
/** The part of a package that a pointer names. */
const partOf = (value, pointer) => pointer.split("/").slice(1).reduce((part, key) => part?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], value);

test("a segment in English and in Dutch", () => {
  const { plan } = engine.plan(shop);
  const { phrases, ...described } = plan.describe("one-time-buyer");
  assert.deepEqual(described, { segment: "one-time-buyer", name: "One-time buyer", sentence: ENGLISH });
  assert.equal(phrases.map(({ text }) => text).join(""), ENGLISH);
  assert.deepEqual(phrases.find(({ pointer }) => pointer === "/segments/0/rule/events/period"), { text: "in the last 90 × 24 hours", pointer: "/segments/0/rule/events/period" });
  assert.equal(plan.describe("one-time-buyer", { language: "nl" }).sentence, DUTCH);
  assert.equal(plan.describe("one-time-buyer", { language: "en" }).sentence, ENGLISH);
});

test("every phrase points into the package", () => {
  const { plan } = engine.plan(JSON.stringify(shop));
  for (const language of ["en", "nl"]) {
    const { name, phrases } = plan.describe("guests", { language });
    assert.equal(name, null);
    for (const { text, pointer } of phrases) assert.notEqual(partOf(shop, pointer), undefined, `${text} ${pointer}`);
    assert.ok(phrases.length > 5);
  }
});

test("what there are no words for", () => {
  const { plan, problems } = engine.plan(broken);
  assert.deepEqual(problems.filter(({ severity }) => severity === "error").map(({ code }) => code), ["unknown_value"]);
  assert.equal(plan.describe("broken"), null);
  assert.equal(plan.describe("nobody"), null);
  assert.equal(plan.describe("__proto__"), null);
  assert.equal(plan.describe("one-time-buyer").sentence, ENGLISH);
  const opened = engine.plan(plan.bytes).plan;
  assert.equal(opened.describe("one-time-buyer").problem.code, "no_source");
  assert.throws(() => plan.describe(1), TypeError);
  assert.throws(() => plan.describe("one-time-buyer", { language: "de" }), TypeError);
});

test("describe: a line a segment, or one segment", async () => {
  const all = await regulars(["describe", "shop.json"]);
  assert.deepEqual([all.code, all.stderr], [0, ""]);
  assert.deepEqual(lines(all.stdout), [engine.plan(shop).plan.describe("one-time-buyer"), engine.plan(shop).plan.describe("guests")]);
  const one = await regulars(["describe", "-", "one-time-buyer", "--language", "nl", "--pretty"], JSON.stringify(shop));
  assert.equal(one.code, 0);
  assert.equal(JSON.parse(one.stdout).sentence, DUTCH);
  assert.match(one.stdout, /^\{\n {2}"segment": "one-time-buyer",\n {2}"name": "One-time buyer",\n/);
});

test("describe: a broken segment has no sentence, and the problem says why", async () => {
  const { code, stdout, stderr } = await regulars(["describe", "broken.json"]);
  assert.equal(code, 1);
  assert.deepEqual(lines(stderr).map(({ code, pointer }) => [code, pointer]), [["unknown_value", "/segments/2/rule/events/modifier"]]);
  assert.deepEqual(lines(stdout)[2], { segment: "broken", name: null, sentence: null, phrases: [] });
  assert.equal(lines(stdout)[0].sentence, ENGLISH);
});

test("describe: called wrongly", async () => {
  for (const [args, said] of [
    [["describe", "shop.json", "gests"], /There is no segment gests: the nearest is guests\./],
    [["describe", "shop.json", "guests", "one-time-buyer"], /One package and one segment at a time: one-time-buyer is too much\./],
    [["describe", "shop.json", "--language", "de"], /--language de is neither en nor nl\./],
    [["check", "shop.json", "guests"], /One package at a time: guests is too much\./],
  ]) {
    const { code, stdout, stderr } = await regulars(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, said);
  }
  const { code, stdout } = await regulars(["describe", "--help"]);
  assert.equal(code, 0);
  assert.match(stdout, /Example:\n {2}regulars describe shop\.json loyal --language nl --pretty\n/);
});
