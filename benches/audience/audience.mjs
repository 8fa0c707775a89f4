// `npm run bench:audience`: see README.md beside this file.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load } from "regulars/engine";
import { root } from "../../tools/lib/run.mjs";
import { median } from "../subject.mjs";
import { NOW, segments } from "./rules.mjs";

const ROUNDS = 7;
const python = process.env.PYTHON ?? join(root, ".build/python/bin/python");
const duckdbWasm = process.env.DUCKDB_WASM ?? join(root, ".build/duckdb");
const folder = join(root, ".build/bench");
const file = join(folder, "complete-journey.csv");
const script = fileURLToPath(new URL("./duck.py", import.meta.url));

/** How either DuckDB makes its table. In 2017 New York's clocks went forward on 12 March and back on 5 November. */
const CREATE = [
  "CREATE TABLE raw AS SELECT * FROM read_csv('$FILE', header = true, types = {'at': 'TIMESTAMP'})",
  ...["department", "brand", "category"].map((name) => `CREATE TYPE ${name}s AS ENUM (SELECT DISTINCT lower(item_${name}) FROM raw WHERE item_${name} IS NOT NULL)`),
  `CREATE TABLE lines AS SELECT CAST(visitor_id AS INTEGER) AS customer, CAST(order_id AS BIGINT) AS basket, epoch_ms("at") AS instant,
     CAST(epoch_ms("at") - CASE WHEN "at" >= TIMESTAMP '2017-03-12 07:00:00' AND "at" < TIMESTAMP '2017-11-05 06:00:00' THEN 14400000 ELSE 18000000 END AS BIGINT) // 86400000 AS day,
     CAST(round(item_total * 10000) AS BIGINT) AS value, ${["department", "brand", "category"].map((name) => `CAST(lower(item_${name}) AS ${name}s) AS ${name}`).join(", ")} FROM raw`,
  "DROP TABLE raw",
];

function call(args, input) {
  const { status, stdout, stderr } = spawnSync(python, [script, ...args], { encoding: "utf8", input, maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr || `${python} cannot be run; README.md beside this file says how to get it.`);
  return stdout;
}

/** The other wasm, in this process, without a worker between: the kinder way. */
async function inWasm(statement) {
  const require = createRequire(join(duckdbWasm, "package.json"));
  const path = require.resolve("@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs");
  const duckdb = require(path);
  const bundles = Object.fromEntries(["mvp", "eh"].map((name) => [name, { mainModule: path.replace("node-blocking.cjs", `${name}.wasm`), mainWorker: null }]));
  const base = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await base.instantiate(() => undefined);
  const connection = base.connect();
  base.registerFileBuffer("lines.csv", new Uint8Array(readFileSync(file)));
  for (const create of CREATE) connection.query(create.replace("$FILE", "lines.csv"));
  const times = [];
  let row;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    row = connection.query(statement).get(0);
    times.push(performance.now() - start);
  }
  return { row: Object.values(row.toJSON()).map(Number), times };
}

const { shop, statement } = segments();
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "create.json"), JSON.stringify(CREATE));
if (!existsSync(file)) call(["export", file]);

const engine = await load();
const { plan, problems } = engine.plan(shop, { strict: true });
assert.ok(plan, JSON.stringify(problems));
const reader = engine.readOrders();
for await (const bytes of createReadStream(file)) reader.write(bytes);
const { population, refused, problems: wrong } = reader.end();
assert.ok(population, JSON.stringify([refused.slice(0, 3), wrong]));

const ours = [];
let sizes;
for (let round = 0; round < ROUNDS; round++) {
  const start = performance.now();
  sizes = Object.values(population.sizes(plan, NOW).segments);
  ours.push(performance.now() - start);
}
const live = [];
for (let round = 0; round < 2 * ROUNDS; round++) {
  const start = performance.now();
  const { rule } = shop.segments[22 + round];
  population.sizes(engine.plan({ ...shop, segments: [{ id: "changed", rule }] }).plan, NOW);
  live.push(performance.now() - start);
}

const native = JSON.parse(call(["time", file, String(ROUNDS)], statement));
assert.deepEqual(sizes, native.row);
const wasm = existsSync(duckdbWasm) ? await inWasm(statement) : null;
if (wasm) assert.deepEqual(sizes, wasm.row);

console.log(statement);
console.log(`\n${population.customers} customers, ${population.orders} orders, ${population.rows} lines; the 50 numbers agree, from ${Math.min(...sizes)} to ${Math.max(...sizes)}`);
const one = median(ours);
const line = (what, value, note = "") => console.log(`${what.padEnd(48)} ${value.toFixed(1).padStart(9)} ms  ${note}`);
line("50 segments", one);
line("  DuckDB, native, one thread", median(native.times), `${(one / median(native.times)).toFixed(2)} of it; bar 1`);
if (wasm) line("  duckdb-wasm", median(wasm.times), `${(one / median(wasm.times)).toFixed(2)} of it; bar 0.2`);
line("one changed rule, compiled and counted: median", median(live), "bar 50");
line("  the slowest of them", Math.max(...live));
process.exit();
