// The engine in Node: what it takes, what it answers, and what it says when it is called wrongly.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, load } from "../dist/engine.node.js";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 2, 1, 12);
const settings = { regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR" };
const bought = { events: { of: "conversion", modifier: "is_at_least", value: 1, period: { last: 60, unit: "day" } } };
const spent = { events: { of: "conversion", measure: "total_value", modifier: "is_at_least", value: 50 } };
const shop = {
  ...settings,
  segments: [{ id: "recent", rule: bought }, { id: "__proto__", rule: spent }],
  campaigns: [{ id: "thanks", slot: "hero", when: { segment: "recent" }, variants: [{ id: "a", content: { title: "Thank you" } }] }],
};
const order = { type: "conversion", id: "1001", at: NOON, value: "59.90" };

const engine = await load();
const errorsOf = (problems) => problems.filter(({ severity }) => severity === "error");
const planOf = (source, options) => {
  const { plan, problems } = engine.plan(source, options);
  assert.deepEqual(errorsOf(problems), []);
  return plan;
};

test("a package becomes a plan that says what its parts are called", () => {
  const plan = planOf(shop);
  assert.ok(plan.bytes instanceof Uint8Array);
  assert.match(plan.hash, /^[0-9a-f]{16}$/);
  assert.deepEqual(plan.names.segments, ["recent", "__proto__"]);
  assert.deepEqual(plan.names.slots, ["hero"]);
  assert.deepEqual(plan.names.cells.map(({ id }) => id), ["one_time_buyer", "promising", "sleeper", "loyal", "red_alert"]);
  assert.equal(plan.names.timeZone, "Europe/Amsterdam");
  assert.equal(plan.names.zoneVersion, process.versions.tz);
  assert.deepEqual(Object.keys(plan), ["bytes", "hash", "names", "work", "visitor", "describe"]);
});

test("an object, its JSON text and its plan bytes are the same plan", () => {
  const { hash, bytes } = planOf(shop);
  assert.equal(planOf(JSON.stringify(shop)).hash, hash);
  assert.equal(planOf(bytes).hash, hash);
});

test("a broken segment is said and never matches; strict refuses the package", () => {
  const broken = { ...shop, segments: [...shop.segments, { id: "broken", rule: { all: [] } }] };
  const { plan, problems } = engine.plan(broken);
  assert.deepEqual(errorsOf(problems).map(({ code, severity, pointer }) => [code, severity, pointer]), [["empty_group", "error", "/segments/2/rule/all"]]);
  assert.equal(plan.visitor().evaluate(NOON).segments.broken.member, false);
  assert.equal(engine.plan(broken, { strict: true }).plan, null);
});

test("what is no package and no plan is refused with a code", () => {
  const codeOf = (source) => {
    const { plan, problems } = engine.plan(source);
    assert.equal(plan, null);
    return problems[0].code;
  };
  const cycle = {};
  cycle.cycle = cycle;
  assert.equal(codeOf("{"), "not_json");
  assert.equal(codeOf(cycle), "not_json");
  assert.equal(codeOf(undefined), "wrong_type");
  assert.equal(codeOf({ ...settings, timeZone: "Europe/Atlantis" }), "unknown_time_zone");
  assert.equal(codeOf({ ...settings, timeZone: "+01:00" }), "unknown_time_zone");
  assert.equal(codeOf(new Uint8Array()), "not_a_plan");
  const { bytes } = planOf(shop);
  for (let place = 5; place < bytes.length; place += 7) {
    const damaged = bytes.slice();
    damaged[place] ^= 1;
    assert.equal(codeOf(damaged), "damaged_plan");
  }
  const newer = bytes.slice();
  newer[4] += 1;
  assert.equal(codeOf(newer), "other_version");
});

test("texts with half a surrogate pair, in values and keys, are read with a replacement", () => {
  const half = { ...settings, segments: [{ id: "a\ud800", name: "\udc00", rule: { events: { of: "x\\ud800\ud83d\ude00", modifier: "is_known" } } }] };
  for (const source of [half, JSON.stringify(half)]) {
    const { plan, problems } = engine.plan(source);
    assert.deepEqual([errorsOf(problems), plan.names.segments], [[], ["a\ufffd"]]);
    const visitor = plan.visitor({ events: [{ type: "x\\ud800\ud83d\ude00", at: 5 }] });
    assert.equal(visitor.evaluate(NOON).segments["a\ufffd"].member, true);
    visitor.free();
  }
  const { problems } = engine.plan({ ...settings, "colour\ud800": 1 });
  assert.deepEqual(problems.map(({ code, pointer }) => [code, pointer]), [["unknown_key", "/colour\ufffd"]]);
});

test("numbers beyond all bounds are bad numbers, where they stand", () => {
  const text = (rate, value) => `{"regulars":1,"timeZone":"UTC","currency":"EUR","rates":{"USD":${rate}},"segments":[{"id":"s","rule":{"events":{"of":"x","modifier":"is_exactly","value":${value}}}}]}`;
  const found = (source) => engine.plan(source).problems.map(({ code, pointer }) => [code, pointer]);
  const value = ["bad_number", "/segments/0/rule/events/value"];
  assert.deepEqual(found(text("1e999", "-1e400")), [["bad_number", "/rates/USD"], value]);
  assert.deepEqual(found(text("1", "1E308")), [value]);
  const object = JSON.parse(text(1, 1));
  for (const number of [NaN, Infinity, -Infinity]) {
    object.segments[0].rule.events.value = number;
    assert.deepEqual(found(object), [value]);
  }
});

test("a visitor is evaluated, and the answer has the keys of the specification in their order", () => {
  const visitor = planOf(shop).visitor({ id: "v-1", events: [order] });
  assert.equal(visitor.id, "v-1");
  assert.deepEqual(visitor.problems, []);
  const answer = visitor.evaluate(NOON + DAY);
  const until = NOON + 60 * DAY;
  assert.equal(JSON.stringify(answer), JSON.stringify({
    segments: {
      recent: { member: true, holdsUntil: until, partial: false },
      ["__proto__"]: { member: true, holdsUntil: null, partial: false },
    },
    retention: { cell: "one_time_buyer", conversions: 1, daysSinceLast: 1, holdsUntil: Date.parse("2026-05-31T00:00:00+02:00") },
    holdsUntil: until,
  }));
  assert.equal(visitor.evaluate(until - 1).segments.recent.member, true);
  assert.equal(visitor.evaluate(until).segments.recent.member, false);
  visitor.free();
});

test("an answer is the same object until something in it changes", () => {
  const visitor = planOf(shop).visitor({ events: [order] });
  const answer = visitor.evaluate(NOON);
  assert.equal(visitor.evaluate(NOON + 1000), answer);
  assert.notEqual(visitor.evaluate(NOON + DAY), answer, "days since the last conversion");
  assert.deepEqual(visitor.evaluate(NOON - 1).retention, { cell: "none", conversions: 0, daysSinceLast: null, holdsUntil: NOON });
  assert.deepEqual(visitor.ingest([{ ...order, id: "1002" }]), { accepted: 1, refused: [] });
  assert.equal(visitor.evaluate(NOON).retention.conversions, 2);
  assert.throws(() => { answer.holdsUntil = 0; }, TypeError, "a kept answer cannot be changed");
  visitor.free();
});

test("a decision has the keys of the specification in their order", () => {
  const visitor = planOf(shop).visitor({ id: "v-1", events: [order] });
  assert.equal(JSON.stringify(visitor.decide("hero", NOON)), JSON.stringify({
    slot: "hero", campaign: "thanks", variant: "a", content: { title: "Thank you" }, heldOut: false, rejected: [], holdsUntil: NOON + 60 * DAY,
  }));
  assert.equal(JSON.stringify(visitor.decide("hero", NOON - 1)), JSON.stringify({
    slot: "hero", campaign: null, variant: null, content: null, heldOut: false, rejected: [{ campaign: "thanks", reason: "when" }], holdsUntil: NOON,
  }));
  assert.equal(visitor.decide("nowhere", NOON).campaign, null);
  visitor.free();
});

test("events that cannot be read are refused whole, the others are kept", () => {
  const visitor = planOf(shop).visitor({ events: [{ type: "conversion" }, order] });
  assert.deepEqual(visitor.problems.map(({ code, severity, pointer }) => [code, severity, pointer]), [["missing_key", "error", "/events/0/at"]]);
  const { accepted, refused } = visitor.ingest([{ ...order, id: "1002" }, 5, { ...order, value: "1,5" }]);
  assert.equal(accepted, 1);
  assert.deepEqual(refused.map(({ index, code, pointer }) => [index, code, pointer]), [[1, "wrong_type", ""], [2, "bad_number", "/value"]]);
  assert.equal(visitor.evaluate(NOON).retention.conversions, 2);
  visitor.free();
});

test("a currency without a rate is said once", () => {
  const visitor = planOf(shop).visitor({ events: [{ ...order, currency: "USD" }] });
  visitor.ingest([{ ...order, id: "1002", currency: "usd" }, { ...order, id: "1003", currency: "GBP" }]);
  assert.deepEqual(visitor.problems.map(({ code, severity }) => [code, severity]), [["no_rate", "warning"], ["no_rate", "warning"]]);
  assert.match(visitor.problems[0].message, /USD/);
  assert.match(visitor.problems[1].message, /GBP/);
  visitor.free();
});

test("a plan goes on when its bytes are sent away", () => {
  const plan = planOf(shop);
  structuredClone(plan.bytes, { transfer: [plan.bytes.buffer] });
  assert.equal(plan.bytes.length, 0);
  const visitor = plan.visitor({ events: [order] });
  assert.equal(visitor.evaluate(NOON).segments.recent.member, true);
  visitor.free();
});

test("a package without segments has a grid, and an answer", () => {
  const visitor = planOf(settings).visitor({ events: [order] });
  const { segments, retention } = visitor.evaluate(NOON);
  assert.deepEqual([segments, retention.cell, retention.conversions], [{}, "one_time_buyer", 1]);
  assert.equal(visitor.decide("hero", NOON).campaign, null);
  visitor.free();
});

test("a snapshot is the whole visitor", () => {
  const plan = planOf(shop);
  const visitor = plan.visitor({ id: "v-1", coveredSince: NOON - DAY, events: [order] });
  const again = plan.visitor(visitor.snapshot());
  assert.deepEqual(again.evaluate(NOON), visitor.evaluate(NOON));
  assert.equal(again.evaluate(NOON).segments.recent.partial, true);
  assert.deepEqual(again.snapshot(), visitor.snapshot());
  const none = plan.visitor(new Uint8Array([1, 2, 3]));
  assert.deepEqual(none.problems.map(({ code }) => code), ["bad_snapshot"]);
  assert.equal(none.evaluate(NOON).retention.cell, "none");
});

test("a freed visitor, and a call that is plainly wrong, give one clear error", () => {
  const plan = planOf(shop);
  const visitor = plan.visitor();
  for (const now of [undefined, null, "2026-03-01T12:00:00Z", new Date(), NaN, Infinity, 1e15]) {
    assert.throws(() => visitor.evaluate(now), { name: "TypeError", message: /^now is a number of milliseconds/ });
    assert.throws(() => visitor.decide("hero", now), TypeError);
  }
  assert.equal(visitor.evaluate(NOON + 0.9), visitor.evaluate(NOON), "finer digits are cut off");
  assert.throws(() => visitor.evaluate(NOON, []), { name: "TypeError", message: "The context is an object." });
  assert.throws(() => visitor.ingest(order), { name: "TypeError", message: "visitor.ingest takes a list of events." });
  assert.throws(() => visitor.decide(5, NOON), TypeError);
  assert.throws(() => plan.visitor(null), TypeError);
  visitor.free();
  visitor.free();
  for (const call of [() => visitor.evaluate(NOON), () => visitor.ingest([]), () => visitor.decide("hero", NOON), () => visitor.snapshot()]) {
    assert.throws(call, { name: "TypeError", message: /was freed/ });
  }
});

test("hostile events are refused or read; nothing throws and nothing is polluted", () => {
  const cycle = { type: "conversion", at: NOON };
  cycle.properties = { cycle };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = { type: "conversion", get at() { throw new Error("no"); } };
  const traps = new Proxy({ type: "conversion" }, { ownKeys() { throw new Error("no"); } });
  let deep = "deep";
  for (let level = 0; level < 100_000; level++) deep = [deep];
  let wide = ["x"];
  for (let level = 0; level < 12; level++) wide = Array(10).fill(wide);
  const hostile = [
    cycle, proxy, throwing, traps, () => 1, Symbol("x"), 10n, new Date(NaN), new Array(4e9),
    { ...order, properties: { deep } }, { ...order, properties: { wide } }, { ...order, id: "x".repeat(5_000_000) },
    { ...order, value: NaN }, { ...order, value: 1e300 }, { ...order, at: 1.5 }, { ...order, revision: {} }, JSON.parse('{"__proto__":{"polluted":1},"type":"conversion","at":1}'),
  ];
  const visitor = planOf(shop).visitor();
  const { accepted, refused } = visitor.ingest([...hostile, order, { ...order, id: "\ud800", properties: { toJSON() { throw new Error("no"); } } }]);
  assert.equal(accepted, 1);
  assert.equal(refused.length, hostile.length + 1);
  for (const { code, message } of refused) assert.ok(/^[a-z_]+$/.test(code) && message.length > 10);
  assert.equal({}.polluted, undefined);
  assert.equal(visitor.evaluate(NOON).retention.conversions, 1);
  visitor.free();
});

test("a visitor with very many events that cannot be read is a visitor with very many problems", () => {
  const visitor = planOf(shop).visitor({ events: new Array(200_000).fill(5) });
  assert.equal(visitor.problems.length, 200_000);
  visitor.free();
});

test("a getter may use the engine while its event is read", () => {
  const visitor = planOf(shop).visitor();
  const other = planOf(shop).visitor();
  const event = { type: "conversion", at: NOON, get id() { other.ingest([{ type: "visit", at: 1, properties: { a: "b".repeat(3000) } }]); return "inner"; } };
  assert.equal(visitor.ingest([event, event, order]).accepted, 3);
  assert.equal(visitor.evaluate(NOON).retention.conversions, 2);
});

const counted = (modifier, value, more = {}) => ({ events: { of: "conversion", modifier, value, ...more } });
const ruled = (rules, more = {}) => ({ ...settings, ...more, segments: Object.entries(rules).map(([id, rule]) => ({ id, rule })) });

test("changes: who entered and left between two answers, and the cell", () => {
  const visitor = planOf(shop).visitor();
  const before = visitor.evaluate(NOON);
  visitor.ingest([order]);
  const after = visitor.evaluate(NOON);
  const late = visitor.evaluate(NOON + 61 * DAY);
  assert.deepEqual(changes(before, after), { entered: ["recent", "__proto__"], left: [], cell: { from: "none", to: "one_time_buyer" } });
  assert.deepEqual(changes(after, late), { entered: [], left: ["recent"], cell: null });
  assert.deepEqual(changes(after, after), { entered: [], left: [], cell: null });
});

test("diff: who enters and leaves, and what is proved of all visitors", () => {
  const before = ruled({ same: counted("is_at_least", 2), told: counted("is_at_least", 1), wider: counted("is_at_least", 2), other: bought, gone: bought });
  const after = ruled({
    same: { not: counted("is_less_than", 2) },
    told: { all: [counted("is_at_least", 1), spent] },
    wider: counted("is_at_least", 1),
    other: spent,
    fresh: spent,
  });
  const visitors = [{ id: "one", events: [order] }, { events: [{ ...order, value: 10 }, { ...order, id: "1002", value: 10 }] }, {}];
  const { problems, segments } = engine.diff(before, JSON.stringify(after), visitors, { now: NOON });
  assert.deepEqual([errorsOf(problems.before), errorsOf(problems.after)], [[], []]);
  assert.deepEqual(segments, {
    same: { entered: [], left: [], compared: "equal" },
    told: { entered: [], left: ["#1"], compared: "narrower" },
    wider: { entered: ["one"], left: [], compared: "wider" },
    other: { entered: [], left: ["#1"], compared: null },
    gone: { entered: [], left: ["one", "#1"], compared: null },
    fresh: { entered: ["one"], left: [], compared: null },
  });
});

test("diff: nothing is proved where settings decide otherwise, and nothing is asked of a package that is refused", () => {
  const rules = { s: counted("is_at_least", 1, { period: { calendar: "day" } }) };
  const compared = (more) => engine.diff(ruled(rules), ruled(rules, more), [], { now: NOON }).segments.s.compared;
  assert.deepEqual([{}, { timeZone: "UTC" }, { currency: "USD" }, { retention: "seven" }, { weekStartsOn: "sunday" }].map(compared), ["equal", null, null, null, null]);
  const refused = engine.diff(ruled(rules), "{", [], { now: NOON });
  assert.deepEqual([refused.problems.after.map(({ code }) => code), refused.segments], [["not_json"], {}]);
  assert.throws(() => engine.diff(ruled(rules), ruled(rules), [], { now: "today" }), TypeError);
});
