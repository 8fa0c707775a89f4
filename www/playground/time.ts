/** Instants as people read and write them: in the package's zone, whatever the device says. */
import { locale } from "./speech.ts";

const formats = new Map<string, Intl.DateTimeFormat>();
const numeric = "2-digit";

function format(zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${zone}`;
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(name === "field" ? "en-GB" : locale, { timeZone: zone, ...options })));
  return found;
}

/** "Wed 2 Dec 2026" */
export const day = (instant: number, zone: string): string =>
  format(zone, "day", { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(instant).replace(",", "");

/** "2 Dec" */
export const shortDay = (instant: number, zone: string): string => format(zone, "short", { day: "numeric", month: "short" }).format(instant);

/** "2 Dec" in the same year as `now`, else "2 Dec 2027". */
export const nearDay = (instant: number, now: number, zone: string): string =>
  fieldOf(instant, zone).slice(0, 4) === fieldOf(now, zone).slice(0, 4)
    ? shortDay(instant, zone)
    : format(zone, "near", { day: "numeric", month: "short", year: "numeric" }).format(instant);

/** "20:05"; seconds and thousandths are said only where there are some. */
export function clock(instant: number, zone: string): string {
  const wall = fieldOf(instant, zone).slice(11);
  return wall.endsWith(":00") ? wall.slice(0, 5) : wall;
}

/** "Wed 2 Dec 2026, 00:00" */
export const moment = (instant: number, zone: string): string => `${day(instant, zone)}, ${clock(instant, zone)}`;

const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
const steps: [from: number, length: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [2 * 365.25 * 86_400_000, 365.25 * 86_400_000, "year"],
  [90 * 86_400_000, 30.4375 * 86_400_000, "month"],
  [48 * 3_600_000, 86_400_000, "day"],
  [90 * 60_000, 3_600_000, "hour"],
  [90_000, 60_000, "minute"],
];

/** "in 8 days", "in 29 hours": whole units that have gone by. */
export function away(instant: number, now: number): string {
  const length = Math.abs(instant - now);
  const [, unitLength, unit] = steps.find(([from]) => length >= from) ?? [0, 1000, "second" as const];
  return relative.format(Math.sign(instant - now) * Math.floor(length / unitLength), unit);
}

/** The text of a date-and-time field: wall time, to the thousandth where there are some. */
export function fieldOf(instant: number, zone: string): string {
  const found: Record<string, string> = {};
  const parts = format(zone, "field", {
    hourCycle: "h23", year: "numeric", month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric,
  }).formatToParts(instant);
  for (const { type, value } of parts) found[type] = value;
  const rest = ((instant % 1000) + 1000) % 1000;
  return `${found["year"]?.padStart(4, "0")}-${found["month"]}-${found["day"]}T${found["hour"]}:${found["minute"]}:${found["second"]}` +
    (rest ? `.${String(rest).padStart(3, "0")}` : "");
}

/** As it is written in JSON: the zone's wall time with its offset. */
export function rfc3339(instant: number, zone: string): string {
  const wall = fieldOf(instant, zone);
  const offset = Math.round((Date.parse(`${wall}Z`) - instant) / 60_000);
  const digits = (value: number): string => String(value).padStart(2, "0");
  return `${wall}${offset < 0 ? "-" : "+"}${digits(Math.floor(Math.abs(offset) / 60))}:${digits(Math.abs(offset) % 60)}`;
}

/** A wall time that the zone skips is read as the same distance after the gap; one that comes twice, as the earlier. */
export function instantOf(field: string, zone: string): number | null {
  const asIfUtc = Date.parse(`${field}Z`);
  if (field === "" || Number.isNaN(asIfUtc)) return null;
  const wallOf = (instant: number): number => Date.parse(`${fieldOf(instant, zone)}Z`);
  const offsets = [-1, 1].map((days) => {
    const near = asIfUtc + days * 86_400_000;
    return wallOf(near) - near;
  });
  const candidates = offsets.map((offset) => asIfUtc - offset).sort((a, b) => a - b);
  return candidates.find((instant) => wallOf(instant) === asIfUtc) ?? candidates[1] ?? null;
}

/** The same time of day, so many calendar days later. */
export function addDays(instant: number, days: number, zone: string): number {
  const wall = Date.parse(`${fieldOf(instant, zone)}Z`) + days * 86_400_000;
  return instantOf(new Date(wall).toISOString().slice(0, -1), zone) ?? instant;
}

/** The last minute of the day that was so many calendar days ago. */
export const endOfDay = (now: number, daysAgo: number, zone: string): number =>
  instantOf(`${fieldOf(addDays(now, -daysAgo, zone), zone).slice(0, 10)}T23:59`, zone) ?? now;

/** "Amsterdam" */
export const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
