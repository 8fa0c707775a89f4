/** Problems that an edit can mend, as the engine found them. The button says what it does; the edit is one like any other. */
import type { Problem } from "regulars/engine";
import { get, isFields, join, last, parent, set, type Value } from "../pointer.js";
import { rowAt } from "../tree.js";
import { type Edit, edited } from "./edit.js";
import { remove } from "./rows.js";

/** What the button says: a key of the words, and what it speaks of. */
export interface Fix {
  readonly label: "use" | "useDays" | "removeRow" | "removeGroup" | "removeKey" | "swap";
  readonly about: string;
  /** The unit of a number of days or weeks, as the period names it. */
  readonly unit?: string;
  readonly apply: (rule: Value) => Edit;
}

const DAYS: Record<string, number> = { minute: 1 / 1440, hour: 1 / 24, day: 1, week: 7 };

/** The fix of a problem whose pointer is one into the rule; `null` where there is none. `keepDays`: how long events are kept, by type. */
export function fixOf(rule: Value, problem: Problem, keepDays: (type: string) => number | null): Fix | null {
  const { code, pointer, fix } = problem;
  const meant = /^Did you mean `([^`]+)`\?$/.exec(fix ?? "")?.[1];
  const write = (at: string, value: Value): ((rule: Value) => Edit) => (now) => edited(set(now, at, value), at);
  if (meant !== undefined && code === "unknown_key") {
    return { label: "use", about: meant, apply: (now) => edited(renamed(now, pointer, meant), join(parent(pointer), meant)) };
  }
  if (meant !== undefined) return { label: "use", about: meant, apply: write(pointer, meant) };
  if (code === "unknown_key" || code === "not_for_measure" || code === "not_for_step") {
    return get(rule, pointer) === undefined ? null : { label: "removeKey", about: last(pointer), apply: (now) => edited(set(now, pointer, undefined), parent(pointer)) };
  }
  if (code === "beyond_keep_days") return shorter(rule, pointer, keepDays);
  if (code === "reversed_pair" || code === "bad_period") return swapped(rule, pointer);
  const row = rowAt(rule, pointer);
  if (row === "") return null;
  if (code === "empty_group") return { label: "removeGroup", about: "", apply: (now) => remove(now, row) };
  if (code === "always_matches" || code === "never_matches") return { label: "removeRow", about: "", apply: (now) => remove(now, row) };
  return null;
}

/** The same object with one key under another name, in the same place. */
function renamed(rule: Value, pointer: string, name: string): Value {
  const before = get(rule, parent(pointer));
  if (!isFields(before)) return rule;
  return set(rule, parent(pointer), Object.fromEntries(Object.entries(before).map(([key, value]) => [key === last(pointer) ? name : key, value])));
}

function shorter(rule: Value, pointer: string, keepDays: (type: string) => number | null): Fix | null {
  const period = get(rule, pointer);
  const of = get(rule, `${parent(pointer)}/of`);
  const types = (Array.isArray(of) ? of : [of]).map((type) => keepDays(String(type))).filter((days) => days !== null);
  const days = Math.min(...types);
  if (!isFields(period) || !Number.isFinite(days)) return null;
  const key = "last" in period ? "last" : "calendar" in period ? "count" : null;
  const named = String(period["unit"] ?? period["calendar"]);
  const unit = DAYS[named];
  if (key === null || unit === undefined) return null;
  // Calendar days reach back into a day that has begun.
  const most = Math.floor(days / unit) - (key === "count" ? 1 : 0);
  return most < 1 ? null : { label: "useDays", about: String(most), unit: named, apply: (now) => edited(set(now, join(pointer, key), most), join(pointer, key)) };
}

function swapped(rule: Value, pointer: string): Fix | null {
  const at = Array.isArray(get(rule, pointer)) ? pointer : Array.isArray(get(rule, join(pointer, "between"))) ? join(pointer, "between") : null;
  const pair = at === null ? null : get(rule, at);
  if (at !== null && Array.isArray(pair) && pair.length === 2) return { label: "swap", about: "", apply: (now) => edited(set(now, at, [pair[1], pair[0]]), at) };
  const fixed = get(rule, pointer);
  if (!isFields(fixed) || fixed["from"] === undefined || fixed["to"] === undefined) return null;
  return { label: "swap", about: "", apply: (now) => edited(set(now, pointer, { ...fixed, from: fixed["to"], to: fixed["from"] }), pointer) };
}
