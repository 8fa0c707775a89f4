/** Values that a change of modifier took away, so that they are there again when the modifier comes back. Of this editing only. */
import type { Takes } from "./edits/index.js";
import { get, isFields, type Value } from "./pointer.js";
import { walk } from "./tree.js";

export class Remembered {
  private values = new Map<string, Value>();

  /** Looks at what an edit took away. Where rows were moved, nothing of before is certain to be the same row. */
  keep(before: Value, after: Value): void {
    const shape = (rule: Value): string => walk(rule).map(({ pointer }) => pointer).join();
    if (shape(before) !== shape(after)) this.values = new Map();
    for (const [at, old] of comparisons(before)) {
      const now = get(after, at);
      if (isFields(now) && now["modifier"] !== old["modifier"] && old["value"] !== undefined) this.values.set(`${at} ${takesOf(old["value"])}`, old["value"]);
    }
  }

  value(pointer: string, takes: Takes | string): Value {
    return this.values.get(`${pointer} ${takes}`);
  }
}

const takesOf = (value: Value): Takes => (!Array.isArray(value) ? "one" : value.length === 2 ? "two" : "many");

/** Every comparison of a rule, with its pointer. */
function comparisons(value: Value, pointer = ""): [string, { readonly [key: string]: Value }][] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, part]) => comparisons(part, `${pointer}/${key}`));
  return isFields(value) && "modifier" in value ? [[pointer, value], ...inner] : inner;
}
