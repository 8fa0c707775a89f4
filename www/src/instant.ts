import { Day, exec, parse, slice, toISOString, trim } from "./builtins.js";

const PATTERN = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const FIRST = -62_135_596_800_000;
/** The last millisecond of the year 9999. */
export const LAST = 253_402_300_799_999;
const DAY = 86_400_000;

/** Whether a number of milliseconds lies within the years 1 to 9999. */
export const isInstant = (value: number): boolean => value % 1 === 0 && value >= FIRST && value <= LAST;

/**
 * An instant: whole milliseconds, or RFC 3339 with an offset, finer digits cut off. `null` if it is neither.
 * The engine reads instants in packages by itself, by the same rule.
 */
export function parseInstant(value: unknown): number | null {
  const instant = typeof value === "number" ? value : typeof value === "string" ? instantOf(trim(value)) : NaN;
  return isInstant(instant) ? instant : null;
}

/** A date, in days since 1970-01-01; `NaN` if the text is none. */
export const dayOf = (text: string): number => (text.length === 10 ? instantOf(`${text}T00:00:00Z`) / DAY : NaN);

/** RFC 3339 with an offset, in milliseconds since 1970; `NaN` if the text is no such thing. */
export function instantOf(text: string): number {
  const found = exec(PATTERN, text);
  if (!found) return NaN;
  const [, date = "", hour = 0, minute = 0, second = 0, fraction = "", sign, offsetHour = 0, offsetMinute = 0] = found;
  const day = parse(date);
  // The 30th of February is no day to some browsers and one in March to others.
  const exists = day === day && slice(toISOString(new Day(day)), 0, 10) === date && date > "0001";
  if (!exists || +hour > 23 || +minute > 59 || +second > 60 || +offsetHour > 23 || +offsetMinute > 59) return NaN;
  const offset = (+offsetHour * 60 + +offsetMinute) * (sign === "-" ? -1 : 1);
  const instant = day + ((+hour * 60 + +minute - offset) * 60 + +second) * 1000 + +slice(`${fraction}000`, 1, 4);
  return isInstant(instant) ? instant : NaN;
}
