/** Groups of react-querybuilder, those with independent combinators among them, as rules of ours. */
import type { Json } from "../types.js";
import { REACT, TAKES } from "./comparisons.js";
import { conditionOf } from "./conditions.js";
import { emptyGroup, groupOf, MAX_DEPTH, type Part, tooDeep } from "./groups.js";
import { below, type Found, type Given, isObject, keysAmong, shown } from "./problems.js";

// Where a thing stands on the screen and what identifies it there says nothing about visitors.
const SHARED = ["id", "path", "disabled", "muted", "combinatorPreceding"] as const;
const GROUP_KEYS = ["combinator", "rules", "not", ...SHARED];
const RULE_KEYS = ["field", "operator", "value", "valueSource", "match", ...SHARED];
/** What is chosen where nothing has been chosen yet. */
const PLACEHOLDER = "~";

/** The rule that a query means; `null` if anything in it does not fit. */
export function fromReact(found: Found, query: unknown): Json | null {
  if (isObject(query) && "rules" in query) return group(found, query, "", 1);
  return found.error("wrong_type", "", "This is no query of react-querybuilder: it has no list of rules.", 'Give the whole query: { "combinator": "and", "rules": […] }.');
}

/** Says what is the same for rules and groups; whether it can be read. */
function isUsed(found: Found, given: Given, pointer: string): boolean {
  const { disabled, muted } = given;
  if (disabled === true) {
    found.warning("lock_not_kept", below(pointer, "disabled"), "This is locked against changes there; it is taken as it is, without the lock.", "Nothing needs to be done.");
  }
  if (muted !== true) return true;
  found.error("muted", below(pointer, "muted"), "This is muted: it stands in the query and does not count.", "Unmute it if it should count, or take it out.");
  return false;
}

function group(found: Found, given: Given, pointer: string, depth: number): Json | null {
  if (depth > MAX_DEPTH) return tooDeep(found, pointer);
  if (!isUsed(found, given, pointer)) return null;
  keysAmong(found, given, pointer, GROUP_KEYS);
  const { rules, not = false } = given;
  const place = below(pointer, "rules");
  if (!Array.isArray(rules)) return found.error("wrong_type", place, "The rules of a group are a list.", "Write a list.");
  if (typeof not !== "boolean") found.error("wrong_type", below(pointer, "not"), `${shown(not)} is neither true nor false.`, "Write true or false.");
  if (rules.length === 0) return emptyGroup(found, place);
  const list: readonly unknown[] = rules;
  const joined = combined(found, given, list, pointer);
  const parts = list.map((part, index) => (typeof part === "string" ? null : partOf(found, part, below(place, index), depth + 1)));
  if (joined === null) return null;
  const [first = [], ...others] = joined.map((chain) => chain.map((index) => parts[index] ?? null));
  const whole = [first, ...others].flat();
  if (!whole.every((part) => part !== null)) return null;
  const top = depth === 1;
  if (joined.length === 1) return groupOf(combinatorOf(given) === "or" ? "any" : "all", whole, not === true, top);
  const chains = [first, ...others].map((chain) => chain.filter((part) => part !== null));
  return groupOf("any", chains.map((chain) => (chain.length === 1 && chain[0] ? chain[0] : { rule: groupOf("all", chain, false, false), single: false })), not === true, top);
}

function partOf(found: Found, given: unknown, pointer: string, depth: number): Part | null {
  if (!isObject(given)) return found.error("wrong_type", pointer, `${shown(given)} is neither a rule nor a group.`, "Write an object.");
  const single = !("rules" in given);
  const rule = single ? comparison(found, given, pointer) : group(found, given, pointer, depth);
  return rule === null ? null : { rule, single };
}

const combinatorOf = ({ combinator }: Given): unknown => (typeof combinator === "string" ? combinator.toLowerCase() : combinator);

/** Which places of a group's list are joined by "and", one chain after the other; the chains are joined by "or". `null`: it cannot be read. */
function combined(found: Found, given: Given, list: readonly unknown[], pointer: string): readonly (readonly number[])[] | null {
  const place = below(pointer, "rules");
  const all = list.map((_, index) => index);
  const isKnown = (word: unknown, where: string): boolean => {
    if (word === "and" || word === "or") return true;
    const [message, fix] = word === "xor"
      ? ["Either one or the other, but not both, has no word of its own here.", "Write it as: the one and not the other, or the other and not the one."]
      : [`${shown(word)} is no way to combine rules.`, "Use and, or."];
    found.error(word === "xor" ? "xor" : "unknown_combinator", where, message, fix);
    return false;
  };
  if (given["combinator"] !== undefined) {
    const stray = list.findIndex((part) => typeof part === "string");
    if (stray >= 0) return found.error("two_combinators", below(place, stray), "The group has a combinator, and another one stands between its rules.", "Keep only one of the two.");
    return isKnown(combinatorOf(given), below(pointer, "combinator")) ? [all] : null;
  }
  // Independent combinators stand between the rules; "and" binds before "or".
  const chains: number[][] = [[]];
  let good = true;
  for (const index of all) {
    const part = list[index];
    if ((index % 2 === 1) !== (typeof part === "string")) {
      return found.error("no_combinator", below(place, index), "Rules and the words between them must take turns, a rule first.", "Write one combinator for the group, or one between each two rules.");
    }
    if (typeof part !== "string") chains.at(-1)?.push(index);
    else if (!isKnown(part.toLowerCase(), below(place, index))) good = false;
    else if (part.toLowerCase() === "or") chains.push([]);
  }
  if (list.length % 2 === 0) return found.error("no_combinator", below(place, list.length - 1), "The last word stands before no rule.", "Take it out.");
  return good ? chains : null;
}

function comparison(found: Found, given: Given, pointer: string): Json | null {
  if (!isUsed(found, given, pointer)) return null;
  keysAmong(found, given, pointer, RULE_KEYS);
  const { field, operator, value, valueSource = "value", match } = given;
  const at = { field: below(pointer, "field"), operator: below(pointer, "operator"), value: below(pointer, "value") };
  if (typeof field !== "string" || field === "" || field === PLACEHOLDER) return found.error("unfinished", at.field, "No field has been chosen yet.", "Choose one, or take the rule out.");
  if (operator === PLACEHOLDER || operator === "") return found.error("unfinished", at.operator, "No operator has been chosen yet.", "Choose one, or take the rule out.");
  if (match !== undefined && match !== null) {
    return found.error("match_mode", below(pointer, "match"), "Rules over the parts of a list, and how many of them must fit, are not known for this field.", "Ask for one value of the list with =, or write an events condition with items by hand.");
  }
  if (valueSource !== "value") {
    return found.error("two_fields", below(pointer, "valueSource"), "Two fields cannot be compared with each other.", "Compare the field with a value.");
  }
  const meant = typeof operator === "string" && Object.hasOwn(REACT, operator) ? REACT[operator] : undefined;
  if (meant === undefined) return found.error("unknown_operator", at.operator, `Nothing is known of an operator ${shown(operator)}.`, `Use one of: ${Object.keys(REACT).join(", ")}.`);
  const takes = TAKES[meant.modifier];
  const isList = takes === "two" || takes === "list";
  return conditionOf(found, { field, comparison: meant, value: isList ? listOf(value) : value, split: !Array.isArray(value), at });
}

/** A list as it may be written there: itself, one number, or text with commas, of which those after a backslash belong to a value. */
function listOf(value: unknown): unknown {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.map((one: unknown) => (typeof one === "string" ? one.trim() : one));
  if (typeof value !== "string") return value;
  const parts: readonly string[] = value.match(/(?:\\,|[^,])+/g) ?? [];
  return parts.map((one) => one.replaceAll("\\,", ",").trim()).filter((one) => one !== "");
}
