// Order files through the engine: how they are read, what is refused and why, and what is asked of all customers at once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../dist/engine.node.js";

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = Date.parse("2026-04-01T00:00:00Z");
const settings = { regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR", rates: { USD: "0.5" } };
const conversions = (more) => ({ of: "conversion", ...more });
const atLeast = (value, more) => ({ events: conversions({ modifier: "is_at_least", value, ...more }) });

const engine = await load();
const bytesOf = (text) => new TextEncoder().encode(text);
const utf16 = (text, littleEndian) => {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  for (const [index, unit] of [...`\uFEFF${text}`.split("")].entries()) view.setUint16(2 * index, unit.charCodeAt(0), littleEndian);
  return new Uint8Array(view.buffer);
};

/** Reads a whole file, handed over in pieces of `size` bytes. */
function read(given, options, size = Infinity) {
  const bytes = typeof given === "string" ? bytesOf(given) : given;
  const reader = engine.readOrders(options);
  const [refused, problems] = [[], []];
  const take = (said) => {
    refused.push(...said.refused);
    problems.push(...said.problems);
    return said;
  };
  for (let at = 0; at < bytes.length; at += size) take(reader.write(bytes.subarray(at, at + size)));
  const { population } = take(reader.end());
  return { population, refused, problems };
}

/** A file without anything wrong in it. */
function customersOf(given, options, size) {
  const { population, refused, problems } = read(given, options, size);
  assert.deepEqual([refused, problems], [[], []]);
  return population;
}

/** By visitor id: the measure. */
function measured(population, of, now = NOW) {
  const { values, problems } = population.measure(settings, of, now);
  assert.deepEqual(problems, []);
  return Object.fromEntries([...values].map(({ visitor, value }) => [visitor, value]));
}
const count = (population, more) => measured(population, conversions(more));
const total = (population) => measured(population, conversions({ measure: "total_value" }));
/** Whether the customer's one order was at exactly this instant. */
const isAt = (population, instant) =>
  count(population, { period: { from: new Date(instant).toISOString(), to: new Date(instant + 1).toISOString() } });
const placesOf = (refused) => refused.map(({ line, code, column }) => [line, code, column]);

const plain = [
  ["visitor_id", "order_id", "at", "value", "currency", "coupon"],
  ["v-1", "1001", "2026-03-01T12:00:00+01:00", "59.90", "EUR", 'A, "big" one;\nover\ttwo lines'],
  ["v-2", "1002", "2026-03-02T12:00:00+01:00", "10", "", ""],
  ["Zoë-3", "1003", "2026-03-03T12:00:00+01:00", "20.05", "usd", "|"],
];
const written = (rows, delimiter = ",", end = "\n") =>
  rows.map((cells) => cells.map((cell) => (/[",;|\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter) + end).join("");

const dialects = {
  "plain": written(plain),
  "CRLF": written(plain, ",", "\r\n"),
  "semicolons": written(plain, ";"),
  "tabs": written(plain, "\t"),
  "bars": written(plain, "|"),
  "a byte order mark": `\uFEFF${written(plain)}`,
  "UTF-16": utf16(written(plain), true),
  "UTF-16, tabs, CRLF": utf16(written(plain, "\t", "\r\n"), true),
  "UTF-16, great end first": utf16(written(plain), false),
  "no newline at the end": written(plain).trimEnd(),
  "blank lines": written(plain).replaceAll(/^v-2/gm, "\n\nv-2"),
  "every cell in quotes": plain.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join()}\r\n`).join(""),
};
for (const [name, content] of Object.entries(dialects)) {
  test(`a file in this dialect: ${name}`, () => {
    for (const size of [Infinity, 64, 1]) {
      const population = customersOf(content, undefined, size);
      const { customers, orders, rows, refused, currencies } = population;
      assert.deepEqual({ customers, orders, rows, refused }, { customers: 3, orders: 3, rows: 3, refused: 0 });
      assert.deepEqual([...currencies].sort(), ["EUR", "USD"]);
      assert.deepEqual(total(population), { "v-1": 59.9, "v-2": 10, "Zoë-3": 10.025 });
      const coupon = (value) => count(population, { where: { field: "coupon", modifier: "is_exactly", value } });
      assert.deepEqual(coupon(plain[1][5]), { "v-1": 1, "v-2": 0, "Zoë-3": 0 });
      assert.deepEqual(coupon("|"), { "v-1": 0, "v-2": 0, "Zoë-3": 1 });
      population.free();
    }
  });
}

test("where the bytes are cut changes nothing", () => {
  const files = {
    "a table parted by blanks": [" visitor_id   at   order_id\n  a   2026-03-01T12:00:00Z   1\n  b   never   2  \n", [[3, "bad_instant", "at"]]],
    "a quoted cell that begins with a line end": ['visitor_id,at\n"\nb",never\na,2026-03-01T12:00:00Z\n', [[2, "bad_instant", "at"]]],
    "a byte order mark, then a blank line": ["\uFEFF\nvisitor_id;at\nb;never\na;2026-03-01T12:00:00Z\n", [[3, "bad_instant", "at"]]],
    "blank lines with blanks, CRLF": ["visitor_id,at\r\n \t\r\nb,never\r\n\r\na,2026-03-01T12:00:00Z", [[3, "bad_instant", "at"]]],
  };
  for (const [name, [file, places]] of Object.entries(files)) {
    for (const size of [Infinity, 1, 2, 3, 5, 8]) {
      const { population, refused, problems } = read(file, undefined, size);
      assert.deepEqual([problems, placesOf(refused)], [[], places], `${name}, ${size}`);
      assert.deepEqual(count(population), { a: 1 }, name);
      population.free();
    }
  }
});

test("rows with one visitor and one order id are one order, wherever they stand", () => {
  const population = customersOf([
    "visitor_id,order_id,at,value,item_id,item_price,item_quantity",
    "a,1,2026-03-01T12:00:00Z,,SKU1,10,1",
    "b,1,2026-03-01T12:00:00Z,,SKU1,10,1", // another visitor's order
    "a,2,2026-03-02T12:00:00Z,99,SKU2,5,1",
    "a,1,2026-03-01T12:00:00Z,,SKU3,7.5,2",
    "a,2,2026-03-02T12:00:00Z,,SKU2,5,", // no quantity is 1
    "a,1,2026-03-01T12:00:00Z,,SKU3,7.5,4",
    "",
  ].join("\n"));
  assert.deepEqual([population.customers, population.orders, population.rows], [2, 3, 6]);
  assert.deepEqual(count(population), { a: 2, b: 1 });
  assert.deepEqual(total(population), { a: 154, b: 10 }, "10 + 15 + 30 from the lines, 99 as given once");
  assert.deepEqual(measured(population, conversions({ measure: "units" })), { a: 9, b: 1 });
  assert.deepEqual(measured(population, conversions({ measure: "distinct_items" })), { a: 3, b: 1 });
  assert.deepEqual(measured(population, conversions({ measure: "item_value" })), { a: 65, b: 10 });
});

test("the value is the order's: the same or empty in all its rows", () => {
  const { population, refused } = read([
    "visitor_id,order_id,at,value,item_price",
    "same,1,2026-03-01T12:00:00Z,30,10",
    "same,1,2026-03-01T12:00:00Z,30.0,10",
    "once,2,2026-03-01T12:00:00Z,,10",
    "once,2,2026-03-01T12:00:00Z,30,10",
    "differs,3,2026-03-01T12:00:00Z,30,10",
    "differs,3,2026-03-01T12:00:00Z,31,10",
    "differs,3,2026-03-01T12:00:00Z,30,10",
    "differs,4,2026-03-01T12:00:00Z,1,10",
    "zero,5,2026-03-01T12:00:00Z,0,10",
    "nowhere,6,2026-03-01T12:00:00Z,,10",
    "nowhere,6,2026-03-01T12:00:00Z,,-2.5",
    "nothing,7,2026-03-01T12:00:00Z,,",
  ].join("\n"));
  assert.deepEqual(placesOf(refused), [[7, "different_value", "value"]]);
  assert.deepEqual(total(population), { same: 30, once: 30, differs: 1, zero: 0, nowhere: 7.5, nothing: 0 });
  assert.deepEqual(count(population), { same: 1, once: 1, differs: 1, zero: 1, nowhere: 1, nothing: 1 });
  assert.deepEqual([population.orders, population.rows, population.refused], [6, 12, 1]);
});

test("a row without an order id is an order of its own, also beside one that is equal", () => {
  const population = customersOf([
    "visitor_id,order_id,at,value",
    "a,,2026-03-01T12:00:00Z,5",
    "a,,2026-03-01T12:00:00Z,5",
    "a,,2026-03-01T12:00:00Z,6",
    "b,,2026-03-01T12:00:00Z,5",
  ].join("\n"));
  assert.deepEqual([count(population), total(population)], [{ a: 3, b: 1 }, { a: 16, b: 5 }]);
  const without = customersOf("visitor_id,at\na,2026-03-01T12:00:00Z\na,2026-03-01T12:00:00Z\n");
  assert.deepEqual(count(without), { a: 2 });
});

test("item_total is what a line cost, where there is no unit price", () => {
  const population = customersOf([
    "visitor_id,order_id,at,item_id,item_total,item_quantity",
    "a,1,2026-03-01T12:00:00Z,SKU1,30,3",
    "a,1,2026-03-01T12:00:00Z,SKU2,4.50,",
  ].join("\n"));
  assert.deepEqual(total(population), { a: 34.5 });
  assert.deepEqual(measured(population, conversions({ measure: "item_value" })), { a: 34.5 });
  assert.deepEqual(measured(population, conversions({ measure: "units" })), { a: 4 });
});

test("categories, item fields and properties", () => {
  const population = customersOf([
    "visitor_id,order_id,at,item_id,item_name,item_brand,item_category,item_variant,item_collection,coupon,item_quantity",
    "a,1,2026-03-01T12:00:00Z,SKU1,Acme Runner,Acme,Shoes > Sneakers,42,SS26,WELCOME,2",
    "a,1,2026-03-01T12:00:00Z,SKU2,Cap,Bolt,Hats,,,WELCOME,1",
    "b,2,2026-03-01T12:00:00Z,SKU3,Loafer,Acme,Shoes,43,,,1",
  ].join("\n"));
  const units = (field, value) => measured(population, conversions({ measure: "units", items: { field, modifier: "is_exactly", value } }));
  assert.deepEqual(units("category", "shoes"), { a: 2, b: 1 });
  assert.deepEqual(units("category", "Sneakers"), { a: 2, b: 0 });
  assert.deepEqual(units("category", "Shoes > Sneakers"), { a: 0, b: 0 });
  assert.deepEqual(units("name", "acme runner"), { a: 2, b: 0 });
  assert.deepEqual(units("brand", "ACME"), { a: 2, b: 1 });
  assert.deepEqual(units("variant", 42), { a: 2, b: 0 }, "a plain decimal text and a number compare as numbers");
  assert.deepEqual(units("collection", "SS26"), { a: 2, b: 0 });
  assert.deepEqual(measured(population, conversions({ measure: "units", items: { field: "collection", modifier: "is_unknown" } })), { a: 1, b: 1 });
  assert.deepEqual(count(population, { where: { field: "coupon", modifier: "is_exactly", value: "welcome" } }), { a: 1, b: 0 });
  assert.deepEqual(count(population, { where: { field: "coupon", modifier: "is_unknown" } }), { a: 0, b: 1 });
});

test("each row that is refused is named by line, with a code and the file's own name of the column", () => {
  const head = "Kunde,Bestellung,at,value,currency,item_price,item_quantity,coupon";
  const rows = [
    head,
    "ok,1,2026-03-01T12:00:00Z,1,EUR,1,1,", // line 2
    "short,2,2026-03-01T12:00:00Z",
    ",3,2026-03-01T12:00:00Z,1,EUR,1,1,",
    "noat,4,,1,EUR,1,1,",
    "local,5,2026-03-01 12:00:00,1,EUR,1,1,",
    "never,6,yesterday,1,EUR,1,1,",
    "feb,7,2026-02-30T12:00:00Z,1,EUR,1,1,",
    'comma,8,2026-03-01T12:00:00Z,"59,90",EUR,1,1,', // line 9
    "price,9,2026-03-01T12:00:00Z,1,EUR,free,1,",
    "quantity,10,2026-03-01T12:00:00Z,1,EUR,1,1e3,",
    "huge,11,2026-03-01T12:00:00Z,900000000001,EUR,1,1,",
    `long,12,2026-03-01T12:00:00Z,1,EUR,1,1,${"x".repeat(4097)}`,
    `fits,13,2026-03-01T12:00:00Z,1,EUR,1,1,${"x".repeat(4096)}`,
    'lines,14,2026-03-01T12:00:00Z,1,EUR,1,1,"two', // line 15 and 16
    'lines"',
    "after,15,2026-03-01T12:00:00Z,x,EUR,1,1,", // line 17
    "value,16,2026-03-01T12:00:00Z,1,EUR,1,1,",
    "value,16,2026-03-01T12:00:00Z,2,EUR,1,1,",
    "money,17,2026-03-01T12:00:00Z,1,EUR,1,1,", // line 20
    "money,17,2026-03-01T12:00:00Z,1,USD,1,1,",
  ];
  const bytes = bytesOf(`${rows.join("\n")}\nbytes,18,2026-03-01T12:00:00Z,1,EUR,1,1,?\nlast,19,2026-03-01T12:00:00Z,1,EUR,1,1,\n`);
  bytes[bytes.indexOf("?".charCodeAt(0))] = 0xe9; // é in Latin-1
  for (const size of [Infinity, 1]) {
    const { population, refused, problems } = read(bytes, { map: { visitor_id: "Kunde", order_id: "Bestellung" } }, size);
    assert.deepEqual(problems, []);
    assert.deepEqual(placesOf(refused).sort(([a], [b]) => a - b), [
      [3, "bad_row", ""],
      [4, "missing_key", "Kunde"],
      [5, "missing_key", "at"],
      [6, "no_offset", "at"],
      [7, "bad_instant", "at"],
      [8, "bad_instant", "at"],
      [9, "bad_number", "value"],
      [10, "bad_number", "item_price"],
      [11, "bad_number", "item_quantity"],
      [12, "bad_number", "value"],
      [13, "text_too_long", "coupon"],
      [17, "bad_number", "value"],
      [19, "different_value", "value"],
      [21, "different_currency", "currency"],
      [22, "not_utf8", "coupon"],
    ]);
    for (const { message } of refused) assert.match(message, /^.{10,}[.?]$/);
    assert.deepEqual([population.refused, population.rows, population.customers], [15, 21, 4]);
    assert.deepEqual(count(population), { ok: 1, fits: 1, lines: 1, last: 1 });
    population.free();
  }
});

test("a row that is refused takes its whole order with it, before and after, and nothing else", () => {
  const { population, refused } = read([
    "visitor_id,order_id,at,item_id,item_price",
    "a,1,2026-03-01T12:00:00Z,SKU1,1",
    "a,1,2026-03-01T12:00:00Z,SKU2,x",
    "a,1,2026-03-01T12:00:00Z,SKU3,1",
    "a,2,2026-03-01T12:00:00Z,SKU1,1",
    "b,1,2026-03-01T12:00:00Z,SKU1,1",
    "c,3,2026-03-01T12:00:00Z,SKU1,x",
  ].join("\n"));
  assert.deepEqual(placesOf(refused), [[3, "bad_number", "item_price"], [7, "bad_number", "item_price"]]);
  assert.deepEqual(count(population), { a: 1, b: 1 });
  assert.deepEqual([population.customers, population.orders, population.rows, population.refused], [2, 2, 6, 2]);
});

test("local times are those of the zone, also where its clocks change", () => {
  const times = {
    day: ["2026-03-01", Date.UTC(2026, 1, 28, 23)],
    digits: ["20260301", Date.UTC(2026, 1, 28, 23)],
    noon: ["2026-03-01 12:00:00", Date.UTC(2026, 2, 1, 11)],
    summer: ["2026-03-30 12:00:00", Date.UTC(2026, 2, 30, 10)],
    before: ["2026-03-29 01:59:59", Date.UTC(2026, 2, 29, 0, 59, 59)],
    after: ["2026-03-29 03:00:00", Date.UTC(2026, 2, 29, 1)],
    twice: ["2025-10-26 02:30:00", Date.UTC(2025, 9, 26, 0, 30)],
    offset: ["2026-03-01T12:00:00-05:00", Date.UTC(2026, 2, 1, 17)],
  };
  const file = ["visitor_id,at", ...Object.entries(times).map(([id, [text]]) => `${id},${text}`)].join("\n");
  const population = customersOf(file, { localTimes: true, timeZone: "Europe/Amsterdam" });
  for (const [id, [text, instant]] of Object.entries(times)) assert.equal(isAt(population, instant)[id], 1, `${id}: ${text}`);
  const { refused } = read(file, { timeZone: "Europe/Amsterdam" });
  assert.deepEqual(refused.map(({ code }) => code), Array(7).fill("no_offset"), "without being asked to, none is guessed");
});

test("columns are named for a file without a header, and mapped from names of its own", () => {
  const population = customersOf("2026-03-01T12:00:00Z;7;a\n2026-03-02T12:00:00Z;8;a\n", { columns: ["at", "order_id", "visitor_id"] });
  assert.deepEqual([count(population), population.rows], [{ a: 2 }, 2]);
  const both = customersOf("2026-03-01T12:00:00Z,a,5\n", { columns: ["Datum", "Kunde", "Wert"], map: { visitor_id: "Kunde", at: "Datum", value: "Wert" } });
  assert.deepEqual(total(both), { a: 5 });
});

test("what is wrong with the file as a whole is a problem, said once, and nothing is read", () => {
  const codes = (file, options) => {
    const { population, refused, problems } = read(file, options);
    assert.deepEqual([population, refused], [null, []]);
    for (const { severity, message } of problems) assert.ok(severity === "error" && message.length > 10);
    return problems.map(({ code }) => code);
  };
  const row = "\na,2026-03-01T12:00:00Z\n";
  assert.deepEqual(codes(""), ["empty_file"]);
  assert.deepEqual(codes("\uFEFF"), ["empty_file"]);
  assert.deepEqual(codes(`visitor,at${row}`), ["missing_column"]);
  assert.deepEqual(codes(`visitor,date${row}`), ["missing_column", "missing_column"]);
  assert.deepEqual(codes(`visitor_id,at${row}`, { map: { value: "Total" } }), ["unknown_column"]);
  assert.deepEqual(codes(`at,visitor_id,at\nx,a,y\n`), ["duplicate_column"]);
  assert.deepEqual(codes(`visitor_id,at${row}`, { localTimes: true }), ["missing_time_zone"]);
  assert.deepEqual(codes(`visitor_id,at${row}`, { localTimes: true, timeZone: "Europe/Atlantis" }), ["unknown_time_zone"]);
  const reader = engine.readOrders({ localTimes: true });
  assert.equal(reader.write(bytesOf("visitor_id,at\n")).problems.length, 1);
  assert.deepEqual(reader.write(bytesOf(row)), { refused: [], problems: [] });
  assert.deepEqual(reader.end(), { population: null, refused: [], problems: [] });
});

test("a file with a header alone has no customers", () => {
  const population = customersOf("visitor_id,at\n");
  const { plan } = engine.plan({ ...settings, segments: [{ id: "nobody", rule: { not: atLeast(1) } }] });
  assert.deepEqual(population.sizes(plan, NOW), { now: NOW, customers: 0, segments: { nobody: 0 }, refused: 0 });
  assert.deepEqual([...population.members(plan, "nobody", NOW)], []);
  assert.deepEqual(population.grid(plan, NOW).cells.map(({ customers }) => customers), Array(7).fill(0));
});

const shop = {
  ...settings,
  segments: [
    { id: "buyer", rule: atLeast(1) },
    { id: "twice", rule: atLeast(2) },
    { id: "__proto__", rule: { not: { segment: "twice" } } },
    { id: "broken", rule: { all: [] } },
  ],
  campaigns: [{ id: "thanks", slot: "hero", when: { segment: "buyer" }, variants: [{ id: "a", content: {} }] }],
};
const plan = engine.plan(shop).plan;
const orders = [
  "visitor_id,order_id,at,value,currency",
  "zoe,1,2026-03-01T12:00:00Z,10,EUR",
  "adam,2,2026-03-02T12:00:00Z,20,USD",
  "zoe,3,2026-03-31T12:00:00Z,30,GBP",
  "__proto__,4,2026-05-01T12:00:00Z,40,EUR", // later than now
  "bea,5,2025-01-01T12:00:00Z,50,EUR",
  "bea,6,2026-03-01T12:00:00Z,x,EUR",
].join("\n");

test("sizes, members and the grid of all customers", () => {
  const { population, refused } = read(orders);
  assert.equal(refused.length, 1);
  assert.equal(JSON.stringify(population.sizes(plan, NOW)), JSON.stringify({
    now: NOW, customers: 4, segments: { buyer: 3, twice: 1, ["__proto__"]: 3, broken: 0 }, refused: 1,
  }));
  assert.deepEqual([...population.members(plan, "buyer", NOW)], ["zoe", "adam", "bea"], "in the order of the file");
  const members = population.members(plan, "__proto__", NOW + 0.9);
  for (const _ of [1, 2]) assert.deepEqual([...members], ["adam", "__proto__", "bea"], "walked through as often as one likes");
  const { now, customers, cells, refused: rows } = population.grid(plan, NOW);
  assert.deepEqual([now, customers, rows], [NOW, 4, 1]);
  assert.equal(JSON.stringify(cells), JSON.stringify([
    { cell: "none", name: null, customers: 1, conversions: 0, value: 0 },
    { cell: "one_time_buyer", name: "One-time buyer", customers: 1, conversions: 1, value: 10 },
    { cell: "promising", name: "Promising", customers: 1, conversions: 2, value: 10 },
    { cell: "sleeper", name: "Sleeper", customers: 1, conversions: 1, value: 50 },
    { cell: "loyal", name: "Loyal", customers: 0, conversions: 0, value: 0 },
    { cell: "red_alert", name: "Red alert", customers: 0, conversions: 0, value: 0 },
    { cell: null, name: null, customers: 0, conversions: 0, value: 0 },
  ]), "pounds have no rate");
  assert.equal(population.sizes(plan, Date.parse("2026-05-02T00:00:00Z")).segments.buyer, 4);
});

test("cells that share an id are one, and a gap is null", () => {
  const retention = [
    { id: "new", name: "New", conversions: [1, 1], days: [0, 30] },
    { id: "rest", name: "Rest", conversions: [2, null], days: [0, 30] },
    { id: "new", name: "New", conversions: [1, 1], days: [31, 60] },
  ];
  const { plan } = engine.plan({ ...settings, retention });
  assert.deepEqual(plan.names.cells.map(({ conversions, days }) => [conversions, days]), [[[1, 1], [0, 30]], [[2, null], [0, 30]], [[1, 1], [31, 60]]]);
  const population = customersOf("visitor_id,at,value\na,2026-03-31T00:00:00Z,1\nb,2026-02-10T00:00:00Z,2\nc,2025-01-01T00:00:00Z,4\n");
  assert.deepEqual(population.grid(plan, NOW).cells, [
    { cell: "none", name: null, customers: 0, conversions: 0, value: 0 },
    { cell: "new", name: "New", customers: 2, conversions: 2, value: 3 },
    { cell: "rest", name: "Rest", customers: 0, conversions: 0, value: 0 },
    { cell: null, name: null, customers: 1, conversions: 1, value: 4 },
  ]);
});

test("a measure: bare, as a condition, with a comparison that plays no part; missing is null", () => {
  const { population } = read(orders);
  const since = { zoe: 1, adam: 30, ["__proto__"]: null, bea: 455 };
  const of = conversions({ measure: "days_since_last" });
  const values = (of, source = shop) => {
    const { values, problems } = population.measure(source, of, NOW);
    assert.deepEqual(problems, []);
    return [...values].map(({ visitor, value }) => [visitor, value]);
  };
  assert.deepEqual(values(of), Object.entries(since));
  assert.deepEqual(values(of, JSON.stringify(settings)), Object.entries(since));
  assert.deepEqual(values({ events: of }), Object.entries(since));
  assert.deepEqual(values({ events: { ...of, modifier: "is_between", value: [1, 2] } }), Object.entries(since));
  assert.deepEqual(values(conversions({ measure: "average_value", period: { from: "2026-03-01" } })), [["zoe", 10], ["adam", 10], ["__proto__", null], ["bea", null]]);
});

test("what is wrong with a measure points into it; what is wrong with the package, into the package", () => {
  const { population } = read(orders);
  const wrong = (of, source = settings) => {
    const { values, problems } = population.measure(source, of, NOW);
    assert.equal(values, null);
    return problems.map(({ code, pointer }) => [code, pointer]);
  };
  assert.deepEqual(wrong(conversions({ measure: "unit" })), [["unknown_value", "/measure"]]);
  assert.deepEqual(wrong({ events: conversions({ period: {} }) }), [["bad_period", "/events/period"]]);
  assert.deepEqual(wrong(conversions({ modifier: "contains", value: "x" })), [["not_for_measure", "/modifier"]]);
  assert.deepEqual(wrong(conversions({ modifier: "is_between", value: [2, 1] })), [["reversed_pair", "/value"]]);
  assert.deepEqual(wrong({}), [["missing_key", ""]]);
  for (const of of [5, null, [], "count", undefined]) assert.equal(wrong(of)[0][0], "wrong_type");
  assert.deepEqual(wrong(conversions(), { ...settings, timeZone: "Europe/Atlantis" }), [["unknown_time_zone", "/timeZone"]]);
  assert.deepEqual(wrong(conversions(), "{").map(([code]) => code), ["not_json"]);
});

test("every customer has the answers of one visitor with the same orders", () => {
  // Numbers that look like chance and are the same every time.
  let seed = 1;
  const random = (below) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const pick = (list) => list[random(list.length)];
  const rules = [
    atLeast(1, { period: { last: 30, unit: "day" } }),
    atLeast(3, { measure: "units", items: { field: "brand", modifier: "is_exactly", value: "Acme" } }),
    atLeast(50, { measure: "total_value", period: { calendar: "month", count: 2, current: true } }),
    { events: conversions({ measure: "days_since_last", modifier: "is_at_most", value: 60 }) },
    { events: conversions({ measure: "average_value", modifier: "is_less_than", value: 20, only: "latest" }) },
    { any: [{ retention: ["loyal", "sleeper"] }, { not: { segment: "s0" } }] },
  ];
  const { plan } = engine.plan({ ...settings, segments: rules.map((rule, index) => ({ id: `s${index}`, rule })) });
  const visitors = new Map();
  const rows = [];
  for (let order = 0; order < 600; order++) {
    const id = `v${random(200)}`;
    const currency = pick(["EUR", "USD", "GBP", ""]);
    const at = NOW - random(120 * DAY) + 5 * DAY;
    const items = Array.from({ length: 1 + random(3) }, () => ({ id: `SKU${random(5)}`, brand: pick(["Acme", "Bolt", ""]), price: random(3000) / 100, quantity: 1 + random(3) }));
    const value = random(2) ? random(10_000) / 100 : undefined;
    const cents = items.reduce((sum, { price, quantity }) => sum + Math.round(price * 100) * quantity, 0);
    visitors.set(id, [...(visitors.get(id) ?? []), { type: "conversion", id: String(order), at, value: value ?? cents / 100, ...(currency && { currency }), items }]);
    for (const item of items) rows.push([id, order, new Date(at).toISOString(), value ?? "", currency, item.id, item.brand, item.price, item.quantity]);
  }
  const ids = [...new Set(rows.map(([id]) => id))];
  for (let index = rows.length - 1; index > 0; index--) {
    const other = random(index + 1);
    [rows[index], rows[other]] = [rows[other], rows[index]];
  }
  const file = [["visitor_id", "order_id", "at", "value", "currency", "item_id", "item_brand", "item_price", "item_quantity"], ...rows].map((row) => row.join()).join("\n");
  const population = customersOf(file, undefined, 1000);
  assert.equal(population.customers, ids.length);
  for (const now of [NOW, NOW - 20 * DAY]) {
    const answers = new Map([...visitors].map(([id, events]) => [id, plan.visitor({ id, events }).evaluate(now)]));
    const { segments } = population.sizes(plan, now);
    for (const segment of plan.names.segments) {
      const expected = [...answers].filter(([, { segments }]) => segments[segment].member).map(([id]) => id);
      assert.deepEqual([...population.members(plan, segment, now)].sort(), expected.sort(), segment);
      assert.equal(segments[segment], expected.length, segment);
    }
    for (const { cell, customers, conversions } of population.grid(plan, now).cells) {
      const inside = [...answers.values()].map(({ retention }) => retention).filter((retention) => retention.cell === cell);
      assert.deepEqual([customers, conversions], [inside.length, inside.reduce((sum, { conversions }) => sum + conversions, 0)], String(cell));
    }
  }
});

test("a look at the beginning of a file: its columns, what they probably are, and the first rows", () => {
  const row = '536365,85123A,"WHITE, HEART",6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n';
  const file = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n${row.repeat(7)}536365,cut o`;
  const peek = engine.peekOrders(bytesOf(file));
  assert.equal(peek.delimiter, ",");
  assert.deepEqual(peek.columns, ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]);
  assert.deepEqual(peek.rows, Array(5).fill(["536365", "85123A", "WHITE, HEART", "6", "2010-12-01 08:26:00", "2.55", "17850", "United Kingdom"]));
  assert.equal(peek.localTimes, true);
  assert.deepEqual({ ...peek.guess }, {
    visitor_id: "CustomerID", order_id: "InvoiceNo", at: "InvoiceDate", item_id: "StockCode", item_name: "Description", item_price: "UnitPrice", item_quantity: "Quantity",
  });
  const { localTimes } = peek;
  const population = customersOf(file.slice(0, file.lastIndexOf("\n") + 1), { map: peek.guess, localTimes, timeZone: "Europe/London" });
  assert.deepEqual(measured(population, conversions({ measure: "item_value" })), { 17850: 107.1 });
  assert.equal(engine.peekOrders(utf16(file.replaceAll(",", ";"), true)).delimiter, ";");
  assert.deepEqual(engine.peekOrders(bytesOf("2026-03-01T12:00:00Z,a\n"), { columns: ["at", "visitor_id"] }).localTimes, false);
  assert.deepEqual(engine.peekOrders(new Uint8Array()).columns, []);
});

test("readers and populations that are spent, and calls that are plainly wrong, give one clear error", () => {
  for (const options of [null, 5, { columns: "a,b" }, { columns: [1] }, { localTimes: "yes" }, { timeZone: 1 }, { map: [["at", "x"]] }, { map: { at: 1 } }]) {
    assert.throws(() => engine.readOrders(options), { name: "TypeError", message: /^engine\.readOrders: / });
  }
  assert.throws(() => engine.peekOrders("visitor_id,at"), { name: "TypeError", message: "engine.peekOrders takes bytes." });
  assert.throws(() => engine.peekOrders(new Uint8Array(), { columns: 5 }), TypeError);
  const reader = engine.readOrders();
  assert.throws(() => reader.write("visitor_id,at"), { name: "TypeError", message: "reader.write takes bytes." });
  reader.write(bytesOf("visitor_id,at\na,2026-03-01T12:00:00Z\n"));
  const { population } = reader.end();
  reader.free();
  for (const call of [() => reader.write(new Uint8Array()), () => reader.end()]) assert.throws(call, { name: "TypeError", message: /read to its end/ });
  assert.equal(population.sizes(plan, NOW).segments.buyer, 1, "the population outlives its reader");
  for (const now of [undefined, "2026-03-01T12:00:00Z", NaN, 1e15]) {
    for (const call of [() => population.sizes(plan, now), () => population.members(plan, "buyer", now), () => population.grid(plan, now), () => population.measure(settings, conversions(), now)]) {
      assert.throws(call, { name: "TypeError", message: /^now is a number of milliseconds/ });
    }
  }
  assert.throws(() => population.sizes({ ...plan }, NOW), { name: "TypeError", message: /takes a plan/ });
  assert.throws(() => population.members(plan, "nobody", NOW), { name: "TypeError", message: /no segment nobody/ });
  const members = population.members(plan, "buyer", NOW);
  population.free();
  population.free();
  for (const call of [() => population.sizes(plan, NOW), () => population.members(plan, "buyer", NOW), () => population.grid(plan, NOW), () => population.measure(settings, conversions(), NOW), () => [...members]]) {
    assert.throws(call, { name: "TypeError", message: /was freed/ });
  }
  const given = engine.readOrders();
  given.write(bytesOf("visitor_id,at\n"));
  given.free();
  given.free();
  assert.throws(() => given.end(), TypeError);
});

test("two files at once do not touch each other, and a plan goes on when its bytes are sent away", () => {
  const [first, second] = [engine.readOrders(), engine.readOrders()];
  first.write(bytesOf("visitor_id,at\na,2026-03-01T"));
  second.write(bytesOf("at;visitor_id\n2026-03-01T12:00:00Z;b\n"));
  first.write(bytesOf("12:00:00Z\n"));
  const [{ population: one }, { population: two }] = [first.end(), second.end()];
  const { plan } = engine.plan(shop);
  structuredClone(plan.bytes, { transfer: [plan.bytes.buffer] });
  assert.deepEqual([...one.members(plan, "buyer", NOW)], ["a"]);
  one.free();
  assert.deepEqual([...two.members(plan, "buyer", NOW)], ["b"]);
});

test("many customers are fetched in their order, over every seam", () => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `v${index},${new Date(NOW - index * MINUTE).toISOString()}`);
  const population = customersOf(["visitor_id,at", ...lines].join("\n"));
  assert.deepEqual([...population.members(plan, "buyer", NOW)], Array.from({ length: 10_000 }, (_, index) => `v${index}`));
  const { values } = population.measure(settings, conversions(), NOW - 5000 * MINUTE);
  assert.deepEqual([...values].filter(({ value }) => value === 1).map(({ visitor }) => visitor), Array.from({ length: 5000 }, (_, index) => `v${index + 5000}`));
});
