/** Whether a value is one that a comparison takes here; what is not is said at its own place. */
import { decimalOf, decimalOfNumber } from "../decimals.js";
import { dayOf, instantOf } from "../instant.js";
import type { Json } from "../types.js";
import { ORDERS, TAKES, TEXTUAL } from "./comparisons.js";
import { below, type Found, shown } from "./problems.js";

/** What is compared: a number that was measured, or a value as it stands in the profile or the context. */
export type Compared = "number" | "value";

/**
 * The value of a condition: `undefined` where the modifier takes none, `null` if it cannot be used. With `places` the values of a list
 * stand in it one by one, unless a text was taken apart for them.
 */
export function valueOf(found: Found, modifier: string, compared: Compared, value: unknown, pointer: string, places = true): Json | undefined {
  const takes = TAKES[modifier];
  if (takes === "none") return undefined;
  const single = (one: unknown, place: string): boolean => isFit(found, modifier, compared, one, place);
  if (takes === "one") return single(value, pointer) ? (value as Json) : null;
  if (!Array.isArray(value)) return found.error("wrong_type", pointer, `A list is needed here, not ${shown(value)}.`, 'Write a list such as ["a", "b"].');
  const list: readonly unknown[] = value;
  if (takes === "two" && list.length !== 2) {
    return found.error("wrong_type", pointer, `Two values are needed here, not ${list.length}.`, "Write the low end and the high end.");
  }
  if (list.length === 0) return found.error("empty_list", pointer, "The list is empty.", "Put at least one value in.");
  const good = list.map((one, index) => single(one, places ? below(pointer, index) : pointer));
  if (good.includes(false)) return null;
  if (takes === "two" && !isAscending(list)) {
    return found.error("reversed_pair", pointer, "The two ends are not a low one and a high one of the same kind.", "Write two numbers or two dates, the low end first.");
  }
  return list as readonly Json[];
}

function isFit(found: Found, modifier: string, compared: Compared, value: unknown, pointer: string): boolean {
  const refuse = (code: string, message: string, fix: string): false => {
    found.error(code, pointer, message, fix);
    return false;
  };
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    return refuse("no_value", "There is no value to compare with.", "Fill it in; whether there is a value at all is asked with the operators for null.");
  }
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    return refuse("wrong_type", `${shown(value)} is neither text, a number, nor true or false.`, "Compare with one plain value.");
  }
  const isNumber = !Number.isNaN(numberOf(value));
  if (typeof value === "number" && !isNumber) return refuse("bad_number", `${value} is no number within ±900 000 000 000.`, "Write one that is.");
  if (compared === "number" && !isNumber) return refuse("bad_number", `What is measured is a number; ${shown(value)} is none.`, "Write a plain decimal such as 59.90.");
  if (ORDERS.includes(modifier) && !isNumber && !isDate(value)) {
    return refuse("bad_number", `${shown(value)} is neither a number nor a date, so nothing is less or greater.`, "Write a plain decimal such as 59.90, or a date such as 2026-03-31.");
  }
  if (TEXTUAL.includes(modifier) && typeof value !== "string") return refuse("wrong_type", `This operator is for text; ${shown(value)} is none.`, "Write it as text.");
  return true;
}

/** Ten-thousandths; `NaN` for what is no number. */
const numberOf = (value: unknown): number =>
  typeof value === "number" ? decimalOfNumber(value) : typeof value === "string" ? decimalOf(value.trim()) : NaN;

const isInstant = (value: unknown): boolean => typeof value === "string" && !Number.isNaN(instantOf(value.trim()));
const isDate = (value: unknown): boolean => isInstant(value) || !Number.isNaN(daysOf(value));
const daysOf = (value: unknown): number => (typeof value === "string" ? dayOf(value.trim()) : NaN);

function isAscending(list: readonly unknown[]): boolean {
  // On which day an instant lies is known only with the package's time zone.
  if (list.some(isInstant)) return list.every(isDate);
  // A text such as 2026-03-31 is no number, and 59.90 no date: only one of the two can be.
  return [numberOf, daysOf].some((read) => {
    const [low = NaN, high = NaN] = list.map(read);
    return low <= high;
  });
}
