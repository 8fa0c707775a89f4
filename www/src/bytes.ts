/** Bytes for the engine, written into one buffer: integers as LEB128, texts as UTF-8. */
import { charCodeAt, encodeInto, slice } from "./builtins.js";

/** Room for what is known last and comes first. */
const ROOM = 1 << 14;
/** A larger buffer is not kept. */
const KEPT = 1 << 20;
const WORD = 2 ** 32;

let bytes = new Uint8Array(2 * ROOM);
let used = ROOM;

/** Begins anew. */
export function begin(): void {
  if (bytes.length > KEPT) bytes = new Uint8Array(2 * ROOM);
  used = ROOM;
}

/** How far it is written. */
export const here = (): number => used;

/** What is written from `place` on. */
export const since = (place: number): Uint8Array => bytes.slice(place, used);

/** Everything, what is written from `place` on first. */
export function turned(place: number): Uint8Array {
  const start = ROOM - used + place;
  bytes.copyWithin(start, place, used);
  return bytes.slice(start, place);
}

function reserve(more: number): void {
  if (used + more <= bytes.length) return;
  const grown = new Uint8Array((used + more) * 2);
  grown.set(bytes);
  bytes = grown;
}

export function byte(value: number): void {
  reserve(1);
  bytes[used++] = value;
}

/** A whole number up to 2^53, not negative. */
export function integer(value: number): void {
  for (; value > 127; value = Math.floor(value / 128)) byte((value % 128) | 128);
  byte(value);
}

/** A whole number of any sign, small ones in few bytes. */
export const signed = (value: number): void => integer(value < 0 ? -2 * value - 1 : 2 * value);

/** A whole number of any sign in eight bytes, least first. */
export function word(value: number): void {
  half(value);
  half(Math.floor(value / WORD));
}

function half(value: number): void {
  for (let shift = 0; shift < 32; shift += 8) byte(value >> shift);
}

export function utf8(value: string): void {
  reserve(value.length * 3);
  let index = 0;
  // Most texts are short and plain: a loop is several times faster than the encoder.
  for (let unit; index < value.length && (unit = charCodeAt(value, index)) < 128; index++) bytes[used++] = unit;
  if (index < value.length) used += encodeInto(slice(value, index), bytes.subarray(used));
}

/** A place for a number that is known only when what follows it is written. */
export function open(): number {
  byte(0);
  return used;
}

/** Puts a number into its place: unless said, how many bytes have followed. */
export function close(place: number, value = used - place): void {
  if (value < 128) {
    bytes[place - 1] = value;
    return;
  }
  const behind = bytes.slice(place, used);
  used = place - 1;
  integer(value);
  reserve(behind.length);
  bytes.set(behind, used);
  used += behind.length;
}

/** Bytes that were written before. */
export function again(known: Uint8Array): void {
  reserve(known.length);
  // They are few: a loop is faster than `set`.
  for (let index = 0; index < known.length; index++) bytes[used++] = known[index] as number;
}

/** Reads a whole number that begins at `place`: itself, and where it ends. */
export function integerIn(given: Uint8Array, place: number): readonly [value: number, end: number] {
  let [value, unit] = [0, 1];
  for (let part = 128; part > 127; unit *= 128) {
    part = given[place++] ?? 0;
    value += (part % 128) * unit;
  }
  return [value, place];
}

/** Undoes what `signed` does to a number before it writes it. */
export const unsigned = (value: number): number => (value % 2 ? (value + 1) / -2 : value / 2);

/** A text with its length before it. */
export function sized(value: string): void {
  const place = open();
  utf8(value);
  close(place);
}
