// The 50 rules that the rivals can answer too, and a visitor as a shop's own JavaScript would keep one: times in whole milliseconds, amounts in
// cents, texts in lower case, so that nothing of that is left to do when it asks.
import { dice } from "./visitors.mjs";

export const ZONE = "Europe/Amsterdam";
export const DAY = 86_400_000;
const YEARS = 3 * 365;
const SPANS = [7, 14, 30, 60, 90, 180, 365];

/** The same orders in the form of the rivals: `{ id, at, value, items: [{ id, name, brand, category, price, quantity }] }`. */
export const storedOf = (events) => events.map(({ id, at, value, items }) => ({
  id, at, value: cents(value),
  items: items.map((item) => ({
    ...item, name: item.name.toLowerCase(), brand: item.brand.toLowerCase(), category: item.category.map((part) => part.toLowerCase()), price: cents(item.price),
  })),
}));

const cents = (text) => Math.round(Number(text) * 100);

/**
 * A package of 50 rules, with thresholds at about what the history comes to: 10 of how many orders, 3 of the days since the last large one, 10 of
 * amounts (4 totals, 3 averages, 3 maxima), 10 of orders with some item, 8 of the retention grid, 9 of two to five parts.
 */
export function fifty(events) {
  const draw = { ...dice(42), events, orders: storedOf(events) };
  const rules = [];
  const add = (times, make) => { for (let n = 0; n < times; n++) rules.push(make(n)); };
  add(10, () => counted(draw, null));
  add(3, () => recent(draw));
  add(10, (n) => amount(draw, n < 4 ? "total_value" : n < 7 ? "average_value" : "highest_value"));
  add(10, (n) => counted(draw, n < 4 ? "name" : n < 7 ? "brand" : "category"));
  add(8, (n) => ({ retention: [`c${n % 4}${n % 3}`, `c${(n + 1) % 4}${(n + 2) % 3}`] }));
  add(9, (n) => nested(draw, 2 + (n % 4)));
  return {
    regulars: 1, timeZone: ZONE, currency: "EUR", retention: cells(events.length),
    segments: rules.map((rule, n) => ({ id: `s${n}`, rule })),
  };
}

/** Four bands of how many orders there are, by three of how long ago the last was. */
function cells(orders) {
  const bounds = [0, ...[0.45, 0.65, 0.85].map((share) => Math.round(share * orders)), null];
  const days = [[0, 3], [4, 10], [11, null]];
  return bounds.slice(0, 4).flatMap((low, row) => days.map((span, column) => (
    { id: `c${row}${column}`, name: `${row} ${column}`, color: "#000000", conversions: [low + 1, bounds[row + 1]], days: span }
  )));
}

const periodOf = ({ roll, pick }) => (roll() < 0.12 ? null : pick(SPANS));
const within = (days) => (days === null ? {} : { period: { last: days, unit: "day" } });

function counted({ roll, pick, orders }, field) {
  const items = field === null ? null : {
    name: () => ({ field, modifier: "contains", value: pick(["runner", "boot", "backpack", "shirt", "red ", "navy"]) }),
    brand: () => ({ field, modifier: "is_exactly", value: pick(["acme", "borealis", "dune"]) }),
    category: () => ({ field, modifier: "is_exactly", value: pick(["shoes", "bags", "sale"]) }),
  }[field]();
  const days = periodOf({ roll, pick });
  const fits = items === null ? orders.length : orders.filter((order) => order.items.some((item) => itemFits(items, item))).length;
  const usual = Math.max(1, Math.round(fits * share(days) * (0.8 + 0.4 * roll())));
  const kind = pick(["is_at_least", "is_less_than", "is_greater_than", "is_at_most", "is_between", "is_exactly"]);
  const value = kind === "is_between" ? [Math.max(1, Math.round(usual * 0.85)), Math.round(usual * 1.2)] : usual;
  return { events: { of: "conversion", modifier: kind, value, ...within(days), ...(items && { items }) } };
}

/** The share of a history that lies in a period, seen from the middle of the instants that are asked. */
const share = (days) => (days === null ? 2 / 3 : days / YEARS);

export const itemFits = ({ field, modifier, value }, item) => {
  const given = item[field];
  if (modifier === "contains") return given.includes(value);
  return Array.isArray(given) ? given.includes(value) : given === value;
};

/** Days since one of the few largest orders: of any order they would mostly be 0. */
function recent({ roll, orders, pick }) {
  const largest = orders.map(({ value }) => value).sort((a, b) => b - a);
  const least = largest[Math.min(largest.length - 1, pick([25, 40, 60]))] / 100;
  const value = Math.round((YEARS / 40) * (0.6 + 0.8 * roll()));
  return { events: { of: "conversion", measure: "days_since_last", modifier: pick(["is_less_than", "is_at_least"]), value, where: { field: "value", modifier: "is_at_least", value: least } } };
}

function amount({ roll, pick, orders }, measure) {
  const days = periodOf({ roll, pick });
  const all = orders.map(({ value }) => value).sort((a, b) => a - b);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const many = Math.max(1, all.length * share(days));
  const middle = { total_value: mean * many, average_value: mean, highest_value: all[Math.floor((all.length - 1) * (1 - 0.6 / many))] }[measure];
  const spread = { total_value: 0.25, average_value: 0.1, highest_value: 0.05 }[measure];
  const near = (factor) => Number((middle * factor / 100).toFixed(2));
  return { events: { of: "conversion", measure, modifier: "is_between", value: [near(1 - spread * (0.3 + roll())), near(1 + spread * roll())], ...within(days) } };
}

function nested(draw, parts) {
  const { roll, pick } = draw;
  const leaf = () => {
    const which = roll();
    const rule = which < 0.4 ? counted(draw, null) : which < 0.7 ? counted(draw, pick(["name", "brand", "category"]))
      : which < 0.8 ? recent(draw) : which < 0.95 ? amount(draw, "total_value") : { retention: [`c${pick([0, 1, 2, 3])}0`] };
    return roll() < 0.25 ? { not: rule } : rule;
  };
  const leaves = Array.from({ length: parts }, leaf);
  const [outer, inner] = roll() < 0.5 ? ["all", "any"] : ["any", "all"];
  return { [outer]: parts < 4 ? leaves : [leaves[0], { [inner]: leaves.slice(1, 3) }, ...leaves.slice(3)] };
}
