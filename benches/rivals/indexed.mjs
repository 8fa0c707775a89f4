// What a developer writes who is paid for speed: typed columns, prefix sums, one list of places for each item filter, a table of maxima, binary
// searches. Each distinct condition is asked once. With `until` every condition also keeps its whole course, and rules say when they change.
import { DAY, itemFits } from "../fifty.mjs";

const HORIZON = 400 * DAY;
const NEVER = Infinity;

/** `indexed(package, calendar, { until })`: `load(orders)` → state; `append(state, order)`; `evaluate(state, now)` → answers, with `until` pairs of answer and instant. */
export function indexed({ retention, segments }, { dayOf, startOf }, { until }) {
  /** The lists of orders that conditions look at: all of them, or those that a filter lets through. */
  const filters = [];
  const leaves = [];
  const roots = segments.map(({ rule }) => compile(rule));

  function numberOf(list, key, make) {
    const known = list.findIndex((other) => other.key === key);
    return known < 0 ? list.push({ key, ...make() }) - 1 : known;
  }
  function listOf(items, where) {
    const fits = (order) => (!where || order.value >= where.value * 100) && (!items || order.items.some((item) => itemFits(items, item)));
    return numberOf(filters, JSON.stringify([items, where]), () => ({ fits }));
  }
  function compile(rule) {
    if (rule.all || rule.any) return { all: Boolean(rule.all), parts: (rule.all ?? rule.any).map(compile) };
    if (rule.not) return { not: compile(rule.not) };
    return { leaf: numberOf(leaves, JSON.stringify(rule), () => (rule.retention ? gridLeaf(rule.retention) : eventsLeaf(rule.events))) };
  }
  function gridLeaf(wanted) {
    const turns = retention.flatMap(({ days }) => [days[0], days[1] === null ? NEVER : days[1] + 1]).filter((day) => day > 0 && day < NEVER);
    const cellOf = (count, days) => retention.find(({ conversions: [low, high], days: [least, most] }) => (
      count >= low && (high === null || count <= high) && days >= least && (most === null || days <= most)
    ))?.id;
    const holds = (list, low, high, today) => (high === 0 ? wanted.includes("none") : wanted.includes(cellOf(high, today - list.day[high - 1])));
    return { list: listOf(), span: NEVER, holds, turns: [...new Set(turns)].sort((a, b) => a - b) };
  }
  function eventsLeaf({ measure = "count", modifier, value, period, items, where }) {
    const fits = comparison(modifier, value, measure.endsWith("value") ? 100 : 1);
    const holds = {
      count: (list, low, high) => fits(high - low, 1),
      total_value: (list, low, high) => fits(list.sums[high] - list.sums[low], 1),
      average_value: (list, low, high) => high > low && fits(list.sums[high] - list.sums[low], high - low),
      highest_value: (list, low, high) => high > low && fits(highest(list, low, high), 1),
      days_since_last: (list, low, high, today) => high > low && fits(today - list.day[high - 1], 1),
    }[measure];
    const turns = measure === "days_since_last" ? [value, value + 1] : [];
    return { list: listOf(items, where), span: period ? period.last * DAY : NEVER, holds, turns };
  }

  const load = (orders) => {
    const room = Math.max(16, 2 * orders.length);
    const state = {
      lists: filters.map(() => ({ n: 0, at: new Float64Array(room), day: new Int32Array(room), sums: new Float64Array(room + 1), most: [new Float64Array(room)] })),
      courses: leaves.map(() => ({ at: [-Infinity], holds: [] })),
    };
    for (const order of orders) put(state, order);
    if (until) leaves.forEach((leaf, n) => walk(state.lists[leaf.list], leaf, state.courses[n], -Infinity));
    return state;
  };
  function put(state, order) {
    const day = dayOf(order.at);
    filters.forEach(({ fits }, n) => {
      if (!fits(order)) return;
      const list = state.lists[n];
      if (list.n === list.at.length) grow(list);
      list.at[list.n] = order.at;
      list.day[list.n] = day;
      list.sums[list.n + 1] = list.sums[list.n] + order.value;
      list.most[0][list.n] = order.value;
      const end = ++list.n;
      for (let level = 1, width = 2; width <= end; level++, width *= 2) {
        const below = list.most[level - 1];
        (list.most[level] ??= new Float64Array(list.at.length))[end - width] = Math.max(below[end - width], below[end - width / 2]);
      }
    });
  }

  /** Goes over all instants from `from` on at which a condition may change, and writes down where it does. */
  function walk(list, leaf, course, from) {
    const { at, day, n } = list;
    while (course.at.length > 0 && course.at.at(-1) >= from && from > -Infinity) course.at.pop();
    course.holds.length = course.at.length;
    let low = leaf.span === NEVER || from === -Infinity ? 0 : after(at, n, from - leaf.span);
    let high = from === -Infinity ? 0 : after(at, n, from);
    let now = from;
    for (;;) {
      const today = now === -Infinity ? 0 : dayOf(now);
      const holds = leaf.holds(list, low, high, today);
      if (course.holds.length === 0) course.holds.push(holds);
      else if (course.holds.at(-1) !== holds) {
        course.at.push(now);
        course.holds.push(holds);
      }
      let next = high < n ? at[high] : NEVER;
      if (low < high) next = Math.min(next, at[low] + leaf.span);
      if (high > low && leaf.turns.length > 0) {
        const turn = leaf.turns.find((days) => day[high - 1] + days > today);
        if (turn !== undefined) next = Math.min(next, startOf(day[high - 1] + turn));
      }
      if (next === NEVER) return;
      now = next;
      while (high < n && at[high] <= now) high++;
      while (low < high && at[low] + leaf.span <= now) low++;
    }
  }

  const append = (state, order) => {
    const before = state.lists.map(({ n }) => n);
    put(state, order);
    if (until) leaves.forEach((leaf, n) => {
      const list = state.lists[leaf.list];
      if (list.n > before[leaf.list]) walk(list, leaf, state.courses[n], order.at);
    });
  };

  const values = new Uint8Array(leaves.length);
  const answer = ({ all, parts, not, leaf }) => {
    if (leaf !== undefined) return values[leaf] === 1;
    if (not) return !answer(not);
    for (let n = 0; n < parts.length; n++) if (answer(parts[n]) !== all) return !all;
    return all;
  };
  const spans = [...new Set(leaves.map(({ list, span }) => `${list} ${span}`))].map((key) => key.split(" ").map(Number));
  for (const leaf of leaves) leaf.window = spans.findIndex(([list, span]) => list === leaf.list && span === leaf.span);
  const [lows, highs] = [new Int32Array(spans.length), new Int32Array(filters.length)];
  const evaluate = ({ lists }, now) => {
    const today = dayOf(now);
    lists.forEach((list, n) => { highs[n] = after(list.at, list.n, now); });
    spans.forEach(([list, span], n) => { lows[n] = span === NEVER ? 0 : after(lists[list].at, highs[list], now - span); });
    leaves.forEach((leaf, n) => { values[n] = leaf.holds(lists[leaf.list], lows[leaf.window], highs[leaf.list], today) ? 1 : 0; });
    return roots.map(answer);
  };

  /** What a rule says at an instant, and until when that cannot change. */
  const sample = ({ all, parts, not, leaf }, courses, now) => {
    if (leaf !== undefined) {
      const course = courses[leaf];
      const place = after(course.at, course.at.length, now);
      return { holds: course.holds[place - 1], until: course.at[place] ?? NEVER };
    }
    if (not) {
      const { holds, until } = sample(not, courses, now);
      return { holds: !holds, until };
    }
    let [first, last, decided] = [NEVER, -Infinity, false];
    for (const part of parts) {
      const { holds, until } = sample(part, courses, now);
      if (holds === all) first = Math.min(first, until);
      else [last, decided] = [Math.max(last, until), true];
    }
    return decided ? { holds: !all, until: last } : { holds: all, until: first };
  };
  const evaluateUntil = ({ courses }, now) => roots.map((root) => {
    const { holds, until } = sample(root, courses, now);
    let change = until;
    while (change <= now + HORIZON) {
      const next = sample(root, courses, change);
      if (next.holds !== holds) return { member: holds, holdsUntil: change };
      change = next.until;
    }
    return { member: holds, holdsUntil: null };
  });
  return { load, append, evaluate: until ? evaluateUntil : evaluate };
}

/** How many of the first `n` of ascending instants are not after another. */
function after(at, n, instant) {
  let [low, high] = [0, n];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle] <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

function highest({ most }, low, high) {
  const level = 31 - Math.clz32(high - low);
  return Math.max(most[level][low], most[level][high - (1 << level)]);
}

function grow(list) {
  const doubled = (old, Type, more = 0) => {
    const column = new Type(2 * list.at.length + more);
    column.set(old);
    return column;
  };
  list.day = doubled(list.day, Int32Array);
  list.sums = doubled(list.sums, Float64Array, 1);
  list.most = list.most.map((level) => doubled(level, Float64Array));
  list.at = doubled(list.at, Float64Array);
}

/** Whether `sum / of` compares; amounts are in cents. */
function comparison(modifier, value, unit) {
  const [low, high] = (Array.isArray(value) ? value : [value, value]).map((bound) => Math.round(bound * unit));
  switch (modifier) {
    case "is_at_least": return (sum, of) => sum >= low * of;
    case "is_less_than": return (sum, of) => sum < low * of;
    case "is_greater_than": return (sum, of) => sum > low * of;
    case "is_at_most": return (sum, of) => sum <= low * of;
    case "is_between": return (sum, of) => sum >= low * of && sum <= high * of;
    default: return (sum, of) => sum === low * of;
  }
}
