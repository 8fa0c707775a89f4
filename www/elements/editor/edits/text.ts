/** Rules as text: what is copied, and what may be pasted. */
import { isFields, type Value } from "../pointer.js";
import { type Edit, type Refused, refused } from "./edit.js";
import { add, replace } from "./rows.js";
import { asGroup, groupOf, kindOf, placeOf } from "../tree.js";
import { get } from "../pointer.js";

/** As it is put on the clipboard. */
export const asText = (value: Value): string => JSON.stringify(value, null, 2);

const KINDS = ["all", "any", "not", "events", "profile", "context", "segment", "retention", "sequence", "prediction"];

/** Whether it has the form of a rule; what is wrong inside it the engine says. */
export function isRule(value: Value): value is object {
  if (!isFields(value)) return false;
  const [key, ...more] = Object.keys(value);
  if (key === undefined || more.length > 0 || !KINDS.includes(key)) return false;
  const inner = value[key];
  if (key === "all" || key === "any") return Array.isArray(inner) && inner.every(isRule);
  if (key === "not") return isRule(inner);
  if (key === "segment") return typeof inner === "string";
  return key === "retention" ? Array.isArray(inner) : isFields(inner);
}

/** Whether it has the form of a predicate: of a product, or of an event. */
export function isPredicate(value: Value): value is object {
  if (!isFields(value)) return false;
  if ("field" in value) return typeof value["field"] === "string" && !("measure" in value);
  const [key, ...more] = Object.keys(value);
  if (more.length > 0) return false;
  const inner = key === undefined ? undefined : value[key];
  if (key === "all" || key === "any") return Array.isArray(inner) && inner.every(isPredicate);
  return key === "not" && isPredicate(inner);
}

/** The rule of a text: a rule, a segment, or a package of one segment. */
export function ruleIn(text: string): { readonly rule: object } | Refused {
  let value: Value;
  try {
    value = JSON.parse(text);
  } catch {
    return refused("not_json");
  }
  if (isFields(value) && Array.isArray(value["segments"])) {
    if (value["segments"].length !== 1) return refused("many_segments", String(value["segments"].length));
    value = value["segments"][0];
  }
  if (isFields(value) && "id" in value && "rule" in value) value = value["rule"];
  return isFields(value) ? { rule: value } : refused("not_a_rule");
}

/** Puts the rule of a text after a row, or into a group as its last row; into an empty rule as the whole of it. */
export function paste(rule: Value, pointer: string, text: string): Edit {
  const read = ruleIn(text);
  if ("refused" in read) return read;
  const kind = kindOf(pointer);
  if (kind === "rule" ? !isRule(read.rule) : !isPredicate(read.rule)) return refused(kind === "rule" ? "not_a_rule" : "not_a_predicate");
  const target = get(rule, pointer);
  if (pointer === "" && asGroup(target).rows.length === 0) {
    const whole = groupOf(read.rule) === null ? { all: [read.rule] } : read.rule;
    return isFields(rule) ? replace(rule, "", whole) : replace({}, "", whole);
  }
  if (groupOf(target) !== null || target === undefined) return add(rule, pointer, read.rule);
  const place = placeOf(rule, pointer);
  return add(rule, place.group, read.rule, place.index + 1);
}

/** The whole rule becomes that of a text. */
export function pasteWhole(rule: Value, text: string): Edit {
  const read = ruleIn(text);
  if ("refused" in read) return read;
  return isRule(read.rule) ? replace(isFields(rule) ? rule : {}, "", read.rule) : refused("not_a_rule");
}
