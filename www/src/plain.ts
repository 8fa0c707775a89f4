/**
 * What a value of unknown origin holds, as data: read once, within limits. Afterwards nothing of it can change, count,
 * or call back: getters, proxies, cycles and a million nested lists have had their say here.
 */
import { charCodeAt, Day, isArray, keys, text, toISOString, toWellFormed, trim } from "./builtins.js";
import type { Code, Path } from "./refusals.js";

/** Data. Texts are well-formed; lists keep their missing elements, so that places in them stay what they were. */
export type Plain = null | boolean | number | string | Plain[] | Parts;

/** An object: what of it is not missing, in the order of the names (UTF-16 code units, as RFC 8785 asks). */
export interface Parts {
  readonly parts: readonly Part[];
}

export interface Part {
  readonly name: string;
  readonly value: Plain;
}

/** What is being read: where in it, and how much compact JSON it has been, in bytes of UTF-8. */
export interface Source {
  readonly path: Path;
  size: number;
}

/** Bytes of compact JSON an event may take. */
export const MOST_BYTES = 65536;
/** Far beyond that the rest is not looked at. */
const ENOUGH = MOST_BYTES * 16;
const DEEPEST = 8;
const LONGEST_TEXT = 4096;

/** SPEC 2: `null`, `[]` and blank text are missing. */
export const isMissing = (value: Plain): boolean =>
  value === null || (typeof value === "string" ? trim(value) === "" : isArray(value) && value.length === 0);

/** Reads a value that lies `depth` containers deep. Throws a `Code`, or what the value throws; `path` then leads there. */
export function plainOf(value: unknown, source: Source, depth = 1): Plain {
  switch (typeof value) {
    case "string": return textOf(value, source);
    case "number": source.size += text(value).length; return value;
    case "boolean": source.size += value ? 4 : 5; return value;
    case "undefined": source.size += 4; return null;
    case "object": break;
    default: throw "wrong_type" satisfies Code;
  }
  if (value === null) {
    source.size += 4;
    return null;
  }
  const list = isArray(value);
  if (!list && value instanceof Day) return textOf(toISOString(value), source);
  if (depth > DEEPEST) throw "too_deep" satisfies Code;
  source.size += 2;
  return list ? listOf(value, source, depth) : partsOf(value as { [key: string]: unknown }, source, depth);
}

function listOf(value: readonly unknown[], source: Source, depth: number): Plain {
  const list: Plain[] = [];
  for (let index = 0; index < value.length; index++) {
    source.path.push(index);
    list[index] = part(value[index], index, source, depth);
    source.path.pop();
  }
  return list;
}

function partsOf(value: { readonly [key: string]: unknown }, source: Source, depth: number): Parts {
  const parts: Part[] = [];
  let count = 0;
  for (const key of keys(value).sort()) {
    const before = source.size;
    const name = textOf(key, source);
    source.path.push(name);
    const inner = value[key];
    if (inner === undefined) {
      source.size = before;
    } else {
      source.size++;
      const plain = part(inner, count++, source, depth);
      if (!isMissing(plain)) parts.push({ name, value: plain });
    }
    source.path.pop();
  }
  return { parts };
}

/** The value of the `index`th part of a container. */
function part(value: unknown, index: number, source: Source, depth: number): Plain {
  if (index > 0) source.size++;
  if (source.size > ENOUGH) {
    source.path.length = 0;
    throw "event_too_large" satisfies Code;
  }
  return plainOf(value, source, depth + 1);
}

/** Counts a text, escaped as `JSON.stringify` does. */
function textOf(given: string, source: Source): string {
  if (given.length > LONGEST_TEXT) throw "text_too_long" satisfies Code;
  const value = toWellFormed(given);
  let size = 0;
  let escapes = 2;
  for (let index = 0; index < value.length; index++) {
    const unit = charCodeAt(value, index);
    // Of a surrogate pair each half takes two of the four bytes.
    size += unit < 0x80 ? 1 : unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3;
    if (unit < 32) escapes += (unit > 7 && unit < 11) || unit === 12 || unit === 13 ? 1 : 5;
    else if (unit === 34 || unit === 92) escapes++;
  }
  if (size > LONGEST_TEXT) throw "text_too_long" satisfies Code;
  source.size += size + escapes;
  return value;
}
