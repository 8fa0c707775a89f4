// A grocer's whole order file through the command line: every answer is held against SQL that SQLite runs.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { load } from "../dist/engine.node.js";
import { dataset } from "../tools/lib/datasets.mjs";
import { instantOf, shown } from "./orders/clocks.mjs";
import { cells, segments } from "./orders/complete-journey.mjs";
import { database } from "./orders/database.mjs";
import { csvOf, rowsOf, tenThousandths } from "./orders/files.mjs";
import { lines, regulars } from "./orders/program.mjs";

const data = dataset("complete-journey");
const zone = "America/New_York";
const DAY = 86_400_000;
const shop = { regulars: 1, timeZone: zone, currency: "USD", weekStartsOn: "sunday", segments: segments.map(({ id, rule }) => ({ id, rule })) };

// An order lies exactly 60 days before the first and the last; the clocks show half past one twice in the night of the second, and the first time is meant.
const moments = ["2017-11-02T14:42:25-04:00", "2017-11-05T01:30:00-04:00", "2017-12-30T22:18:22-05:00"].map((text) => ({ text, now: Date.parse(text) }));

const fuel = { field: "department", modifier: "is_exactly", value: "Fuel" };
const of = "conversion";
const measures = [
  { of: { of, measure: "item_value", items: { field: "department", modifier: "is_exactly", value: "Grocery" } },
    sql: "(SELECT coalesce(sum(total), 0) / 10000.0 FROM bought WHERE customer = c.id AND department = 'grocery')" },
  { of: { of, measure: "units", items: fuel }, sql: "(SELECT coalesce(sum(quantity), 0) FROM bought WHERE customer = c.id AND department = 'fuel')" },
  { of: { of, measure: "days_since_last", items: fuel }, sql: "(SELECT min(days) FROM bought WHERE customer = c.id AND department = 'fuel')" },
  { of: { of, measure: "distinct_items", items: { field: "department", modifier: "is_not", value: "Grocery" }, period: { calendar: "quarter", count: 2 } },
    sql: `(SELECT count(DISTINCT item) FROM bought WHERE customer = c.id AND (department IS NULL OR department <> 'grocery')
      AND day >= date(today, 'start of month', printf('-%d months', (strftime('%m', today) - 1) % 3 + 6)) AND day < date(today, 'start of month', printf('-%d months', (strftime('%m', today) - 1) % 3)))` },
  { of: { of, measure: "highest_value", period: { last: 45, unit: "day" } }, sql: `(SELECT max(value) / 10000.0 FROM past WHERE customer = c.id AND age < 45 * ${DAY})` },
  // The latest two orders of one household are of the same second.
  { of: { of, measure: "total_value", only: "latest", period: { to: "2017-09-10" } },
    sql: "coalesce((SELECT value / 10000.0 FROM past WHERE customer = c.id AND day <= '2017-09-10' ORDER BY starts DESC, order_id DESC LIMIT 1), 0)" },
  // Some lines of no quantity were paid for.
  { of: { of, measure: "item_value", items: { field: "quantity", modifier: "is_exactly", value: 0 } },
    sql: "(SELECT coalesce(sum(total), 0) / 10000.0 FROM bought WHERE customer = c.id AND quantity = 0)" },
];

describe("Complete Journey", { skip: data ? false : "the data set complete-journey is not at hand (REGULARS_DATA)" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "regulars-complete-journey-"));
  const map = { visitor_id: "household_id", order_id: "basket_id", at: "transaction_timestamp", item_id: "product_id" };
  const file = ["--orders", "orders.csv", "--map", Object.entries(map).map((pair) => pair.join("=")).join(), "--local-times"];
  let rows;
  let broken;
  let db;

  before(async () => {
    rows = joined();
    broken = rows.find(({ sales_value }) => sales_value === "1.776357e-15").line;
    writeFileSync(join(folder, "orders.csv"), csvOf([
      ["household_id", "basket_id", "transaction_timestamp", "store_id", "product_id", "item_name", "item_brand", "item_department", "item_category", "item_manufacturer", "item_quantity", "item_total", "item_coupon_disc"],
      ...rows.map((row) => [row.household_id, row.basket_id, row.transaction_timestamp, row.store_id, row.product_id, row.product_type, row.brand, row.department, [row.product_category, row.product_type].filter(Boolean).join(" > "), row.manufacturer_id, row.quantity, row.sales_value, row.coupon_disc]),
    ]));
    writeFileSync(join(folder, "shop.json"), JSON.stringify(shop));
    db = await database(rows.map(inSql), { zone, texts: ["item", "name", "brand", "department", "category", "type", "maker"], numbers: ["coupon"], properties: ["store"] });
    for (const moment of moments) {
      db.setClock(moment.now);
      moment.members = new Map(segments.map(({ id, sql }) => [id, db.customers(sql)]));
      moment.grid = db.grid(cells);
    }
  });
  after(() => {
    db?.close();
    rmSync(folder, { recursive: true });
  });

  /** What the program prints; it complains of the one amount that is written with an exponent, which is no plain decimal. */
  async function call(command, { text }, options = []) {
    const { code, stdout, stderr } = await regulars(folder, [command, "shop.json", ...file, "--now", text, ...options]);
    assert.deepEqual(lines(stderr).map(({ code, line, column }) => ({ code, line, column })), [{ code: "bad_number", line: broken, column: "item_total" }]);
    assert.equal(code, 1);
    return stdout;
  }

  test("all lines are read, and the clocks are understood", () => {
    assert.deepEqual([rows.length, rows.filter(({ department }) => department === "").length], [179_084, 503]);
    assert.deepEqual(db.values("SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM orders)"), [[308, 18_030]]);
    assert.deepEqual(db.values("SELECT line FROM rows WHERE broken"), [[broken]]);
    const unlike = rows.filter(({ transaction_timestamp: text }) => shown(instantOf(text, zone), zone) !== text);
    assert.deepEqual([...new Set(unlike.map(({ transaction_timestamp }) => transaction_timestamp))], ["2017-03-12 02:06:30"], "the clocks skip only this time");
    assert.equal(instantOf("2017-03-12 02:06:30", zone), Date.UTC(2017, 2, 12, 7, 6, 30));
    assert.equal(instantOf("2017-11-05 01:13:01", zone), Date.UTC(2017, 10, 5, 5, 13, 1));
    for (const { now, text } of [moments[0], moments[2]]) assert.ok(db.values(`SELECT * FROM orders WHERE starts = ${now - 60 * DAY}`).length > 0, text);
  });

  test("audience: the sizes of all segments at three instants", async (t) => {
    for (const moment of moments) {
      const sizes = Object.fromEntries(segments.map(({ id }) => [id, moment.members.get(id).length]));
      t.diagnostic(`${moment.text}: ${Object.entries(sizes).map((pair) => pair.join(" ")).join(", ")}`);
      assert.deepEqual(JSON.parse(await call("audience", moment)), { now: moment.now, customers: 308, segments: sizes, refused: 1 });
    }
    const all = moments.flatMap(({ members }) => [...members]);
    for (const { id } of segments) assert.ok(all.some(([name, { length }]) => name === id && length > 0 && length < 308), `${id} tells customers apart`);
  });

  test("audience: the members of one segment, an id a line or as CSV", async () => {
    const [moment] = moments;
    const wanted = moment.members.get("not-in-60-days");
    assert.deepEqual((await call("audience", moment, ["--segment", "not-in-60-days"])).split("\n").filter(Boolean), wanted);
    await call("audience", moment, ["--segment", "not-in-60-days", "--out", "members.csv"]);
    assert.deepEqual(readFileSync(join(folder, "members.csv"), "utf8").split(/\r?\n/).filter(Boolean), ["visitor_id", ...wanted]);
  });

  test("the members of all segments at three instants", async () => {
    const engine = await load();
    const { plan, problems } = engine.plan(shop);
    assert.deepEqual(problems.filter(({ severity }) => severity === "error"), []);
    const reader = engine.readOrders({ timeZone: zone, localTimes: true, map });
    reader.write(readFileSync(join(folder, "orders.csv")));
    const { population } = reader.end();
    assert.deepEqual([population.customers, population.orders, population.rows, population.refused, population.currencies], [308, 18_030, 179_084, 1, []]);
    for (const { now, text, members } of moments) {
      for (const [id, wanted] of members) assert.deepEqual([...population.members(plan, id, now)], wanted, `${id} at ${text}`);
    }
    population.free();
  });

  test("grid: customers, conversions and value of each cell at three instants", async () => {
    for (const moment of moments) {
      const printed = JSON.parse(await call("grid", moment));
      assert.deepEqual([printed.now, printed.customers, printed.refused], [moment.now, 308, 1]);
      assert.deepEqual(printed.cells.map(({ cell, customers, conversions, value }) => ({ cell, customers, conversions, value })), moment.grid, moment.text);
    }
  });

  for (const { of, sql } of measures) {
    test(`measure: ${JSON.stringify(of)} of every household`, async () => {
      assert.deepEqual(lines(await call("measure", moments.at(-1), ["--of", JSON.stringify(of)])), db.measures(sql));
    });
  }
});

/** The lines of the baskets, each with what is known of its product; 503 have none. */
function joined() {
  const products = new Map(rowsOf(join(data, "products_of_subset.csv.gz")).map((product) => [product.product_id, product]));
  const unknown = Object.fromEntries(Object.keys([...products.values()][0]).map((name) => [name, ""]));
  return rowsOf(join(data, "transactions_hh_mod8_eq1.csv.gz")).map((row) => ({ ...unknown, ...products.get(row.product_id), ...row }));
}

function inSql(row) {
  const total = tenThousandths(row.sales_value);
  return {
    line: row.line, customer: row.household_id, order_id: row.basket_id, at: instantOf(row.transaction_timestamp, zone), date: row.transaction_timestamp.slice(0, 10),
    quantity: Number(row.quantity), total, broken: total === null ? 1 : 0, item: row.product_id, name: row.product_type, brand: row.brand, department: row.department,
    category: row.product_category, type: row.product_type, maker: row.manufacturer_id, coupon: tenThousandths(row.coupon_disc), store: row.store_id,
  };
}
