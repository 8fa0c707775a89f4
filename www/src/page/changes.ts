import { changes } from "../changes.js";
import type { Decision, Evaluation } from "../types.js";
import type { Change } from "./options.js";

/** The answers of a page that has none. */
export const NO_ANSWER: Evaluation = Object.freeze({
  segments: Object.freeze({}),
  retention: Object.freeze({ cell: null, conversions: 0, daysSinceLast: null, holdsUntil: null }),
  holdsUntil: null,
});

/** What of a decision is watched. */
export const shownBy = ({ campaign, variant, heldOut }: Decision): string => JSON.stringify([campaign, variant, heldOut]);

/** The earlier of two instants, of which either may never come. */
export const earliest = (a: number | null, b: number | null): number | null => (a === null || (b !== null && b < a) ? b : a);

/** What is different in `after`, or `null` if nothing is. */
export function differences(before: Evaluation, after: Evaluation, slots: readonly string[], now: number): Change | null {
  const { entered, left, cell } = changes(before, after);
  const completed = Object.keys(after.segments).some((id) => after.segments[id]?.partial !== before.segments[id]?.partial);
  return entered.length + left.length + slots.length > 0 || cell || completed ? { entered, left, cell, slots, now } : null;
}
