// The command line over 2,357 real customers: every answer is held against plain JavaScript over the raw rows.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { load } from "../dist/engine.node.js";
import { dataset } from "../tools/lib/datasets.mjs";

const data = dataset("cdnow");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW_TEXT = "1998-06-30T23:59:59-04:00";
const NOW = Date.UTC(1998, 6, 1, 3, 59, 59);
const HORIZON = NOW + 400 * DAY;

const of = "conversion";
const shop = {
  regulars: 1, timeZone: "America/New_York", currency: "USD", retention: "five",
  segments: [
    { id: "one-in-90", rule: { events: { of, modifier: "is_exactly", value: 1, period: { last: 90, unit: "day" } } } },
    { id: "none-in-60", rule: { events: { of, modifier: "is_exactly", value: 0, period: { last: 60, unit: "day" } } } },
    { id: "order-50-to-100", rule: { events: { of, modifier: "is_at_least", value: 1, where: { field: "value", modifier: "is_between", value: [50, 100] } } } },
    { id: "total-100", rule: { events: { of, measure: "total_value", modifier: "is_at_least", value: 100 } } },
    { id: "two-days", rule: { events: { of, measure: "active_days", modifier: "is_at_least", value: 2 } } },
    { id: "two-days-published", rule: { events: { of, measure: "active_days", modifier: "is_at_least", value: 2, period: { to: "1997-09-30" } } } },
    { id: "ten-cds", rule: { events: { of, measure: "units", modifier: "is_at_least", value: 10 } } },
    { id: "three-quarters", rule: { events: { of, modifier: "is_at_least", value: 1, period: { calendar: "quarter", count: 3, current: true } } } },
    { id: "slipping", rule: { retention: ["sleeper", "red_alert"] } },
  ],
  campaigns: [
    { id: "thanks", slot: "hero", priority: 20, when: { segment: "one-in-90" }, variants: [{ id: "a", content: { title: "Thank you" } }] },
    { id: "big-spender", slot: "hero", priority: 10, when: { segment: "total-100" }, variants: [{ id: "a", content: { title: "For you" } }] },
    { id: "missed", slot: "hero", when: { all: [{ segment: "none-in-60" }, { not: { retention: ["red_alert"] } }] }, variants: [{ id: "a", content: { title: "We missed you" } }] },
  ],
};

describe("CDNOW", { skip: data ? false : "the data set cdnow is not at hand (REGULARS_DATA)" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "regulars-cdnow-"));
  after(() => rmSync(folder, { recursive: true }));
  let customers;
  let records;

  before(() => {
    customers = readCustomers();
    records = customers.map(({ id, orders }) => ({ id, events: orders.map(toEvent) }));
    writeFileSync(join(folder, "shop.json"), JSON.stringify(shop));
    writeFileSync(join(folder, "visitors.jsonl"), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  });

  test("all rows are read", () => {
    assert.deepEqual([customers.length, customers.flatMap(({ orders }) => orders).length], [2357, 6919]);
  });

  test("check: no problems", async () => {
    const { code, stdout, stderr } = await regulars(folder, ["check", "shop.json"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(lines(stdout), [{ problems: [], examples: [], segments: 9, campaigns: 3, timeZone: "America/New_York", zoneVersion: process.versions.tz }]);
  });

  test("evaluate: every membership, cell and holdsUntil; the built plan gives the same", async (t) => {
    const { code, stdout, stderr } = await regulars(folder, ["evaluate", "shop.json", "--visitors", "visitors.jsonl", "--now", NOW_TEXT]);
    assert.deepEqual([code, stderr], [0, ""]);
    const printed = lines(stdout);
    const expected = customers.map(evaluation);
    same(printed, expected);
    const sizes = shop.segments.map(({ id }) => [id, expected.filter(({ segments }) => segments[id].member).length]);
    const cells = Object.entries(tally(expected.map(({ retention }) => retention.cell)));
    t.diagnostic([...sizes, ...cells].map((pair) => pair.join(" ")).join(", "));
    for (const [id, size] of sizes) assert.ok(size > 0 && size < customers.length, `${id} tells customers apart`);
    assert.equal(cells.length, 5, "every cell has customers");

    const built = await regulars(folder, ["build", "shop.json"]);
    assert.deepEqual([built.code, built.stderr], [0, ""]);
    const [{ plan: file, map, hash, bytes }] = lines(built.stdout);
    const written = readFileSync(join(folder, file));
    assert.deepEqual([file, map, bytes], ["shop.plan", "shop.plan.map", written.length]);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, map), "utf8")), { regulars: 1, plan: hash, package: shop });
    const { plan, problems } = (await load()).plan(new Uint8Array(written));
    assert.deepEqual([problems, plan.hash], [[], hash]);
    same(records.map((record) => answerOf(plan, record)), expected);
  });

  test("evaluate: who came back by September 1997 are those of the published summary", async () => {
    const { stdout } = await regulars(folder, ["evaluate", "shop.json", "--visitors", "visitors.jsonl", "--now", NOW_TEXT]);
    const cameBack = lines(stdout).filter(({ segments }) => segments["two-days-published"].member).map(({ visitor }) => Number(visitor));
    const [, ...rows] = unzip("cdnow_customers_summary.csv.gz").map((row) => row.split(",").map(Number));
    assert.equal(rows.length, customers.length);
    assert.deepEqual(cameBack, rows.filter(([, frequency]) => frequency > 0).map(([id]) => id));
  });

  test("decide: every decision, its losers and its holdsUntil", async (t) => {
    const { code, stdout, stderr } = await regulars(folder, ["decide", "shop.json", "--visitors", "visitors.jsonl", "--slot", "hero", "--now", NOW_TEXT]);
    assert.deepEqual([code, stderr], [0, ""]);
    const expected = customers.map(decision);
    same(lines(stdout), expected);
    const shown = tally(expected.map(({ campaign }) => campaign));
    t.diagnostic(Object.entries(shown).map((pair) => pair.join(" ")).join(", "));
    assert.equal(Object.keys(shown).length, 4, "each campaign is shown to someone, and nothing to someone");
  });

  test("a date as the file writes it is refused by line, the other customers are answered", async () => {
    const asInFile = { ...records[1], events: [{ ...records[1].events[0], at: "19970101" }] };
    writeFileSync(join(folder, "one-bad.jsonl"), [records[0], asInFile, records[2]].map((record) => JSON.stringify(record)).join("\n"));
    const { code, stdout, stderr } = await regulars(folder, ["evaluate", "shop.json", "--visitors", "one-bad.jsonl", "--now", NOW_TEXT]);
    assert.equal(code, 1);
    assert.deepEqual(lines(stderr).map(({ pointer, file, line }) => [pointer, file, line]), [["/events/0/at", "one-bad.jsonl", 2]]);
    same(lines(stdout), [customers[0], { ...customers[1], orders: [] }, customers[2]].map(evaluation));
  });
});

function regulars(folder, args) {
  const program = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const printed = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => { printed[name] += text; });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...printed }));
  });
}

function lines(text) {
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

/** Customer by customer: a difference is shown for one, not as a diff of thousands. */
function same(actual, expected) {
  assert.equal(actual.length, expected.length);
  const wrong = expected.flatMap((wanted, index) => JSON.stringify(actual[index]) === JSON.stringify(wanted) ? [] : [index]);
  if (wrong.length > 0) assert.deepEqual(actual[wrong[0]], expected[wrong[0]], `${wrong.length} customers differ; the first is line ${wrong[0] + 1}`);
  assert.deepEqual(wrong, [], "only the order of keys differs");
}

function tally(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function answerOf(plan, record) {
  const visitor = plan.visitor(record);
  const { now, segments, retention, holdsUntil } = visitor.evaluate(NOW);
  visitor.free();
  return { visitor: record.id, now, segments, retention, holdsUntil };
}

// The raw rows.

function unzip(name) {
  return gunzipSync(readFileSync(join(data, name))).toString("latin1").split(/\r?\n/).filter(Boolean);
}

function readCustomers() {
  const customers = new Map();
  for (const [row, text] of unzip("CDNOW_sample.txt.gz").entries()) {
    const [, , id, year, month, date, cds, dollars] = text.match(/^ *(\d+) +(\d+) +(\d{4})(\d\d)(\d\d) +(\d+) +(\d+\.\d\d) *$/);
    const day = Date.UTC(year, month - 1, date) / DAY;
    if (!customers.has(id)) customers.set(id, { id, orders: [] });
    customers.get(id).orders.push({ id: `${id}-${row + 1}`, date: `${year}-${month}-${date}`, day, at: noon(day), cds: Number(cds), dollars, cents: Number(dollars.replace(".", "")) });
  }
  return [...customers.values()];
}

function toEvent({ id, date, day, at, cds, dollars }) {
  return { type: of, id, at: `${date}T12:00:00-0${(day * DAY + 12 * HOUR - at) / -HOUR}:00`, value: dollars, currency: "USD", items: [{ quantity: cds }] };
}

// The calendar of New York as its law was from 1987 to 2006: summer time from the first Sunday of April to the last of October, at 2 o'clock.

function summer(day) {
  const year = new Date(day * DAY).getUTCFullYear();
  const sundayFrom = (first) => first + (7 - new Date(first * DAY).getUTCDay()) % 7;
  return { from: sundayFrom(Date.UTC(year, 3, 1) / DAY), to: sundayFrom(Date.UTC(year, 9, 25) / DAY) };
}

function noon(day) {
  const { from, to } = summer(day);
  return day * DAY + (day >= from && day < to ? 16 : 17) * HOUR;
}

function midnight(day) {
  const { from, to } = summer(day);
  return day * DAY + (day > from && day <= to ? 4 : 5) * HOUR;
}

function dayOf(instant) {
  const day = Math.floor(instant / DAY);
  return instant < midnight(day) ? day - 1 : day;
}

function quarterOf(day) {
  const date = new Date(day * DAY);
  return date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3);
}

// What the package means, read off the rows.

const within = (orders, now, days) => orders.filter(({ at }) => at > now - days * DAY);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const daysOf = (orders) => new Set(orders.map(({ day }) => day)).size;
const members = {
  "one-in-90": (orders, now) => within(orders, now, 90).length === 1,
  "none-in-60": (orders, now) => within(orders, now, 60).length === 0,
  "order-50-to-100": (orders) => orders.some(({ cents }) => cents >= 5_000 && cents <= 10_000),
  "total-100": (orders) => sum(orders.map(({ cents }) => cents)) >= 10_000,
  "two-days": (orders) => daysOf(orders) >= 2,
  "two-days-published": (orders) => daysOf(orders.filter(({ date }) => date <= "1997-09-30")) >= 2,
  "ten-cds": (orders) => sum(orders.map(({ cds }) => cds)) >= 10,
  "three-quarters": (orders, now) => orders.some(({ day }) => quarterOf(day) > quarterOf(dayOf(now)) - 3),
  slipping: (orders, now) => ["sleeper", "red_alert"].includes(cell(orders, now)),
};

function daysSinceLast(orders, now) {
  return orders.length === 0 ? null : dayOf(now) - Math.max(...orders.map(({ day }) => day));
}

function cell(orders, now) {
  if (orders.length === 0) return "none";
  const late = daysSinceLast(orders, now) > 90;
  if (orders.length >= 4) return late ? "red_alert" : "loyal";
  if (late) return "sleeper";
  return orders.length === 1 ? "one_time_buyer" : "promising";
}

function winner(orders, now) {
  return applying(orders, now)[0] ?? null;
}

/** The campaigns whose `when` holds, by priority. */
function applying(orders, now) {
  const when = {
    thanks: members["one-in-90"](orders, now),
    "big-spender": members["total-100"](orders, now),
    missed: members["none-in-60"](orders, now) && cell(orders, now) !== "red_alert",
  };
  return Object.keys(when).filter((id) => when[id]);
}

const midnights = Array.from({ length: 400 }, (_, index) => midnight(dayOf(NOW) + 1 + index));

/** The first instant at which the answer is another: it can only be a midnight, or where an order leaves a period. */
function until(orders, answer) {
  const leaving = orders.flatMap(({ at }) => [60, 90].map((days) => at + days * DAY));
  const instants = [...leaving, ...midnights].filter((instant) => instant > NOW && instant <= HORIZON).sort((a, b) => a - b);
  const present = answer(orders, NOW);
  return instants.find((instant) => answer(orders, instant) !== present) ?? null;
}

function evaluation({ id, orders }) {
  const segments = Object.fromEntries(Object.entries(members).map(([name, member]) => [name, { member: member(orders, NOW), holdsUntil: until(orders, member), partial: false }]));
  const retention = { cell: cell(orders, NOW), conversions: orders.length, daysSinceLast: daysSinceLast(orders, NOW), holdsUntil: until(orders, cell) };
  const instants = [...Object.values(segments), retention].map(({ holdsUntil }) => holdsUntil).filter((instant) => instant !== null);
  return { visitor: id, now: NOW, segments, retention, holdsUntil: instants.length > 0 ? Math.min(...instants) : null };
}

function decision({ orders }) {
  const [campaign, ...others] = applying(orders, NOW);
  const rejected = shop.campaigns.map(({ id }) => id).filter((id) => id !== campaign).map((id) => ({ campaign: id, reason: others.includes(id) ? "priority" : "when" }));
  const variant = shop.campaigns.find(({ id }) => id === campaign)?.variants[0];
  return { slot: "hero", campaign: campaign ?? null, variant: variant?.id ?? null, content: variant?.content ?? null, heldOut: false, rejected, holdsUntil: until(orders, winner) };
}
