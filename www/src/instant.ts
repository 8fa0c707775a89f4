const PATTERN = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;
const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;

/**
 * An instant: whole milliseconds, or RFC 3339 with an offset, finer digits cut off. `null` if it is neither.
 * The engine reads instants in packages and events by itself, by the same rule.
 */
export function parseInstant(value: unknown): number | null {
  const instant = typeof value === "number" ? (Number.isInteger(value) ? value : NaN) : parseText(value);
  return instant >= FIRST && instant <= LAST ? instant : null;
}

function parseText(value: unknown): number {
  const found = typeof value === "string" ? PATTERN.exec(value.trim()) : null;
  if (found === null) return NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const offsetHour = Number(found[9] ?? 0);
  const offsetMinute = Number(found[10] ?? 0);
  if (!exists || year === 0 || hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return NaN;
  const offset = (offsetHour * 60 + offsetMinute) * (found[8] === "-" ? -1 : 1);
  const millis = Number((found[7] ?? "").slice(0, 3).padEnd(3, "0"));
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millis;
}
