// Whoever is measured: this package's two entries and the rivals, each with the same orders and rules. Before anything is timed all answers are compared.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tools/lib/run.mjs";
import { fifty, storedOf } from "./fifty.mjs";
import { calendar } from "./rivals/calendar.mjs";
import { indexed } from "./rivals/indexed.mjs";
import { naive } from "./rivals/naive.mjs";
import { instants, orders } from "./visitors.mjs";

const CHECKED = 40;
const COMPLETE = { coveredSince: "0001-01-01T00:00:00Z" };

/** Where the bundle of `page.ts` lies. */
export const pageFile = join(root, ".build/bench/page.mjs");
export const pageWasm = () => readFileSync(join(root, "dist/page.wasm"));

/** Bundles `page.ts` as the package is bundled. */
export async function buildPage() {
  const { build } = await import("esbuild");
  mkdirSync(join(root, ".build/bench"), { recursive: true });
  await build({ entryPoints: [join(root, "benches/page.ts")], outfile: pageFile, bundle: true, minify: true, format: "esm", target: "es2022", logLevel: "warning" });
}

/** One history of so many orders, as everybody has it. */
export async function subject(count, seed = 1) {
  const { load } = await import("regulars/engine");
  const { start } = await import("regulars");
  const { pageOf } = await import(pageFile);
  const engine = await load();
  const events = orders(count, seed);
  const source = fifty(events);
  const { plan, problems } = engine.plan(source, { strict: true });
  assert.deepEqual(problems.filter(({ severity }) => severity === "error"), []);
  assert.equal(plan.names.segments.length, 50);
  const visitor = plan.visitor({ events });
  assert.deepEqual(visitor.problems, []);
  const snapshot = visitor.snapshot();
  let clock = 0;
  const shop = await start({ plan: plan.bytes, storage: "memory", now: () => clock, onProblem: ({ message }) => assert.fail(message) });
  const days = calendar();
  const rivals = { naive: naive(source, days), indexed: indexed(source, days, { until: false }), until: indexed(source, days, { until: true }) };
  const stored = storedOf(events);
  const one = {
    count, events, source, plan, visitor, snapshot, ids: plan.names.segments, stored, rivals, text: JSON.stringify({ orders: stored }), pageOf,
    shop, setClock: (now) => { clock = now; },
    states: { indexed: rivals.indexed.load(stored), until: rivals.until.load(stored) },
  };
  // A past comes into a page from its database, or from the shop; nothing of it is later than the clock.
  clock = events.at(-1).at + 1;
  await shop.import(events, COMPLETE);
  check(one);
  return one;
}

/** All that the public API says of 50 rules, read as a page reads it. */
export function read(ids, { segments }) {
  let sum = 0;
  for (const id of ids) {
    const { member, holdsUntil, partial } = segments[id];
    sum += (member ? 1 : 0) + (holdsUntil ?? 0) + (partial ? 1 : 0);
  }
  return sum;
}

/** Everybody answers alike at many instants; nobody's answer is partial. */
export function check({ ids, visitor, shop, setClock, rivals, states, stored, events }, asked = instants(CHECKED, 3)) {
  for (const now of [...asked, events.at(-1).at, events[0].at - 1]) {
    setClock(now);
    const answer = visitor.evaluate(now);
    assert.deepEqual(shop.evaluate(), answer);
    const pairs = ids.map((id) => answer.segments[id]);
    assert.ok(pairs.every(({ partial }) => !partial));
    const members = pairs.map(({ member }) => member);
    assert.deepEqual(rivals.naive(stored, now), members);
    assert.deepEqual(rivals.indexed.evaluate(states.indexed, now), members);
    assert.deepEqual(rivals.until.evaluate(states.until, now), pairs.map(({ member, holdsUntil }) => ({ member, holdsUntil })));
  }
}

export function median(times) {
  const sorted = Float64Array.from(times).sort();
  return sorted[sorted.length >> 1];
}
