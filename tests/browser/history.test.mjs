// The page's history in a real browser's database: kept over reloads and crashes, shared by tabs, erased, and done without.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";
import { load } from "../../dist/engine.node.js";
import { launchOptions } from "../../tools/lib/browser.mjs";
import { root } from "../../tools/lib/run.mjs";
import { serve } from "../../tools/lib/serve.mjs";

const NOON = Date.UTC(2026, 0, 1, 12);
const folder = mkdtempSync(join(tmpdir(), "regulars-"));
let browser, server, context, complaints;

before(async () => {
  const bought = { events: { of: "conversion", modifier: "is_at_least", value: 1, period: { last: 60, unit: "day" } } };
  const { plan, problems } = (await load()).plan({
    regulars: 1, timeZone: "UTC", currency: "EUR",
    segments: [{ id: "recent", rule: bought }],
    campaigns: [{ id: "thanks", slot: "hero", when: { segment: "recent" }, variants: [{ id: "a", content: {} }] }],
  });
  assert.deepEqual(problems, []);
  writeFileSync(join(folder, "shop.plan"), plan.bytes);
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>A page</title><link rel=icon href=data:,>");
  const policy = `<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'unsafe-inline'">`;
  writeFileSync(join(folder, "strict.html"), `<!doctype html><title>A page without wasm</title>${policy}<link rel=icon href=data:,>`);
  server = await serve({ "/": folder, "/regulars/": join(root, "dist") });
  browser = await chromium.launch(launchOptions());
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  complaints = [];
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(complaints, []);
});

/** A tab with a shop in `window.shop` and its problems in `window.problems`; `first` runs in the page before. */
async function tab({ path = "", first } = {}) {
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(server.url + path);
  if (first) await page.evaluate(first);
  await opened(page);
  return page;
}
async function opened(page) {
  await page.evaluate(async (now) => {
    const { start } = await import("/regulars/index.js");
    window.clock = { now };
    window.problems = [];
    window.shop = await start({ plan: "/shop.plan", now: () => window.clock.now, onProblem: ({ code }) => window.problems.push(code) });
  }, NOON);
}
const conversions = (page) => page.evaluate(() => window.shop.evaluate().retention.conversions);
const problems = (page) => page.evaluate(() => window.problems);
const track = (page, ...ids) => page.evaluate(
  ([ids, at]) => Promise.all(ids.map((id) => window.shop.track({ type: "conversion", id, at }))).then((all) => all.filter(({ stored }) => stored).length),
  [ids, NOON],
);
const comeBack = (page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
/** How many events are in the log, and which epoch the snapshot has. */
const stored = (page) => page.evaluate(async () => {
  const asked = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
  const database = await asked(indexedDB.open("regulars"));
  const transaction = database.transaction(["events", "state"]);
  const [events, snapshot] = await Promise.all([asked(transaction.objectStore("events").count()), asked(transaction.objectStore("state").get("snapshot"))]);
  database.close();
  return { events, epoch: snapshot?.epoch ?? 0 };
});
/** What is not awaited by the page (folding the log, giving up a damaged snapshot) is done soon. */
async function becomes(page, expected) {
  for (let tries = 0; tries < 50 && !isDeepStrictEqual(await stored(page), expected); tries++) await page.waitForTimeout(20);
  assert.deepEqual(await stored(page), expected);
}

test("an order is kept over a reload, by the same visitor, and counts once", async () => {
  const page = await tab();
  const id = await page.evaluate(() => window.shop.id);
  assert.deepEqual(await page.evaluate(() => [window.shop.storage, window.shop.is("recent")]), ["indexeddb", false]);
  assert.equal(await track(page, "1001"), 1);
  await page.reload();
  await opened(page);
  assert.deepEqual(await page.evaluate(() => [window.shop.is("recent"), window.shop.id]), [true, id]);
  await page.evaluate((at) => window.shop.track({ type: "conversion", id: "1001", at }), NOON - 1);
  assert.equal(await conversions(page), 1);
  assert.deepEqual(await problems(page), []);
});

test("an order that was acknowledged survives the crash of its tab", async () => {
  const page = await tab();
  assert.equal(await track(page, "1001"), 1);
  const session = await context.newCDPSession(page);
  session.send("Page.crash").catch(() => undefined);
  await page.waitForEvent("crash");
  assert.equal(await conversions(await tab()), 1);
});

test("four tabs at once lose nothing of each other's, and folding the log loses nothing", async () => {
  const pages = await Promise.all([tab(), tab(), tab(), tab()]);
  assert.equal(new Set(await Promise.all(pages.map((page) => page.evaluate(() => window.shop.id)))).size, 1);
  const ids = (tab) => Array.from({ length: 30 }, (_, index) => `${tab}-${index}`);
  assert.deepEqual(await Promise.all(pages.map((page, index) => track(page, ...ids(index)))), [30, 30, 30, 30]);
  const fifth = await tab();
  assert.equal(await conversions(fifth), 120);
  await becomes(fifth, { events: 0, epoch: 1 });
  assert.equal(await track(pages[0], "late"), 1);
  assert.equal(await conversions(pages[0]), 31);
  for (const page of [...pages, fifth, await tab()]) {
    await comeBack(page);
    await page.waitForFunction(() => window.shop.evaluate().retention.conversions === 121);
  }
  assert.deepEqual(await stored(fifth), { events: 1, epoch: 1 });
});

test("what another tab has written is told to subscribers when the page is shown again", async () => {
  const [one, other] = [await tab(), await tab()];
  await one.evaluate(() => {
    window.heard = [];
    window.shop.subscribe(({ entered }) => window.heard.push(...entered));
  });
  await track(other, "1001");
  await comeBack(one);
  await one.waitForFunction(() => window.heard.length > 0);
  assert.deepEqual(await one.evaluate(() => window.heard), ["recent"]);
});

test("erase deletes the events of every tab and begins a new visitor", async () => {
  const [one, other] = [await tab(), await tab()];
  const id = await one.evaluate(() => window.shop.id);
  await track(one, "1", "2");
  assert.equal(await other.evaluate(() => window.shop.erase()), true);
  assert.deepEqual(await stored(one), { events: 0, epoch: 0 });
  await comeBack(one);
  await one.waitForFunction(() => window.shop.evaluate().retention.conversions === 0);
  const ids = await Promise.all([one, other, await tab()].map((page) => page.evaluate(() => window.shop.id)));
  assert.ok(new Set(ids).size === 1 && ids[0] !== id);
});

/** What the database says of the person. */
const person = (page) => page.evaluate(async () => {
  const asked = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  const database = await asked(indexedDB.open("regulars"));
  const found = await asked(database.transaction("state").objectStore("state").get("person"));
  database.close();
  return found;
});
/** A person whose history is complete only from `since` on, as after its loss, in a database that no page has opened yet. */
const lostAt = (since) => `(async () => {
  const opening = indexedDB.open("regulars", 1);
  opening.onupgradeneeded = () => ["events", "state"].forEach((store) => opening.result.createObjectStore(store));
  await new Promise((resolve) => { opening.onsuccess = resolve; });
  const transaction = opening.result.transaction("state", "readwrite");
  transaction.objectStore("state").put({ id: "v", coveredSince: ${since} }, "person");
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  opening.result.close();
})()`;
/** Lets no event into the database, until the page is told otherwise. */
const refuseEvents = (page) => page.evaluate(() => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    if (this.name === "events") throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, key);
  };
  window.acceptEvents = () => { IDBObjectStore.prototype.put = put; };
});
const past = (page, events, since) => page.evaluate(([events, since]) => window.shop.import(events, { coveredSince: since }), [events, since]);
const partial = (page) => page.evaluate(() => window.shop.evaluate().segments.recent.partial);
const DAYS = 86_400_000;
const ORDER = { type: "conversion", id: "1001", at: NOON - 70 * DAYS };

test("an import that could not be stored, or was refused in part, leaves the history incomplete; one that was makes it complete", async () => {
  const page = await tab({ first: lostAt(NOON - DAYS) });
  await refuseEvents(page);
  assert.equal((await past(page, [ORDER], NOON - 700 * DAYS)).stored, false);
  assert.deepEqual(await person(page), { id: "v", coveredSince: NOON - DAYS });
  assert.deepEqual(await problems(page), ["not_stored", "not_covered"]);
  await page.reload();
  await opened(page);
  assert.equal(await partial(page), true);
  assert.equal((await past(page, [ORDER, { ...ORDER, value: "1,5" }], NOON - 700 * DAYS)).refused.length, 1);
  assert.deepEqual(await person(page), { id: "v", coveredSince: NOON - DAYS });
  assert.deepEqual(await problems(page), ["bad_number", "not_covered"]);
  assert.equal(await partial(page), true);
  assert.equal((await past(page, [ORDER], NOON - 700 * DAYS)).stored, true);
  assert.equal(await partial(page), false);
  assert.deepEqual(await person(page), { id: "v", coveredSince: NOON - 700 * DAYS });
});

test("an import in a tab that has not heard of an erasure does not undo it, and coverage never moves forward", async () => {
  const [one, other] = [await tab({ first: lostAt(NOON) }), await tab()];
  assert.equal(await other.evaluate(() => window.shop.id), "v");
  assert.equal(await one.evaluate(() => window.shop.erase()), true);
  const after = await person(one);
  await past(other, [], NOON - 700 * DAYS);
  assert.deepEqual(await person(one), after);
  await one.evaluate(lostAt(NOON));
  for (const page of [one, other]) {
    await page.reload();
    await opened(page);
  }
  await past(one, [], NOON - 700 * DAYS);
  await past(other, [], NOON - 70 * DAYS);
  assert.deepEqual(await person(one), { id: "v", coveredSince: NOON - 700 * DAYS });
});

test("another tab's import makes this tab's history complete when it is shown again", async () => {
  const [one, other] = [await tab({ first: lostAt(NOON) }), await tab()];
  await past(one, [ORDER], NOON - 700 * DAYS);
  assert.equal(await partial(other), true);
  await comeBack(other);
  await other.waitForFunction(() => !window.shop.evaluate().segments.recent.partial);
  assert.equal(await conversions(other), 1);
});

test("an event that could not be stored is tried again with the next one, and not after its history was erased", async () => {
  const page = await tab();
  await refuseEvents(page);
  assert.equal(await track(page, "1001"), 0);
  await page.evaluate(() => window.acceptEvents());
  assert.equal(await track(page, "1002"), 1);
  await becomes(page, { events: 2, epoch: 0 });
  await refuseEvents(page);
  assert.equal(await track(page, "1003"), 0);
  await page.evaluate(() => window.acceptEvents());
  const other = await tab();
  assert.equal(await conversions(other), 2);
  assert.equal(await other.evaluate(() => window.shop.erase()), true);
  assert.equal(await track(page, "1004"), 1);
  await page.waitForTimeout(100);
  assert.deepEqual(await stored(other), { events: 1, epoch: 0 });
  await comeBack(page);
  await page.waitForFunction(() => window.shop.evaluate().retention.conversions === 1);
});

test("a damaged snapshot is said, and the visitor is not taken for a new one", async () => {
  const page = await tab();
  await track(page, ...Array.from({ length: 70 }, (_, index) => String(index)));
  await page.reload();
  await opened(page);
  await becomes(page, { events: 0, epoch: 1 });
  await page.evaluate(async () => {
    const asked = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    const state = (await asked(indexedDB.open("regulars"))).transaction("state", "readwrite").objectStore("state");
    const snapshot = await asked(state.get("snapshot"));
    snapshot.bytes[50] ^= 1;
    await asked(state.put(snapshot, "snapshot"));
  });
  for (const expected of [["damaged_history"], []]) {
    await page.reload();
    await opened(page);
    assert.deepEqual(await problems(page), expected);
    assert.deepEqual(await page.evaluate(() => window.shop.evaluate().segments.recent), { member: false, holdsUntil: null, partial: true });
    assert.equal(await page.evaluate(() => window.shop.decide("hero").campaign), null);
    await becomes(page, { events: 0, epoch: 0 });
  }
});

/** Holds the database for itself in a tab, so that nobody else can read it; returns the way to let go. */
async function held(page) {
  await page.evaluate(async () => {
    const opening = indexedDB.open("regulars");
    await new Promise((resolve) => { opening.onsuccess = resolve; });
    const state = opening.result.transaction(["events", "state"], "readwrite").objectStore("state");
    window.holding = true;
    const hold = () => { if (window.holding) state.get("person").onsuccess = hold; };
    hold();
  });
  return () => page.evaluate(() => { window.holding = false; });
}

test("a database that opens late is taken in: the past counts, waiting events are stored, subscribers hear of it", async () => {
  const one = await tab();
  await track(one, "1001");
  const letGo = await held(one);
  const late = await tab();
  const answer = () => late.evaluate(() => [window.shop.storage, window.shop.evaluate().segments.recent.member, window.shop.evaluate().segments.recent.partial, window.shop.evaluate().retention.conversions]);
  assert.deepEqual(await problems(late), ["slow_storage"]);
  await late.evaluate((at) => {
    window.heard = [];
    window.shop.decide("hero");
    window.shop.subscribe(({ entered, slots }) => window.heard.push([entered, slots]));
    window.tracked = window.shop.track({ type: "conversion", id: "1000", at }).then((tracked) => (window.done = tracked));
  }, NOON - 70 * 86_400_000);
  await late.waitForTimeout(100);
  assert.deepEqual(await answer(), ["memory", false, true, 1]);
  assert.equal(await late.evaluate(() => (window.heard.splice(0), window.done)), undefined, "not acknowledged before it is stored");
  await letGo();
  assert.deepEqual(await late.evaluate(() => window.tracked), { accepted: 1, refused: [], stored: true });
  assert.deepEqual(await answer(), ["indexeddb", true, false, 2]);
  assert.deepEqual(await late.evaluate(() => window.heard), [[["recent"], ["hero"]]]);
  assert.equal(await late.evaluate(() => window.shop.id), await one.evaluate(() => window.shop.id));
  assert.deepEqual([await stored(late), await problems(late)], [{ events: 2, epoch: 0 }, ["slow_storage"]]);
  assert.equal(await track(late, "1002"), 1);
  assert.equal(await conversions(await tab()), 3);
});

test("what was erased before the database was open does not come back with it", async () => {
  const one = await tab();
  await track(one, "1001", "1002");
  const letGo = await held(one);
  const late = await tab();
  await late.evaluate((at) => {
    void window.shop.track({ type: "conversion", id: "1003", at });
    window.erased = window.shop.erase();
    window.tracked = window.shop.track({ type: "conversion", id: "1004", at });
  }, NOON);
  assert.equal(await conversions(late), 1);
  await letGo();
  assert.deepEqual(await late.evaluate(async () => [await window.erased, (await window.tracked).stored]), [true, true]);
  assert.deepEqual([await conversions(late), await stored(late), await conversions(await tab())], [1, { events: 1, epoch: 0 }, 1]);
});

test("events that wait for the database are stored although the shop was stopped", async () => {
  const one = await tab();
  const letGo = await held(one);
  const late = await tab();
  await late.evaluate((at) => {
    window.tracked = window.shop.track({ type: "conversion", id: "1001", at });
    window.shop.stop();
  }, NOON);
  await letGo();
  assert.equal(await late.evaluate(async () => (await window.tracked).stored), true);
  assert.equal(await conversions(await tab()), 1);
});

test("a database that never answers costs half a second, and the page goes on in memory", async () => {
  const page = await tab({ first: () => { window.began = performance.now(); IDBFactory.prototype.open = () => Object.create(IDBOpenDBRequest.prototype, { addEventListener: { value() {} } }); } });
  assert.ok((await page.evaluate(() => performance.now() - window.began)) < 2000);
  assert.deepEqual(await page.evaluate(() => [window.shop.storage, window.problems]), ["memory", ["slow_storage"]]);
  await page.clock.install();
  await page.evaluate((at) => {
    window.both = Promise.all([window.shop.track({ type: "conversion", id: "1", at }).then(({ stored }) => stored), window.shop.erase()]);
    void window.shop.track({ type: "conversion", id: "2", at });
  }, NOON);
  assert.equal(await conversions(page), 1);
  await page.clock.fastForward(10_000);
  assert.deepEqual(await page.evaluate(() => window.both), [false, false]);
  assert.deepEqual(await problems(page), ["slow_storage", "not_stored", "not_erased"]);
});

test("without a database nobody is taken for a new visitor", async () => {
  const page = await tab({ first: () => { IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }; } });
  assert.deepEqual(await page.evaluate(() => [window.shop.storage, window.problems]), ["memory", ["no_storage"]]);
  assert.equal(await track(page, "1"), 0);
  assert.deepEqual(await page.evaluate(() => { const { member, partial } = window.shop.evaluate().segments.recent; return { member, partial }; }), { member: true, partial: true });
});

test("where a page's policy forbids wasm the answers are the safe ones, and orders are kept for a page that may", async () => {
  const page = await tab({ path: "strict.html" });
  assert.deepEqual(await problems(page), ["wasm_unreachable"]);
  assert.deepEqual(await page.evaluate(() => [window.shop.is("recent"), window.shop.decide("hero").campaign]), [false, null]);
  assert.equal(await track(page, "1001"), 1);
  assert.equal(await conversions(await tab()), 1);
});
