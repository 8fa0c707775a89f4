/**
 * What a condition is about, and the one name by which the foreign formats call it:
 *
 * - `profile.FIELD`, `profile.FIELD.days_since`, `profile.FIELD.days_until_anniversary`
 * - `context.FIELD`
 * - `events.TYPE.MEASURE` and `events.TYPE.MEASURE.PERIOD`, such as `events.conversion.count.last_90_day`
 * - `segment`, `retention`
 */
import type { Json } from "../types.js";
import { nameOfPeriod, periodOf } from "./periods.js";
import { type Found, shown } from "./problems.js";

/** What a condition is about. */
export type Subject =
  | { readonly kind: "profile"; readonly field: string; readonly measure?: string }
  | { readonly kind: "context"; readonly field: string }
  | { readonly kind: "events"; readonly of: string; readonly measure: string; readonly period?: Json }
  | { readonly kind: "segment" }
  | { readonly kind: "retention" };

/** The measures of events; `count` unless a condition says another. */
export const MEASURES = [
  "count", "total_value", "average_value", "highest_value", "lowest_value", "item_value", "units", "distinct_items", "active_days", "ratio",
  "days_since_last", "days_since_first",
] as const;
/** The measures of a date in the profile. */
export const DATE_MEASURES = ["days_since", "days_until_anniversary"] as const;

const NAMES = "profile.FIELD, context.FIELD, events.TYPE.MEASURE with a period after it if any, segment, or retention";

const isAmong = (words: readonly string[], word: string | undefined): word is string => word !== undefined && words.includes(word);

/** What a foreign field's name means here. */
export function subjectOf(found: Found, name: string, pointer: string): Subject | null {
  const [kind = "", ...rest] = name.split(".");
  const field = rest.join(".");
  if (name === "segment" || name === "retention") return { kind: name };
  if (kind === "context" && field.trim() !== "") return { kind, field };
  if (kind === "profile" && field.trim() !== "") {
    const measure = rest.at(-1);
    const dated = rest.slice(0, -1).join(".");
    return isAmong(DATE_MEASURES, measure) && dated.trim() !== "" ? { kind, field: dated, measure } : { kind, field };
  }
  if (kind === "events") return eventsOf(found, rest, name, pointer);
  return found.error("unknown_field", pointer, `Nothing is known of a field ${shown(name)}.`, `Name the field ${NAMES}.`);
}

function eventsOf(found: Found, rest: readonly string[], name: string, pointer: string): Subject | null {
  // Read from the right: the name of a type may itself hold dots.
  const [before, last] = [rest.at(-2), rest.at(-1)];
  const measured = isAmong(MEASURES, last) ? last : isAmong(MEASURES, before) ? before : undefined;
  const of = rest.slice(0, measured === last ? -1 : -2).join(".");
  if (measured === undefined || of.trim() === "") {
    const fix = `Name it events.TYPE.MEASURE, such as events.conversion.count; the measures are ${MEASURES.join(", ")}.`;
    return found.error("unknown_field", pointer, `The field ${shown(name)} names no type of events and a measure.`, fix);
  }
  if (measured === last) return { kind: "events", of, measure: measured };
  const period = periodOf(last ?? "");
  if (period !== null) return { kind: "events", of, measure: measured, period };
  const fix = "Write last_90_day, between_30_60_day, calendar_3_month, calendar_3_month_current, from_2026-01-01, to_2026-03-31, or both.";
  return found.error("bad_period", pointer, `${shown(last)} at the end of the field is no period.`, fix);
}

/** The name of what a condition is about; `null` if no name says it. */
export function nameOf(subject: Subject): string | null {
  if (subject.kind === "segment" || subject.kind === "retention") return subject.kind;
  if (subject.kind === "context") return `context.${subject.field}`;
  if (subject.kind === "profile") return ["profile", subject.field, ...(subject.measure === undefined ? [] : [subject.measure])].join(".");
  const name = `events.${subject.of}.${subject.measure}`;
  if (subject.period === undefined) return name;
  const period = nameOfPeriod(subject.period);
  return period === null ? null : `${name}.${period}`;
}
