/**
 * Rules and predicates as a tree of groups: All, Any or None of some rows. `{ "not": { "any": […] } }` is one group, None; any other
 * `not` is None of one. Where a single condition stands alone, it is shown as All of one, and stays as it is until there is more.
 */
import { find, get, isFields, isInside, join, last, parent, parts, set, type Value } from "./pointer.js";

export type Mode = "all" | "any" | "none";

export interface Group {
  readonly mode: Mode;
  readonly rows: readonly Value[];
  /** Between the group and a row, for each row. */
  readonly places: readonly string[];
}

/** The group that a rule or predicate is; `null` if it is a condition. */
export function groupOf(node: Value): Group | null {
  if (!isFields(node)) return null;
  const list = (mode: Mode, rows: readonly Value[], place: string): Group => ({ mode, rows, places: rows.map((_, index) => `${place}/${index}`) });
  if (Array.isArray(node["all"])) return list("all", node["all"], "/all");
  if (Array.isArray(node["any"])) return list("any", node["any"], "/any");
  if (!("not" in node)) return null;
  const inner = node["not"];
  if (isFields(inner) && Array.isArray(inner["any"])) return list("none", inner["any"], "/not/any");
  return { mode: "none", rows: [inner], places: ["/not"] };
}

/** The group as a rule. A `not` of one rule stays one. */
export function written(mode: Mode, rows: readonly Value[], before: Value = undefined): Value {
  if (mode !== "none") return { [mode]: rows };
  const single = isFields(before) && "not" in before && groupOf(before)?.places[0] === "/not";
  return { not: rows.length === 1 && single && !hasAny(rows[0]) ? rows[0] : { any: rows } };
}
const hasAny = (row: Value): boolean => isFields(row) && Array.isArray(row["any"]);

/** A group's rows, and a lone condition as All of one; nothing is All of none. */
export function asGroup(node: Value): Group {
  return groupOf(node) ?? (node === undefined || node === null ? { mode: "all", rows: [], places: [] } : { mode: "all", rows: [node], places: [""] });
}

export interface Place {
  /** Pointer of the group; that of the row itself where a condition stands alone. */
  readonly group: string;
  readonly index: number;
}

/** In which group a row is, and which one of it. */
export function placeOf(rule: Value, pointer: string): Place {
  const up = parent(pointer);
  if (last(pointer) === "not" && groupOf(get(rule, up))?.places[0] === "/not") return { group: up, index: 0 };
  const list = parent(up);
  if (/^(?:all|any)$/.test(last(up)) && isFields(get(rule, list))) {
    const outer = last(list) === "not" ? parent(list) : list;
    return { group: groupOf(get(rule, outer))?.places[0] === "/not/any/0" && last(list) === "not" ? outer : list, index: Number(last(pointer)) };
  }
  return { group: pointer, index: 0 };
}

/** The tree a row belongs to: the rule itself, or the predicate of a condition. */
export function rootOf(pointer: string): string {
  const keys = parts(pointer);
  const at = keys.findLastIndex((key) => key === "items" || key === "where");
  return at < 0 ? "" : join("", ...keys.slice(0, at + 1));
}

/** Rows of one kind may change places. */
export function kindOf(pointer: string): "rule" | "items" | "where" {
  const root = rootOf(pointer);
  return root === "" ? "rule" : (last(root) as "items" | "where");
}

/** The rule with other rows in a group. A group left without rows goes too; that of the whole rule stays, and is empty. */
export function withRows(rule: Value, group: string, rows: readonly Value[]): Value {
  const before = get(rule, group);
  const { mode } = asGroup(before);
  if (rows.length > 0) return set(rule, group, groupOf(before) === null && rows.length === 1 ? rows[0] : written(mode, rows, before));
  if (group === "") return { [mode === "any" ? "any" : "all"]: [] };
  if (group === rootOf(group)) return set(rule, group, undefined);
  const place = placeOf(rule, group);
  return withRows(rule, place.group, asGroup(get(rule, place.group)).rows.filter((_, index) => index !== place.index));
}

/** Every row and group of the tree under a root, from top to bottom. */
export function walk(rule: Value, root = ""): { readonly pointer: string; readonly level: number; readonly group: Group | null }[] {
  const found: { pointer: string; level: number; group: Group | null }[] = [];
  const visit = (pointer: string, level: number): void => {
    const node = get(rule, pointer);
    if (node === undefined || node === null) return;
    const group = groupOf(node);
    found.push({ pointer, level, group });
    group?.places.forEach((place) => visit(pointer + place, level + 1));
  };
  visit(root, 0);
  return found;
}

/** The conditions of the rule, from top to bottom. */
export const conditions = (rule: Value): string[] => walk(rule).filter(({ group }) => group === null).map(({ pointer }) => pointer);

/** The row that a pointer from elsewhere (a problem, a phrase) speaks of: a condition, or the group it stands in. */
export function rowAt(rule: Value, pointer: string): string {
  const rows = walk(rule).map((row) => row.pointer).filter((row) => isInside(pointer, row));
  return rows.at(-1) ?? "";
}

/** How many levels and nodes a rule has, as the engine counts them: groups, conditions, predicates, and each `not`. */
export function sizeOf(node: Value): { readonly levels: number; readonly nodes: number } {
  if (!isFields(node)) return { levels: 0, nodes: 0 };
  const { all, any, not, events, sequence } = node;
  const steps = isFields(sequence) && Array.isArray(sequence["steps"]) ? sequence["steps"] : [];
  const predicates = [events, ...steps].flatMap((part) => (isFields(part) ? [part["where"], part["items"]] : []));
  const inner = [...(Array.isArray(all) ? all : []), ...(Array.isArray(any) ? any : []), not, ...predicates].map(sizeOf);
  return { levels: 1 + Math.max(0, ...inner.map(({ levels }) => levels)), nodes: inner.reduce((sum, { nodes }) => sum + nodes, 1) };
}

/** Where a row that was just written stands; rows are found by being the very same object. */
export { find };

export const pointerTo = (rule: Value, row: Value): string | null => (typeof row === "object" && row !== null ? find(rule, row) : null);
