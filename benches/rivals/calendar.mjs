// Days of a time zone for the rivals, from a table of its offsets: to ask `Intl` for each order would be a thousand times slower.
import { DAY, ZONE } from "../fifty.mjs";

const HOUR = 3_600_000;

/** The offsets of the zone from 2020 to 2031: when each begins, and what it is. */
export function calendar() {
  const format = new Intl.DateTimeFormat("en", { timeZone: ZONE, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric" });
  const offsetAt = (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(part.year, part.month - 1, part.day, part.hour) - Math.floor(at / HOUR) * HOUR;
  };
  const [starts, offsets] = [[], []];
  for (let at = Date.UTC(2020, 0); at < Date.UTC(2031, 0); at += HOUR) {
    // Offsets change at the full hour, and never twice in a week.
    if (starts.length > 0 && offsetAt(at + 6 * DAY) === offsets.at(-1)) at += 6 * DAY;
    const offset = offsetAt(at);
    if (offset !== offsets.at(-1)) {
      starts.push(starts.length === 0 ? -Infinity : at);
      offsets.push(offset);
    }
  }
  const place = (at) => {
    let n = starts.length - 1;
    while (starts[n] > at) n--;
    return n;
  };
  const dayOf = (at) => Math.floor((at + offsets[place(at)]) / DAY);
  /** The first instant of a day: no day of this zone begins within an hour that comes twice. */
  const startOf = (day) => day * DAY - offsets[place(day * DAY - 2 * HOUR)];
  return { dayOf, startOf };
}
