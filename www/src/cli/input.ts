import { createReadStream, fstatSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Json } from "../types.js";
import { wrongUsage } from "./usage.js";

/** A line of a file, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of a file (`-`: of standard input), as they come; blank ones are left out. */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let rest = "";
  let number = 0;
  // Not node:readline: it also breaks lines at U+2028, which JSON texts may hold.
  for await (const piece of piecesOf(file)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      number++;
      if (text.trim() !== "") yield { number, text };
    }
  }
  if (rest.trim() !== "") yield { number: number + 1, text: rest };
}

/** A whole file (`-`: standard input). */
export async function textOf(file: string): Promise<string> {
  let text = "";
  for await (const piece of piecesOf(file)) text += piece;
  return text;
}

/** The bytes of a whole file (`-`: standard input). */
export async function bytesOf(file: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of (file === "-" ? process.stdin : createReadStream(file)) as AsyncIterable<Uint8Array>) pieces.push(piece);
  } catch (error) {
    throw unread(file, error);
  }
  return Buffer.concat(pieces);
}

async function* piecesOf(file: string): AsyncGenerator<string> {
  const stream: AsyncIterable<string> = file === "-" ? process.stdin.setEncoding("utf8") : createReadStream(file, "utf8");
  let first = true;
  try {
    for await (const piece of stream) {
      // A byte order mark says nothing.
      yield first && piece.startsWith("\uFEFF") ? piece.slice(1) : piece;
      first = false;
    }
  } catch (error) {
    throw unread(file, error);
  }
}

/** What is to be said when the system gives no file. */
function unread(file: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return wrongUsage(code === "ENOENT" ? `There is no file ${file}.` : `${file} cannot be read: ${message}.`);
}

/** A file of bytes, as they come. */
export interface Bytes {
  /** How many there are, as they lie on the disk; `null` where that is not known. */
  readonly size: number | null;
  /** How many of these were read so far. */
  readonly read: () => number;
  /** The bytes, unpacked, each piece good until the next is asked for. Errors of unpacking have a code that begins with `Z_`. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Opens a file (`-`: standard input). What is gzip is told by its first bytes, not by its name. */
export async function openOrders(file: string): Promise<Bytes> {
  let size: number | null;
  try {
    const stat = file === "-" ? fstatSync(0) : statSync(file);
    size = stat.isFile() ? stat.size : null;
  } catch (error) {
    // Standard input may be closed, or something that has no size.
    if (file !== "-") throw unread(file, error);
    size = null;
  }
  let read = 0;
  const raw = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of file === "-" ? (process.stdin as AsyncIterable<Uint8Array>) : bytesIn(file)) {
        read += piece.length;
        yield piece;
      }
    } catch (error) {
      throw unread(file, error);
    }
  };
  return { size, read: () => read, pieces: unpacked(raw()) };
}

/** One buffer for the whole file: new ones for every piece would pile up by the megabyte before they are collected. */
const BUFFER = 1 << 18;

async function* bytesIn(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const buffer = new Uint8Array(BUFFER);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, BUFFER, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function* unpacked(raw: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  // Leaving this loop must not end `raw`, which is read on below.
  for await (const piece of { [Symbol.asyncIterator]: () => ({ next: () => raw.next() }) }) {
    head = head.length === 0 ? piece : Buffer.concat([head, piece]);
    if (head.length > 1) break;
  }
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    if (head.length > 0) yield head;
    yield* raw;
  };
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole();
    return;
  }
  const gunzip = createGunzip();
  // Pieces of their own: the stream asks for the next ones before it has used the first.
  const own = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of whole()) yield Buffer.from(piece);
  };
  const packed = Readable.from(own(), { objectMode: false });
  packed.on("error", (error) => gunzip.destroy(error));
  try {
    yield* packed.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } finally {
    packed.destroy();
  }
}

/** JSON, or a sentence that says what is wrong with it. */
export function parseJson(text: string): { value: Json } | { message: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { message: `This is not JSON: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
