/** One foreign comparison as a condition of ours. */
import type { Json } from "../types.js";
import { type Comparison, NEGATIVE, TEXTUAL } from "./comparisons.js";
import { subjectOf } from "./fields.js";
import type { Found } from "./problems.js";
import { valueOf } from "./values.js";

/** A comparison as it was written, and where its parts stand. */
export interface Written {
  readonly field: string;
  readonly comparison: Comparison;
  readonly value: unknown;
  /** The values of a list do not stand one by one: a text was taken apart for them. */
  readonly split?: boolean;
  readonly at: { readonly field: string; readonly operator: string; readonly value: string };
}

/** Measures that are 0, not missing, where there is no event. */
const NEVER_MISSING: readonly string[] = ["count", "total_value", "item_value", "units", "distinct_items", "active_days"];

/** The condition; `null` if it does not fit, which was said. */
export function conditionOf(found: Found, { field, comparison: { modifier, opposite }, value, split, at }: Written): Json | null {
  const subject = subjectOf(found, field, at.field);
  if (subject === null) return null;
  const turned = (rule: Json): Json => (opposite ? { not: rule } : rule);
  if (subject.kind === "segment" || subject.kind === "retention") {
    const [positive, negative, what] =
      subject.kind === "segment" ? ["is_exactly", "is_not", "equal and not equal"] : ["is_one_of", "is_none_of", "in and not in"];
    if (modifier !== positive && modifier !== negative) {
      return found.error("not_for_field", at.operator, `The field ${subject.kind} is only compared with ${what}.`, "Use one of these two.");
    }
    const read = valueOf(found, modifier, "value", value, at.value, !split);
    if (read === null || read === undefined) return null;
    const ids = Array.isArray(read) ? (read as readonly Json[]) : [read];
    if (!ids.every((id) => typeof id === "string")) return found.error("wrong_type", at.value, "An id is text.", "Write it in quotes.");
    const rule = { [subject.kind]: read };
    return modifier === negative ? { not: rule } : rule;
  }
  const measured = subject.kind === "events" || (subject.kind === "profile" && subject.measure !== undefined);
  if (measured && TEXTUAL.includes(modifier)) {
    return found.error("not_for_measure", at.operator, "What is measured is a number; this operator is for text.", "Use a comparison of numbers.");
  }
  const read = valueOf(found, modifier, measured ? "number" : "value", value, at.value, !split);
  if (read === null) return null;
  if ((NEGATIVE.includes(modifier) || opposite) && !(subject.kind === "events" && NEVER_MISSING.includes(subject.measure))) sayMissing(found, at.operator);
  const tail = { modifier, ...(read !== undefined && { value: read }) };
  if (subject.kind !== "events") {
    const { kind, ...rest } = subject;
    return turned({ [kind]: { ...rest, ...tail } });
  }
  const { of, measure, period } = subject;
  return turned({ events: { of, ...(measure !== "count" && { measure }), ...tail, ...(period !== undefined && { period }) } });
}

function sayMissing(found: Found, pointer: string): void {
  found.warning(
    "missing_is_not", pointer,
    "A negative comparison is the exact opposite of the positive one: a visitor of whom the value is not known satisfies it. In SQL such a row would not.",
    "If it should not here either, add a rule for the same field with the operator for not null.",
  );
}
