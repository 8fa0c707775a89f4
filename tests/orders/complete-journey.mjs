// Segments over the baskets of Complete Journey, and beside each rule the same in SQL, written from SPEC.md:
// a condition on the customer c over `past` (orders) and `bought` (lines), as database.mjs makes them.
import { conversions, daysSinceLast } from "./database.mjs";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const of = "conversion";
const exactly = (value) => ({ modifier: "is_exactly", value });
const atLeast = (value) => ({ modifier: "is_at_least", value });
const lastDays = (last) => ({ period: { last, unit: "day" } });
const is = (field, value) => ({ field, ...exactly(value) });

const orders = (where) => `(SELECT count(*) FROM past WHERE customer = c.id AND ${where})`;
const ordersWith = (where) => `(SELECT count(DISTINCT order_id) FROM bought WHERE customer = c.id AND ${where})`;
const latest = (where = "TRUE") => `(SELECT * FROM past WHERE customer = c.id AND ${where} ORDER BY starts DESC, order_id DESC LIMIT 1)`;
const first = "(SELECT * FROM past WHERE customer = c.id ORDER BY starts, order_id LIMIT 1)";

const five = (n, d) => ({
  one_time_buyer: `${n} = 1 AND ${d} <= 90`,
  promising: `${n} BETWEEN 2 AND 3 AND ${d} <= 90`,
  sleeper: `${n} BETWEEN 1 AND 3 AND ${d} > 90`,
  loyal: `${n} >= 4 AND ${d} <= 90`,
  red_alert: `${n} >= 4 AND ${d} > 90`,
});
const cell = five(conversions, daysSinceLast);
export const cells = five("n", "d");

/** The published recipes. */
const recipes = [
  { id: "one-time-buyer", rule: { events: { of, ...exactly(1), ...lastDays(90) } },
    sql: `${orders(`age < 90 * ${DAY}`)} = 1` },
  { id: "not-in-60-days", rule: { events: { of, modifier: "is_less_than", value: 1, ...lastDays(60) } },
    sql: `${orders(`age < 60 * ${DAY}`)} < 1` },
  { id: "past-collection", rule: { events: { of, ...atLeast(1), items: is("id", "1082185"), period: { from: "2017-01-01", to: "2017-03-31" } } },
    sql: `${ordersWith("item = '1082185' AND day BETWEEN '2017-01-01' AND '2017-03-31'")} >= 1` },
  { id: "name-contains", rule: { events: { of, ...atLeast(1), items: { field: "name", modifier: "contains", value: "Ice Cream" } } },
    sql: `${ordersWith("name LIKE '%ice cream%'")} >= 1` },
  { id: "brand", rule: { events: { of, ...atLeast(7), items: is("brand", "private"), ...lastDays(28) } },
    sql: `${ordersWith(`brand = 'private' AND age < 28 * ${DAY}`)} >= 7` },
  { id: "department", rule: { events: { of, ...atLeast(3), items: is("department", "Seafood") } },
    sql: `${ordersWith("department = 'seafood'")} >= 3` },
  { id: "category", rule: { events: { of, ...atLeast(1), items: { field: "category", modifier: "is_one_of", value: ["baby foods", "Infant formula starter/solutio"] }, ...lastDays(45) } },
    sql: `EXISTS (SELECT * FROM bought WHERE customer = c.id AND age < 45 * ${DAY} AND (category IN ('baby foods', 'infant formula starter/solutio') OR type IN ('baby foods', 'infant formula starter/solutio')))` },
  { id: "order-50-to-100", rule: { events: { of, ...atLeast(1), where: { field: "value", modifier: "is_between", value: [50, 100] }, ...lastDays(30) } },
    sql: `${orders(`value BETWEEN 500000 AND 1000000 AND age < 30 * ${DAY}`)} >= 1` },
  { id: "order-100-to-150", rule: { events: { of, ...atLeast(2), where: { field: "value", modifier: "is_between", value: ["100", "150.00"] } } },
    sql: `${orders("value BETWEEN 1000000 AND 1500000")} >= 2` },
  { id: "high-order-value", rule: { events: { of, measure: "average_value", modifier: "is_at_least", value: 45 } },
    sql: "(SELECT sum(value) >= 450000 * count(*) FROM past WHERE customer = c.id)" },
  { id: "low-order-value", rule: { events: { of, measure: "average_value", modifier: "is_less_than", value: "18.5", ...lastDays(110) } },
    sql: `(SELECT sum(value) < 185000 * count(*) FROM past WHERE customer = c.id AND age < 110 * ${DAY})` },
  ...Object.entries(cell).map(([id, sql]) => ({ id: `cell-${id}`, rule: { retention: [id] }, sql })),
  { id: "newly-loyal", rule: { all: [{ events: { of, ...atLeast(4) } }, { events: { of, measure: "days_since_last", modifier: "is_at_most", value: 7 } }] },
    sql: `${conversions} >= 4 AND ${daysSinceLast} <= 7` },
  { id: "drifting-away", rule: { all: [{ events: { of, ...exactly(1) } }, { events: { of, measure: "days_since_last", modifier: "is_between", value: [31, 37] } }] },
    sql: `${conversions} = 1 AND ${daysSinceLast} BETWEEN 31 AND 37` },
  { id: "going-to-sleep", rule: { all: [{ events: { of, modifier: "is_at_most", value: 3 } }, { events: { of, measure: "days_since_last", modifier: "is_between", value: [91, 97] } }] },
    sql: `${conversions} <= 3 AND ${daysSinceLast} BETWEEN 91 AND 97` },
  { id: "loyals-leaving", rule: { all: [{ events: { of, modifier: "is_greater_than", value: 4 } }, { events: { of, measure: "days_since_last", modifier: "is_between", value: [91, 97] } }] },
    sql: `${conversions} > 4 AND ${daysSinceLast} BETWEEN 91 AND 97` },
  { id: "loyal-with-ice-cream", rule: { all: [{ segment: "cell-loyal" }, { not: { segment: "category" } }, { segment: "name-contains" }] },
    sql: `${cell.loyal} AND EXISTS (SELECT * FROM bought WHERE customer = c.id AND name LIKE '%ice cream%')
      AND NOT EXISTS (SELECT * FROM bought WHERE customer = c.id AND age < 45 * ${DAY} AND (category IN ('baby foods', 'infant formula starter/solutio') OR type IN ('baby foods', 'infant formula starter/solutio')))` },
];

const measures = [
  { id: "meat-value", rule: { events: { of, measure: "item_value", ...atLeast(100), items: { field: "department", modifier: "is_one_of", value: ["meat", "meat-pckgd"] }, period: { calendar: "quarter", current: true } } },
    sql: `(SELECT sum(total) FROM bought WHERE customer = c.id AND department IN ('meat', 'meat-pckgd') AND day >= date(today, 'start of month', printf('-%d months', (strftime('%m', today) - 1) % 3))) >= 1000000` },
  { id: "tanks-filled", rule: { events: { of, measure: "units", ...atLeast(20_000), items: is("department", "FUEL"), period: { last: 8, unit: "week" } } },
    sql: `(SELECT sum(quantity) FROM bought WHERE customer = c.id AND department = 'fuel' AND age < 8 * 7 * ${DAY}) >= 20000` },
  { id: "few-units", rule: { events: { of, measure: "units", modifier: "is_less_than", value: 40, items: { field: "department", modifier: "is_not", value: "fuel" }, ...lastDays(27) } },
    sql: `coalesce((SELECT sum(quantity) FROM bought WHERE customer = c.id AND (department IS NULL OR department <> 'fuel') AND age < 27 * ${DAY}), 0) < 40` },
  { id: "wide-range", rule: { events: { of, measure: "distinct_items", ...atLeast(100), period: { calendar: "month", count: 2 } } },
    sql: `(SELECT count(DISTINCT item) FROM bought WHERE customer = c.id AND day >= date(today, 'start of month', '-2 months') AND day < date(today, 'start of month')) >= 100` },
  { id: "many-days", rule: { events: { of, measure: "active_days", ...atLeast(5), period: { calendar: "week", count: 2, current: true } } },
    sql: `(SELECT count(DISTINCT day) FROM past WHERE customer = c.id AND day >= date(today, '-6 days', 'weekday 0', '-7 days')) >= 5` },
  { id: "since-summer", rule: { events: { of, measure: "days_since_first", modifier: "is_less_than", value: 250 } },
    sql: `(SELECT max(days) FROM past WHERE customer = c.id) < 250` },
  { id: "worth-much-this-year", rule: { events: { of, measure: "total_value", modifier: "is_greater_than", value: "2500", period: { calendar: "year", current: true } } },
    sql: `(SELECT sum(value) FROM past WHERE customer = c.id AND day >= date(today, 'start of year')) > 25000000` },
  { id: "biggest-over-150", rule: { events: { of, measure: "highest_value", ...atLeast(150), period: { last: 13, unit: "week" } } },
    sql: `(SELECT max(value) FROM past WHERE customer = c.id AND age < 13 * 7 * ${DAY}) >= 1500000` },
  { id: "paid-nothing-once", rule: { events: { of, measure: "lowest_value", ...exactly(0) } },
    sql: `(SELECT min(value) FROM past WHERE customer = c.id) = 0` },
  { id: "average-not-usual", rule: { events: { of, measure: "average_value", modifier: "is_not_between", value: [20, 40], ...lastDays(10) } },
    sql: `coalesce((SELECT NOT (sum(value) BETWEEN 200000 * count(*) AND 400000 * count(*)) FROM past WHERE customer = c.id AND age < 10 * ${DAY}), 1)` },
  { id: "no-seafood-days", rule: { events: { of, measure: "days_since_last", modifier: "is_greater_than", value: 120, items: { field: "department", modifier: "starts_with", value: "SEAFOOD" } } },
    sql: `(SELECT min(days) FROM bought WHERE customer = c.id AND department LIKE 'seafood%') > 120` },
];

const periods = [
  { id: "a-month-ago", rule: { events: { of, ...atLeast(4), period: { between: [30, 60], unit: "day" } } },
    sql: `${orders(`age >= 30 * ${DAY} AND age < 60 * ${DAY}`)} >= 4` },
  { id: "not-two-to-five-weeks-ago", rule: { not: { events: { of, ...atLeast(1), period: { between: [2, 5], unit: "week" } } } },
    sql: `NOT EXISTS (SELECT * FROM past WHERE customer = c.id AND age >= 14 * ${DAY} AND age < 35 * ${DAY})` },
  { id: "last-36-hours", rule: { events: { of, ...atLeast(1), period: { last: 36, unit: "hour" } } },
    sql: `EXISTS (SELECT * FROM past WHERE customer = c.id AND age < 36 * ${HOUR})` },
  { id: "last-full-week", rule: { events: { of, ...atLeast(2), period: { calendar: "week" } } },
    sql: `${orders("day >= date(today, '-6 days', 'weekday 0', '-7 days') AND day < date(today, '-6 days', 'weekday 0')")} >= 2` },
  { id: "not-twice-last-month", rule: { events: { of, modifier: "is_not", value: 2, period: { calendar: "month" } } },
    sql: `${orders("day >= date(today, 'start of month', '-1 month') AND day < date(today, 'start of month')")} <> 2` },
  { id: "last-three-days", rule: { events: { of, ...atLeast(1), period: { calendar: "day", count: 3 } } },
    sql: `${orders("days BETWEEN 1 AND 3")} >= 1` },
  { id: "february", rule: { events: { of, ...atLeast(5), period: { from: "2017-02-01", to: "2017-02-28" } } },
    sql: `${orders("day BETWEEN '2017-02-01' AND '2017-02-28'")} >= 5` },
  { id: "night-of-the-clock-change", rule: { events: { of, ...atLeast(1), period: { from: "2017-03-12T06:59:59Z", to: "2017-03-12T07:30:00Z" } } },
    sql: `${orders(`starts >= ${Date.UTC(2017, 2, 12, 6, 59, 59)} AND starts < ${Date.UTC(2017, 2, 12, 7, 30)}`)} >= 1` },
];

const lines = [
  { id: "latest-with-produce", rule: { events: { of, ...atLeast(1), only: "latest", items: is("department", "produce") } },
    sql: `EXISTS (SELECT * FROM ${latest()} JOIN bought USING (order_id) WHERE department = 'produce')` },
  { id: "latest-over-60", rule: { events: { of, measure: "total_value", modifier: "is_greater_than", value: 60, only: "latest" } },
    sql: `(SELECT value FROM ${latest()}) > 600000` },
  { id: "latest-two-weeks-ago", rule: { events: { of, measure: "item_value", ...atLeast(20), only: "latest", items: is("brand", "National"), period: { between: [14, 28], unit: "day" } } },
    sql: `(SELECT sum(total) FROM ${latest(`age >= 14 * ${DAY} AND age < 28 * ${DAY}`)} JOIN bought USING (order_id) WHERE brand = 'national') >= 200000` },
  { id: "began-small", rule: { events: { of, ...exactly(1), only: "first", where: { field: "value", modifier: "is_at_most", value: 10 } } },
    sql: `(SELECT value FROM ${first}) <= 100000` },
  { id: "no-produce", rule: { events: { of, ...exactly(0), items: is("department", "produce"), period: { calendar: "day", count: 21 } } },
    sql: `NOT EXISTS (SELECT * FROM bought WHERE customer = c.id AND department = 'produce' AND days BETWEEN 1 AND 21)` },
  { id: "product-unknown", rule: { events: { of, ...atLeast(2), items: { field: "department", modifier: "is_unknown" } } },
    sql: `${ordersWith("department IS NULL")} >= 2` },
  { id: "none-of-the-big", rule: { events: { of, ...atLeast(30), items: { field: "department", modifier: "is_none_of", value: ["grocery", "drug gm", "produce"] } } },
    sql: `${ordersWith("(department IS NULL OR department NOT IN ('grocery', 'drug gm', 'produce'))")} >= 30` },
  { id: "one-line-has-all", rule: { events: { of, ...atLeast(3), items: { all: [is("brand", "Private"), is("category", "cheese"), { field: "quantity", modifier: "is_at_least", value: 2 }] } } },
    sql: `${ordersWith("brand = 'private' AND 'cheese' IN (category, type) AND quantity >= 2")} >= 3` },
  { id: "flowers-or-own-pastry", rule: { events: { of, ...atLeast(1), items: { any: [is("department", "Floral"), { all: [is("department", "Pastry"), { not: is("brand", "National") }] }] }, ...lastDays(40) } },
    sql: `${ordersWith(`(department = 'floral' OR (department = 'pastry' AND (brand IS NULL OR brand <> 'national'))) AND age < 40 * ${DAY}`)} >= 1` },
  { id: "quantity-nothing", rule: { events: { of, ...atLeast(3), items: is("quantity", 0) } },
    sql: `${ordersWith("quantity = 0")} >= 3` },
  // The file has no unit price: a piece costs what was paid over how many, and of no pieces there is no price.
  { id: "dear-pieces", rule: { events: { of, ...atLeast(2), items: { field: "price", modifier: "is_greater_than", value: 25 } } },
    sql: `${ordersWith("quantity > 0 AND total > 250000 * quantity")} >= 2` },
  { id: "given-for-nothing", rule: { events: { of, ...atLeast(2), items: { field: "price", ...exactly(0) } } },
    sql: `${ordersWith("quantity > 0 AND total = 0")} >= 2` },
  { id: "coupons", rule: { events: { of, ...atLeast(3), items: { field: "coupon_disc", modifier: "is_greater_than", value: 0 } } },
    sql: `${ordersWith("coupon > 0")} >= 3` },
  { id: "maker", rule: { events: { of, measure: "units", ...atLeast(40), items: is("manufacturer", 103) } },
    sql: `(SELECT sum(quantity) FROM bought WHERE customer = c.id AND maker = '103') >= 40` },
  { id: "types-of-cheese", rule: { events: { of, measure: "distinct_items", ...atLeast(10), items: { field: "category", modifier: "matches", value: "*cheese*" } } },
    sql: `(SELECT count(DISTINCT item) FROM bought WHERE customer = c.id AND (category LIKE '%cheese%' OR type LIKE '%cheese%')) >= 10` },
  { id: "one-store", rule: { events: { of, ...atLeast(1), where: { field: "store_id", modifier: "is_one_of", value: [292, "367"] }, ...lastDays(50) } },
    sql: `${orders(`store IN ('292', '367') AND age < 50 * ${DAY}`)} >= 1` },
  { id: "never-elsewhere", rule: { events: { of, ...exactly(0), where: { field: "store_id", modifier: "is_not", value: 367 } } },
    sql: `${orders("(store IS NULL OR store <> '367')")} = 0` },
];

export const segments = [...recipes, ...measures, ...periods, ...lines];
