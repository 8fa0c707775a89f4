/** How foreign groups become ours, so that writing them again gives the same group. */
import type { Json } from "../types.js";
import { type Found, isObject } from "./problems.js";

/** How deep foreign groups may nest before they are refused: as deep as our rules. */
export const MAX_DEPTH = 16;

/** A rule of a group, and whether it was a single comparison there. */
export interface Part {
  readonly rule: Json;
  readonly single: boolean;
}

/** The rules that a comparison of react-querybuilder can turn round by itself: the others need a group with `not`. */
export function isTurnedByOperator(rule: unknown): boolean {
  if (!isObject(rule)) return false;
  const test = rule["profile"] ?? rule["context"];
  const modifier = isObject(test) ? test["modifier"] : undefined;
  return "segment" in rule || "retention" in rule || modifier === "starts_with" || modifier === "ends_with";
}

/** A group of ours. One comparison alone at the top, or turned round, needs no group. */
export function groupOf(kind: "all" | "any", parts: readonly Part[], not: boolean, top: boolean): Json {
  const [first] = parts;
  const alone = kind === "all" && parts.length === 1 && first?.single ? first.rule : undefined;
  const group: Json = { [kind]: parts.map(({ rule }) => rule) };
  if (!not) return top && alone !== undefined ? alone : group;
  return { not: alone !== undefined && !isTurnedByOperator(alone) ? alone : group };
}

/** Says that a group is nested too deep to be read. */
export const tooDeep = (found: Found, pointer: string): null =>
  found.error("too_deep", pointer, `Rules may nest at most ${MAX_DEPTH} levels deep.`, "Join groups that combine in the same way.");

/** Says that a group has nothing in it. */
export const emptyGroup = (found: Found, pointer: string): null =>
  found.error("empty_group", pointer, "The group is empty.", "Put at least one rule in, or take the group out.");
