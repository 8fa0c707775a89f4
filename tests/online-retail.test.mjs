// A wholesaler's order file as it comes: lines without a customer, cancellations with negative quantities, prices of nothing, rows
// in no order. Every answer of the command line is held against SQL that SQLite runs. (D. Chen, Online Retail, UCI, CC BY 4.0.)
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { load } from "../dist/engine.node.js";
import { dataset } from "../tools/lib/datasets.mjs";
import { instantOf, shown } from "./orders/clocks.mjs";
import { database } from "./orders/database.mjs";
import { rowsOf, tenThousandths } from "./orders/files.mjs";
import { cells, segments } from "./orders/online-retail.mjs";
import { lines, regulars } from "./orders/program.mjs";

const data = dataset("online-retail");
const zone = "Europe/London";
const shop = { regulars: 1, timeZone: zone, currency: "GBP", retention: "five_published", segments: segments.map(({ id, rule }) => ({ id, rule })) };
const map = { visitor_id: "CustomerID", order_id: "InvoiceNo", at: "InvoiceDate", item_id: "StockCode", item_name: "Description", item_quantity: "Quantity", item_price: "UnitPrice" };

// At the first an invoice begins of which the first row in the file is a minute later; the second is the last of the file.
const moments = ["2011-05-15T15:13:00+01:00", "2011-12-09T12:31:00Z"].map((text) => ({ text, now: Date.parse(text) }));

const of = "conversion";
const measures = [
  { of: { of, measure: "total_value" }, sql: "(SELECT coalesce(sum(value), 0) / 10000.0 FROM past WHERE customer = c.id)" },
  { of: { of, measure: "distinct_items" }, sql: "(SELECT count(DISTINCT item) FROM bought WHERE customer = c.id)" },
  { of: { of, measure: "lowest_value", where: { field: "Country", modifier: "is_not", value: "United Kingdom" } },
    sql: "(SELECT min(value) / 10000.0 FROM past WHERE customer = c.id AND (country IS NULL OR country <> 'united kingdom'))" },
  { of: { of, measure: "item_value", items: { field: "quantity", modifier: "is_less_than", value: 0 } },
    sql: "(SELECT coalesce(sum(total), 0) / 10000.0 FROM bought WHERE customer = c.id AND quantity < 0)" },
];

describe("Online Retail", { skip: data ? false : "the data set online-retail is not at hand (REGULARS_DATA)" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "regulars-online-retail-"));
  const path = data && join(data, "online_retail_sample_40000.csv.gz");
  let rows;
  let missing;
  let db;

  before(async () => {
    rows = rowsOf(path);
    missing = rows.filter(({ CustomerID }) => CustomerID === "").map(({ line }) => line);
    writeFileSync(join(folder, "shop.json"), JSON.stringify(shop));
    db = await database(rows.map(inSql), { zone, texts: ["item", "name"], numbers: ["price"], properties: ["country"] });
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

  /** What the program prints; it complains of each line without a customer, of nothing else in the file, and of the gap in the grid. */
  async function call(command, { text }, options = []) {
    const { code, stdout, stderr } = await regulars(folder, [command, "shop.json", "--orders", path, "--map", Object.entries(map).map((pair) => pair.join("=")).join(), "--local-times", "--now", text, ...options]);
    const complaints = lines(stderr).map(({ code, line, column }) => ({ code, line, column }));
    assert.deepEqual(complaints.filter(({ code }) => code !== "grid_gap"), missing.map((line) => ({ code: "missing_key", line, column: "CustomerID" })));
    assert.equal(code, 1);
    return stdout;
  }

  test("all lines are read, the odd ones are there", () => {
    const taken = rows.filter(({ CustomerID }) => CustomerID !== "");
    assert.deepEqual([rows.length, missing.length, taken.length], [40_000, 10_057, 29_943]);
    assert.deepEqual(db.values("SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM orders), (SELECT count(*) FROM orders WHERE order_id LIKE 'C%')"), [[3621, 12_065, new Set(taken.filter(({ InvoiceNo }) => InvoiceNo.startsWith("C")).map(({ InvoiceNo }) => InvoiceNo)).size]]);
    assert.deepEqual([taken.filter(({ Quantity }) => Number(Quantity) < 0).length, taken.filter(({ UnitPrice }) => Number(UnitPrice) === 0).length], [648, 3]);
    for (const { InvoiceDate } of rows) assert.equal(shown(instantOf(InvoiceDate, zone), zone), InvoiceDate);
    const begun = rows.find(({ InvoiceNo }) => InvoiceNo === "553199");
    assert.deepEqual([begun.InvoiceDate, db.values("SELECT starts FROM orders WHERE order_id = '553199'")], ["2011-05-15 15:14:00", [[moments[0].now]]]);
  });

  test("audience: the sizes of all segments at two instants", async (t) => {
    for (const moment of moments) {
      const sizes = Object.fromEntries(segments.map(({ id }) => [id, moment.members.get(id).length]));
      t.diagnostic(`${moment.text}: ${Object.entries(sizes).map((pair) => pair.join(" ")).join(", ")}`);
      assert.deepEqual(JSON.parse(await call("audience", moment)), { now: moment.now, customers: 3621, segments: sizes, refused: 10_057 });
    }
    const all = moments.flatMap(({ members }) => [...members]);
    for (const { id } of segments) assert.ok(all.some(([name, { length }]) => name === id && length > 0 && length < 3621), `${id} tells customers apart`);
  });

  test("audience: those who cancelled", async () => {
    const [moment] = moments;
    assert.deepEqual((await call("audience", moment, ["--segment", "cancelled"])).split("\n").filter(Boolean), moment.members.get("cancelled"));
  });

  test("the members of all segments at two instants", async () => {
    const engine = await load();
    const { plan } = engine.plan(shop);
    const reader = engine.readOrders({ timeZone: zone, localTimes: true, map });
    reader.write(gunzipSync(readFileSync(path)));
    const { population } = reader.end();
    assert.deepEqual([population.customers, population.orders, population.rows, population.refused, population.currencies], [3621, 12_065, 40_000, 10_057, []]);
    for (const { now, text, members } of moments) {
      for (const [id, wanted] of members) assert.deepEqual([...population.members(plan, id, now)], wanted, `${id} at ${text}`);
    }
    population.free();
  });

  test("grid: customers, conversions and value of each cell at two instants", async () => {
    for (const moment of moments) {
      const printed = JSON.parse(await call("grid", moment));
      assert.deepEqual([printed.now, printed.customers, printed.refused], [moment.now, 3621, 10_057]);
      assert.deepEqual(printed.cells.map(({ cell, customers, conversions, value }) => ({ cell, customers, conversions, value })), moment.grid, moment.text);
      assert.ok(moment.grid.every(({ customers }, index) => customers > 0 || (index === 0 && moment === moments[1])), "some are in each cell, and some in none of them");
    }
  });

  for (const { of, sql } of measures) {
    test(`measure: ${JSON.stringify(of)} of every customer`, async () => {
      assert.deepEqual(lines(await call("measure", moments.at(-1), ["--of", JSON.stringify(of)])), db.measures(sql));
    });
  }
});

function inSql(row) {
  const [price, quantity] = [tenThousandths(row.UnitPrice), Number(row.Quantity)];
  return {
    line: row.line, customer: row.CustomerID || null, order_id: row.InvoiceNo, at: instantOf(row.InvoiceDate, zone), date: row.InvoiceDate.slice(0, 10),
    quantity, price, total: price * quantity, broken: 0, item: row.StockCode, name: row.Description, country: row.Country,
  };
}
