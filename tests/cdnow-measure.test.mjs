// The recency and frequency that were published for CDNOW's 2,357 customers, which nobody here computed,
// straight from the order file as it was published: gzipped, without a header, its columns lined up with spaces, no order ids.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { dataset } from "../tools/lib/datasets.mjs";
import { rowsOf } from "./orders/files.mjs";
import { lines, regulars } from "./orders/program.mjs";

const data = dataset("cdnow");
const shop = { regulars: 1, timeZone: "America/New_York", currency: "USD" };
const DAYS_TO_END_OF_FILE = 273;

describe("CDNOW's published figures", { skip: data ? false : "the data set cdnow is not at hand (REGULARS_DATA)" }, () => {
  const folder = mkdtempSync(join(tmpdir(), "regulars-cdnow-measure-"));
  after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "shop.json"), JSON.stringify(shop));
  const path = data && join(data, "CDNOW_sample.txt.gz");

  /** One measure of each customer; the file's second column numbers the customers as the summary does. */
  async function measure(name, { now, period, orders = path, input = "" }) {
    const of = { of: "conversion", measure: name, ...(period && { period }) };
    const { code, stdout, stderr } = await regulars(folder, ["measure", "shop.json", "--orders", orders, "--columns", "master_id,visitor_id,at,item_quantity,value", "--local-times", "--now", now, "--of", JSON.stringify(of)], input);
    assert.deepEqual([code, stderr], [0, ""]);
    return lines(stdout);
  }

  /** Customer by customer, in weeks, against the summary; `later` days have gone by since its last day. */
  function same({ days, first, last }, later) {
    const published = rowsOf(join(data, "cdnow_customers_summary.csv.gz"));
    assert.equal(published.length, 2357);
    for (const measured of [days, first, last]) assert.deepEqual(measured.map(({ visitor }) => Number(visitor)), published.map(({ ID }) => Number(ID)));
    for (const [index, { ID, frequency, recency, T }] of published.entries()) {
      assert.equal(days[index].value - 1, Number(frequency), `frequency of ${ID}`);
      near((first[index].value - last[index].value) / 7, recency, `recency of ${ID}`);
      near((first[index].value - later) / 7, T, `T of ${ID}`);
    }
  }

  test("on the last day of the summary", async () => {
    const now = "1997-09-30T23:59:59-04:00";
    const [days, first, last] = await Promise.all(["active_days", "days_since_first", "days_since_last"].map((name) => measure(name, { now })));
    same({ days, first, last }, 0);
  });

  test("at the end of the file, of a period that ends with the summary; from standard input", async () => {
    const asked = { now: "1998-06-30T12:00:00-04:00", period: { to: "1997-09-30" }, orders: "-", input: readFileSync(path) };
    const [days, first, last] = await Promise.all(["active_days", "days_since_first", "days_since_last"].map((name) => measure(name, asked)));
    same({ days, first, last }, DAYS_TO_END_OF_FILE);
  });

  test("every row is an order of its own, also those that are the same in everything", async () => {
    const rows = gunzipSync(readFileSync(path)).toString("latin1").split(/\r?\n/).filter(Boolean).map((row) => row.trim().split(/ +/));
    assert.deepEqual([rows.length, new Set(rows.map(String)).size], [6919, 6898]);
    const now = "1998-06-30T23:59:59-04:00";
    const [count, cds, dollars] = await Promise.all(["count", "units", "total_value"].map((name) => measure(name, { now })));
    const wanted = new Map();
    for (const [, id, , units, paid] of rows) {
      const { orders, cds, cents } = wanted.get(id) ?? { orders: 0, cds: 0, cents: 0 };
      wanted.set(id, { orders: orders + 1, cds: cds + Number(units), cents: cents + Number(paid.replace(".", "")) });
    }
    const measured = count.map(({ visitor, value }, index) => [visitor, { orders: value, cds: cds[index].value, cents: Math.round(dollars[index].value * 100) }]);
    assert.deepEqual(measured, [...wanted]);
  });
});

/** At most 0.01 week off: the summary is rounded. */
function near(weeks, published, what) {
  assert.ok(Math.abs(weeks - Number(published)) <= 0.01, `${what}: ${weeks}, published ${published}`);
}
