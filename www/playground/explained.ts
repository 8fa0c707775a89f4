/** Parts of an explanation as short phrases, from the rule that each part points to. */
import type { ExplainedRule, Json, OneMoreEvent } from "regulars/engine";
import { isTree, listOf, textOf, type Tree } from "./document/tree.ts";
import { t } from "./speech.ts";
import { clock, nearDay } from "./time.ts";
import { count, eventName, eventNames, listed, money } from "./words.ts";

export interface Wording {
  readonly now: number;
  readonly timeZone: string;
  readonly currency: string;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** "3 Dec, 14:20" */
export const when = (instant: number, { now, timeZone }: Wording): string => `${nearDay(instant, now, timeZone)}, ${clock(instant, timeZone)}`;

const kindOf = (rule: Tree): string => Object.keys(rule).find((key) => ["all", "any", "not", "events", "profile", "context", "segment", "retention", "sequence", "prediction"].includes(key)) ?? "";

const MEASURES: { readonly [measure: string]: string } = {
  total_value: "{events}, total value", average_value: "{events}, average value", highest_value: "{events}, highest value", lowest_value: "{events}, lowest value",
  item_value: "{events}, value of the products", units: "{events}, units", distinct_items: "{events}, different products", active_days: "{events}, active days",
  ratio: "Returns per order", days_since_last: "{events}, days since the last", days_since_first: "{events}, days since the first",
};

const typesOf = (of: Json | undefined): string[] => (typeof of === "string" ? [of] : listOf(of).filter((type): type is string => typeof type === "string"));

/** "Product views", "Any of 2", "Not in Staff" */
export function partName(rule: Json | undefined, segmentName: (id: string) => string): string {
  if (!isTree(rule)) return t("This rule");
  const inside = rule[kindOf(rule)];
  switch (kindOf(rule)) {
    case "all": return t("All of {count}", { count: listOf(inside).length });
    case "any": return t("Any of {count}", { count: listOf(inside).length });
    case "not": return t("Not: {what}", { what: small(partName(inside, segmentName)) });
    case "segment": return t("In {name}", { name: segmentName(textOf(inside)) });
    case "retention": return t("Place in the grid");
    case "sequence": return t("One after the other");
    case "events": {
      const { of, measure } = isTree(inside) ? inside : {};
      const events = listed(typesOf(of).map(eventNames));
      return t(MEASURES[textOf(measure)] ?? "{events}", { events });
    }
    default: {
      const { field, near } = isTree(inside) ? inside : {};
      return near !== undefined ? t("Distance") : sentence(textOf(field).replaceAll("_", " ")) || t("This rule");
    }
  }
}

const COMPARISONS: { readonly [modifier: string]: string } = {
  is_exactly: "exactly {value}", is_not: "not {value}", is_less_than: "less than {value}", is_at_most: "at most {value}", is_greater_than: "more than {value}",
  is_at_least: "at least {value}", is_between: "between {low} and {high}", is_not_between: "not between {low} and {high}", contains: "contains {value}",
  does_not_contain: "does not contain {value}", starts_with: "begins with {value}", ends_with: "ends with {value}", matches: "looks like {value}",
  is_one_of: "one of {value}", is_none_of: "none of {value}", is_known: "known", is_unknown: "not known",
};

const isMoney = (measure: string): boolean => measure.endsWith("_value") || measure === "item_value" || measure === "price" || measure === "value";

function valueText(value: Json | undefined, measure: string, wording: Wording): string {
  if (Array.isArray(value)) return listed((value as readonly Json[]).map((one) => valueText(one, measure, wording)));
  if (value === null || value === undefined) return t("nothing");
  if (isMoney(measure) && (typeof value === "number" || typeof value === "string")) return money(String(value), wording.currency);
  if (typeof value === "number") return count(value);
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function comparison(given: Tree, measure: string, wording: Wording): string {
  const { modifier, value } = given;
  const [low, high] = listOf(value);
  return t(COMPARISONS[textOf(modifier)] ?? textOf(modifier), {
    value: valueText(value, measure, wording), low: valueText(low, measure, wording), high: valueText(high, measure, wording),
  });
}

const UNITS: { readonly [unit: string]: readonly [string, string] } = {
  minute: ["{count} minute", "{count} minutes"], hour: ["{count} hour", "{count} hours"], day: ["{count} day", "{count} days"], week: ["{count} week", "{count} weeks"],
  month: ["{count} month", "{count} months"], quarter: ["{count} quarter", "{count} quarters"], year: ["{count} year", "{count} years"],
};
const units = (number: Json | undefined, unit: Json | undefined): string => t(UNITS[textOf(unit)]?.[number === 1 ? 0 : 1] ?? "{count}", { count: textOf(number) });

function periodText(period: Json | undefined): string {
  if (!isTree(period)) return "";
  const { last, unit, between, calendar, count: whole, current, from, to } = period;
  if (last !== undefined) return t("in {length}", { length: units(last, unit) });
  if (Array.isArray(between)) return t("{from} to {to} ago", { from: textOf(between[0]), to: units(between[1], unit) });
  if (calendar !== undefined) return t(current === true ? "in the last {length}, this one included" : "in the last whole {length}", { length: units(whole ?? 1, calendar) });
  return [from !== undefined && t("from {day}", { day: textOf(from) }), to !== undefined && t("up to {day}", { day: textOf(to) })].filter(Boolean).join(" ");
}

/** "brand is exactly Nike and price is more than €80" */
function filterText(predicate: Json | undefined, wording: Wording): string {
  if (!isTree(predicate)) return "";
  if (predicate["all"] !== undefined) return listOf(predicate["all"]).map((one) => filterText(one, wording)).join(` ${t("and")} `);
  if (predicate["any"] !== undefined) return listOf(predicate["any"]).map((one) => filterText(one, wording)).join(` ${t("or")} `);
  if (predicate["not"] !== undefined) return t("not ({what})", { what: filterText(predicate["not"], wording) });
  const field = textOf(predicate["field"]);
  return `${t(field)} ${comparison(predicate, field, wording)}`;
}

/** "at least 3 in 14 days, where category exactly Coats" */
export function needs(rule: Json | undefined, segmentName: (id: string) => string, cellName: (id: string) => string, wording: Wording): string {
  if (!isTree(rule)) return "";
  const kind = kindOf(rule);
  const inside = rule[kind];
  switch (kind) {
    case "all": return t("every one of them");
    case "any": return t("one of them or more");
    case "not": return t("that it is not so");
    case "segment": return t("to be in {name}", { name: segmentName(textOf(inside)) });
    case "retention": return listed(listOf(inside).map((cell) => cellName(textOf(cell))));
    case "sequence": return t("{count} steps in this order", { count: isTree(inside) ? listOf(inside["steps"]).length : 0 });
    case "events": {
      if (!isTree(inside)) return "";
      const where = [filterText(inside["where"], wording), filterText(inside["items"], wording)].filter(Boolean).join(` ${t("and")} `);
      return [
        `${comparison(inside, textOf(inside["measure"]), wording)} ${periodText(inside["period"])}`.trim(),
        where && t("where {filter}", { filter: where }),
        inside["only"] !== undefined && t(inside["only"] === "first" ? "only the first" : "only the latest"),
      ].filter(Boolean).join(", ");
    }
    default: return isTree(inside) ? (inside["near"] === undefined ? comparison(inside, "", wording) : t("within {count} km", { count: textOf(inside["withinKm"]) })) : "";
  }
}

/** What the visitor has, in a cell of the table. */
export function has({ actual, children, matched }: ExplainedRule, rule: Json | undefined, cellName: (id: string | null) => string, wording: Wording): string {
  const tree = isTree(rule) ? rule : {};
  const kind = kindOf(tree);
  if (kind === "all" || kind === "any") return t("{count} true", { count: (children ?? []).filter((child) => child.matched).length });
  if (kind === "not" || kind === "segment" || actual === undefined) return t(matched ? "yes" : "no");
  if (kind === "retention") return isTree(actual) ? cellName(actual["cell"] === null ? null : textOf(actual["cell"])) : cellName(actual === null ? null : textOf(actual));
  const inside = tree[kind];
  return valueText(actual, isTree(inside) ? textOf(inside["measure"]) : "", wording);
}

const REASONS: { readonly [reason: string]: string } = {
  later: "{count} still to come", before_period: "{count} too old", after_period: "{count} too recent", returned: "{count} returned", not_only: "{count} not the one that is asked for",
  where: "{count} not as asked", items: "{count} with other products", no_value: "{count} without a value", no_rate: "{count} in a currency without a rate",
  no_match: "{count} without a match", followed: "{count} followed after all",
};

/** "2 with other products, 1 too old" */
export function leftOutText({ leftOut = [] }: ExplainedRule): string {
  const counts = new Map<string, number>();
  for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, number]) => t(REASONS[reason] ?? reason, { count: number })).join(", ");
}

/** The last instant that still does, as people say it: up to the end of that second. */
export const inTime = (latest: number, wording: Wording): string => when(latest % 1000 === 999 ? latest + 1 : latest, wording);

/** "one more product view (category Coats, price €150.0001 or more)" */
export function oneMore({ event }: OneMoreEvent, wording: Wording): string {
  const bounds = (name: string, given: Json | undefined | object): string => {
    if (!isTree(given)) return `${t(name)} ${valueText(given as Json, name, wording)}`;
    const { atLeast, atMost } = given;
    if (atLeast === undefined && atMost === undefined) return "";
    const shown = (bound: Json | undefined): string => valueText(bound, name, wording);
    if (atLeast !== undefined && atMost !== undefined) return t("{what} between {low} and {high}", { what: t(name), low: shown(atLeast), high: shown(atMost) });
    return t(atLeast === undefined ? "{what} {bound} or less" : "{what} {bound} or more", { what: t(name), bound: shown(atLeast ?? atMost) });
  };
  const facts = [
    event.id !== undefined && bounds("id", event.id), event.value !== undefined && bounds("value", event.value as Json),
    event.currency !== undefined && bounds("currency", event.currency),
    ...(event.items ?? []).flatMap((item) => Object.entries(item).map(([name, given]) => bounds(name, given as Json))),
    ...Object.entries(event.properties ?? {}).map(([name, given]) => bounds(name, given)),
  ].filter(Boolean);
  const what = t("one more {event}", { event: small(eventName(event.type)) });
  return facts.length > 0 ? `${what} (${facts.join(", ")})` : what;
}

/** The part whose change comes first, below a root that changes then too. */
export function firstToChange(explanation: ExplainedRule): ExplainedRule {
  const { holdsUntil, children = [] } = explanation;
  const next = holdsUntil === null ? undefined : children.find((child) => child.holdsUntil === holdsUntil);
  return next ? firstToChange(next) : explanation;
}
