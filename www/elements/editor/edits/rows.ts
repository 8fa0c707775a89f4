/** Rows and groups come, go, and change places. All of it works on the rule and on the predicates of a condition. */
import { get, isInside, set, type Value } from "../pointer.js";
import { asGroup, find as findRow, groupOf, kindOf, type Mode, placeOf, rootOf, withRows, written } from "../tree.js";
import { copied, type Edit, edited, node, refused } from "./edit.js";

/** Puts a row into a group: at the end unless said. Beside a condition that stands alone, both become All of two. */
export function add(rule: Value, group: string, row: object, index = Number.POSITIVE_INFINITY): Edit {
  const before = get(rule, group);
  if (before !== undefined && node(rule, group) === null) return refused("not_there");
  const own = copied(row);
  const { mode, rows } = asGroup(before);
  const at = Math.max(0, Math.min(index, rows.length));
  const all = [...rows.slice(0, at), own, ...rows.slice(at)];
  // A predicate of one row is that row; the rule itself begins as a group, so that there is one to see.
  const lone = before === undefined && group !== "";
  return edited(set(rule, group, lone ? own : written(mode, all, before)), { row: own });
}

/** Takes a row or group away. A group that is left empty goes too. */
export function remove(rule: Value, pointer: string): Edit {
  if (node(rule, pointer) === null) return refused("not_there");
  const { group, index } = placeOf(rule, pointer);
  if (group === pointer) return pointer === "" ? edited({ all: [] }, "") : edited(set(rule, pointer, undefined), parentOf(pointer));
  const { rows } = asGroup(get(rule, group));
  const left = rows.filter((_, other) => other !== index);
  const after = withRows(rule, group, left);
  const near = left[Math.min(index, left.length - 1)];
  return edited(after, near === undefined ? (get(after, group) === undefined ? rootOf(group) : group) : { row: near });
}
const parentOf = (pointer: string): string => pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));

/** Puts a copy after the original. */
export function duplicate(rule: Value, pointer: string): Edit {
  const original = node(rule, pointer);
  if (original === null) return refused("not_there");
  const { group, index } = placeOf(rule, pointer);
  return add(rule, group, original, index + 1);
}

/** Puts something else in a row's place. */
export function replace(rule: Value, pointer: string, row: object): Edit {
  if (node(rule, pointer) === null) return refused("not_there");
  const own = copied(row);
  return edited(set(rule, pointer, own), { row: own });
}

/** A row becomes a group of one. */
export function wrap(rule: Value, pointer: string, mode: Mode = "any"): Edit {
  const row = node(rule, pointer);
  if (row === null) return refused("not_there");
  const group = written(mode, [row]) as object;
  return edited(set(rule, pointer, group), { row: group });
}

/** A group's rows take its place in the group around it. */
export function unwrap(rule: Value, pointer: string): Edit {
  const row = node(rule, pointer);
  const group = groupOf(row);
  if (row === null || group === null) return refused("no_group");
  const place = placeOf(rule, pointer);
  const [first] = group.rows;
  if (place.group === pointer) {
    // The outermost group has nothing around it: only a single row can stand without it.
    if (group.rows.length !== 1 || group.mode === "none") return refused("only_one");
    return edited(set(rule, pointer, first), pointer);
  }
  const outer = asGroup(get(rule, place.group));
  // One row means the same in All and Any; otherwise the rows may only move where they are combined in the same way.
  const same = group.mode === outer.mode || (group.rows.length === 1 && group.mode !== "none");
  if (group.rows.length === 0 || !same || (group.mode === "none" && outer.mode === "none")) return refused("only_one");
  const rows = [...outer.rows.slice(0, place.index), ...group.rows, ...outer.rows.slice(place.index + 1)];
  return edited(set(rule, place.group, written(outer.mode, rows, get(rule, place.group))), { row: first });
}

/** How a group combines its rows. */
export function setMode(rule: Value, pointer: string, mode: Mode): Edit {
  const before = node(rule, pointer);
  if (before === null) return refused("not_there");
  const { rows } = asGroup(before);
  return edited(set(rule, pointer, mode === "none" && rows.length === 0 ? { not: { any: [] } } : written(mode, rows, before)), pointer);
}

/** Puts a row elsewhere: into a group, before the row that is now the `index`th of it. */
export function move(rule: Value, from: string, group: string, index: number): Edit {
  const row = node(rule, from);
  if (row === null || from === rootOf(from)) return refused("not_there");
  if (isInside(group, from)) return refused("inside_itself");
  if (kindOf(from) !== kindOf(group)) return refused("other_kind");
  // A hole keeps the place until the row stands in its new one, so that no pointer has moved yet.
  const hole = {};
  const holed = set(rule, from, hole);
  const target = get(holed, group);
  const { mode, rows } = asGroup(target);
  const at = Math.max(0, Math.min(index, rows.length));
  const placed = set(holed, group, written(mode, [...rows.slice(0, at), row, ...rows.slice(at)], target));
  const left = findRow(placed, hole);
  if (left === null) return refused("not_there");
  const place = placeOf(placed, left);
  const after = withRows(placed, place.group, asGroup(get(placed, place.group)).rows.filter((other) => other !== hole));
  return edited(after, { row });
}
