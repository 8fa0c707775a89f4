// An order file in SQLite, where what SPEC.md says of its customers is said again in SQL. Prices and what was paid are whole
// ten-thousandths, instants milliseconds, dates the local ones that the file gives; text is in lower case, other than ids.
import initSqlJs from "sql.js";
import { shown } from "./clocks.mjs";

const always = { line: "INTEGER PRIMARY KEY", customer: "TEXT", order_id: "TEXT", at: "INTEGER", date: "TEXT", quantity: "INTEGER", total: "INTEGER", broken: "INTEGER" };

// A broken row breaks its order. An order begins with its earliest row and is worth the sum of its lines.
const kept = "customer IS NOT NULL AND order_id NOT IN (SELECT order_id FROM rows WHERE broken)";
const orders = (properties) => `
  CREATE TABLE customers AS SELECT customer AS id, min(line) AS place FROM rows WHERE ${kept} GROUP BY customer;
  CREATE TABLE orders AS SELECT customer, order_id, min(at) AS starts, min(date) AS day, sum(total) AS value ${properties.map((name) => `, max(${name}) AS ${name}`).join("")}
    FROM rows WHERE ${kept} GROUP BY customer, order_id;
  CREATE TABLE clock (now INTEGER, today TEXT);`;

// What has happened by an instant: the orders, with their age in milliseconds and in calendar days, and their lines.
const present = `
  DELETE FROM clock;
  INSERT INTO clock VALUES (:now, :today);
  DROP TABLE IF EXISTS past;
  CREATE TABLE past AS SELECT orders.*, now - starts AS age, CAST(julianday(today) - julianday(day) AS INTEGER) AS days FROM orders, clock WHERE starts <= now;
  CREATE INDEX past_of ON past (customer);
  DROP TABLE IF EXISTS bought;
  CREATE TABLE bought AS SELECT rows.*, starts, day, age, days FROM past JOIN rows USING (customer, order_id);
  CREATE INDEX bought_of ON bought (customer);
  CREATE INDEX bought_in ON bought (order_id);`;

// What the retention grid counts, of the customer c.
export const conversions = "(SELECT count(*) FROM past WHERE customer = c.id)";
export const daysSinceLast = "(SELECT min(days) FROM past WHERE customer = c.id)";

/** `texts`, `numbers`: the columns that these rows have besides those of every file; `properties`: the texts that belong to the order. */
export async function database(rows, { zone, texts = [], numbers = [], properties = [] }) {
  const { Database } = await initSqlJs();
  const db = new Database();
  const columns = { ...always, ...Object.fromEntries([...texts, ...properties].map((name) => [name, "TEXT"])), ...Object.fromEntries(numbers.map((name) => [name, "INTEGER"])) };
  const names = Object.keys(columns);
  db.run(`CREATE TABLE rows (${names.map((name) => `${name} ${columns[name]}`).join(", ")})`);
  const folded = new Set([...texts, ...properties]);
  const insert = db.prepare(`INSERT INTO rows VALUES (${names.map(() => "?").join(", ")})`);
  db.run("BEGIN");
  for (const row of rows) insert.run(names.map((name) => (folded.has(name) ? row[name].trim().toLowerCase() || null : row[name] ?? null)));
  db.run("COMMIT");
  insert.free();
  db.exec(`CREATE INDEX rows_of ON rows (customer, order_id); ${orders(properties)}`);

  const values = (sql) => db.exec(sql)[0]?.values ?? [];
  return {
    values,
    setClock(now) {
      db.exec(present, { ":now": now, ":today": shown(now, zone).slice(0, 10) });
    },
    /** The customers c of whom a condition is true, in the order in which the file names them. */
    customers: (condition) => values(`SELECT id FROM customers AS c, clock WHERE ${condition} ORDER BY place`).map(([id]) => id),
    /** What an expression says of each customer c. */
    measures: (expression) => values(`SELECT id, ${expression} FROM customers AS c, clock ORDER BY place`).map(([visitor, value]) => ({ visitor, value })),
    /** Customers, conversions and value in each cell, `none` first, no cell last; `cells` are conditions over `n` conversions and `d` days, the first that holds counts. */
    grid(cells) {
      const branches = Object.entries(cells).map(([id, condition]) => `WHEN ${condition} THEN '${id}'`).join(" ");
      const counted = new Map(values(`SELECT CASE WHEN n = 0 THEN 'none' ${branches} END AS cell, count(*), sum(n), sum(value) FROM (SELECT ${conversions} AS n, ${daysSinceLast} AS d,
        coalesce((SELECT sum(value) FROM past WHERE customer = c.id), 0) AS value FROM customers AS c) GROUP BY cell`).map(([cell, ...counts]) => [cell, counts]));
      return ["none", ...Object.keys(cells), null].map((cell) => {
        const [customers, conversions, value] = counted.get(cell) ?? [0, 0, 0];
        return { cell, customers, conversions, value: value / 10_000 };
      });
    },
    close: () => db.close(),
  };
}
