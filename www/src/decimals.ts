/** Exact decimals with four places, as whole ten-thousandths; every one that is read is exact in a double. */
import { exec, slice, text } from "./builtins.js";

const PATTERN = /^(-?)(\d+)(?:\.(\d+))?$/;
const LIMIT = 900_000_000_000 * 1e4;
/** Up to here a number and the decimal it prints determine each other: both have at most 15 digits. */
const CERTAIN = 1e15;

/** A plain decimal text (`-12.50`), rounded half away from zero. `NaN` if it is none, or beyond ±900 000 000 000. */
export function decimalOf(value: string): number {
  const found = exec(PATTERN, value);
  if (!found) return NaN;
  const [, minus, whole = "", places = ""] = found;
  const size = +(whole + slice(places + "0000", 0, 4)) + +(slice(places, 4, 5) >= "5");
  return size > LIMIT ? NaN : minus ? 0 - size : size;
}

/** A number by the digits that JavaScript prints for it; `NaN` as for texts. */
export function decimalOfNumber(value: number): number {
  // Most are whole or have few places: then the nearest ten-thousandths give the number back, and are its digits.
  const near = Math.round(value * 1e4);
  if (near / 1e4 === value && near < CERTAIN && near > -CERTAIN) return near;
  // An exponent is printed below 10⁻⁶, which rounds to nothing, and from 10²¹ on, which is no plain decimal.
  return value > -1e-6 && value < 1e-6 ? 0 : decimalOf(text(value));
}
