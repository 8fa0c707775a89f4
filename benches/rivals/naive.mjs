// What a shop's developer writes first: filter, some and reduce over the raw orders, for each condition of each rule.
import { DAY, itemFits } from "../fifty.mjs";

/** Answers of all rules of a package over orders in the form of `storedOf`. */
export function naive({ retention, segments }, { dayOf }) {
  const test = (rule, orders, now) => {
    if (rule.all) return rule.all.every((part) => test(part, orders, now));
    if (rule.any) return rule.any.some((part) => test(part, orders, now));
    if (rule.not) return !test(rule.not, orders, now);
    if (rule.retention) {
      const past = orders.filter(({ at }) => at <= now);
      if (past.length === 0) return rule.retention.includes("none");
      const days = dayOf(now) - dayOf(past.at(-1).at);
      const cell = retention.find(({ conversions, days: span }) => between(past.length, conversions) && between(days, span));
      return rule.retention.includes(cell?.id);
    }
    const { measure = "count", modifier, value, period, items, where } = rule.events;
    const from = period ? now - period.last * DAY : -Infinity;
    const counted = orders.filter((order) => order.at > from && order.at <= now
      && (!where || order.value >= where.value * 100) && (!items || order.items.some((item) => itemFits(items, item))));
    switch (measure) {
      case "count": return compare(counted.length, modifier, value);
      case "total_value": return compare(sum(counted) / 100, modifier, value);
      case "average_value": return counted.length > 0 && compare(sum(counted) / counted.length / 100, modifier, value);
      case "highest_value": return counted.length > 0 && compare(counted.reduce((most, order) => Math.max(most, order.value), 0) / 100, modifier, value);
      default: return counted.length > 0 && compare(dayOf(now) - dayOf(counted.at(-1).at), modifier, value);
    }
  };
  return (orders, now) => segments.map(({ rule }) => test(rule, orders, now));
}

const sum = (orders) => orders.reduce((total, { value }) => total + value, 0);
const between = (value, [low, high]) => value >= low && (high === null || value <= high);

function compare(actual, modifier, value) {
  switch (modifier) {
    case "is_at_least": return actual >= value;
    case "is_less_than": return actual < value;
    case "is_greater_than": return actual > value;
    case "is_at_most": return actual <= value;
    case "is_between": return actual >= value[0] && actual <= value[1];
    default: return actual === value;
  }
}
