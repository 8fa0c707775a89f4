/** Moving by keys: where a row goes when it is sent up, down, out of its group or into the one before it. */
import { get, type Value } from "../pointer.js";
import { asGroup, groupOf, placeOf, rootOf } from "../tree.js";
import { type Edit, refused } from "./edit.js";
import { move } from "./rows.js";

export type Direction = "up" | "down" | "out" | "in";

/** One step. Up and down go through every place of the tree, into groups and out of them. */
export function travel(rule: Value, pointer: string, direction: Direction): Edit {
  if (pointer === rootOf(pointer)) return refused("no_place");
  const { group, index } = placeOf(rule, pointer);
  const siblings = asGroup(get(rule, group));
  const neighbour = (at: number): string | null => (siblings.places[at] === undefined ? null : group + siblings.places[at]);
  const inside = (at: number, end: "first" | "last"): Edit | null => {
    const other = neighbour(at);
    const into = other === null ? null : groupOf(get(rule, other));
    return other === null || into === null ? null : move(rule, pointer, other, end === "first" ? 0 : into.rows.length);
  };
  const outside = (offset: 0 | 1): Edit => {
    if (group === rootOf(group)) return refused("no_place");
    const outer = placeOf(rule, group);
    return move(rule, pointer, outer.group, outer.index + offset);
  };
  if (direction === "out") return outside(1);
  if (direction === "in") return inside(index - 1, "last") ?? inside(index + 1, "first") ?? refused("no_place");
  const [next, beyond, end, offset] = direction === "up" ? [index - 1, index - 1, "last", 0] as const : [index + 1, index + 2, "first", 1] as const;
  if (neighbour(next) === null) return outside(offset);
  return inside(next, end) ?? move(rule, pointer, group, beyond);
}
