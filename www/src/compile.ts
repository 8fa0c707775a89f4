/** Packages into plan bytes. */
import { compile as compileText } from "../glue/studio.js";
import type { Build } from "./glue.js";
import { guarded, problem } from "./guard.js";
import type { Package, Problem } from "./types.js";
import { zoneTable } from "./zone.js";

/** What the studio build answers to a package. */
export interface Compiled {
  readonly plan: Uint8Array | null;
  readonly problems: Problem[];
}

export function compile(build: Build, source: Package | string, strict: boolean): Compiled {
  let text: string;
  try {
    // What is not JSON (functions, dates, getters) is settled here, once.
    text = typeof source === "string" ? source : (JSON.stringify(source) ?? "null");
  } catch (error) {
    return { plan: null, problems: [problem("not_json", "", `A package is JSON, and this is not: ${error instanceof Error ? error.message : String(error)}.`)] };
  }
  const name = timeZoneOf(text);
  const zone = typeof name === "string" ? zoneTable(name.trim()) : null;
  return guarded(build, () => compileText(text, zone, strict) as Compiled);
}

/** The package's time zone as it says it; what is wrong with the package is the compiler's to say. */
function timeZoneOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { timeZone?: unknown } | null)?.timeZone;
  } catch {
    return null;
  }
}
