// 50 segments of a grocer, each as a rule and as SQL over columns of orders and customers that one scan of the lines gives.
import { dice } from "../visitors.mjs";

const DAY = 86_400_000;
export const NOW = Date.UTC(2017, 10, 20, 17);
const TODAY = Math.floor((NOW - 5 * 3_600_000) / DAY);
const DEPARTMENTS = ["produce", "meat", "deli", "pastry", "seafood", "fuel", "nutrition", "floral"];
const BRANDS = ["private", "national"];
const CATEGORIES = ["soft drinks", "bag snacks", "cheese", "candy - packaged", "yogurt", "frozen pizza"];

/** The package, and the statement that gives its 50 numbers, from a table `lines`. */
export function segments() {
  const { roll, below, pick } = dice(7);
  const [orders, customers] = [[], []];
  /** The name of a column, made once for each expression. */
  const column = (list, prefix, expression) => {
    const known = list.indexOf(expression);
    return `${prefix}${known < 0 ? list.push(expression) - 1 : known}`;
  };
  const ofCustomer = (expression) => column(customers, "c", expression);
  const inside = (days) => (days === null ? `instant <= ${NOW}` : `instant > ${NOW - days * DAY} AND instant <= ${NOW}`);
  const period = (days) => (days === null ? {} : { period: { last: days, unit: "day" } });
  const days = () => pick([14, 30, 45, 60, 90, 180, null]);
  const compare = (expression, modifier, value) => `${expression} ${{ is_at_least: ">=", is_less_than: "<", is_exactly: "=" }[modifier]} ${value}`;
  const line = () => {
    const which = below(3);
    const [field, value] = [["department", pick(DEPARTMENTS)], ["brand", pick(BRANDS)], ["category", pick(CATEGORIES)]][which];
    return { items: { field, modifier: "is_exactly", value }, sql: `${field} = '${value}'` };
  };
  const events = (rest) => ({ events: { of: "conversion", ...rest } });
  const make = {
    count() {
      const [span, modifier, value] = [days(), pick(["is_at_least", "is_less_than", "is_exactly"]), 1 + below(25)];
      return { rule: events({ modifier, value, ...period(span) }), sql: compare(ofCustomer(`count(*) FILTER (WHERE ${inside(span)})`), modifier, value) };
    },
    value() {
      const [span, modifier, value] = [days(), pick(["is_at_least", "is_less_than"]), 20 * (1 + below(40))];
      const sum = ofCustomer(`coalesce(sum(value) FILTER (WHERE ${inside(span)}), 0)`);
      return { rule: events({ measure: "total_value", modifier, value, ...period(span) }), sql: compare(sum, modifier, value * 10_000) };
    },
    average() {
      const [span, value] = [days(), 10 + 5 * below(10)];
      const [sum, count] = [ofCustomer(`coalesce(sum(value) FILTER (WHERE ${inside(span)}), 0)`), ofCustomer(`count(*) FILTER (WHERE ${inside(span)})`)];
      return { rule: events({ measure: "average_value", modifier: "is_at_least", value, ...period(span) }), sql: `${count} > 0 AND ${sum} >= ${value * 10_000} * ${count}` };
    },
    highest() {
      const [span, value] = [days(), 40 + 20 * below(8)];
      const most = ofCustomer(`max(value) FILTER (WHERE ${inside(span)})`);
      return { rule: events({ measure: "highest_value", modifier: "is_at_least", value, ...period(span) }), sql: `${most} >= ${value * 10_000}` };
    },
    recent() {
      const [modifier, value] = [pick(["is_at_least", "is_less_than"]), 2 + below(60)];
      return { rule: events({ measure: "days_since_last", modifier, value }), sql: compare(`${TODAY} - ${ofCustomer(`max(day) FILTER (WHERE ${inside(null)})`)}`, modifier, value) };
    },
    having() {
      const [span, modifier, value, { items, sql }] = [days(), pick(["is_at_least", "is_less_than"]), 1 + below(8), line()];
      const has = column(orders, "o", `bool_or(${sql})`);
      return { rule: events({ modifier, value, items, ...period(span) }), sql: compare(ofCustomer(`count(*) FILTER (WHERE ${inside(span)} AND ${has})`), modifier, value) };
    },
    spent() {
      const [span, value, { items, sql }] = [days(), 5 * (1 + below(20)), line()];
      const part = column(orders, "o", `coalesce(sum(value) FILTER (WHERE ${sql}), 0)`);
      return { rule: events({ measure: "item_value", modifier: "is_at_least", value, items, ...period(span) }), sql: `${ofCustomer(`coalesce(sum(${part}) FILTER (WHERE ${inside(span)}), 0)`)} >= ${value * 10_000}` };
    },
    cell() {
      const [id, low, high, from, to] = pick([["loyal", 4, 1e9, 0, 90], ["red_alert", 4, 1e9, 91, 1e9], ["promising", 2, 3, 0, 90], ["sleeper", 1, 3, 91, 1e9], ["one_time_buyer", 1, 1, 0, 90]]);
      const [count, last] = [ofCustomer(`count(*) FILTER (WHERE ${inside(null)})`), ofCustomer(`max(day) FILTER (WHERE ${inside(null)})`)];
      return { rule: { retention: [id] }, sql: `${count} BETWEEN ${low} AND ${high} AND ${TODAY} - ${last} BETWEEN ${from} AND ${to}` };
    },
    both() {
      const [one, other] = [make.count(), make.having()];
      return { rule: { all: [one.rule, { not: other.rule }] }, sql: `(${one.sql}) AND NOT (${other.sql})` };
    },
  };
  const kinds = Object.entries({ count: 9, value: 6, average: 4, highest: 3, recent: 4, having: 10, spent: 5, cell: 4, both: 5 });
  const made = kinds.flatMap(([kind, times]) => Array.from({ length: times }, () => make[kind]()));
  const list = (prefix, expressions) => expressions.map((expression, n) => `${expression} AS ${prefix}${n}`).join(",\n    ");
  const statement = `WITH orders AS (
  SELECT customer, min(instant) AS instant, min(day) AS day, sum(value) AS value,
    ${list("o", orders)}
  FROM lines GROUP BY customer, basket),
customers AS (
  SELECT customer,
    ${list("c", customers)}
  FROM orders GROUP BY customer)
SELECT ${made.map(({ sql }, n) => `count(*) FILTER (WHERE ${sql}) AS s${n}`).join(",\n  ")}
FROM customers`;
  const shop = { regulars: 1, timeZone: "America/New_York", currency: "USD", segments: made.map(({ rule }, n) => ({ id: `s${n}`, rule })) };
  return { shop, statement };
}
