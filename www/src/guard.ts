/** What every call into the studio build has around it. */
import type { Build } from "./glue.js";
import { isInstant } from "./instant.js";
import type { Problem } from "./types.js";

/** A trap leaves an instance in no known state: it is replaced, and the caller is told. */
export function guarded<T>(build: Build, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    build.replace();
    throw new Error("The engine failed on this input and was restarted. Please report it with the input.", { cause });
  }
}

/** `now` in whole milliseconds, finer digits cut off. */
export function checkedNow(now: unknown): number {
  const instant = typeof now === "number" ? Math.floor(now) : NaN;
  if (!isInstant(instant)) throw new TypeError("now is a number of milliseconds since 1970 UTC, in the years 1 to 9999.");
  return instant;
}

/** An error about a place in a package. */
export const problem = (code: string, pointer: string, message: string): Problem => ({ code, severity: "error", pointer, message });
