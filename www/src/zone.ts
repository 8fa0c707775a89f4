/**
 * A zone's table of offsets, read from `Intl` when a package is compiled in JavaScript. The plan carries
 * the table, so a page never asks `Intl`, which is slow and differs from browser to browser.
 */

/** What the compiler takes: offsets from UTC, 1970–2100. All in milliseconds. */
export interface ZoneTable {
  /** The edition of the time zone database, or `"intl"` where the host does not tell. */
  readonly version: string;
  /** The offset at the first instant of 1970, UTC. */
  readonly initial: number;
  /** An instant, and the offset from then on; ascending. */
  readonly transitions: readonly (readonly [instant: number, offset: number])[];
}

const BEGIN = 0;
const END = Date.UTC(2101, 0, 1);
const SECOND = 1000;
const DAY = 86_400_000;
/** No zone has changed its clocks and changed them back within this time; a test looks at every zone in steps of 6 hours. */
const STEP = 7 * DAY;

/** The table of a zone, or `null` if there is no zone of that name. */
export function zoneTable(name: string): ZoneTable | null {
  const offset = offsetsOf(name);
  if (offset === null) return null;
  const transitions: [number, number][] = [];
  const initial = offset(BEGIN);
  let before = initial;
  for (let at = BEGIN; at < END - SECOND; at += STEP) {
    const next = Math.min(at + STEP, END - SECOND);
    // Two changes may lie in one step: look for the next one until the end of the step agrees.
    for (let from = at, last = offset(next); before !== last;) {
      const change = firstChange(offset, from, next, before);
      before = offset(change);
      transitions.push([change, before]);
      from = change;
    }
  }
  return { version: zoneVersion(), initial, transitions };
}

/** The edition of the host's time zone database. */
export function zoneVersion(): string {
  return globalThis.process?.versions?.["tz"] ?? "intl";
}

/** Some change after `from` (where the offset is `before`) and up to `to` (where it is not), to the second. */
function firstChange(offset: (instant: number) => number, from: number, to: number, before: number): number {
  while (to - from > SECOND) {
    const middle = from + Math.floor((to - from) / 2 / SECOND) * SECOND;
    if (offset(middle) === before) from = middle;
    else to = middle;
  }
  return to;
}

/** The offset from UTC at an instant of whole seconds. */
function offsetsOf(name: string): ((instant: number) => number) | null {
  const format = formatOf(name);
  if (format === null) return null;
  return (instant) => {
    // "12/31/1969, 23:15:30": the numbers in order, whatever stands between them.
    const shown = format.format(instant);
    const parts = [0, 0, 0, 0, 0, 0];
    let part = -1;
    let inside = false;
    for (let index = 0; index < shown.length; index++) {
      const digit = shown.charCodeAt(index) - 48;
      if (digit < 0 || digit > 9) inside = false;
      else {
        if (!inside) part++;
        parts[part] = (parts[part] ?? 0) * 10 + digit;
        inside = true;
      }
    }
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  };
}

function formatOf(name: string): Intl.DateTimeFormat | null {
  // `Intl` also takes offsets and any capitals; IANA's names begin with a capital, and plans are
  // compiled natively too, where the name is taken literally.
  if (!/^[A-Z]/.test(name)) return null;
  try {
    const numeric = "numeric";
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: name, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn",
      year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric,
    });
    const known = format.resolvedOptions().timeZone;
    return known !== name && known.toLowerCase() === name.toLowerCase() ? null : format;
  } catch {
    return null;
  }
}
