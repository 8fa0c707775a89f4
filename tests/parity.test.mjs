// Native and wasm give the same bytes: plans, snapshots, numbers, decisions. What the native engine says of generated cases
// is held against both builds, byte by byte; plans are compiled here once more, with the same table of the zone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "../tools/lib/run.mjs";
import { importRaw } from "./builds/bundle.mjs";
import { writtenNatively } from "./builds/native.mjs";

const zones = new Map();
let cases, raw, builds;

before(async () => {
  const lines = writtenNatively("cases_are_written_down", "parity.jsonl");
  for (const { zone, table } of lines.filter(({ table }) => table)) zones.set(zone, table);
  cases = lines.filter(({ table }) => !table);
  raw = await importRaw();
  const wasm = (name) => readFileSync(join(root, `dist/${name}.wasm`));
  builds = { page: raw.loadPage(wasm("page")), studio: raw.loadStudio(wasm("studio")) };
});

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const unhex = (text) => new Uint8Array(Buffer.from(text, "hex"));

test("there are cases in every zone", () => {
  assert.ok(cases.length >= 100 || process.env.REGULARS_PARITY);
  assert.ok(zones.size === 6 || process.env.REGULARS_PARITY, [...zones.keys()].join());
});

test("the studio build compiles the same plan and finds the same problems", () => {
  for (const { seed, zone, package: source, plan, problems } of cases) {
    const compiled = raw.compile(JSON.stringify(source), zones.get(zone), false);
    assert.equal(hex(compiled.plan), plan, `seed ${seed}`);
    const found = compiled.problems.map(({ code, severity, pointer, message, fix }) => [code, severity, pointer, message, fix ?? null]);
    assert.deepEqual(found, problems, `seed ${seed}`);
  }
});

test("JavaScript reads events to the same bytes", () => {
  for (const { seed, visitor, events } of cases) {
    const { read, refused } = raw.readEvents(visitor.events);
    assert.deepEqual(refused, [], `seed ${seed}`);
    for (const [index, { bytes }] of read.entries()) assert.equal(hex(bytes), events[index], `seed ${seed}: ${JSON.stringify(visitor.events[index])}`);
    assert.equal(read.length, events.length);
  }
});

for (const name of ["page", "studio"]) {
  test(`the ${name} build says the same of every visitor`, () => {
    for (const { seed, visitor, context, plan, names, more, before, after, answers } of cases) {
      const held = raw.hold(builds[name], unhex(plan), visitor, context);
      for (const key of ["segments", "cells", "slots", "timeZone"]) assert.deepEqual(held.names[key], names[key], `seed ${seed}, ${key}`);
      assert.equal(hex(held.snapshot()), before, `seed ${seed}, snapshot`);
      for (const wanted of answers.slice(0, -1)) compare(held, wanted, seed);
      const last = answers.at(-1);
      compare(raw.hold(builds[name], unhex(plan), unhex(after), context), last, `${seed}, from a snapshot`);
      held.ingest(more);
      compare(held, last, `${seed}, with more events`);
      assert.equal(hex(held.snapshot()), after, `seed ${seed}, snapshot with more events`);
      held.free();
    }
  });
}

function compare(held, { now, numbers, decisions }, seed) {
  assert.equal(hex(held.numbers(now)), numbers, `seed ${seed} at ${now}`);
  assert.deepEqual(["hero", "side", "nowhere"].map((slot) => held.decide(slot, now)), decisions, `seed ${seed} at ${now}`);
}
