/**
 * A JSON value as bytes for the engine: tagged, lengths as LEB128, numbers as JavaScript prints them,
 * texts together with their cleaned and folded forms, so that the engine carries no Unicode tables.
 *
 * Hostile values (proxies, throwing getters, cycles, a million nested lists) become bytes that the
 * engine refuses; nothing here throws. Built-ins are kept at load, so that a page which replaces
 * them later changes nothing.
 */

const { isArray } = Array;
const { keys } = Object;
const { min } = Math;
const text = String;
const uncurry = <T, A extends readonly unknown[], R>(method: (this: T, ...rest: A) => R): ((self: T, ...rest: A) => R) =>
  Function.prototype.call.bind(method) as (self: T, ...rest: A) => R;
const normalize = uncurry(String.prototype.normalize as (this: string) => string);
const trim = uncurry(String.prototype.trim);
const toLowerCase = uncurry(String.prototype.toLowerCase);
const replaceSigma = uncurry(String.prototype.replaceAll as (this: string, from: string, to: string) => string);
const charCodeAt = uncurry(String.prototype.charCodeAt);
const slice = uncurry(String.prototype.slice as (this: string, from: number, to: number) => string);
const toISOString = uncurry(Date.prototype.toISOString);
const encodeInto = uncurry(TextEncoder.prototype.encodeInto);
const encoder = new TextEncoder();

const enum Tag { Null, False, True, Number, Text, List, Object, Unreadable, TooDeep }

/** Containers nested deeper than this are not followed. */
const DEEPEST = 16;
/** An event is refused beyond 64 KiB of JSON; ten times that in bytes is certainly beyond. */
const EVENT_BYTES = 1 << 20;
/** A list longer than this is no list of events. */
const LONGEST = 1 << 24;

let bytes = new Uint8Array(4096);
let used = 0;
/** Where the value being written has to end; what lies beyond is cut off unread. */
let budget = 0;
/** The containers around the value being written. */
let around: object[] = [];

/** The form in which texts are compared: NFC, trimmed, in lower case, every ς as σ. */
export function fold(value: string): string {
  return replaceSigma(toLowerCase(trim(normalize(value))), "ς", "σ");
}

/** One value. `depth` is how many containers lie around an event: 1 in a list, 2 in a visitor. */
export function encode(value: unknown, depth = 1): Uint8Array {
  return writing(Infinity, () => put(value, depth));
}

/** One event, for a list made with `list`; `at` is written where the event has none. */
export function encodeEvent(value: unknown, at?: number): Uint8Array {
  return writing(EVENT_BYTES, () => put(value, 0, at));
}

/** A list of values that are encoded already. */
export function list(values: readonly Uint8Array[]): Uint8Array {
  return writing(Infinity, () => {
    head(Tag.List, values.length);
    for (const value of values) {
      reserve(value.length);
      bytes.set(value, used);
      used += value.length;
    }
  });
}

/** What `write` writes. A getter of the value may come back here while it is read: its bytes are its own. */
function writing(limit: number, write: () => void): Uint8Array {
  const outer = { bytes, used, budget, around };
  if (used > 0) bytes = new Uint8Array(1024);
  used = 0;
  budget = limit;
  around = [];
  write();
  const written = bytes.slice(0, used);
  ({ used, budget, around } = outer);
  // A large buffer is not kept.
  if (used > 0 || bytes.length > EVENT_BYTES) bytes = outer.bytes;
  return written;
}

function head(tag: Tag, count: number): void {
  reserve(6);
  bytes[used++] = tag;
  length(count);
}

function reserve(more: number): void {
  if (used + more <= bytes.length) return;
  const grown = new Uint8Array((used + more) * 2);
  grown.set(bytes);
  bytes = grown;
}

function length(value: number): void {
  for (; value > 127; value = Math.floor(value / 128)) bytes[used++] = (value % 128) | 128;
  bytes[used++] = value;
}

/** Length and UTF-8; a lone surrogate becomes U+FFFD. */
function putText(value: string): void {
  if (putAscii(value)) return;
  const most = value.length * 3;
  reserve(most + 6);
  // The length comes first but is known last: write behind the longest length, then close the gap.
  const { written } = encodeInto(encoder, value, bytes.subarray(used + 5));
  const from = used + 5;
  length(written);
  bytes.copyWithin(used, from, from + written);
  used += written;
}

/** Most texts are short and plain: a loop is several times faster than the encoder. */
function putAscii(value: string): boolean {
  const count = value.length;
  if (count > 127) return false;
  reserve(128);
  bytes[used] = count;
  for (let index = 0; index < count; index++) {
    const unit = charCodeAt(value, index);
    if (unit > 127) return false;
    bytes[used + 1 + index] = unit;
  }
  used += count + 1;
  return true;
}

function putString(whole: string): void {
  // Too long is too long: the rest need not be copied to be refused.
  const raw = whole.length > EVENT_BYTES ? slice(whole, 0, EVENT_BYTES) : whole;
  reserve(2);
  const flags = used + 1;
  bytes[used] = Tag.Text;
  used += 2;
  const plain = putAscii(raw);
  if (!plain) putText(raw);
  const trimmed = trim(raw);
  const cleaned = plain ? trimmed : trim(normalize(raw));
  const lower = toLowerCase(cleaned);
  const folded = plain ? lower : replaceSigma(lower, "ς", "σ");
  bytes[flags] = (cleaned !== trimmed ? 1 : 0) | (folded !== cleaned ? 2 : 0);
  if (cleaned !== trimmed) putText(cleaned);
  if (folded !== cleaned) putText(folded);
}

function tag(value: Tag): void {
  reserve(1);
  bytes[used++] = value;
}

/** `events` counts down to the depth at which events lie: each has a budget of its own. */
function put(value: unknown, events: number, at?: number): void {
  switch (typeof value) {
    case "undefined": return tag(Tag.Null);
    case "boolean": return tag(value ? Tag.True : Tag.False);
    case "number":
      tag(Tag.Number);
      return putText(text(value));
    case "string": return used > budget ? tag(Tag.Unreadable) : putString(value);
    case "object":
      if (value === null) return tag(Tag.Null);
      if (events === 0 && budget === Infinity) {
        budget = used + EVENT_BYTES;
        putContainer(value, events, at);
        budget = Infinity;
        return;
      }
      return putContainer(value, events, at);
    default: return tag(Tag.Unreadable);
  }
}

function putContainer(value: object, events: number, at?: number): void {
  if (used > budget || around.includes(value)) return tag(Tag.Unreadable);
  if (around.length >= DEEPEST) return tag(Tag.TooDeep);
  around.push(value);
  const start = used;
  try {
    if (isArray(value)) putList(value, events);
    else if (value instanceof Date) putString(toISOString(value));
    else putObject(value, events, at);
  } catch {
    // A revoked proxy, a date that is none, a trap that throws.
    used = start;
    tag(Tag.Unreadable);
  }
  around.pop();
}

function putList(value: readonly unknown[], events: number): void {
  const count = min(value.length, budget === Infinity ? LONGEST : EVENT_BYTES);
  head(Tag.List, count);
  for (let index = 0; index < count; index++) put(read(value, index), events && events - 1);
}

function putObject(value: object, events: number, at?: number): void {
  const found: [string, unknown][] = [];
  for (const key of keys(value)) {
    const inside = read(value, key);
    if (inside !== undefined) found.push([key, inside]);
  }
  if (at !== undefined && !found.some(([key]) => key === "at")) found.push(["at", at]);
  head(Tag.Object, found.length);
  for (const [key, inside] of found) {
    putText(key);
    put(inside, events && events - 1);
  }
}

/** A property, or something unreadable in its place. */
function read(value: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return read;
  }
}
