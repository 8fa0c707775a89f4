/**
 * Events from a page or a file: each is read whole, as the bytes that the engine keeps, or refused whole, with a code
 * and a place. Numbers, instants and texts are read here, so that the engine carries no digits and no Unicode tables.
 */
import { charCodeAt, clean, exec, fold, isArray, keys, stringify, text, trim } from "./builtins.js";
import { again, begin, byte, close, here, open, signed, since, sized, turned, utf8, word } from "./bytes.js";
import { decimalOf, decimalOfNumber } from "./decimals.js";
import { dayOf, instantOf, parseInstant } from "./instant.js";
import { isMissing, MOST_BYTES, type Part, type Parts, type Plain, plainOf } from "./plain.js";
import { type Code, type Path, refusalOf } from "./refusals.js";
import type { Refusal } from "./types.js";

/** An event that was read. */
export interface Read {
  /** Its place in the list that was given. */
  readonly index: number;
  /** What the engine takes; several events follow one another without anything between them. */
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly at: number;
  /** The currency of its values, folded; empty if it is the package's. */
  readonly currency: string;
}

/** What became of a list of events. */
export interface Batch {
  readonly read: readonly Read[];
  readonly refused: readonly Refusal[];
}

/** The first byte of a value. That of a text also says whether its folded form differs (1) and how else it reads (2, 4, 6). */
const enum Kind { Number, Bool, Nested, Text = 8 }

/** The first byte of a field: it is the only one of its name, an element of a list, or derived from another. */
const enum Field { Single, Listed, Derived }

const MOST_ITEMS = 200;
const MOST_PROPERTIES = 100;
/** A list longer than this is no list of events. */
const LONGEST = 1 << 24;
/** Of an address: the host without user and port, and the path without query; or the path, if it has no host. */
const ADDRESS = /^(?:(?:[^/?#]+:)?\/\/(?:[^/?#]*@)?([^/?#]*?)(?::\d*)?(\/[^?#]*)?|(\/[^?#]*))(?:[?#]|$)/;

/** Reads a list of events. `stamp` is the instant of those that have none. Never throws. */
export function readEvents(list: unknown, stamp?: number): Batch {
  const read: Read[] = [];
  const refused: Refusal[] = [];
  let index = -1;
  try {
    if (!isArray(list)) throw "wrong_type" satisfies Code;
    const { length } = list;
    while (++index < length && index < LONGEST) {
      const path: Path = [];
      try {
        read.push(readEvent(list[index], index, path, stamp));
      } catch (thrown) {
        refused.push(refusalOf(index, thrown, path));
      }
    }
  } catch (thrown) {
    refused.push(refusalOf(-1, thrown, []));
  }
  return { read, refused };
}

/** What is known of a person or of the moment: its fields as the engine takes them, and what could not be read. */
export interface Known {
  readonly fields: Uint8Array;
  readonly refused: readonly Refusal[];
}

/**
 * Reads a profile, or a context, that lies at `at`. A field that cannot be read is left out; beyond the limits of an event, all
 * of it is. `moment`: `path` and `host` come from `url` unless given. Never throws.
 */
export function readKnown(given: unknown, at: Path, moment: boolean): Known {
  const refused: Refusal[] = [];
  let parts: Part[] = [];
  let path: Path = at;
  try {
    if (typeof given !== "object" || isArray(given)) throw "wrong_type" satisfies Code;
    let size = 1;
    for (const key of keys(given ?? {}).sort()) {
      path = [...at];
      try {
        const source = { path, size: 0 };
        const { parts: read } = plainOf({ [key]: (given as { [key: string]: unknown })[key] }, source) as Parts;
        size += source.size - 1; // one pair of braces for all, a comma for each
        parts.push(...read);
        begin();
        putFields(read, path, false);
      } catch (thrown) {
        parts = parts.filter(({ name }) => name !== key);
        refused.push(refusalOf(-1, thrown, path));
      }
    }
    path = at;
    if (size > MOST_BYTES) throw "event_too_large" satisfies Code;
    if (parts.length > MOST_PROPERTIES) throw "too_many_properties" satisfies Code;
  } catch (thrown) {
    parts = [];
    refused.push(refusalOf(-1, thrown, path));
  }
  begin();
  const start = here();
  putFields(parts, [], false, moment ? derivedFrom(parts) : []);
  return { fields: since(start), refused };
}

/** An instant as events have it: whole milliseconds, a date, or RFC 3339; `null` if it is none. Never throws. */
export function readInstant(given: unknown): number | null {
  try {
    return instantIn(plainOf(given, { path: [], size: 0 }));
  } catch {
    return null;
  }
}

function readEvent(given: unknown, index: number, path: Path, stamp: number | undefined): Read {
  const source = { path, size: 0 };
  const event = plainOf(given, source);
  if (source.size > MOST_BYTES) throw "event_too_large" satisfies Code;
  const parts = partsOf(event);
  // From here on no code runs but this: the buffer is its own.
  begin();
  let [type, id, currency] = ["", "", ""];
  let at = stamp;
  let revision = 0;
  let worth: number | undefined;
  // Currency, items and properties are written as they come, each that does not come as a 0.
  let section = 0;
  const reach = (next: number): void => {
    for (; section < next; section++) byte(0);
    section++;
  };
  for (const { name, value } of parts) {
    path[0] = name;
    switch (name) {
      case "at": at = instantIn(value); break;
      case "currency": reach(0); currency = putText(textIn(value)); break;
      case "id": id = idIn(value); break;
      case "items": reach(1); putItems(value, path); break;
      case "properties": reach(2); putProperties(value, path, find(parts, "type")); break;
      case "revision": revision = wholeIn(value); break;
      case "type": type = trim(textIn(value)); break;
      case "value": worth = decimalIn(value); break;
      default: throw "unknown_key" satisfies Code;
    }
  }
  reach(3);
  path[0] = "type";
  if (type === "") throw "missing_key" satisfies Code;
  path[0] = "at";
  if (at === undefined) throw "missing_key" satisfies Code;
  const head = here();
  sized(type);
  sized(id);
  signed(at);
  signed(revision);
  byte(worth === undefined ? 0 : 1);
  if (worth !== undefined) word(worth);
  return { index, bytes: turned(head), type, at, currency };
}

const find = (parts: readonly Part[], wanted: string): Plain => parts.find(({ name }) => name === wanted)?.value ?? null;

/** The parts of an object. */
export function partsOf(value: Plain): readonly Part[] {
  if (typeof value !== "object" || value === null || isArray(value)) throw "wrong_type" satisfies Code;
  return value.parts;
}

function textIn(value: Plain): string {
  if (typeof value !== "string") throw "wrong_type" satisfies Code;
  return value;
}

/** An id: text, or a whole number, which is its digits. */
export function idIn(value: Plain): string {
  return trim(textIn(typeof value === "number" && exec(/^\d+$/, text(value)) ? text(value) : value));
}

export function instantIn(value: Plain): number {
  const instant = parseInstant(typeof value === "number" ? value : textIn(value));
  if (instant === null) throw "bad_instant" satisfies Code;
  return instant;
}

/** Ten-thousandths. */
function decimalIn(value: Plain): number {
  const decimal = typeof value === "number" ? decimalOfNumber(value) : decimalOf(clean(textIn(value)));
  if (decimal !== decimal) throw "bad_number" satisfies Code;
  return decimal;
}

/** A whole number: nothing but zeros behind the point, before anything is rounded. */
function wholeIn(value: Plain): number {
  const decimal = decimalIn(value);
  const whole = typeof value === "number" ? value % 1 === 0 : exec(/^[^.]*(\.0*)?$/, clean(textIn(value)));
  if (!whole) throw "bad_number" satisfies Code;
  return decimal / 1e4;
}

function putItems(items: Plain, path: Path): void {
  if (!isArray(items)) throw "wrong_type" satisfies Code;
  let count = 0;
  for (const item of items) if (!isMissing(item)) count++;
  if (count > MOST_ITEMS) throw "too_many_items" satisfies Code;
  const place = open();
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Plain;
    if (isMissing(item)) continue;
    path.push(index);
    putFields(partsOf(item), path, true);
    path.pop();
  }
  close(place, count);
}

function putProperties(value: Plain, path: Path, type: Plain): void {
  const parts = partsOf(value);
  if (parts.length > MOST_PROPERTIES) throw "too_many_properties" satisfies Code;
  putFields(parts, path, false, typeof type === "string" && trim(type) === "page_view" ? derivedFrom(parts) : []);
}

/** SPEC 3: host and path come from the url unless given. */
function derivedFrom(parts: readonly Part[]): readonly [string, string][] {
  const url = find(parts, "url");
  const found = typeof url === "string" && exec(ADDRESS, clean(url));
  const derived: [string, string][] = [];
  if (found) {
    const [, host, path = host === undefined ? found[3] : "/"] = found;
    if (host && find(parts, "host") === null) derived.push(["host", fold(host)]);
    if (path && find(parts, "path") === null) derived.push(["path", path]);
  }
  return derived;
}

/** The fields of an item, or the properties of an event. */
function putFields(parts: readonly Part[], path: Path, item: boolean, derived: readonly [string, string][] = []): void {
  const place = open();
  let count = derived.length;
  const head = (flags: Field, name: string): void => {
    byte(flags);
    sized(name);
  };
  for (const { name, value } of parts) {
    path.push(name);
    const isId = item && name === "id";
    const isNumber = item && (name === "price" || name === "quantity");
    if (isArray(value) && !isId && !isNumber) {
      for (let index = 0; index < value.length; index++) {
        const element = value[index] as Plain;
        if (isMissing(element)) continue;
        path.push(index);
        head(Field.Listed, name);
        putValue(element, path);
        path.pop();
        count++;
      }
    } else {
      head(Field.Single, name);
      putValue(isId ? idIn(value) : value, path, isNumber);
      count++;
    }
    path.pop();
  }
  for (const [name, value] of derived) {
    head(Field.Derived, name);
    putText(value);
  }
  close(place, count);
}

function putValue(value: Plain, path: Path, asNumber = false): void {
  if (asNumber || typeof value === "number") {
    const decimal = decimalIn(value);
    byte(9); // how long it is
    byte(Kind.Number);
    word(decimal);
  } else if (typeof value === "string") {
    putText(value);
  } else {
    const place = open();
    const isBool = typeof value === "boolean";
    byte(isBool ? Kind.Bool : Kind.Nested);
    if (isBool) byte(+value);
    else utf8(canonical(value, path));
    close(place);
  }
}

/** Writes a text, clean and folded; the folded form is returned. */
function putText(value: string): string {
  const known = texts.get(value);
  if (known) {
    again(known.bytes);
    return known.folded;
  }
  const plain = clean(value);
  const folded = fold(plain);
  const differs = folded !== plain;
  const [reading, number] = readingOf(plain);
  const start = here();
  const place = open();
  byte(Kind.Text | (2 * reading) | +differs);
  if (reading > 0) word(number);
  if (differs) sized(plain);
  utf8(folded);
  close(place);
  if (value.length <= SHORT) {
    if (texts.size >= MOST_TEXTS) texts.clear();
    texts.set(value, { folded, bytes: since(start) });
  }
  return folded;
}

/** Most texts come again: brands, categories, the ids of what sells. */
const texts = new Map<string, { folded: string; bytes: Uint8Array }>();
const MOST_TEXTS = 1000;
const SHORT = 64;

/** How else a text reads: 0 not at all, 1 as a decimal, 2 as a day, 3 as an instant; and what it then is. */
function readingOf(value: string): readonly [reading: number, number: number] {
  const first = charCodeAt(value, 0);
  // All begin with a digit or a minus.
  if (first !== 45 && !(first > 47 && first < 58)) return TEXT;
  const numbers = [decimalOf(value), dayOf(value), instantOf(value)];
  const reading = numbers.findIndex((number) => number === number);
  return [reading + 1, numbers[reading] ?? 0];
}
const TEXT = [0, 0] as const;

/** Canonical JSON (RFC 8785) of something nested: nothing missing in it, texts clean, numbers plain. */
function canonical(value: Plain, path: Path): string {
  if (typeof value === "string") return stringify(clean(value));
  // Four places of a number that was a double are printed as they are.
  if (typeof value === "number") return text(decimalIn(value) / 1e4);
  if (typeof value !== "object" || value === null) return text(value);
  const at = (step: string | number, inner: Plain): string => {
    path.push(step);
    const json = canonical(inner, path);
    path.pop();
    return json;
  };
  if (!isArray(value)) return `{${value.parts.map(({ name, value: inner }) => `${stringify(name)}:${at(name, inner)}`).join()}}`;
  return `[${value.map((inner, index) => (isMissing(inner) ? "" : at(index, inner))).filter(Boolean).join()}]`;
}
