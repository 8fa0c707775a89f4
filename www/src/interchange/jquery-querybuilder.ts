/** Rules of jQuery QueryBuilder, as `getRules` gives them, as rules of ours. */
import type { Json } from "../types.js";
import { JQUERY, TAKES } from "./comparisons.js";
import { conditionOf } from "./conditions.js";
import { emptyGroup, groupOf, MAX_DEPTH, type Part, tooDeep } from "./groups.js";
import { below, type Found, type Given, isObject, keysAmong, shown } from "./problems.js";

const GROUP_KEYS = ["condition", "rules", "not", "valid", "flags", "data"];
const RULE_KEYS = ["id", "field", "type", "input", "operator", "value", "flags", "data"];

/** The rule that is meant; `null` if anything in it does not fit. */
export function fromJquery(found: Found, rules: unknown): Json | null {
  if (isObject(rules) && "rules" in rules) return group(found, rules, "", 1);
  return found.error("wrong_type", "", "These are no rules of jQuery QueryBuilder: there is no list of rules.", 'Give what getRules returns: { "condition": "AND", "rules": […] }.');
}

/** Says what is the same for rules and groups. */
function shared(found: Found, given: Given, pointer: string): void {
  if (given["flags"] !== undefined && given["flags"] !== null) {
    found.warning("lock_not_kept", below(pointer, "flags"), "What may be changed there is not kept; the rule is.", "Nothing needs to be done.");
  }
  if (given["data"] !== undefined && given["data"] !== null) {
    found.error("own_data", below(pointer, "data"), "What your own program attached to the rule is not understood here.", "Take it out if it changes nothing about who is meant.");
  }
}

function group(found: Found, given: Given, pointer: string, depth: number): Json | null {
  if (depth > MAX_DEPTH) return tooDeep(found, pointer);
  keysAmong(found, given, pointer, GROUP_KEYS);
  shared(found, given, pointer);
  const { condition, rules, not = false, valid = true } = given;
  const place = below(pointer, "rules");
  if (valid !== true) found.error("not_valid", below(pointer, "valid"), "The builder itself says that these rules are not valid.", "Finish them there, and take them out again.");
  if (typeof not !== "boolean") found.error("wrong_type", below(pointer, "not"), `${shown(not)} is neither true nor false.`, "Write true or false.");
  const word = typeof condition === "string" ? condition.toUpperCase() : condition;
  if (word !== "AND" && word !== "OR") {
    found.error("unknown_combinator", below(pointer, "condition"), `${shown(condition)} is no way to combine rules.`, "Use AND, OR.");
  }
  if (!Array.isArray(rules)) return found.error("wrong_type", place, "The rules of a group are a list.", "Write a list.");
  if (rules.length === 0) return emptyGroup(found, place);
  const parts = (rules as readonly unknown[]).map((part, index) => partOf(found, part, below(place, index), depth + 1));
  if (!parts.every((part) => part !== null)) return null;
  return groupOf(word === "OR" ? "any" : "all", parts, not === true, depth === 1);
}

function partOf(found: Found, given: unknown, pointer: string, depth: number): Part | null {
  if (!isObject(given)) return found.error("wrong_type", pointer, `${shown(given)} is neither a rule nor a group.`, "Write an object.");
  const single = !("rules" in given);
  const rule = single ? comparison(found, given, pointer) : group(found, given, pointer, depth);
  return rule === null ? null : { rule, single };
}

function comparison(found: Found, given: Given, pointer: string): Json | null {
  if (given["empty"] === true) return found.error("unfinished", pointer, "No field has been chosen yet.", "Choose one, or take the rule out.");
  keysAmong(found, given, pointer, RULE_KEYS);
  shared(found, given, pointer);
  // Several filters may ask for one field; what is asked for is the field.
  const { id, field = id, operator, type, value } = given;
  const at = { field: below(pointer, given["field"] === undefined ? "id" : "field"), operator: below(pointer, "operator"), value: below(pointer, "value") };
  if (typeof field !== "string" || field === "") return found.error("unfinished", at.field, "No field has been chosen yet.", "Choose one, or take the rule out.");
  const meant = typeof operator === "string" && Object.hasOwn(JQUERY, operator) ? JQUERY[operator] : undefined;
  if (meant === undefined) return found.error("unknown_operator", at.operator, `Nothing is known of an operator ${shown(operator)}.`, `Use one of: ${Object.keys(JQUERY).join(", ")}.`);
  const typed = (one: unknown): unknown => (type === "boolean" ? booleanOf(one) : one);
  const isList = TAKES[meant.modifier] === "list";
  // A text with commas is one value there, unless the builder was told to split it, and then it is a list already.
  const read = isList && !Array.isArray(value) && value !== undefined && value !== null ? [value] : value;
  return conditionOf(found, { field, comparison: meant, value: Array.isArray(read) ? read.map(typed) : typed(read), split: !Array.isArray(value), at });
}

/** True and false as the builder's inputs write them. */
function booleanOf(value: unknown): unknown {
  const word = typeof value === "string" ? value.trim().toLowerCase() : value;
  if (word === "true" || word === "1" || word === 1) return true;
  if (word === "false" || word === "0" || word === 0) return false;
  return value;
}
