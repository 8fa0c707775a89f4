// Rows of the table that a living page pays again and again: asked again, asked at another instant, an order more. All in µs.
import { check, median, read } from "./subject.mjs";
import { DAY, storedOf } from "./fifty.mjs";
import { instants, orders } from "./visitors.mjs";

/** Asked again with nothing changed, before `holdsUntil`: the mean of a call, by thousands. */
export function again({ visitor, shop, setClock, events }) {
  const calls = 1000;
  const now = events.at(-1).at + DAY / 2;
  setClock(now);
  const each = (ask) => {
    const times = [];
    for (let round = 0; round < 60; round++) {
      const start = performance.now();
      for (let n = 0; n < calls; n++) ask();
      times.push(((performance.now() - start) / calls) * 1000);
    }
    return median(times);
  };
  return { engine: each(() => visitor.evaluate(now)), page: each(() => shop.evaluate()) };
}

/** Evaluated at instants in no order, everything read; who comes first takes turns. Also the share of answers that differ from the instant before. */
export function afresh(subjects, rounds) {
  const askers = subjects.flatMap((one) => [
    { one, who: "engine", ask: (now) => read(one.ids, one.visitor.evaluate(now)) },
    { one, who: "page", ask: (now) => { one.setClock(now); return read(one.ids, one.shop.evaluate()); } },
    { one, who: "indexed", ask: (now) => one.rivals.indexed.evaluate(one.states.indexed, now) },
    { one, who: "until", ask: (now) => one.rivals.until.evaluate(one.states.until, now) },
  ].map((asker) => ({ ...asker, times: [] })));
  const changes = subjects.map(() => ({ before: null, changed: 0, held: 0 }));
  for (const [round, now] of instants(rounds, 4).entries()) {
    for (const asker of round % 2 ? askers : [...askers].reverse()) asker.times.push(timed(() => asker.ask(now)));
    subjects.forEach(({ rivals, states }, n) => {
      const answers = rivals.indexed.evaluate(states.indexed, now);
      changes[n].held += answers.filter(Boolean).length;
      changes[n].changed += changes[n].before === null ? 0 : answers.filter((member, place) => member !== changes[n].before[place]).length;
      changes[n].before = answers;
    });
  }
  return subjects.map((one, n) => ({
    orders: one.count,
    changed: changes[n].changed / (50 * (rounds - 1)), held: changes[n].held / (50 * rounds),
    naive: median(instants(15, 5).map((now) => timed(() => one.rivals.naive(one.stored, now)))),
    ...Object.fromEntries(askers.filter((asker) => asker.one === one).map(({ who, times }) => [who, median(times)])),
  }));
}

/** An order later than all others, taken in and counted by everybody. */
export async function append(one, rounds) {
  const { visitor, shop, setClock, rivals, states, stored } = one;
  const times = { engine: [], page: [], indexed: [], until: [] };
  const last = one.events.at(-1).at;
  const more = orders(rounds, 9).map((order, n) => ({ ...order, id: `more-${n}`, at: last + (n + 1) * 3_600_000 }));
  const theirs = storedOf(more);
  for (const [n, order] of more.entries()) {
    const now = order.at + 1000;
    setClock(now);
    const committed = [];
    const steps = [
      ["engine", () => { visitor.ingest([order]); return read(one.ids, visitor.evaluate(now)); }],
      ["page", () => { committed.push(shop.track(order)); return read(one.ids, shop.evaluate()); }],
      ["indexed", () => { rivals.indexed.append(states.indexed, theirs[n]); return rivals.indexed.evaluate(states.indexed, now); }],
      ["until", () => { rivals.until.append(states.until, theirs[n]); return rivals.until.evaluate(states.until, now); }],
    ];
    for (const [who, step] of n % 2 ? steps : steps.reverse()) times[who].push(timed(step));
    await Promise.all(committed);
    stored.push(theirs[n]);
  }
  one.events.push(...more);
  check(one, instants(3, 6).concat(more.at(-1).at + 1000));
  return { orders: one.count, ...Object.fromEntries(Object.entries(times).map(([who, list]) => [who, median(list)])) };
}

let kept = 0;

/** µs that a call takes; what it gives is used, so that it cannot be left out. */
function timed(call) {
  const start = performance.now();
  const given = call();
  const time = (performance.now() - start) * 1000;
  kept += typeof given === "number" ? given : given.length;
  return time;
}

/** Something that depends on all that was timed. */
export const used = () => kept;
