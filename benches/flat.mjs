// `npm run bench`: 50 rules at random instants must cost about the same over 10 000 orders as over 100.
// A page asks at every change; an evaluation that walks the whole history would make the best customers' pages slow.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { instants, orders, rulesFor } from "./visitors.mjs";

/** So many times what 100 orders cost may 10 000 cost at most. */
export const bar = 3;

const SIZES = [100, 10_000];
const CHECKED = 30;

/** A visitor of each size, checked against new ones. */
export async function prepare() {
  const { load } = await import("regulars/engine");
  const engine = await load();
  const asked = instants(CHECKED, 3);
  return SIZES.map((size) => {
    const one = subject(engine, size);
    return { ...one, first: median(checked(one, asked)) };
  });
}

/**
 * Medians in µs over `rounds` instants, the visitors asked in turn: { sizes: [{ orders, first, median, changed, held }], ratio }.
 * `first` is the first answer of a new visitor, `changed` the share of answers that differ from the instant before, `held` of those that are true.
 */
export function flat(subjects, { rounds }) {
  const runs = subjects.map((one) => ({ ...one, times: [], before: null, changed: 0, held: 0 }));
  for (const [round, now] of instants(rounds, 4).entries()) {
    // Who comes first takes turns, so that neither always finds the other's traces.
    for (const one of round % 2 ? runs : [...runs].reverse()) ask(one, now);
  }
  const sizes = runs.map(({ size, first, ids, times, changed, held }) => (
    { orders: size, first, median: median(times), changed: changed / (ids.length * (rounds - 1)), held: held / (ids.length * rounds) }
  ));
  return { sizes, ratio: sizes[1].median / sizes[0].median };
}

function subject(engine, size) {
  const events = orders(size, 1);
  const { plan, problems } = engine.plan(rulesFor(events), { strict: true });
  assert.ok(plan, JSON.stringify(problems));
  assert.equal(plan.names.segments.length, 50);
  const visitor = plan.visitor({ events });
  assert.deepEqual(visitor.problems, []);
  return { size, events, plan, visitor, ids: plan.names.segments };
}

/** The visitor that is timed answers as one that has never answered, also when asked again; gives the times of the new ones. */
function checked({ plan, visitor, events }, asked) {
  const another = plan.visitor({ events });
  const bytes = another.snapshot();
  another.free();
  asked.forEach((now) => visitor.evaluate(now));
  return asked.map((now) => {
    const fresh = plan.visitor(bytes);
    const start = performance.now();
    const answer = fresh.evaluate(now);
    const time = performance.now() - start;
    fresh.free();
    assert.deepEqual(visitor.evaluate(now), answer);
    return time * 1000;
  });
}

/** One evaluation, all of it read, timed; what it said is counted afterwards. */
function ask(one, now) {
  const start = performance.now();
  const { segments } = one.visitor.evaluate(now);
  let read = 0;
  for (const id of one.ids) {
    const { member, holdsUntil, partial } = segments[id];
    read += (member ? 1 : 0) + (holdsUntil ?? 0) + (partial ? 1 : 0);
  }
  one.times.push((performance.now() - start) * 1000);
  assert.ok(read >= 0);
  for (const id of one.ids) {
    one.held += segments[id].member ? 1 : 0;
    one.changed += one.before !== null && one.before[id].member !== segments[id].member ? 1 : 0;
  }
  one.before = segments;
}

function median(times) {
  const sorted = Float64Array.from(times).sort();
  return sorted[sorted.length >> 1];
}

function asText({ sizes, ratio }) {
  const row = (cells) => cells.map((cell, n) => (n === 0 ? cell.padEnd(30) : cell.padStart(14))).join("");
  const numbers = (key) => sizes.map((size) => size[key].toFixed(1));
  const shares = (key) => sizes.map((size) => `${(100 * size[key]).toFixed(1)} %`);
  return [
    row(["50 rules at a random instant", ...SIZES.map((size) => `${size} orders`)]),
    row(["median, µs", ...numbers("median")]),
    row(["first of a new visitor, µs", ...numbers("first")]),
    row(["changed since the last instant", ...shares("changed")]),
    row(["true", ...shares("held")]),
    `ratio ${ratio.toFixed(2)}, at most ${bar}: ${ratio <= bar ? "good" : "TOO MUCH"}`,
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = flat(await prepare(), { rounds: 4000 });
  console.log(asText(result));
  if (!(result.ratio <= bar)) process.exitCode = 1;
}
