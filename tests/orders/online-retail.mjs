// Segments over the invoices of Online Retail, and beside each rule the same in SQL, written from SPEC.md:
// a condition on the customer c over `past` (orders) and `bought` (lines), as database.mjs makes them.
import { conversions, daysSinceLast } from "./database.mjs";

const DAY = 86_400_000;
const of = "conversion";
const exactly = (value) => ({ modifier: "is_exactly", value });
const atLeast = (value) => ({ modifier: "is_at_least", value });
const lastDays = (last) => ({ period: { last, unit: "day" } });
const orders = (where) => `(SELECT count(*) FROM past WHERE customer = c.id AND ${where})`;
const linesWith = (where) => `EXISTS (SELECT * FROM bought WHERE customer = c.id AND ${where})`;
const latest = "(SELECT * FROM past WHERE customer = c.id ORDER BY starts DESC, order_id DESC LIMIT 1)";

/** The grid as published: two or three orders, the last of them 61 to 90 days ago, are in no cell. */
const published = (n, d) => ({
  one_time_buyer: `${n} = 1 AND ${d} BETWEEN 0 AND 90`,
  promising: `${n} IN (2, 3) AND ${d} BETWEEN 0 AND 60`,
  sleeper: `${n} IN (1, 2, 3) AND ${d} >= 91`,
  loyal: `${n} >= 4 AND ${d} BETWEEN 0 AND 90`,
  red_alert: `${n} >= 4 AND ${d} >= 91`,
});
const cell = published(conversions, daysSinceLast);
export const cells = published("n", "d");

export const segments = [
  { id: "cancelled", rule: { events: { of, ...atLeast(1), where: { field: "id", modifier: "starts_with", value: "C" } } },
    sql: `${orders("order_id LIKE 'C%'")} >= 1` },
  { id: "sent-something-back", rule: { events: { of, ...atLeast(2), items: { field: "quantity", modifier: "is_less_than", value: 0 } } },
    sql: "(SELECT count(DISTINCT order_id) FROM bought WHERE customer = c.id AND quantity < 0) >= 2" },
  { id: "latest-cancelled", rule: { events: { of, ...exactly(1), only: "latest", where: { field: "value", modifier: "is_less_than", value: 0 } } },
    sql: `(SELECT value FROM ${latest}) < 0` },
  { id: "more-back-than-bought", rule: { events: { of, measure: "total_value", modifier: "is_at_most", value: 0 } },
    sql: "coalesce((SELECT sum(value) FROM past WHERE customer = c.id), 0) <= 0" },
  { id: "worst-below-minus-20", rule: { events: { of, measure: "lowest_value", modifier: "is_at_most", value: "-20.00" } },
    sql: "(SELECT min(value) FROM past WHERE customer = c.id) <= -200000" },
  { id: "few-units-kept", rule: { events: { of, measure: "units", modifier: "is_less_than", value: 10, ...lastDays(200) } },
    sql: `coalesce((SELECT sum(quantity) FROM bought WHERE customer = c.id AND age < 200 * ${DAY}), 0) < 10` },
  { id: "given-for-nothing", rule: { events: { of, ...atLeast(1), items: { field: "price", ...exactly(0) } } },
    sql: linesWith("price = 0") },
  { id: "dear-line", rule: { events: { of, ...atLeast(1), items: { all: [{ field: "price", modifier: "is_between", value: ["12.75", 50] }, { field: "quantity", ...atLeast(2) }] } } },
    sql: linesWith("price BETWEEN 127500 AND 500000 AND quantity >= 2") },
  { id: "german", rule: { events: { of, ...atLeast(1), where: { field: "Country", ...exactly("germany") } } },
    sql: `${orders("country = 'germany'")} >= 1` },
  { id: "not-british", rule: { events: { of, ...atLeast(1), where: { field: "Country", modifier: "is_not", value: "United Kingdom" } } },
    sql: `${orders("(country IS NULL OR country <> 'united kingdom')")} >= 1` },
  { id: "christmas", rule: { events: { of, ...atLeast(1), items: { field: "name", modifier: "contains", value: "Christmas" }, period: { from: "2010-12-01", to: "2011-01-06" } } },
    sql: linesWith("name LIKE '%christmas%' AND day BETWEEN '2010-12-01' AND '2011-01-06'") },
  { id: "name-ends", rule: { events: { of, ...atLeast(1), items: { field: "name", modifier: "ends_with", value: "T-light holder" } } },
    sql: linesWith("name LIKE '%t-light holder'") },
  { id: "heart-decoration", rule: { events: { of, ...atLeast(1), items: { field: "name", modifier: "matches", value: "*hanging*heart*" } } },
    sql: linesWith("name LIKE '%hanging%heart%'") },
  { id: "postage", rule: { events: { of, ...exactly(0), items: { field: "id", modifier: "is_one_of", value: ["post", "C2"] } } },
    sql: `NOT ${linesWith("item IN ('post', 'c2')")}` },
  { id: "bags", rule: { events: { of, measure: "item_value", ...atLeast("50"), items: { field: "name", modifier: "contains", value: "bag" }, period: { calendar: "quarter", count: 2, current: true } } },
    sql: `(SELECT sum(total) FROM bought WHERE customer = c.id AND name LIKE '%bag%' AND day >= date(today, 'start of month', printf('-%d months', (strftime('%m', today) - 1) % 3 + 3))) >= 500000` },
  { id: "wide-range", rule: { events: { of, measure: "distinct_items", ...atLeast(15) } },
    sql: "(SELECT count(DISTINCT item) FROM bought WHERE customer = c.id) >= 15" },
  { id: "one-time-buyer", rule: { events: { of, ...exactly(1), ...lastDays(90) } },
    sql: `${orders(`age < 90 * ${DAY}`)} = 1` },
  { id: "usual-order", rule: { events: { of, measure: "average_value", modifier: "is_between", value: [30, 60] } },
    sql: "(SELECT sum(value) BETWEEN 300000 * count(*) AND 600000 * count(*) FROM past WHERE customer = c.id)" },
  { id: "last-minutes", rule: { events: { of, ...atLeast(1), period: { last: 150, unit: "minute" } } },
    sql: `${orders("age < 150 * 60000")} >= 1` },
  { id: "slipping", rule: { retention: ["sleeper", "red_alert"] }, sql: `(${cell.sleeper}) OR (${cell.red_alert})` },
  { id: "loyal-not-cancelling", rule: { all: [{ retention: ["loyal"] }, { not: { segment: "cancelled" } }] },
    sql: `${cell.loyal} AND ${orders("order_id LIKE 'C%'")} = 0` },
];
