// The cases of tests/spec through the published engine and through the page's build, in Node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load } from "../dist/engine.node.js";
import { root } from "../tools/lib/run.mjs";
import { importRaw } from "./builds/bundle.mjs";
import { specFiles } from "./spec/files.mjs";
import { compilingOnce, planRunner, publishedEngine, runFile } from "./spec/runner.mjs";

const engine = compilingOnce(await load());
const { hold, loadPage } = await importRaw();
const page = loadPage(readFileSync(join(root, "dist/page.wasm")));
const engines = { engine: publishedEngine(engine), page: planRunner(engine, (plan, visitor) => hold(page, plan, visitor)) };

for (const [name, topic] of specFiles()) {
  for (const [which, runs] of Object.entries(engines)) {
    test(`${name} through the ${which}: ${topic.cases.length} cases`, () => assert.deepEqual(runFile(runs, topic), []));
  }
}

test("a case that says otherwise fails", () => {
  const rule = { events: { of: "conversion", modifier: "is_at_least", value: 1 } };
  const visitor = { events: [{ type: "conversion", at: 0, value: 1 }, { type: "conversion" }] };
  const right = { name: "right", rule, visitor, checks: [{ now: 0, member: true, holdsUntil: null, retention: { conversions: 1 } }], refused: [{ index: 1, code: "missing_key", pointer: "/at" }] };
  const wrong = [
    { ...right, checks: [{ now: 0, member: false }] },
    { ...right, checks: [{ now: 0, holdsUntil: 1 }] },
    { ...right, checks: [{ now: 0, retention: { cell: "none" } }] },
    { ...right, checks: [{ now: 0, slot: "hero", decision: { campaign: "c" } }] },
    { ...right, checks: [{ now: 0, membr: true }] },
    { ...right, refused: [] },
    { ...right, problems: [{ code: "bad_period", pointer: "" }] },
  ];
  for (const runs of Object.values(engines)) {
    assert.deepEqual(runFile(runs, { cases: [right] }), []);
    for (const each of wrong) assert.equal(runFile(runs, { cases: [each] }).length, 1, JSON.stringify(each));
  }
});
