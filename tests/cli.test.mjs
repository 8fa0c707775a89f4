// The command line, called as a user calls it: what it prints where, and with which exit code it ends.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { load } from "../dist/engine.node.js";
import { lines, regulars as run } from "./orders/program.mjs";

const folder = mkdtempSync(join(tmpdir(), "regulars-"));
after(() => rmSync(folder, { recursive: true }));

const regulars = (args, input) => run(folder, args, input);
const codes = (text) => lines(text).map(({ code }) => code);
const file = (name, content) => {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
};

const bought = { events: { of: "conversion", modifier: "is_at_least", value: 1 } };
const NOW = "2026-03-05T00:00:00Z";
const order = { type: "conversion", id: "1", at: "2026-03-01T12:00:00+01:00", value: "59.90" };
const shop = {
  regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR",
  segments: [{ id: "buyer", rule: bought, examples: [{ visitor: { events: [order] }, now: NOW, member: true }, { visitor: {}, now: NOW, member: false }] }],
  campaigns: [{ id: "thanks", slot: "hero", when: { segment: "buyer" }, variants: [{ id: "a", content: { title: "Thank you" } }] }],
};
const good = file("shop.json", shop);
const warned = file("warned.json", { ...shop, retention: [{ id: "one", name: "One", conversions: [1, 1], days: [0, 90] }] });
const halfBroken = file("half-broken.json", { ...shop, segments: [...shop.segments, { id: "broken", rule: { all: [] } }] });
const refused = file("refused.json", { ...shop, timeZone: "Europe/Atlantis" });
const visitors = file("visitors.jsonl", [{ id: "v-1", events: [order] }, {}, { id: 7 }].map((visitor) => JSON.stringify(visitor)).join("\n"));

test("check: a good package, and its examples", async () => {
  const { code, stdout, stderr } = await regulars(["check", good]);
  assert.deepEqual([code, stderr], [0, ""]);
  const examples = [[0, true], [1, false]].map(([example, member]) => ({ segment: "buyer", example, expected: member, actual: member, ok: true }));
  const [{ work, ...record }] = lines(stdout);
  assert.deepEqual(record, { problems: [], examples, segments: 1, campaigns: 1, timeZone: "Europe/Amsterdam", zoneVersion: process.versions.tz });
  // One condition that changes twice an event at most.
  assert.equal(work.events, 1000);
  assert.ok(work.steps > 2000 && work.steps < 100_000, `${work.steps} steps`);
});

test("check: problems are in the record and on standard error; warnings alone are good", async () => {
  const broken = await regulars(["check", halfBroken]);
  assert.equal(broken.code, 1);
  assert.deepEqual(lines(broken.stderr), lines(broken.stdout)[0].problems);
  assert.deepEqual(Object.keys(lines(broken.stderr)[0]).slice(0, 4), ["code", "severity", "pointer", "message"]);
  const warning = await regulars(["check", warned]);
  assert.equal(warning.code, 0);
  assert.ok(lines(warning.stderr).length > 0 && lines(warning.stderr).every(({ severity }) => severity === "warning"));
  const none = await regulars(["check", refused]);
  assert.equal(none.code, 1);
  assert.deepEqual([codes(none.stderr), lines(none.stdout)[0].timeZone], [["unknown_time_zone"], null]);
});

test("check: the examples of a broken segment are not run against another's answers", async () => {
  const [first] = shop.segments;
  const never = [{ visitor: { events: [order] }, now: NOW, member: false }];
  const segments = [first, { ...first, examples: never }, { id: "odd", rule: { all: [] }, examples: never }];
  const { code, stdout, stderr } = await regulars(["check", "-"], JSON.stringify({ ...shop, segments }));
  assert.equal(code, 1);
  assert.deepEqual(codes(stderr).sort(), ["duplicate_id", "empty_group"]);
  assert.deepEqual(lines(stdout)[0].examples.map(({ segment, example }) => [segment, example]), [["buyer", 0], ["buyer", 1]]);
});

test("check: an example that does not come true", async () => {
  const segments = [{ ...shop.segments[0], examples: [{ visitor: { events: [order] }, now: NOW, member: false }] }];
  const { code, stdout, stderr } = await regulars(["check", "-"], JSON.stringify({ ...shop, segments }));
  assert.equal(code, 1);
  assert.deepEqual(lines(stdout)[0].examples, [{ segment: "buyer", example: 0, expected: false, actual: true, ok: false }]);
  assert.deepEqual(lines(stderr).map(({ code, pointer }) => [code, pointer]), [["example_failed", "/segments/0/examples/0"]]);
});

test("build: the plan, and the map that is tied to it", async () => {
  const { code, stdout, stderr } = await regulars(["build", good]);
  assert.deepEqual([code, stderr], [0, ""]);
  const [{ plan, map, hash, bytes }] = lines(stdout);
  assert.deepEqual([plan, map], ["shop.plan", "shop.plan.map"]);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, map), "utf8")), { regulars: 1, plan: hash, package: shop });
  const written = readFileSync(join(folder, plan));
  assert.equal(written.length, bytes);
  assert.equal((await load()).plan(new Uint8Array(written)).plan.hash, hash);
});

test("build: a broken segment does not stop it, a refused package and --strict do", async () => {
  const broken = await regulars(["build", halfBroken, "--out", "half.plan"]);
  assert.deepEqual([broken.code, codes(broken.stderr), existsSync(join(folder, "half.plan"))], [1, ["empty_group"], true]);
  const strict = await regulars(["build", halfBroken, "--out", "strict.plan", "--strict"]);
  assert.deepEqual([strict.code, strict.stdout, existsSync(join(folder, "strict.plan"))], [1, "", false]);
  const none = await regulars(["build", refused]);
  assert.deepEqual([none.code, none.stdout, existsSync(join(folder, "refused.plan"))], [1, "", false]);
});

test("evaluate: a line a visitor, in their order", async () => {
  const { code, stdout, stderr } = await regulars(["evaluate", good, "--visitors", visitors, "--now", NOW]);
  assert.deepEqual([code, stderr], [0, ""]);
  const now = Date.parse(NOW);
  const until = Date.parse("2026-05-31T00:00:00+02:00");
  const nobody = { now, segments: { buyer: { member: false, holdsUntil: null, partial: false } }, retention: { cell: "none", conversions: 0, daysSinceLast: null, holdsUntil: null }, holdsUntil: null };
  const expected = [
    { visitor: "v-1", now, segments: { buyer: { member: true, holdsUntil: null, partial: false } }, retention: { cell: "one_time_buyer", conversions: 1, daysSinceLast: 4, holdsUntil: until }, holdsUntil: until },
    { visitor: null, ...nobody },
    { visitor: "7", ...nobody },
  ];
  assert.equal(stdout, expected.map((record) => `${JSON.stringify(record)}\n`).join(""));
});

test("evaluate: instants in both spellings, visitors from standard input, the clock unless given", async () => {
  const input = readFileSync(join(folder, visitors), "utf8");
  const text = await regulars(["evaluate", good, "--visitors", "-", "--now", "2026-03-05T01:00:00+01:00"], input);
  const millis = await regulars(["evaluate", good, "--visitors", "-", "--now", String(Date.parse(NOW))], input);
  assert.equal(text.stdout, millis.stdout);
  const before = Date.now();
  const clock = await regulars(["evaluate", good, "--visitors", "-"], input);
  const [{ now }] = lines(clock.stdout);
  assert.ok(now >= before && now <= Date.now());
});

test("evaluate: a bad line is named, the others are used", async () => {
  const bad = file("bad.jsonl", `\uFEFF{"id":"a"}\r\n\n{oops\n[1]\n{"id":"b","events":[{"type":"x"}],"name":"B"}\n{"id":"c\u2028d"}\n`);
  const { code, stdout, stderr } = await regulars(["evaluate", good, "--visitors", bad, "--now", NOW]);
  assert.equal(code, 1);
  assert.deepEqual(lines(stdout).map(({ visitor }) => visitor), ["a", "b", "c\u2028d"]);
  assert.deepEqual(lines(stderr).map(({ code, pointer, file, line }) => [code, pointer, file, line]), [
    ["not_json", "", "bad.jsonl", 3],
    ["wrong_type", "", "bad.jsonl", 4],
    ["missing_key", "/events/0/at", "bad.jsonl", 5],
    ["unknown_key", "/name", "bad.jsonl", 5],
  ]);
});

test("evaluate: a currency without a rate is said once, and is good", async () => {
  const dollars = file("dollars.jsonl", [1, 2].map((id) => JSON.stringify({ events: [{ ...order, id, currency: "USD" }] })).join("\n"));
  const { code, stderr } = await regulars(["evaluate", good, "--visitors", dollars, "--now", NOW]);
  assert.deepEqual([code, codes(stderr)], [0, ["no_rate"]]);
});

test("decide: a line a visitor, the decision", async () => {
  const { code, stdout } = await regulars(["decide", good, "--visitors", visitors, "--slot", "hero", "--now", NOW]);
  assert.equal(code, 0);
  const [first, second] = lines(stdout);
  assert.equal(JSON.stringify(first), JSON.stringify({ slot: "hero", campaign: "thanks", variant: "a", content: { title: "Thank you" }, heldOut: false, rejected: [], holdsUntil: null }));
  assert.deepEqual(second.rejected, [{ campaign: "thanks", reason: "when" }]);
});

test("the context is a JSON object", async () => {
  const call = (content) => regulars(["evaluate", good, "--visitors", visitors, "--now", NOW, "--context", file("context.json", content)]);
  assert.equal((await call({ url: "https://shop.example/" })).code, 0);
  for (const [content, code] of [["[]", "wrong_type"], ["{", "not_json"]]) {
    const called = await call(content);
    assert.deepEqual([called.code, called.stdout, codes(called.stderr)], [1, "", [code]]);
  }
});

test("--pretty is for reading", async () => {
  const { stdout, stderr } = await regulars(["check", halfBroken, "--pretty"]);
  assert.match(stdout, /^\{\n  "problems": \[\n/);
  assert.match(stderr, /^error at \/segments\/1\/rule\/all: .+ \(empty_group\)\n/);
});

test("--help, with an example, for the program and for each command", async () => {
  for (const args of [["--help"], ...["check", "build", "evaluate", "decide"].map((name) => [name, "--help"])]) {
    const { code, stdout, stderr } = await regulars(args);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /\nExample:\n  regulars /);
  }
});

test("wrong usage is one sentence, and exit code 2", async () => {
  const wrong = [
    [], ["frobnicate"], ["check"], ["check", good, good], ["check", "missing.json"], ["check", good, "--frob"], ["evaluate", good],
    ["decide", good, "--visitors", visitors], ["evaluate", good, "--visitors", "missing.jsonl"], ["evaluate", "-", "--visitors", "-"],
    ["evaluate", good, "--visitors", visitors, "--now", "yesterday"], ["evaluate", good, "--visitors", visitors, "--now", "2026-03-05"],
    ["build", "-"], ["build", good, "--out", "no/such/folder.plan"],
  ];
  for (const args of wrong) {
    const { code, stdout, stderr } = await regulars(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, /^[^\n]+\n/);
    assert.doesNotMatch(stderr, /\n +at /, "no stack");
  }
});
