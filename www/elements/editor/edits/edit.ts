/** What an edit gives: the rule after it, or why it was refused. An edit changes nothing by itself, and a refused one leaves the rule as it is. */
import { get, isFields, type Value } from "../pointer.js";
import { pointerTo, sizeOf } from "../tree.js";

/** Why an edit was refused. `words.ts` says each in a sentence. */
export type Refusal =
  | "not_there" | "inside_itself" | "other_kind" | "too_deep" | "too_large" | "no_group" | "no_place" | "only_one"
  | "not_json" | "not_a_rule" | "not_a_predicate" | "many_segments" | "no_segment" | "loop";

export interface Edited {
  readonly rule: Value;
  /** Where the focus belongs: a row, a group or a value. */
  readonly focus: string;
}

export interface Refused {
  readonly refused: Refusal;
  /** What the sentence speaks of, such as the names of a loop. */
  readonly about?: string;
}

export type Edit = Edited | Refused;

export const refused = (reason: Refusal, about?: string): Refused => (about === undefined ? { refused: reason } : { refused: reason, about });

/** As deep and as large as the engine takes it. */
export const MOST_LEVELS = 16;
const MOST_NODES = 4096;

/** The edit, unless the rule became larger than can be read. `row`: the object to find for the focus. */
export function edited(rule: Value, focus: string | { readonly row: Value }): Edit {
  const { levels, nodes } = sizeOf(rule);
  if (levels > MOST_LEVELS) return refused("too_deep", String(MOST_LEVELS));
  if (nodes > MOST_NODES) return refused("too_large", String(MOST_NODES));
  const at = typeof focus === "string" ? focus : pointerTo(rule, focus.row);
  return at === null ? refused("not_there") : { rule, focus: at };
}

/** A row or group to work on must be there, and be an object. */
export function node(rule: Value, pointer: string): { readonly [key: string]: Value } | null {
  const found = get(rule, pointer);
  return isFields(found) ? found : null;
}

/** A copy that is an object of its own: it can be told from its original. */
export const copied = <T>(value: T): T => structuredClone(value);
