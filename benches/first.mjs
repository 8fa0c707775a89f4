// Rows of the table that a page view pays before it paints: from stored bytes to the first answer, in an engine that is there and in a new process.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, pageFile, pageWasm, read } from "./subject.mjs";
import { DAY } from "./fifty.mjs";

/** Stored bytes → 50 answers, in ms: both builds, and `JSON.parse` with naive and with indexed JavaScript. */
export function first({ count, plan, snapshot, text, rivals, ids, pageOf, events }, rounds) {
  const times = { engine: [], page: [], naive: [], indexed: [] };
  const { brain } = pageOf(pageWasm(), plan.bytes);
  const timed = (who, run) => {
    const start = performance.now();
    const given = run();
    times[who].push(performance.now() - start);
    return given;
  };
  for (let round = 0; round < rounds; round++) {
    const now = events.at(-1).at + (round + 1) * DAY / 7;
    const visitor = timed("engine", () => {
      const opened = plan.visitor(snapshot);
      read(ids, opened.evaluate(now));
      return opened;
    });
    visitor.free();
    brain.begin(null);
    timed("page", () => {
      brain.begin(snapshot);
      return read(ids, brain.evaluate(now));
    });
    timed("naive", () => rivals.naive(JSON.parse(text).orders, now));
    timed("indexed", () => rivals.indexed.evaluate(rivals.indexed.load(JSON.parse(text).orders), now));
  }
  return { orders: count, ...Object.fromEntries(Object.entries(times).map(([who, list]) => [who, median(list)])) };
}

/** The same in new processes, from before the first line of code is loaded until 50 answers are there, in ms. */
export function inNewProcess({ count, plan, snapshot, text, source, events, ids }, rounds) {
  const folder = mkdtempSync(join(tmpdir(), "regulars-bench-"));
  writeFileSync(join(folder, "plan"), plan.bytes);
  writeFileSync(join(folder, "snapshot"), snapshot);
  writeFileSync(join(folder, "orders.json"), text);
  writeFileSync(join(folder, "package.json"), JSON.stringify(source));
  const now = events.at(-1).at + DAY;
  const times = { page: [], engine: [], naive: [] };
  const answers = new Set();
  for (let round = 0; round < rounds; round++) {
    for (const who of Object.keys(times)) {
      const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), who, folder, String(now)], { encoding: "utf8" });
      assert.equal(status, 0, stderr);
      const { time, members } = JSON.parse(stdout);
      times[who].push(time);
      answers.add(members);
    }
  }
  rmSync(folder, { recursive: true });
  assert.equal(answers.size, 1);
  assert.equal([...answers][0].length, ids.length);
  return { orders: count, ...Object.fromEntries(Object.entries(times).map(([who, list]) => [who, median(list)])) };
}

/** What a new process does. Files are read before the clock starts: a page has them from its database and its cache. */
const visits = {
  async page(folder) {
    const [wasm, plan, snapshot] = [pageWasm(), readFileSync(join(folder, "plan")), readFileSync(join(folder, "snapshot"))];
    return async (now) => {
      const { pageOf } = await import(pageFile);
      const { brain } = pageOf(wasm, plan);
      brain.begin(snapshot);
      return Object.values(brain.evaluate(now).segments).map(({ member }) => member);
    };
  },
  async engine(folder) {
    const [plan, snapshot] = [readFileSync(join(folder, "plan")), readFileSync(join(folder, "snapshot"))];
    return async (now) => {
      const { load } = await import("regulars/engine");
      const visitor = (await load()).plan(plan).plan.visitor(snapshot);
      return Object.values(visitor.evaluate(now).segments).map(({ member }) => member);
    };
  },
  async naive(folder) {
    const [text, source] = ["orders.json", "package.json"].map((name) => readFileSync(join(folder, name), "utf8"));
    const { calendar } = await import("./rivals/calendar.mjs");
    const days = calendar();
    return async (now) => {
      const { naive } = await import("./rivals/naive.mjs");
      return naive(JSON.parse(source), days)(JSON.parse(text).orders, now);
    };
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , who, folder, now] = process.argv;
  const visit = await visits[who](folder);
  const start = performance.now();
  const members = await visit(Number(now));
  const time = performance.now() - start;
  process.stdout.write(JSON.stringify({ time, members: members.map(Number).join("") }));
  process.exit();
}
