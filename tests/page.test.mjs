// The page's entry in Node, where there is no window and no database: answers, changes, and what happens without a plan.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { load } from "../dist/engine.node.js";
import { start } from "../dist/index.node.js";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 0, 1, 12);
const MINUTE = 60_000;
const recent = { events: { of: "conversion", modifier: "is_at_least", value: 1, period: { last: 60, unit: "day" } } };
const source = {
  regulars: 1, timeZone: "UTC", currency: "EUR",
  segments: [{ id: "recent", rule: recent }],
  campaigns: [{ id: "thanks", slot: "hero", when: { segment: "recent" }, variants: [{ id: "a", content: { title: "Thank you" } }] }],
};
let bytes;
before(async () => {
  bytes = (await load()).plan(source).plan.bytes;
});

/** A shop in memory, whose clock stands still. */
async function open(options = {}) {
  const problems = [];
  const clock = { now: NOON };
  const shop = await start({ plan: bytes, storage: "memory", now: () => clock.now, onProblem: (problem) => problems.push(problem), ...options });
  return { shop, clock, problems, codes: () => problems.map(({ code }) => code) };
}
const soon = () => new Promise((resolve) => setImmediate(resolve));

test("an event counts at once, and every kind of answer sees it", async () => {
  const { shop, problems } = await open();
  assert.deepEqual([shop.is("recent"), shop.decide("hero").campaign], [false, null]);
  const tracked = shop.track({ type: "conversion", id: "1", value: "5" });
  assert.deepEqual([shop.is("recent"), shop.decide("hero").campaign], [true, "thanks"]);
  assert.equal(shop.evaluate(), shop.evaluate());
  assert.deepEqual(await tracked, { accepted: 1, refused: [], stored: false });
  assert.deepEqual(problems, []);
  shop.stop();
});

test("subscribers hear of changes by events and by time, and of nothing else", async () => {
  const { shop, clock } = await open();
  const heard = [];
  shop.decide("hero");
  const end = shop.subscribe((change) => heard.push(change));
  shop.track({ type: "page_view" });
  await soon();
  assert.deepEqual(heard, []);
  shop.track({ type: "conversion" });
  await soon();
  assert.deepEqual(heard.splice(0), [{ entered: ["recent"], left: [], cell: { from: "none", to: "one_time_buyer" }, slots: ["hero"], now: NOON }]);
  clock.now = NOON + 60 * DAY - 1;
  shop.refresh();
  assert.deepEqual(heard, []);
  clock.now++;
  shop.refresh();
  assert.deepEqual(heard.splice(0), [{ entered: [], left: ["recent"], cell: null, slots: ["hero"], now: clock.now }]);
  clock.now = NOON;
  shop.refresh();
  assert.deepEqual(heard.splice(0).map(({ entered }) => entered), [["recent"]]);
  end();
  clock.now = NOON + 60 * DAY;
  shop.refresh();
  assert.deepEqual(heard, []);
  shop.stop();
});

test("what is known of the person and of the moment counts, and each call takes the place of the one before", async () => {
  const field = (of, field, value) => ({ [of]: { field, modifier: "is_exactly", value } });
  const segments = [
    { id: "ghent", rule: field("profile", "city", "Ghent") }, { id: "phone", rule: field("context", "device", "mobile") },
    { id: "evening", rule: { context: { field: "hour", modifier: "is_at_least", value: 18 } } },
    { id: "anniversary", rule: { profile: { field: "since", measure: "days_until_anniversary", modifier: "is_exactly", value: 0 } } },
  ];
  const plan = (await load()).plan({ ...source, segments, campaigns: [] }).plan.bytes;
  const { shop, clock, problems } = await open({ plan, visitor: { profile: { city: "Ghent" } }, context: { device: "desktop" } });
  const members = () => segments.map(({ id }) => id).filter((id) => shop.is(id));
  assert.deepEqual(members(), ["ghent"]);
  const heard = [];
  shop.subscribe(({ entered, left }) => heard.push([entered, left]));
  shop.know({ context: { device: "mobile" } });
  await soon();
  assert.deepEqual([members(), heard.splice(0)], [["ghent", "phone"], [[["phone"], []]]]);
  shop.know({ profile: { since: "2020-01-02", city: null } });
  await soon();
  assert.deepEqual([members(), heard.splice(0)], [["phone"], [[[], ["ghent"]]]]);
  clock.now = NOON + DAY / 2;
  shop.refresh();
  assert.deepEqual([members(), heard.splice(0)], [["phone", "anniversary"], [[["anniversary"], []]]]);
  assert.equal(shop.evaluate().segments.evening.holdsUntil, NOON + 1.25 * DAY);
  shop.know({ context: {} });
  assert.deepEqual(members(), ["anniversary"]);
  assert.deepEqual(problems, []);
  shop.know({ profile: { city: 1e300 }, context: 5 });
  assert.deepEqual(problems.map(({ code, pointer }) => [code, pointer]), [["bad_number", "/profile/city"], ["wrong_type", "/context"]]);
  for (const hostile of [undefined, null, 7, { profile: new Proxy({}, { ownKeys() { throw new Error("no"); } }) }]) shop.know(hostile);
  shop.stop();
  shop.know({ context: { device: "mobile" } });
  assert.deepEqual(members(), []);
});

test("one timer waits for the next change, however far", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOON });
  const { shop } = await open({ now: undefined });
  const heard = [];
  shop.subscribe(({ left, now }) => heard.push([left, now]));
  shop.track({ type: "conversion" });
  await soon();
  heard.length = 0;
  for (let day = 0; day < 59; day++) t.mock.timers.tick(DAY);
  t.mock.timers.tick(DAY - 1);
  assert.deepEqual(heard, []);
  t.mock.timers.tick(1);
  assert.deepEqual(heard, [[["recent"], NOON + 60 * DAY]]);
  shop.stop();
});

test("a clock that jumps is noticed within a minute", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { shop, clock } = await open();
  const heard = [];
  shop.subscribe(({ entered, left }) => heard.push([entered, left]));
  shop.track({ type: "conversion" });
  await soon();
  heard.length = 0;
  clock.now += 61 * DAY;
  t.mock.timers.tick(MINUTE);
  assert.deepEqual(heard.splice(0), [[[], ["recent"]]]);
  shop.stop();
});

test("a clock that stands still just before a change is looked at ever more seldom, and seen within a second when it moves", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let looks = 0;
  const clock = { now: NOON };
  const { shop } = await open({ now: () => (looks++, clock.now) });
  const heard = [];
  shop.subscribe(({ left }) => heard.push(...left));
  await shop.track({ type: "conversion", at: NOON });
  clock.now = NOON + 60 * DAY - 1;
  shop.refresh();
  heard.length = looks = 0;
  for (let ms = 0; ms < 60_000; ms++) t.mock.timers.tick(1);
  assert.ok(looks < 75, `${looks} looks in a minute`);
  clock.now++;
  t.mock.timers.tick(1000);
  assert.deepEqual(heard, ["recent"]);
  shop.stop();
});

test("refused events are said, by the promise and to onProblem", async () => {
  const { shop, problems } = await open();
  const { accepted, refused } = await shop.track([{ type: "visit" }, { type: "" }, { type: "conversion", value: "1,5" }]);
  assert.equal(accepted, 1);
  assert.deepEqual(refused.map(({ index, code }) => [index, code]), [[1, "missing_key"], [2, "bad_number"]]);
  assert.deepEqual(problems.map(({ code, pointer }) => [code, pointer]), [["missing_key", "/1/type"], ["bad_number", "/2/value"]]);
  shop.stop();
});

test("an event far ahead of the clock is kept apart until its time has come", async () => {
  const { shop, clock, codes } = await open();
  const heard = [];
  shop.subscribe(({ entered }) => heard.push(entered));
  const { accepted } = await shop.track([{ type: "conversion", id: "1", at: NOON + 10 * MINUTE + 1 }, { type: "conversion", id: "2", at: new Date(NOON + 12 * MINUTE) }]);
  assert.deepEqual([accepted, codes()], [2, ["ahead_of_clock"]]);
  assert.equal(shop.evaluate().holdsUntil, null);
  clock.now = NOON + 10 * MINUTE + 1;
  shop.refresh();
  assert.deepEqual([heard, shop.evaluate().retention.conversions], [[["recent"]], 1]);
  clock.now = NOON + 12 * MINUTE;
  assert.equal(shop.evaluate().retention.conversions, 2);
  shop.stop();
});

test("a hundred thousand events ahead of the clock are kept apart, and come in by their instants", async () => {
  const { shop, clock, codes } = await open();
  const began = performance.now();
  const many = Array.from({ length: 150_000 }, (_, index) => ({ type: "x", id: String(index), at: NOON + DAY + index }));
  assert.equal((await shop.import(many)).accepted, many.length);
  assert.equal(shop.is("recent"), false);
  clock.now = NOON + DAY + 1000;
  assert.equal(shop.is("recent"), false);
  assert.deepEqual(codes(), ["ahead_of_clock"]);
  assert.ok(performance.now() - began < 20_000);
  shop.stop();
});

test("an id that is missing is none: everybody keeps their own", async () => {
  const ids = [];
  for (const id of [null, "", "  ", [], undefined]) {
    const { shop } = await open({ visitor: { id } });
    assert.match(shop.id, /^[0-9a-f-]{36}$/);
    ids.push(shop.id);
    shop.stop();
  }
  assert.equal(new Set(ids).size, ids.length);
  const { shop } = await open({ visitor: { id: 1001 } });
  assert.equal(shop.id, "1001");
  shop.stop();
});

test("a past that comes newest first costs no more than one that comes oldest first", async () => {
  const { shop } = await open();
  const many = Array.from({ length: 30_000 }, (_, index) => ({ type: "conversion", id: String(index), at: NOON - index * MINUTE }));
  const began = performance.now();
  await shop.import(many);
  assert.equal(shop.evaluate().retention.conversions, many.length);
  const took = performance.now() - began;
  assert.ok(took < 4000, `${took} ms`);
  shop.stop();
});

test("thousands of events at one instant, without ids of their own, cost no more than others", async () => {
  const { shop } = await open();
  const many = Array.from({ length: 10_000 }, (_, index) => ({ type: "conversion", at: NOON, value: (index * 7919) % 10_000 }));
  const began = performance.now();
  await shop.import(many);
  await shop.import(many);
  assert.equal(shop.evaluate().retention.conversions, many.length);
  const took = performance.now() - began;
  assert.ok(took < 6000, `${took} ms`);
  shop.stop();
});

test("whatever is missing, start resolves, the answers are the safe ones, and one problem says why", async () => {
  const cases = [
    [() => ({ plan: undefined }), "plan_unreachable"],
    [() => ({ plan: "file:///no/such.plan" }), "plan_unreachable"],
    [() => ({ plan: Promise.reject(new Error("no")) }), "plan_unreachable"],
    [() => ({ plan: new Response("gone", { status: 404 }) }), "plan_unreachable"],
    [() => ({ plan: new Response("<html>") }), "not_a_plan"],
    [() => ({ plan: bytes.map((byte, place) => (place === 30 ? byte ^ 1 : byte)) }), "damaged_plan"],
    [() => ({ plan: bytes.map((byte, place) => (place === 4 ? byte + 1 : byte)) }), "other_version"],
    [() => ({ wasm: new Uint8Array([1, 2, 3]) }), "wasm_unreachable"],
    [() => ({ wasm: new Response("<html>", { headers: { "content-type": "application/wasm" } }) }), "wasm_unreachable"],
    [() => ({ storage: "indexeddb" }), "no_storage"],
  ];
  for (const [options, code] of cases) {
    const { shop, codes } = await open(options());
    assert.deepEqual(codes(), [code]);
    if (code !== "no_storage") {
      assert.equal(shop.names, null);
      assert.equal(shop.is("recent"), false);
      assert.deepEqual(shop.evaluate(), { segments: {}, retention: { cell: null, conversions: 0, daysSinceLast: null, holdsUntil: null }, holdsUntil: null });
    }
    assert.deepEqual(shop.decide("hero"), { slot: "hero", campaign: null, variant: null, content: null, heldOut: false, rejected: code === "no_storage" ? [{ campaign: "thanks", reason: "when" }] : [], holdsUntil: null });
    shop.subscribe(() => assert.fail())();
    shop.refresh();
    assert.equal((await shop.track({ type: "conversion" })).stored, false);
    await shop.erase();
    shop.stop();
    shop.stop();
  }
});

test("where storage fails nobody is taken for a new visitor: answers are partial", async () => {
  const lost = await open({ storage: "indexeddb" });
  assert.equal(lost.shop.evaluate().segments.recent.partial, true);
  await lost.shop.import([{ type: "conversion", at: NOON - DAY }], { coveredSince: "2020-01-01T00:00:00Z" });
  assert.deepEqual(lost.shop.evaluate().segments.recent, { member: true, holdsUntil: NOON + 59 * DAY, partial: false });
  lost.shop.stop();
  const chosen = await open();
  assert.equal(chosen.shop.evaluate().segments.recent.partial, false, "memory by choice is complete");
  chosen.shop.stop();
});

test("a package is compiled in place, for development", async () => {
  const { shop, codes } = await open({ plan: undefined, package: { ...source, segments: [...source.segments, { id: "broken", rule: {} }] } });
  assert.ok(codes().length > 0 && shop.names.segments.includes("recent"));
  await shop.track({ type: "conversion" });
  assert.deepEqual([shop.is("recent"), shop.is("broken")], [true, false]);
  shop.stop();
});

test("erase begins a new visitor; stop ends everything", async () => {
  const { shop, codes } = await open();
  const { id } = shop;
  assert.match(id, /^[0-9a-f-]{36}$/);
  await shop.track({ type: "conversion" });
  assert.equal(await shop.erase(), true);
  assert.notEqual(shop.id, id);
  assert.equal(shop.is("recent"), false);
  await shop.track({ type: "conversion" });
  shop.stop();
  assert.equal(shop.is("recent"), false);
  assert.deepEqual(await shop.track({ type: "conversion" }), { accepted: 0, refused: [], stored: false });
  assert.deepEqual(codes(), []);
});

test("listeners, clocks and problems that throw stay the shop's own", async () => {
  const { shop, codes } = await open();
  shop.subscribe(() => { throw new Error("mine"); });
  const heard = [];
  shop.subscribe((change) => heard.push(change));
  shop.track({ type: "conversion" });
  await soon();
  assert.deepEqual([heard.length, codes()], [1, ["listener_failed"]]);
  shop.stop();
  for (const instant of [NaN, Infinity, 1e17, -1e17]) {
    const far = await open({ now: () => instant });
    await far.shop.track({ type: "conversion", at: 1 });
    assert.deepEqual([far.shop.evaluate().retention.conversions, far.codes()], [1, []], "the computer's clock is used");
    far.shop.stop();
  }
  const rude = await start({ plan: bytes, storage: "memory", now() { throw new Error("no"); }, onProblem() { throw new Error("no"); } });
  assert.equal((await rude.track([{ type: "conversion" }, null, { type: 5 }])).accepted, 1);
  assert.equal(rude.is("recent"), true);
  const mute = { toString() { throw new Error("no"); } };
  for (const name of ["nobody", Symbol("x"), mute, null]) assert.deepEqual([rude.is(name), rude.decide(name).campaign], [false, null]);
  assert.equal((await rude.import([], null)).accepted, 0);
  rude.stop();
});
