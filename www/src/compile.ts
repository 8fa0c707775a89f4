/** Packages into plan bytes. */
import { compare as compareTexts, compile as compileText } from "../glue/studio.js";
import type { Build } from "./glue.js";
import { guarded, problem } from "./guard.js";
import type { Problem } from "./types.js";
import { zoneTable } from "./zone.js";

/** What the studio build answers to a package. */
interface Answer {
  readonly plan: Uint8Array | null;
  readonly problems: Problem[];
}

/** The same, with the package as JSON text; empty, if it cannot be written as such. */
export interface Compiled extends Answer {
  readonly text: string;
}

export function compile(build: Build, source: object | string, strict: boolean): Compiled {
  let text: string;
  try {
    text = textOf(source);
  } catch (error) {
    if (typeof source !== "string") {
      return { text: "", plan: null, problems: [problem("not_json", "", `A package is JSON, and this is not: ${error instanceof Error ? error.message : String(error)}.`)] };
    }
    // The compiler says what is wrong with it, and where.
    text = source;
  }
  return { text, ...guarded(build, () => compileText(text, zoneOf(text), strict) as Answer) };
}

/** What is proved of the segments of two packages that both compile: by id. */
export function compare(build: Build, before: object | string, after: object | string): ReadonlyMap<string, "equal" | "narrower" | "wider"> {
  const [one, other] = [textOf(before), textOf(after)];
  return guarded(build, () => compareTexts(one, zoneOf(one), other, zoneOf(other)) as ReadonlyMap<string, "equal" | "narrower" | "wider">);
}

/** The JSON text that is compiled. What is not JSON (functions, dates, getters) is settled here, once. */
export function textOf(source: object | string): string {
  return jsonOf(typeof source === "string" ? JSON.parse(source) : source);
}

function zoneOf(text: string): ReturnType<typeof zoneTable> | null {
  const name = timeZoneOf(text);
  return typeof name === "string" ? zoneTable(name.trim()) : null;
}

/** JSON that every reader of JSON can read: texts and keys well-formed, and numbers within a double's range. */
function jsonOf(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === "number" && !Number.isFinite(part) ? BEYOND : part)) ?? "null";
  // Of the surrogates only those without their other half are written as escapes; an escaped backslash is no escape.
  return text.replace(/\\(u[dD][\da-fA-F]{3}|.)/g, (escape, what: string) => (what.length > 1 ? "\ufffd" : escape));
}

/** A number that no package may have, in place of what JSON cannot write: it is said where it stands. */
const BEYOND = Number.MAX_VALUE;

/** The package's time zone as it says it; what is wrong with the package is the compiler's to say. */
function timeZoneOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { timeZone?: unknown } | null)?.timeZone;
  } catch {
    return null;
  }
}
