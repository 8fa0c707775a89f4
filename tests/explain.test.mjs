// Explanations and timelines through the engine and the command line, and the plan's map. That what they say is right is held by tests/explain.rs.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { load } from "../dist/engine.node.js";
import { lines, regulars as run } from "./orders/program.mjs";

const folder = mkdtempSync(join(tmpdir(), "regulars-"));
after(() => rmSync(folder, { recursive: true }));
const regulars = (...args) => run(folder, args);
const file = (name, content) => writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));

const engine = await load();
const examples = JSON.parse(readFileSync(new URL("explain/examples.json", import.meta.url), "utf8"));
const [{ package: shop, visitor, segment, now, from, to, explanation, timeline }] = examples;
const instant = Date.parse(now);
const broken = { ...shop, segments: [...shop.segments, { id: "broken", rule: { all: [] } }] };
file("shop.json", shop);
file("broken.json", broken);
file("visitors.jsonl", `${JSON.stringify({ id: "v-1", ...visitor })}\n${JSON.stringify({ id: "v-2" })}\n`);
const ASK = [segment, "--visitors", "visitors.jsonl", "--now", now];

/** What is said of a segment without asking for more than its plan and map. */
const explained = ({ plan }) => plan.visitor(visitor).explain(segment, instant);

test("the examples, through the engine", () => {
  for (const example of examples) {
    const { plan } = engine.plan(example.package);
    const asked = plan.visitor(example.visitor);
    assert.deepEqual(asked.explain(example.segment, Date.parse(example.now), example.context), example.explanation, example.title);
    assert.deepEqual(asked.timeline(example.segment, Date.parse(example.from), Date.parse(example.to), example.context), example.timeline, example.title);
    asked.free();
  }
});

test("the context is the one that is given with the question", () => {
  const here = { context: { field: "country", modifier: "is_exactly", value: "NL" } };
  const { plan } = engine.plan({ ...shop, segments: [{ id: "here", rule: here }] });
  const asked = plan.visitor({});
  assert.deepEqual([asked.explain("here", instant, { country: "NL" }).matched, asked.explain("here", instant).actual], [true, null]);
  assert.deepEqual(asked.timeline("here", 0, 10, { country: "nl" }), [{ from: 0, to: 10, enteredBy: null, leftBy: null }]);
  assert.deepEqual(asked.timeline("here", 0, 10), []);
});

test("segments that cannot be explained say why", () => {
  const asked = engine.plan(broken).plan.visitor(visitor);
  assert.deepEqual(asked.explain("no such", instant).problem, {
    code: "unknown_segment", severity: "error", pointer: "", message: "There is no segment `no such` in this package.",
  });
  const { code, pointer } = asked.explain("broken", instant).problem;
  assert.deepEqual([code, pointer], ["broken_segment", "/segments/1"]);
  assert.deepEqual([asked.timeline("broken", 0, 1e12), asked.timeline("no such", 0, 1e12), asked.timeline(segment, 10, 10)], [[], [], []]);
  assert.throws(() => asked.explain(7, instant), TypeError);
  assert.throws(() => asked.timeline(segment, 0), TypeError);
});

test("a plan with its map is explained as its package is; without one it says so, and has timelines", () => {
  const { plan } = engine.plan(shop);
  const map = { regulars: 1, plan: plan.hash, package: shop };
  for (const given of [map, JSON.stringify(map), JSON.stringify(map, null, 2)]) {
    const opened = engine.plan(plan.bytes, { map: given });
    assert.deepEqual(opened.problems, []);
    assert.deepEqual(explained(opened), explanation);
    assert.equal(opened.plan.describe(segment).segment, segment);
  }
  const alone = engine.plan(plan.bytes);
  assert.deepEqual([alone.problems, explained(alone).problem.code, alone.plan.describe(segment).problem.code], [[], "no_source", "no_source"]);
  assert.deepEqual(alone.plan.visitor(visitor).timeline(segment, Date.parse(from), Date.parse(to)), timeline);
});

test("a map of another plan is refused, and the plan works without", () => {
  const { plan } = engine.plan(shop);
  const other = { ...shop, timeZone: "UTC" };
  const otherHash = engine.plan(other).plan.hash;
  const maps = [
    { regulars: 1, plan: otherHash, package: other }, { regulars: 1, plan: otherHash, package: shop }, { regulars: 1, plan: plan.hash, package: other },
    { regulars: 2, plan: plan.hash, package: shop }, { regulars: 1, plan: plan.hash }, shop, {}, [], null, 7, "null", "no JSON",
  ];
  for (const map of maps) {
    const opened = engine.plan(plan.bytes, { map });
    assert.deepEqual(opened.problems.map(({ code, severity }) => [code, severity]), [["wrong_map", "error"]], JSON.stringify(map));
    assert.equal(explained(opened).problem.code, "no_source");
    assert.equal(opened.plan.visitor(visitor).evaluate(instant).segments[segment].member, explanation.matched);
  }
});

test("texts that only some readers of JSON take are no reason to refuse a map", () => {
  // Half a surrogate pair, a key said twice, keys that JavaScript puts in another order, a number with zeros.
  const campaigns = String.raw`[{"id":"c","slot":"s","variants":[{"id":"a","content":{"b":1.0,"1":"\ud800","b":3}}]}]`;
  const text = `${JSON.stringify(shop).slice(0, -1)},"campaigns":${campaigns}}`;
  const { plan } = engine.plan(text);
  const opened = engine.plan(plan.bytes, { map: { regulars: 1, plan: plan.hash, package: JSON.parse(text) } });
  assert.deepEqual(opened.problems, []);
  assert.equal(explained(opened).matched, explanation.matched);
});

test("explain and timeline on the command line: a line a visitor", async () => {
  const one = await regulars("explain", "shop.json", ...ASK);
  assert.deepEqual([one.code, one.stderr], [0, ""]);
  const [first, second] = lines(one.stdout);
  assert.deepEqual(first, { visitor: "v-1", ...explanation });
  assert.deepEqual([second.visitor, second.matched, second.evidence, second.flips], ["v-2", false, [], undefined]);
  const two = await regulars("timeline", "shop.json", segment, "--visitors", "visitors.jsonl", "--from", from, "--to", to);
  assert.deepEqual([two.code, lines(two.stdout)], [0, [{ visitor: "v-1", intervals: timeline }, { visitor: "v-2", intervals: [] }]]);
});

test("build's plan and map together are as good as the package; a plan alone, or with another's map, is not explained", async () => {
  assert.equal((await regulars("build", "shop.json", "--out", "shop.plan")).code, 0);
  const both = await regulars("explain", "shop.plan", ...ASK);
  assert.deepEqual([both.code, both.stderr, lines(both.stdout)[0]], [0, "", { visitor: "v-1", ...explanation }]);
  assert.equal((await regulars("describe", "shop.plan")).stdout, (await regulars("describe", "shop.json")).stdout);
  copyFileSync(join(folder, "shop.plan"), join(folder, "alone.plan"));
  const alone = await regulars("explain", "alone.plan", ...ASK);
  assert.deepEqual([alone.code, alone.stdout, lines(alone.stderr).map(({ code }) => code)], [1, "", ["no_source"]]);
  const stretches = await regulars("timeline", "alone.plan", segment, "--visitors", "visitors.jsonl", "--from", from, "--to", to);
  assert.deepEqual([stretches.code, lines(stretches.stdout)[0].intervals], [0, timeline]);
  file("alone.plan.map", { regulars: 1, plan: "0000000000000000", package: shop });
  const wrong = await regulars("explain", "alone.plan", ...ASK);
  assert.deepEqual([wrong.code, wrong.stdout, lines(wrong.stderr).map(({ code }) => code)], [1, "", ["wrong_map", "no_source"]]);
});

test("what is asked wrongly, or cannot be answered, is said once and on standard error", async () => {
  const asked = await regulars("explain", "broken.json", "broken", ...ASK.slice(1));
  assert.deepEqual([asked.code, asked.stdout, lines(asked.stderr).map(({ code }) => code)], [1, "", ["empty_group", "broken_segment"]]);
  for (const args of [
    ["explain", "shop.json"], ["explain", "shop.json", segment], ["explain", "shop.json", "regulars", ...ASK.slice(1)],
    ["timeline", "shop.json", segment, "--visitors", "visitors.jsonl"],
    ["timeline", "shop.json", segment, "--visitors", "visitors.jsonl", "--from", to, "--to", from],
    ["timeline", "shop.json", segment, "--visitors", "visitors.jsonl", "--from", "2026-01-01", "--to", to],
  ]) {
    const { code, stdout, stderr } = await regulars(...args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, /^[^\n]+\n/);
  }
  assert.match((await regulars("explain", "shop.json", "regulars", ...ASK.slice(1))).stderr, /the nearest is regular\./);
});

test("--help, with an example", async () => {
  for (const name of ["explain", "timeline", "check", "describe", "recipes", "convert"]) {
    const { code, stdout, stderr } = await regulars(name, "--help");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, new RegExp(`\nExample:\n  regulars ${name} `));
  }
});
