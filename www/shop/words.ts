// Amounts and instants as people in the shop read them: euro, and the time in Amsterdam whatever the device says.

const zone = "Europe/Amsterdam";
const whole = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "long", year: "numeric" });
const partsFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export const money = (cents: number): string => (cents % 100 === 0 ? whole : exact).format(cents / 100);

// "229.00", as events carry amounts.
export const decimal = (cents: number): string => (cents / 100).toFixed(2);

type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number };

function wall(instant: number): Wall {
  const found: Record<string, number> = {};
  for (const { type, value } of partsFormat.formatToParts(instant)) found[type] = Number(value);
  return found as unknown as Wall;
}

const two = (value: number): string => String(value).padStart(2, "0");
const three = (value: number): string => String(value).padStart(3, "0");
const thousandth = (instant: number): number => ((instant % 1000) + 1000) % 1000;

export const day = (instant: number): string => dayFormat.format(instant);

// Seconds are said only where there are some.
export function moment(instant: number): string {
  const { hour, minute, second } = wall(instant);
  return `${day(instant)}, ${two(hour)}:${two(minute)}${second || thousandth(instant) ? `:${two(second)}` : ""}`;
}

// To the thousandth, where there are some.
export function exactMoment(instant: number): string {
  const rest = thousandth(instant);
  return rest ? `${moment(instant)}.${three(rest)}` : moment(instant);
}

export function clockTime(instant: number): string {
  const { hour, minute, second } = wall(instant);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

// The text a datetime-local field holds, and back.
export function toField(instant: number): string {
  const { year, month, day: date, hour, minute, second } = wall(instant);
  const rest = thousandth(instant);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}T${two(hour)}:${two(minute)}:${two(second)}` +
    (rest ? `.${three(rest)}` : "");
}

// A wall time that the spring change skips is read as the same distance after it; one that comes twice, as the earlier.
export function fromField(text: string): number | null {
  const asIfUtc = Date.parse(`${text}Z`);
  if (!text || Number.isNaN(asIfUtc)) return null;
  const hours = 3_600_000;
  const candidates = [2 * hours, hours].map((offset) => asIfUtc - offset);
  const same = (instant: number): boolean => Date.parse(`${toField(instant)}Z`) === asIfUtc;
  return candidates.find(same) ?? asIfUtc - hours;
}
