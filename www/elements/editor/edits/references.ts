/** Segments that refer to segments: who uses whom, and loops. */
import type { Draft } from "../../types.js";
import { isFields, type Value } from "../pointer.js";
import { type Edit, refused } from "./edit.js";
import { setValue } from "./values.js";

/** Ids of the segments a rule refers to. */
export function referred(rule: Value): string[] {
  if (Array.isArray(rule)) return rule.flatMap(referred);
  if (!isFields(rule)) return [];
  return Object.entries(rule).flatMap(([key, value]) => (key === "segment" && typeof value === "string" ? [value] : /^(?:all|any|not)$/.test(key) ? referred(value) : []));
}

/** Names of segments and campaigns that refer to a segment. */
export function usersOf(draft: Draft, segment: string): string[] {
  const users = [...(draft.segments ?? []).filter(({ id, rule }) => id !== segment && referred(rule).includes(segment)), ...(draft.campaigns ?? []).filter(({ when }) => referred(when).includes(segment))];
  return users.map(({ id, name }) => name ?? id);
}

/** The way from one segment back to another, by their names; `null` if there is none. */
export function pathTo(draft: Draft, from: string, to: string, seen: readonly string[] = []): string[] | null {
  const segment = draft.segments?.find(({ id }) => id === from);
  const name = segment?.name ?? from;
  if (from === to) return [name];
  if (segment === undefined || seen.includes(from)) return null;
  for (const next of referred(segment.rule)) {
    const path = pathTo(draft, next, to, [...seen, from]);
    if (path !== null) return [name, ...path];
  }
  return null;
}

/** Refers to a segment, unless that one refers back to the one that is edited. */
export function setSegment(rule: Value, pointer: string, segment: string, draft: Draft, edited: string): Edit {
  const path = pathTo(draft, segment, edited);
  if (path !== null) return refused("loop", [draft.segments?.find(({ id }) => id === edited)?.name ?? edited, ...path].join(" → "));
  return setValue(rule, pointer, "segment", segment);
}
