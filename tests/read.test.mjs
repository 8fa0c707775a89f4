// Reading events (www/src/read.ts) by itself: the bytes that the engine is given, what is refused and where, and values
// that are no data at all.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { root } from "../tools/lib/run.mjs";
import { specFiles } from "./spec/files.mjs";
import { expand } from "./spec/runner.mjs";

const { outputFiles } = await build({ entryPoints: [join(root, "www/src/read.ts")], bundle: true, format: "esm", target: "es2022", write: false });
const { readEvents } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);

const AT = 1_772_362_800_000;
const one = (event, stamp) => {
  const { read, refused } = readEvents([event], stamp);
  assert.deepEqual(refused, []);
  return read[0];
};
const refusal = (event) => {
  const { read, refused } = readEvents([event]);
  assert.deepEqual([read.length, refused.length], [0, 1], "it is refused");
  assert.ok(refused[0].index === 0 && refused[0].message.length > 20);
  return [refused[0].code, refused[0].pointer];
};

/** The bytes of one event, said in JavaScript; the format is that of src/core/event.rs. */
function decoded(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  const byte = () => view.getUint8(at++);
  const integer = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 127) << shift;
      if (next < 128) return Number(value);
    }
  };
  const signed = () => {
    const value = BigInt(integer());
    return Number(value & 1n ? -(value >> 1n) - 1n : value >> 1n);
  };
  const word = () => Number(view.getBigInt64((at += 8) - 8, true));
  const text = (length = integer()) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, (at += length)));
  const value = (length = integer()) => {
    const end = at + length;
    const kind = byte();
    const result = kind === 0 ? word() : kind === 1 ? byte() === 1 : kind === 2 ? { json: text(end - at) } : textValue(kind, end);
    assert.equal(at, end, "a value is as long as it says");
    return result;
  };
  const textValue = (kind, end) => {
    const reading = kind & 6;
    const result = {};
    if (reading) result[["decimal", "day", "instant"][reading / 2 - 1]] = word();
    result.clean = kind & 1 ? text() : text(end - at);
    if (kind & 1) result.folded = text(end - at);
    return result;
  };
  const fields = () => Array.from({ length: integer() }, () => [["", "listed", "derived"][byte()], text(), value()]);
  const event = { type: text(), id: text(), at: signed(), revision: signed(), value: byte() ? word() : null };
  const length = integer();
  event.currency = length ? value(length) : null;
  event.items = Array.from({ length: integer() }, fields);
  event.properties = fields();
  assert.equal(at, bytes.length, "nothing follows");
  return event;
}

test("the smallest event, byte by byte", () => {
  const { bytes } = one({ type: " visit ", at: -1 });
  assert.deepEqual([...bytes], [5, ..."visit"].map((part) => (typeof part === "string" ? part.charCodeAt(0) : part)).concat(0, 1, 0, 0, 0, 0, 0));
});

test("an order, part by part", () => {
  const given = {
    type: "conversion", id: " 1001 ", at: "2026-03-01T12:00:00+01:00", revision: "-3", value: "59.90", currency: " Eur",
    items: [null, { quantity: "2", price: 29.95, name: "Acme Runner", id: 7, category: ["Shoes", " ", null, "Sneakers"], sale: true, empty: [], none: null, blank: "\ufeff" }, {}],
    properties: { when: "2026-03-01", then: "2026-03-01t00:00:00.0009Z", size: " 042.50 ", far: "900000000000.0001", nested: { b: [1.50, null, " x "], a: { c: "" } }, lists: [["y"], 2], rank: -1.5, no: false },
  };
  const { bytes, ...rest } = one(given);
  assert.deepEqual(rest, { index: 0, type: "conversion", at: Date.UTC(2026, 2, 1, 11), currency: "eur" });
  assert.deepEqual(decoded(bytes), {
    type: "conversion", id: "1001", at: Date.UTC(2026, 2, 1, 11), revision: -3, value: 599_000, currency: { clean: "Eur", folded: "eur" },
    items: [[
      ["listed", "category", { clean: "Shoes", folded: "shoes" }],
      ["listed", "category", { clean: "Sneakers", folded: "sneakers" }],
      ["", "id", { decimal: 70_000, clean: "7" }],
      ["", "name", { clean: "Acme Runner", folded: "acme runner" }],
      ["", "price", 299_500],
      ["", "quantity", 20_000],
      ["", "sale", true],
    ], []],
    properties: [
      ["", "far", { clean: "900000000000.0001" }],
      ["listed", "lists", { json: '["y"]' }],
      ["listed", "lists", 20_000],
      ["", "nested", { json: '{"a":{},"b":[1.5,"x"]}' }],
      ["", "no", false],
      ["", "rank", -15_000],
      ["", "size", { decimal: 425_000, clean: "042.50" }],
      ["", "then", { instant: Date.UTC(2026, 2, 1), clean: "2026-03-01t00:00:00.0009Z", folded: "2026-03-01t00:00:00.0009z" }],
      ["", "when", { day: Date.UTC(2026, 2, 1) / 86_400_000, clean: "2026-03-01" }],
    ],
  });
});

test("the same content is the same bytes, however it is written", () => {
  const written = [
    { type: "x", at: AT, value: 1.5, properties: { b: "Café", a: [1], c: null } },
    { value: "1.50", properties: { a: [null, "1"].map((value) => value && 1), b: " Cafe\u0301" }, at: new Date(AT).toISOString(), type: " x" },
    { properties: { c: "", b: "Café", a: [1, ""] }, revision: 0, items: [], id: null, value: 1.5, at: new Date(AT), type: "x", currency: " " },
  ];
  const [first, ...others] = written.map((event) => one(event).bytes);
  for (const bytes of others) assert.deepEqual(bytes, first);
});

test("names stand in the order of their UTF-16 code units", () => {
  const names = ["é", "10", "9", "\u{1f600}", "\uffff", "a", "B", "", "__proto__", "constructor"];
  const { properties } = decoded(one({ type: "x", at: AT, properties: Object.fromEntries(names.map((name) => [name, 1])) }).bytes);
  assert.deepEqual(properties.map(([, name]) => name), [...names].sort());
  const nested = decoded(one({ type: "x", at: AT, properties: { n: Object.fromEntries(names.map((name) => [name, 1])) } }).bytes);
  assert.equal(nested.properties[0][2].json, `{${[...names].sort().map((name) => `${JSON.stringify(name)}:1`).join()}}`);
});

test("long and many parts are counted right", () => {
  for (const length of [126, 127, 128, 129, 4000]) {
    const [text, wide] = ["a".repeat(length), "é".repeat(length / 2)];
    const { properties, type, id } = decoded(one({ type: text, id: wide, at: AT, properties: { [text]: wide, [wide]: `A${text}`, list: Array(length).fill(1) } }).bytes);
    assert.deepEqual([type, id, properties.length], [text, wide, length + 2]);
    assert.deepEqual(properties.filter(([, name]) => name !== "list"), [["", text, { clean: wide }], ["", wide, { clean: `A${text}`, folded: `a${text}` }]]);
  }
  assert.equal(decoded(one({ type: "x", at: AT, items: Array(200).fill({ id: "a" }) }).bytes).items.length, 200);
});

test("texts are cleaned and folded, known or not", () => {
  const texts = [["ΣΑΣ", "σασ"], ["İ", "i̇"], ["ÅSA", "åsa"], ["STRASSE", "strasse"], ["ß", undefined], ["x\ud800y", undefined], ["😀", undefined]];
  for (const [text, folded] of [...texts, ...texts]) {
    const { properties: [[, name, value]] } = decoded(one({ type: "x", at: AT, properties: { [text]: ` ${text}\u2028` } }).bytes);
    const clean = text.toWellFormed().normalize("NFC");
    assert.deepEqual([name, value], [text.toWellFormed(), folded === undefined ? { clean } : { clean, folded }]);
  }
});

/** Ten-thousandths of a plain decimal, by its digits alone. */
function exact(text) {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return null;
  const [, minus, whole, places = ""] = found;
  let size = BigInt(whole + places.padEnd(4, "0").slice(0, 4));
  if (places.length > 4 && places[4] >= "5") size += 1n;
  return size > 9_000_000_000_000_000n ? null : Number(minus ? -size : size);
}

test("numbers are read by their digits", () => {
  const numbers = [0, -0, 0.1, 0.00005, 0.00004, -0.00005, 1e-6, 9.99e-7, -1e-7, 5e-324, 1.00005, 59.90, 1e11, 123456789012.34565, 900000000000, 899999999999.9999, 9e11 + 0.0001, 9e11 + 1, 1e20, 1e21, NaN, Infinity, -Infinity, 2 ** 53];
  for (let power = -7; power < 13; power++) {
    for (let step = 0; step < 500; step++) numbers.push((step * 7919 + 1) / 10 ** (3 - power), (Math.random() - 0.5) * 10 ** power, Math.round(Math.random() * 1e5) / 1e5 * 10 ** power);
  }
  for (const number of numbers) {
    const wanted = Math.abs(number) < 1e-6 ? 0 : exact(String(number));
    const event = { type: "x", at: AT, value: number };
    if (wanted === null) {
      assert.deepEqual(refusal(event), ["bad_number", "/value"], String(number));
      continue;
    }
    assert.equal(decoded(one(event).bytes).value + 0, wanted + 0, String(number));
    const { json } = decoded(one({ type: "x", at: AT, properties: { x: [[number]] } }).bytes).properties[0][2];
    assert.match(json, /^\[-?\d+(\.\d{1,4})?\]$/);
    assert.equal(exact(json.slice(1, -1)), wanted + 0, `${number} in canonical JSON`);
  }
});

test("decimal texts are read by their digits", () => {
  const texts = ["0", "-0", "007", "1.00005", "1.000049999999999999999", "-0.00005", "900000000000", "900000000000.0000499", "900000000000.00005", "0".repeat(400) + "1.5", "9".repeat(400), "1e3", "+1", ".5", "5.", "1.2.3", "--1", "1 0", "٣", "-", "Infinity"];
  for (const text of texts) {
    const event = { type: "x", at: AT, value: ` ${text}\n` };
    const wanted = exact(text);
    if (wanted === null) assert.deepEqual(refusal(event), ["bad_number", "/value"], text);
    else assert.equal(decoded(one(event).bytes).value + 0, wanted + 0, text);
  }
});

test("instants and dates exist, or are none", () => {
  const days = [["2024-02-29", 1], ["2023-02-29", 0], ["1900-02-29", 0], ["2000-02-29", 1], ["0001-01-01", 1], ["0000-12-31", 0], ["9999-12-31", 1], ["2026-04-31", 0], ["2026-13-01", 0], ["2026-00-10", 0], ["2026-01-00", 0], ["2026-1-01", 0], ["2026-01-1x", 0]];
  for (const [text, exists] of days) {
    const { properties: [[, , value]] } = decoded(one({ type: "x", at: AT, properties: { text } }).bytes);
    assert.deepEqual(value, exists ? { day: Date.parse(`${text}T00:00:00Z`) / 86_400_000, clean: text } : { clean: text });
    if (exists) assert.equal(one({ type: "x", at: `${text}T12:00:00Z` }).at, Date.parse(`${text}T12:00:00Z`));
    else assert.deepEqual(refusal({ type: "x", at: `${text}T12:00:00Z` }), ["bad_instant", "/at"]);
  }
  const at = (text) => one({ type: "x", at: text }).at - Date.UTC(2026, 0, 1);
  assert.equal(at("2026-01-01T00:00:60Z"), 60_000);
  assert.equal(at("2026-01-01 00:00:00.1z"), 100);
  assert.equal(at("2026-01-01t00:00:00.9999+00:00"), 999);
  assert.equal(at("2026-01-01T00:00:00-00:30"), 1_800_000);
  assert.equal(at("2026-01-01T23:59:00+23:59"), 0);
  assert.equal(at(new Date(Date.UTC(2026, 0, 1, 0, 0, 0, 7))), 7);
  for (const text of ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "0000-12-31T23:59:59-12:00", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+00:60", "2026-01-01T00:00:00.Z", "2026-01-01T00:00Z"]) {
    assert.deepEqual(refusal({ type: "x", at: text }), ["bad_instant", "/at"], text);
  }
});

test("a stamp stands in for an instant that is missing, not for one that cannot be read", () => {
  for (const at of [undefined, null, " "]) assert.equal(one({ type: "x", at }, 5).at, 5);
  assert.deepEqual(readEvents([{ type: "x", at: "now" }], 5).refused.map(({ code }) => code), ["bad_instant"]);
  assert.equal(one({ type: "x", at: 0 }, 5).at, 0);
});

test("a page view has the host and path of its url, unless it says them", () => {
  const cases = [
    ["https://me:secret@Shop.Example:8443/Shoes/Run?a=//b@c#d", "shop.example", "/Shoes/Run"],
    ["//Shop.Example", "shop.example", "/"],
    ["https://shop.example?x=/y", "shop.example", "/"],
    ["/only/a//path?x", null, "/only/a//path"],
    ["https://[::1]:80/x", "[::1]", "/x"],
    ["https://[::1]/x", "[::1]", "/x"],
    ["https://a:b:80", "a:b", "/"],
    ["https://127.0.0.1/", "127.0.0.1", "/"],
    ["file:///x", null, "/x"],
    ["https://ΣΑΣ/Σ", "σασ", "/Σ"],
    ["shop.example/a", null, null], ["mailto:a@b", null, null], ["://x/y", null, null], ["?x", null, null], ["a/b://c", null, null], [":/x", null, null],
  ];
  for (const [url, host, path] of cases) {
    const { properties } = decoded(one({ type: "page_view", at: AT, properties: { url } }).bytes);
    const derived = properties.slice(1).map(([flag, name, { clean, folded }]) => [flag, name, clean, folded ?? clean]);
    assert.deepEqual(derived, [["host", host, host], ["path", path, path?.toLowerCase().replaceAll("ς", "σ")]].filter(([, value]) => value).map((field) => ["derived", ...field]), url);
  }
  const names = (properties) => decoded(one({ type: "page_view ", at: AT, properties }).bytes).properties.map(([flag, name]) => flag + name);
  assert.deepEqual(names({ url: "https://a/b", host: false, path: " " }), ["host", "url", "derivedpath"]);
  assert.deepEqual(names({ url: ["https://a/b"] }), ["listedurl"]);
  assert.equal(decoded(one({ type: "visit", at: AT, properties: { url: "https://a/b" } }).bytes).properties.length, 1);
});

for (const [name, topic] of specFiles().filter(([name]) => name !== "problems.json")) {
  test(`${name}: what is refused, and where`, () => {
    for (const { name, visitor, refused = [] } of topic.cases) {
      const { events = [] } = expand(visitor ?? {});
      const batch = readEvents(events);
      const ofEvents = refused.filter(({ index }) => index >= 0);
      assert.deepEqual(batch.refused.map(({ index, code, pointer }) => ({ index, code, pointer })), ofEvents, name);
      assert.equal(batch.read.length + batch.refused.length, events.length);
      for (const { bytes } of batch.read) decoded(bytes);
    }
  });
}

test("the first problem by name is said, and the limits come before all", () => {
  assert.deepEqual(refusal({ at: "x", type: 5, bad: 1 }), ["bad_instant", "/at"]);
  assert.deepEqual(refusal({ at: AT, type: 5, bad: 1 }), ["unknown_key", "/bad"]);
  assert.deepEqual(refusal({ at: "x", properties: { a: "a".repeat(4097) } }), ["text_too_long", "/properties/a"]);
  assert.deepEqual(refusal({ type: "x", at: AT, items: [{ id: "a" }, { price: { a: 1 } }], properties: 5 }), ["wrong_type", "/items/1/price"]);
  assert.deepEqual(refusal({ type: "x", at: AT, properties: { a: [1, { "b/~": [1e15] }] } }), ["bad_number", "/properties/a/1/b~1~0/0"]);
  assert.deepEqual(refusal({ type: "x", at: AT, properties: { ["k".repeat(4097)]: 1 } }), ["text_too_long", "/properties"]);
  assert.deepEqual(refusal({ type: "x", at: AT, properties: { a: null, ["k".repeat(4097)]: undefined } }), ["text_too_long", "/properties"]);
});

test("the size is that of the compact JSON", () => {
  const filler = ['"\\\b\t\n\f\r\0\u001f\u007f', "é€😀", 1.5, -0.25, 1e-7, true, false, null, undefined, [], {}, [[1, null, undefined]], { "\n": "\u2028", gone: undefined }];
  for (let length = 0; length < filler.length; length++) {
    const pad = Array(17).fill("");
    const event = { type: "x", at: AT, id: undefined, items: [], properties: { filler: filler.slice(length), gone: undefined, pad } };
    let rest = 65_536 - Buffer.byteLength(JSON.stringify(event));
    for (let index = 0; rest > 0; index++) rest -= (pad[index] = "a".repeat(Math.min(4096, rest))).length;
    one(event);
    pad[16] += "a";
    assert.deepEqual(refusal(event), ["event_too_large", ""]);
  }
});

test("what is no list is refused as a whole", () => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  for (const list of [undefined, null, "x", { length: 1 }, proxy, new Proxy([], { get() { throw new Error("no"); } })]) {
    assert.deepEqual(readEvents(list).refused.map(({ index, code, pointer }) => [index, code, pointer]), [[-1, "wrong_type", ""]]);
  }
  assert.deepEqual(readEvents([]), { read: [], refused: [] });
});

test("hostile values are refused or read; nothing throws, nothing hangs, nothing is polluted", () => {
  const order = { type: "conversion", at: AT };
  const cycle = { ...order };
  cycle.properties = { cycle };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  let deep = "deep";
  for (let level = 0; level < 100_000; level++) deep = [deep];
  let wide = ["x"];
  for (let level = 0; level < 5; level++) wide = Array(100).fill(wide);
  const thrower = (value) => ({ get type() { throw value; } });
  const liar = new Proxy([], { get: (target, key) => (key === "length" ? { valueOf() { throw new Error("no"); } } : target[key]) });
  const cases = [
    [cycle, "too_deep", "/properties/cycle/properties/cycle/properties/cycle/properties/cycle"],
    [proxy, "wrong_type", ""],
    [{ ...order, properties: { proxy } }, "wrong_type", "/properties/proxy"],
    [{ type: "conversion", get at() { throw new Error("no"); } }, "wrong_type", "/at"],
    [thrower("too_deep"), "too_deep", "/type"],
    [thrower("hasOwnProperty"), "wrong_type", "/type"],
    [thrower({ toString() { throw new Error("no"); } }), "wrong_type", "/type"],
    [thrower(undefined), "wrong_type", "/type"],
    [new Proxy({}, { ownKeys() { throw new Error("no"); } }), "wrong_type", ""],
    [new Proxy({}, { getPrototypeOf() { throw new Error("no"); } }), "wrong_type", ""],
    [() => 1, "wrong_type", ""], [Symbol("x"), "wrong_type", ""], [10n, "wrong_type", ""], [null, "wrong_type", ""], [undefined, "wrong_type", ""],
    [new Date(NaN), "wrong_type", ""], [Object.create(Date.prototype), "wrong_type", ""], [new Date(0), "wrong_type", ""], [new Array(4e9), "event_too_large", ""],
    [{ ...order, id: Symbol("x") }, "wrong_type", "/id"], [{ ...order, id: 10n }, "wrong_type", "/id"],
    [{ ...order, properties: { deep } }, "too_deep", "/properties/deep/0/0/0/0/0/0"],
    [{ ...order, properties: { wide } }, "event_too_large", ""],
    [{ ...order, properties: { liar } }, "wrong_type", "/properties/liar"],
    [{ ...order, id: "x".repeat(5_000_000) }, "text_too_long", "/id"],
    [{ ...order, properties: { toJSON() { throw new Error("no"); } } }, "wrong_type", "/properties/toJSON"],
    [JSON.parse('{"__proto__":{"polluted":1},"type":"conversion","at":1}'), "unknown_key", "/__proto__"],
    [{ ...order, properties: Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [index, 1])) }, "event_too_large", ""],
  ];
  const began = performance.now();
  for (const [event, code, pointer] of cases) assert.deepEqual(refusal(event), [code, pointer]);
  assert.ok(performance.now() - began < 5000);
  assert.equal({}.polluted, undefined);
  assert.equal(one({ ...order, id: "\ud800" }).bytes.length, one({ ...order, id: "\ufffd" }).bytes.length);
  assert.equal(decoded(one({ ...order, properties: JSON.parse('{"__proto__":1}') }).bytes).properties[0][1], "__proto__");
  assert.equal(decoded(one(Object.assign(Object.create({ id: "inherited" }), order)).bytes).id, "");
  const kept = { ...order, properties: { a: "b".repeat(3000) } };
  const inner = { ...order, get id() { readEvents([kept, order]); return "inner"; }, get properties() { readEvents([kept]); return { x: 1 }; } };
  assert.deepEqual(decoded(one(inner).bytes), decoded(one({ ...order, id: "inner", properties: { x: 1 } }).bytes));
});

test("built-ins that a page replaces later are not used", () => {
  const event = { type: "x", at: "2026-01-01T00:00:00Z", value: "1.5", properties: { a: "É", b: { c: 1 }, d: new Date(0) } };
  const { bytes } = one(event);
  const replaced = [[String.prototype, ["trim", "normalize", "toLowerCase", "replaceAll", "charCodeAt", "slice", "toWellFormed"]], [RegExp.prototype, ["exec", "test"]], [Date, ["parse"]], [Date.prototype, ["toISOString"]], [JSON, ["stringify"]], [Array, ["isArray"]], [Object, ["keys"]], [globalThis, ["String", "Date"]]];
  const before = replaced.map(([owner, names]) => names.map((name) => owner[name]));
  let again;
  replaced.forEach(([owner, names]) => names.forEach((name) => { owner[name] = () => { throw new Error(name); }; }));
  try {
    again = readEvents([event]).read[0]?.bytes;
  } finally {
    replaced.forEach(([owner, names], place) => names.forEach((name, index) => { owner[name] = before[place][index]; }));
  }
  assert.deepEqual(again, bytes);
});
