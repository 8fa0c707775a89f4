import type { Problem } from "../types.js";

/** What was found wrong so far. All of it is said at once. */
export interface Found {
  readonly problems: readonly Problem[];
  /** Something that does not fit: there will be no answer. `null`, so that a reader can return it. */
  readonly error: (code: string, pointer: string, message: string, fix?: string) => null;
  /** Something to know about what does fit; each code is said once, where it is first met. */
  readonly warning: (code: string, pointer: string, message: string, fix: string) => void;
  /** Whether anything did not fit. */
  readonly failed: () => boolean;
}

export function foundNothing(): Found {
  const problems: Problem[] = [];
  return {
    problems,
    error(code, pointer, message, fix) {
      problems.push({ code, severity: "error", pointer, message, ...(fix !== undefined && { fix }) });
      return null;
    },
    warning(code, pointer, message, fix) {
      if (!problems.some((problem) => problem.code === code)) problems.push({ code, severity: "warning", pointer, message, fix });
    },
    failed: () => problems.some(({ severity }) => severity === "error"),
  };
}

/** A JSON object, as it was given. */
export type Given = { readonly [key: string]: unknown };

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Given => typeof value === "object" && value !== null && !Array.isArray(value);

/** The pointer to a key or a place below `pointer`. */
export const below = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** A value in a sentence. */
export const shown = (value: unknown): string => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** Says every key that is not among `known`: what is not understood may matter. */
export function keysAmong(found: Found, given: Given, pointer: string, known: readonly string[]): void {
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    found.error("unknown_key", below(pointer, key), `Nothing is known of the key ${shown(key)}.`, `Take it out, or use one of: ${known.join(", ")}.`);
  }
}
