// What benches/flat.mjs asks and whom: a visitor with any number of orders, and 50 rules with thresholds to match.
// Drawn from a seed, so that every run and every machine asks the same.

const DAY = 86_400_000;
const BEGIN = Date.UTC(2023, 6, 1);
const DAYS = 3 * 365;
const YEARS_ASKED = 2;
const COLOURS = ["Red", "Blue", "Green", "Black", "White", "Grey", "Sand", "Coral", "Olive", "Navy", "Rose"];
const THINGS = ["Runner", "Boot", "Backpack", "Shirt", "Bottle", "Sock", "Tent", "Lamp", "Glove", "Watch", "Cap", "Scarf", "Mug"];
const MEASURES = [
  ...Array(10).fill("count"), ...Array(6).fill("total_value"), ...Array(4).fill("average_value"), ...Array(3).fill("highest_value"),
  ...Array(3).fill("lowest_value"), ...Array(4).fill("item_value"), ...Array(3).fill("units"), ...Array(4).fill("distinct_items"),
  ...Array(4).fill("active_days"), ...Array(3).fill("days_since_last"),
];

/** A source of numbers from 0 up to 1: mulberry32. */
export function dice(seed) {
  const roll = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { roll, below: (n) => Math.floor(roll() * n), pick: (list) => list[Math.floor(roll() * list.length)] };
}

/** Orders of 1 to 5 lines over three years, in months that are busy and months that are not. */
export function orders(count, seed) {
  const { roll, below, pick } = dice(seed);
  const months = Array.from({ length: DAYS / 30 + 1 }, () => 0.4 + 0.6 * roll());
  const instants = [];
  while (instants.length < count) {
    const day = roll() * DAYS;
    if (roll() < months[Math.floor(day / 30)]) instants.push(BEGIN + Math.floor(day * DAY));
  }
  return instants.sort((a, b) => a - b).map((at, n) => {
    const items = Array.from({ length: 1 + below(5) }, () => line(below(3000), roll, pick));
    const value = items.reduce((sum, { price, quantity }) => sum + price * quantity, 0).toFixed(2);
    return { type: "conversion", id: `o-${n}`, at, value, items, ...(roll() < 0.2 && { properties: { coupon: pick(["WELCOME", "SPRING"]) } }) };
  });
}

function line(sku, roll, pick) {
  const price = (5 + 95 * roll() ** 2).toFixed(2);
  const category = [pick(["Shoes", "Bags", "Hats", "Audio"]), pick(["Sale", "New"])];
  return { id: `SKU${sku}`, name: `${COLOURS[sku % COLOURS.length]} ${THINGS[sku % THINGS.length]} ${sku}`, brand: pick(["Acme", "Borealis", "Cumulus", "Dune"]), category, price, quantity: pick([1, 1, 1, 2, 3]) };
}

/** Instants in the last two of the three years, in no order. */
export function instants(count, seed) {
  const { roll } = dice(seed);
  return Array.from({ length: count }, () => BEGIN + Math.floor((DAYS - YEARS_ASKED * 365 * roll()) * DAY));
}

/** A package of 50 rules whose thresholds are about what these orders come to. */
export function rulesFor(events) {
  const { roll, below, pick } = dice(50);
  const bounds = [0.3, 0.6, 0.85].map((share) => Math.round(share * events.length));
  const condition = (measure) => conditionOf(events, measure, { roll, below, pick });
  const rules = MEASURES.map(condition);
  const group = () => [condition(pick(MEASURES)), condition(pick(MEASURES)), condition(pick(MEASURES))];
  rules.push({ all: group().slice(1) }, { any: group().slice(1) }, { not: { any: group() } }, { any: [{ all: group() }, { not: { segment: "s0" } }] });
  rules.push({ retention: ["begun"] }, { all: [{ retention: ["known", "devoted"] }, condition("count")] });
  return {
    regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR",
    retention: ["new", "begun", "known", "devoted"].map((id, n) => (
      { id, name: id, color: "#000000", conversions: [n === 0 ? 1 : bounds[n - 1] + 1, bounds[n] ?? null], days: [0, null] }
    )),
    segments: rules.map((rule, n) => ({ id: `s${n}`, rule })),
  };
}

function conditionOf(events, measure, { roll, below, pick }) {
  const [period, days] = periods[below(periods.length)];
  const filter = pick(measure === "active_days" || measure === "days_since_last" ? rare(events) : filters);
  const usual = usually(events, measure, filter, days);
  const { modifier, value } = threshold(measure, usual, roll);
  // Days since an order are asked without a period, or they would be missing in the most interesting case.
  const asked = period && measure !== "days_since_last" ? { period } : {};
  return { events: { of: "conversion", measure, modifier, value, ...asked, ...filter.json } };
}

/** Each period with the number of days that it usually has events of. */
const periods = [
  [null, 2 * 365], [{ last: 30, unit: "day" }, 30], [{ last: 90, unit: "day" }, 90], [{ last: 36, unit: "hour" }, 1.5], [{ last: 26, unit: "week" }, 182],
  [{ between: [30, 60], unit: "day" }, 30], [{ between: [13, 52], unit: "week" }, 273], [{ calendar: "day", count: 90 }, 90],
  [{ calendar: "week", count: 6, current: true }, 38], [{ calendar: "month", count: 3 }, 91], [{ calendar: "quarter" }, 91],
  [{ calendar: "year", current: true }, 182], [{ from: "2024-02-01", to: "2025-09-30" }, 300], [{ from: "2024-10-01" }, 200],
];

const all = () => true;
const filters = [
  { json: {}, order: all, line: all },
  { json: {}, order: all, line: all },
  { json: { where: { field: "coupon", modifier: "is_known" } }, order: ({ properties }) => properties !== undefined, line: all },
  { json: { items: { field: "brand", modifier: "is_exactly", value: "Acme" } }, order: all, line: ({ brand }) => brand === "Acme" },
  {
    json: { items: { all: [{ field: "category", modifier: "contains", value: "shoe" }, { field: "price", modifier: "is_at_least", value: 20 }] } },
    order: all, line: ({ category, price }) => category[0] === "Shoes" && price >= 20,
  },
];

/** Filters that leave the same few orders of any history: those worth most. */
function rare(events) {
  const values = events.map(({ value }) => Number(value)).sort((a, b) => b - a);
  return [25, 40, 60].map((left) => ({
    json: { where: { field: "value", modifier: "is_at_least", value: values[left] } }, order: ({ value }) => Number(value) >= values[left], line: all,
  }));
}

/** About what a measure comes to in so many days. */
function usually(events, measure, { order, line }, days) {
  const kept = events.filter((event) => order(event) && event.items.some(line));
  const lines = kept.flatMap(({ items }) => items.filter(line));
  const share = days / DAYS;
  const values = kept.map(({ value }) => Number(value)).sort((a, b) => a - b);
  const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);
  const different = (ids) => ids * (1 - Math.exp((-lines.length * share) / ids));
  const half = Math.min(0.5, 0.5 / (kept.length * share));
  switch (measure) {
    case "count": return kept.length * share;
    case "total_value": return sum(values, Number) * share;
    case "average_value": return sum(values, Number) / kept.length;
    case "highest_value": return values[Math.floor((values.length - 1) * (1 - half))];
    case "lowest_value": return values[Math.ceil((values.length - 1) * half)];
    case "item_value": return sum(lines, ({ price, quantity }) => price * quantity) * share;
    case "units": return sum(lines, ({ quantity }) => quantity) * share;
    case "distinct_items": return different(new Set(lines.map(({ id }) => id)).size);
    case "active_days": return kept.length * share;
    default: return DAYS / kept.length;
  }
}

/** A comparison that holds somewhat less than half the time. */
function threshold(measure, usual, roll) {
  const near = (factor) => (measure.endsWith("value") ? Number((usual * factor).toFixed(2)) : Math.max(1, Math.round(usual * factor)));
  if (measure === "highest_value") return { modifier: "is_greater_than", value: near(1) };
  if (measure === "lowest_value") return { modifier: "is_less_than", value: near(1) };
  const wide = measure === "average_value" ? 0.1 : 1;
  const kind = roll();
  if (kind < 0.5) return { modifier: "is_at_least", value: near(1 + 0.2 * wide * roll()) };
  if (kind < 0.75) return { modifier: "is_less_than", value: near(1 - 0.2 * wide * roll()) };
  return { modifier: "is_between", value: [near(1 - 0.15 * wide), near(1 + 0.2 * wide)] };
}
