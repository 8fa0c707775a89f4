/** Rules of ours as a query of react-querybuilder: the part that it can say. */
import type { Json } from "../types.js";
import { REACT, TAKES } from "./comparisons.js";
import { MEASURES, nameOf, type Subject, subjectOf } from "./fields.js";
import { isTurnedByOperator, MAX_DEPTH, tooDeep } from "./groups.js";
import { below, type Found, foundNothing, type Given, isObject, keysAmong, shown } from "./problems.js";
import { valueOf } from "./values.js";

/** One comparison of a query. */
export interface ReactRule {
  readonly field: string;
  readonly operator: string;
  readonly value: Json;
}

/** A group of a query; the outermost is the query. */
export interface ReactGroup {
  readonly combinator: "and" | "or";
  readonly not?: true;
  readonly rules: readonly (ReactGroup | ReactRule)[];
}

type Node = ReactGroup | ReactRule;

/** The operator of each modifier, and of its opposite where the modifier itself has none. */
const OPERATORS = new Map(Object.entries(REACT).map(([operator, { modifier, opposite }]) => [`${opposite ? "not " : ""}${modifier}`, operator]));

/** The query that says what the rule says; `null` if none does, which was said. */
export function toReact(found: Found, rule: unknown): ReactGroup | null {
  const node = nodeOf(found, rule, "", 1);
  return node === null || "rules" in node ? node : { combinator: "and", rules: [node] };
}

function nodeOf(found: Found, rule: unknown, pointer: string, depth: number): Node | null {
  if (depth > MAX_DEPTH) return tooDeep(found, pointer);
  const [[kind, part] = ["", undefined], ...others] = isObject(rule) ? Object.entries(rule) : [];
  if (others.length > 0) return found.error("unknown_key", below(pointer, others[0]?.[0] ?? ""), "A rule says one thing.", "Put several rules into a group.");
  const place = below(pointer, kind);
  switch (kind) {
    case "all":
    case "any": {
      if (!Array.isArray(part) || part.length === 0) return found.error("empty_group", place, "The group is empty.", "Put at least one rule in.");
      const rules = (part as readonly unknown[]).map((one, index) => nodeOf(found, one, below(place, index), depth + 1));
      return rules.every((one) => one !== null) ? { combinator: kind === "all" ? "and" : "or", rules } : null;
    }
    case "not":
      return turned(found, part, place, depth);
    case "events":
    case "profile":
    case "context":
      return isObject(part) ? written(found, kind, part, place, false) : found.error("wrong_type", place, "A condition is an object.");
    case "segment":
    case "retention":
      return named(found, kind, part, place, false);
    case "":
      return found.error("wrong_type", pointer, "This is no rule.", 'Give a rule such as { "all": […] }.');
    default:
      return notSayable(found, place, `A ${kind} condition has no counterpart there.`);
  }
}

function turned(found: Found, rule: unknown, pointer: string, depth: number): Node | null {
  if (isTurnedByOperator(rule) && isObject(rule)) {
    const [[kind, part] = ["", undefined]] = Object.entries(rule);
    const place = below(pointer, kind);
    if (kind === "segment" || kind === "retention") return named(found, kind, part, place, true);
    if ((kind === "profile" || kind === "context") && isObject(part)) return written(found, kind, part, place, true);
  }
  const node = nodeOf(found, rule, pointer, depth + 1);
  if (node === null) return null;
  return "rules" in node && !node.not ? { combinator: node.combinator, not: true, rules: node.rules } : { combinator: "and", not: true, rules: [node] };
}

const notSayable = (found: Found, pointer: string, message: string): null =>
  found.error("not_expressible", pointer, message, "Take it out, or put it into a segment of its own and refer to that.");

function named(found: Found, kind: "segment" | "retention", value: unknown, pointer: string, not: boolean): ReactRule | null {
  const [positive, negative] = kind === "segment" ? ["is_exactly", "is_not"] : ["is_one_of", "is_none_of"];
  const read = valueOf(found, positive, "value", value, pointer);
  if (read === null || read === undefined) return null;
  return { field: kind, operator: OPERATORS.get(not ? negative : positive) ?? "", value: read };
}

const KEYS = { profile: ["field", "measure", "caseSensitive"], context: ["field", "caseSensitive", "near", "withinKm"], events: ["of", "measure", "period", "where", "items", "only", "net"] };

function written(found: Found, kind: "profile" | "context" | "events", given: Given, pointer: string, not: boolean): ReactRule | null {
  keysAmong(found, given, pointer, [...KEYS[kind], "modifier", "value"]);
  const { near, where, items, only, net, caseSensitive } = given;
  if (near !== undefined) return notSayable(found, below(pointer, "near"), "A distance has no counterpart there.");
  const refused = [
    [where !== undefined, "where", "Which events count by their properties"],
    [items !== undefined, "items", "Which lines of an event count"],
    [only !== undefined, "only", "The first or latest event alone"],
    [net === true, "net", "Taking returns off"],
    [caseSensitive === true, "caseSensitive", "Comparing with regard to case"],
  ] as const;
  for (const [is, key, what] of refused) if (is) notSayable(found, below(pointer, key), `${what} has no counterpart there.`);
  const subject = about(found, kind, given, pointer);
  if (subject === null || found.failed()) return null;
  const { modifier, value } = given;
  const operator = typeof modifier === "string" ? OPERATORS.get(`${not ? "not " : ""}${modifier}`) : undefined;
  if (operator === undefined || typeof modifier !== "string") return notSayable(found, below(pointer, "modifier"), `No operator there means ${shown(modifier)}.`);
  const field = nameOf(subject);
  if (field === null) return notSayable(found, below(pointer, "period"), "This period has no name there.");
  // The name must be read as the same again: a field of the profile may itself end in .days_since.
  const again = subjectOf(foundNothing(), field, "");
  const parts = (one: Subject | null): string => JSON.stringify(one, ["kind", "field", "of", "measure"]);
  if (parts(again) !== parts(subject)) return notSayable(found, pointer, `The name ${shown(field)} would mean something else there.`);
  const isMeasured = kind === "events" || given["measure"] !== undefined;
  const read = TAKES[modifier] === "none" ? null : valueOf(found, modifier, isMeasured ? "number" : "value", value, below(pointer, "value"));
  return read === null && TAKES[modifier] !== "none" ? null : { field, operator, value: read ?? null };
}

function about(found: Found, kind: "profile" | "context" | "events", given: Given, pointer: string): Subject | null {
  const { field, of, measure, period } = given;
  if (kind === "events") {
    const list: readonly unknown[] = Array.isArray(of) ? of : [of];
    const [type] = list;
    if (typeof type !== "string" || type === "") return found.error("missing_key", below(pointer, "of"), "There is no type of events.", "Write one.");
    if (list.length > 1) return notSayable(found, below(pointer, "of"), "Several types of events together have no counterpart there.");
    const known = measure === undefined ? "count" : MEASURES.find((one) => one === measure);
    if (known === undefined) return found.error("unknown_value", below(pointer, "measure"), `Nothing is known of a measure ${shown(measure)}.`, `Use one of: ${MEASURES.join(", ")}.`);
    const written = period === undefined ? undefined : plainPeriod(period);
    return { kind, of: type, measure: known, ...(written !== undefined && { period: written }) };
  }
  if (typeof field !== "string" || field === "") return found.error("missing_key", below(pointer, "field"), "There is no field.", "Write one.");
  return kind === "context" ? { kind, field } : { kind, field, ...(typeof measure === "string" && { measure }) };
}

/** The period without what goes without saying. */
function plainPeriod(period: unknown): Json {
  if (!isObject(period) || period["calendar"] === undefined) return (period ?? null) as Json;
  const { count, current, ...rest } = period;
  return { ...rest, ...(count !== 1 && count !== undefined && { count }), ...(current === true && { current }) } as Json;
}
