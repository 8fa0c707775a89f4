/** What can be undone and done again: whole rules, each with the name of the step that led away from it. */
import type { Value } from "./pointer.js";

export interface Step {
  readonly rule: Value;
  /** What was done next, for people. */
  readonly name: string;
  /** Where the focus was. */
  readonly focus: string;
}

export interface History {
  readonly rule: Value;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  /** The field that is being typed in; its next change belongs to the same step. */
  readonly typing: string | null;
}

const MOST = 200;

export const begin = (rule: Value): History => ({ rule, past: [], future: [], typing: null });

/** One step on. Typing in one field is one step, until something else happens. */
export function done(history: History, rule: Value, name: string, focus: string, typing: string | null = null): History {
  const goesOn = typing !== null && typing === history.typing;
  const before = history.past.at(-1);
  const past = goesOn && before !== undefined ? [...history.past.slice(0, -1), { ...before, name }] : [...history.past.slice(1 - MOST), { rule: history.rule, name, focus }];
  return { rule, past, future: [], typing };
}

/** The field was left: what is typed next is a step of its own. */
export const settled = (history: History): History => (history.typing === null ? history : { ...history, typing: null });

export function undone(history: History): History {
  const step = history.past.at(-1);
  if (step === undefined) return history;
  return { rule: step.rule, past: history.past.slice(0, -1), future: [{ ...step, rule: history.rule }, ...history.future], typing: null };
}

export function redone(history: History): History {
  const [step, ...future] = history.future;
  if (step === undefined) return history;
  return { rule: step.rule, past: [...history.past, { ...step, rule: history.rule }], future, typing: null };
}
