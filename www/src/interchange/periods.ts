/** Periods as the ends of field names: `last_90_day`, `between_30_60_day`, `calendar_3_month`, `from_2026-01-01_to_2026-03-31`. */
import { dayOf } from "../instant.js";
import type { Json } from "../types.js";
import { type Given, isObject } from "./problems.js";

/** Units of exact length, and how many of them make 100 years, beyond which no period reaches. */
const LENGTHS: { readonly [unit: string]: number } = { minute: 52_596_000, hour: 876_600, day: 36_525, week: 5_217 };
const CALENDAR: { readonly [unit: string]: number } = { day: 36_525, week: 5_217, month: 1_200, quarter: 400, year: 100 };

const LAST = /^last_([1-9]\d*)_([a-z]+)$/;
const BETWEEN = /^between_(0|[1-9]\d*)_([1-9]\d*)_([a-z]+)$/;
const CALENDAR_UNITS = /^calendar_([1-9]\d*)_([a-z]+?)(_current)?$/;
const FIXED = /^(?:from_(\d{4}-\d\d-\d\d))?(_?)(?:to_(\d{4}-\d\d-\d\d))?$/;

/** The period that a name stands for; `null` if it is no such name. */
export function periodOf(name: string): Json | null {
  const [, last, lastUnit = ""] = LAST.exec(name) ?? [];
  if (last !== undefined) return fits(LENGTHS, lastUnit, +last) ? { last: +last, unit: lastUnit } : null;
  const [, low, high, unit = ""] = BETWEEN.exec(name) ?? [];
  if (low !== undefined && high !== undefined) return +low < +high && fits(LENGTHS, unit, +high) ? { between: [+low, +high], unit } : null;
  const [, count, calendar = "", current] = CALENDAR_UNITS.exec(name) ?? [];
  if (count !== undefined) {
    return fits(CALENDAR, calendar, +count) ? { calendar, ...(+count !== 1 && { count: +count }), ...(current && { current: true }) } : null;
  }
  const [, from, joined, to] = FIXED.exec(name) ?? [];
  if ((from === undefined && to === undefined) || (joined === "_") !== (from !== undefined && to !== undefined)) return null;
  const days = [from, to].map((date) => (date === undefined ? null : dayOf(date)));
  const [first = null, second = null] = days;
  if (days.some((day) => Number.isNaN(day)) || (first !== null && second !== null && first > second)) return null;
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

const fits = (units: { readonly [unit: string]: number }, unit: string, count: number): boolean =>
  Object.hasOwn(units, unit) && count <= (units[unit] ?? 0);

/** The name of a period; `null` if none says exactly this. */
export function nameOfPeriod(period: Json): string | null {
  if (!isObject(period)) return null;
  const { last, between, unit, calendar, count = 1, current = false, from, to } = period;
  const name =
    last !== undefined ? `last_${String(last)}_${String(unit)}`
    : Array.isArray(between) ? `between_${between.join("_")}_${String(unit)}`
    : calendar !== undefined ? `calendar_${String(count)}_${String(calendar)}${current === true ? "_current" : ""}`
    : [from === undefined ? "" : `from_${String(from)}`, to === undefined ? "" : `to_${String(to)}`].filter(Boolean).join("_");
  const read = periodOf(name);
  return read !== null && JSON.stringify(canonical(read)) === JSON.stringify(canonical(period)) ? name : null;
}

/** Its parts in one order, with what goes without saying. */
function canonical(period: Json): Json {
  const parts: Given = isObject(period) ? period : {};
  const whole: Given = parts["calendar"] === undefined ? parts : { count: 1, current: false, ...parts };
  return Object.entries(whole).sort(([left], [right]) => (left < right ? -1 : 1)) as Json;
}
