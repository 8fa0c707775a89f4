// The command line over 2,357 real customers: every answer is held against plain JavaScript over the raw rows.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { load } from "../dist/engine.node.js";
import { dataset } from "../tools/lib/datasets.mjs";
import { lines, regulars } from "./orders/program.mjs";

const data = dataset("cdnow");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LAST = { text: "1998-06-30T23:59:59-04:00", now: Date.UTC(1998, 6, 1, 3, 59, 59) };
// Noon, two days before summer time: the orders of that day, of 60 and of 90 days earlier lie on an edge, most orders are still to come.
const EARLY = { text: "1997-04-04T12:00:00-05:00", now: Date.UTC(1997, 3, 4, 17) };

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

  /** The lines for all customers; the call must be good and silent. */
  async function call(command, { text }, options = []) {
    const { code, stdout, stderr } = await regulars(folder, [command, "shop.json", "--visitors", "visitors.jsonl", "--now", text, ...options]);
    assert.deepEqual([code, stderr], [0, ""]);
    return lines(stdout);
  }

  test("all rows are read, and each order is at noon of its day in New York", () => {
    assert.deepEqual([customers.length, customers.flatMap(({ orders }) => orders).length], [2357, 6919]);
    const format = new Intl.DateTimeFormat("sv-SE", { timeZone: shop.timeZone, dateStyle: "short", timeStyle: "medium" });
    for (const { date, at } of customers.flatMap(({ orders }) => orders)) assert.equal(format.format(at), `${date} 12:00:00`);
    for (const { events } of records) for (const { at } of events) assert.equal(format.format(Date.parse(at)), `${at.slice(0, 10)} 12:00:00`);
  });

  test("check: no errors", async () => {
    const { code, stdout, stderr } = await regulars(folder, ["check", "shop.json"]);
    assert.equal(code, 0);
    const [{ work, problems, ...record }] = lines(stdout);
    assert.deepEqual(problems, lines(stderr));
    assert.deepEqual([...new Set(problems.map(({ severity, code }) => `${severity} ${code}`))].sort(), ["warning matches_new_visitors", "warning one_recent_order", "warning unused_segment"]);
    assert.deepEqual(record, { examples: [], segments: 9, campaigns: 3, timeZone: "America/New_York", zoneVersion: process.versions.tz });
    assert.ok(work.steps < 10_000_000, `${work.steps} steps`);
  });

  test("evaluate: every membership, cell and holdsUntil; the built plan gives the same", async (t) => {
    const expected = customers.map((customer) => evaluation(customer, LAST.now));
    const printed = await call("evaluate", LAST);
    same(printed, expected);
    assert.deepEqual(printed.filter(({ segments }) => segments["two-days-published"].member).map(({ visitor }) => Number(visitor)), cameBack());
    const sizes = shop.segments.map(({ id }) => [id, expected.filter(({ segments }) => segments[id].member).length]);
    const cells = tally(expected.map(({ retention }) => retention.cell));
    t.diagnostic(shown([...sizes, ...Object.entries(cells)]));
    for (const [id, size] of sizes) assert.ok(size > 0 && size < customers.length, `${id} tells customers apart`);
    assert.deepEqual(Object.keys(cells).sort(), ["loyal", "promising", "red_alert", "sleeper"]);

    const built = await regulars(folder, ["build", "shop.json"]);
    assert.equal(built.code, 0);
    assert.ok(lines(built.stderr).every(({ severity }) => severity === "warning"), built.stderr);
    const [{ plan: file, map, hash, bytes }] = lines(built.stdout);
    const written = readFileSync(join(folder, file));
    assert.deepEqual([file, map, bytes], ["shop.plan", "shop.plan.map", written.length]);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, map), "utf8")), { regulars: 1, plan: hash, package: shop });
    const { plan, problems } = (await load()).plan(new Uint8Array(written));
    assert.deepEqual([problems, plan.hash], [[], hash]);
    same(records.map((record) => answerOf(plan, record)), expected);
  });

  test("evaluate: the same with orders still to come, at the edges of periods", async (t) => {
    const expected = customers.map((customer) => evaluation(customer, EARLY.now));
    same(await call("evaluate", EARLY), expected);
    const cells = tally(expected.map(({ retention }) => retention.cell));
    t.diagnostic(shown(Object.entries(cells)));
    assert.ok(cells.one_time_buyer > 0, "the cell that is empty at the end");
    for (const days of [0, 60, 90]) assert.ok(customers.some(({ orders }) => orders.some(({ at }) => at === EARLY.now - days * DAY)), `an order on the edge of ${days} days`);
  });

  for (const moment of [LAST, EARLY]) {
    test(`decide at ${moment.text}: every decision, its losers and its holdsUntil`, async (t) => {
      const expected = customers.map((customer) => decision(customer, moment.now));
      same(await call("decide", moment, ["--slot", "hero"]), expected);
      const campaigns = tally(expected.map(({ campaign }) => campaign));
      t.diagnostic(shown(Object.entries(campaigns)));
      if (moment === LAST) assert.equal(Object.keys(campaigns).length, 4, "each campaign is shown to someone, and nothing to someone");
    });
  }

  test("a date as the file writes it is refused by line, the other customers are answered", async () => {
    const asInFile = { ...records[1], events: [{ ...records[1].events[0], at: "19970101" }] };
    writeFileSync(join(folder, "one-bad.jsonl"), [records[0], asInFile, records[2]].map((record) => JSON.stringify(record)).join("\n"));
    const { code, stdout, stderr } = await regulars(folder, ["evaluate", "shop.json", "--visitors", "one-bad.jsonl", "--now", LAST.text]);
    assert.equal(code, 1);
    assert.deepEqual(lines(stderr).map(({ pointer, file, line }) => [pointer, file, line]), [["/events/0/at", "one-bad.jsonl", 2]]);
    same(lines(stdout), [customers[0], { ...customers[1], orders: [] }, customers[2]].map((customer) => evaluation(customer, LAST.now)));
  });
});

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

const shown = (pairs) => pairs.map((pair) => pair.join(" ")).join(", ");

function answerOf(plan, record) {
  const visitor = plan.visitor(record);
  const { segments, retention, holdsUntil } = visitor.evaluate(LAST.now);
  visitor.free();
  return { visitor: record.id, now: LAST.now, segments, retention, holdsUntil };
}

// The raw rows.

function unzip(name) {
  return gunzipSync(readFileSync(join(data, name))).toString("latin1").split(/\r?\n/).filter(Boolean);
}

/** Who ordered on a second day by September 1997, as the published summary has it. */
function cameBack() {
  const rows = unzip("cdnow_customers_summary.csv.gz").slice(1).map((row) => row.split(",").map(Number));
  assert.equal(rows.length, 2357);
  return rows.filter(([, frequency]) => frequency > 0).map(([id]) => id);
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

const sundayFrom = (first) => first + (7 - new Date(first * DAY).getUTCDay()) % 7;
const summers = [1996, 1997, 1998, 1999].map((year) => ({ from: sundayFrom(Date.UTC(year, 3, 1) / DAY), to: sundayFrom(Date.UTC(year, 9, 25) / DAY) }));

function noon(day) {
  return day * DAY + (summers.some(({ from, to }) => day >= from && day < to) ? 16 : 17) * HOUR;
}

function midnight(day) {
  return day * DAY + (summers.some(({ from, to }) => day > from && day <= to) ? 4 : 5) * HOUR;
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

const midnights = new Map([LAST, EARLY].map(({ now }) => [now, Array.from({ length: 401 }, (_, index) => midnight(dayOf(now) + 1 + index))]));

/** Where an answer can change after `now`, in order: a midnight, an order, or where an order leaves a period; with the orders there are then. */
function moments(orders, now) {
  const instants = [...midnights.get(now), ...orders.flatMap((order) => [0, 60, 90].map((days) => order.at + days * DAY))];
  const ahead = instants.filter((instant) => instant > now && instant <= now + 400 * DAY).sort((a, b) => a - b);
  return ahead.map((instant) => ({ instant, past: orders.filter((order) => order.at <= instant) }));
}

/** The first instant at which the answer is another. */
function until(moments, answer, present) {
  return moments.find(({ instant, past }) => answer(past, instant) !== present)?.instant ?? null;
}

function evaluation({ id, orders }, now) {
  const past = orders.filter((order) => order.at <= now);
  const ahead = moments(orders, now);
  const segments = {};
  for (const [name, holds] of Object.entries(members)) {
    const member = holds(past, now);
    segments[name] = { member, holdsUntil: until(ahead, holds, member), partial: false };
  }
  const present = cell(past, now);
  const retention = { cell: present, conversions: past.length, daysSinceLast: daysSinceLast(past, now), holdsUntil: until(ahead, cell, present) };
  const instants = [...Object.values(segments), retention].map(({ holdsUntil }) => holdsUntil).filter((instant) => instant !== null);
  return { visitor: id, now, segments, retention, holdsUntil: instants.length > 0 ? Math.min(...instants) : null };
}

function decision({ orders }, now) {
  const [campaign, ...others] = applying(orders.filter((order) => order.at <= now), now);
  const rejected = shop.campaigns.map(({ id }) => id).filter((id) => id !== campaign).map((id) => ({ campaign: id, reason: others.includes(id) ? "priority" : "when" }));
  const variant = shop.campaigns.find(({ id }) => id === campaign)?.variants[0];
  return { slot: "hero", campaign: campaign ?? null, variant: variant?.id ?? null, content: variant?.content ?? null, heldOut: false, rejected, holdsUntil: until(moments(orders, now), winner, campaign ?? null) };
}
