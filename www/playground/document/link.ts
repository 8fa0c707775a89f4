/**
 * A case as text in a link: everything after the `#`, which browsers never send to a server.
 *
 *     #v1.<base64url of deflate-raw of UTF-8 JSON>
 *
 * The JSON is { "package": object, "segment": id, "now": milliseconds, "context"?: object, "visitor"?: object }. A text that is no JSON yet
 * stands as a string. What else is in it is ignored.
 */
import type { Json } from "regulars/engine";
import { isTree, type Tree } from "./tree.ts";

export interface Shared {
  /** A string only if it is no JSON yet. */
  readonly package: Json;
  readonly segment: string;
  readonly now: number;
  readonly context?: Tree;
  readonly visitor?: Json;
}

/** Why a link cannot be opened. */
export type LinkRefusal = "version" | "long" | "damaged" | "large" | "contents";

const START = "#v1.";
/** Of the link: browsers and chat programs cut longer ones. */
const MOST_CHARACTERS = 400_000;
/** Of what is in it: the engine takes packages of up to 1 MiB. */
const MOST_BYTES = 4 * 1024 * 1024;
const LAST_INSTANT = 253_402_300_799_999;

export async function fragmentOf(shared: Shared): Promise<string> {
  const text = JSON.stringify(shared);
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return START + base64url(new Uint8Array(await new Response(packed).arrayBuffer()));
}

/** Never throws: a link is anybody's text. */
export async function readFragment(fragment: string): Promise<Shared | { readonly refused: LinkRefusal }> {
  if (!fragment.startsWith(START)) return { refused: "version" };
  if (fragment.length > MOST_CHARACTERS) return { refused: "long" };
  const bytes = bytesOf(fragment.slice(START.length));
  const unpacked = bytes && (await inflated(bytes));
  if (!unpacked) return { refused: unpacked === false ? "large" : "damaged" };
  try {
    const found: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(unpacked));
    return sharedIn(found) ?? { refused: "contents" };
  } catch {
    return { refused: "contents" };
  }
}

function sharedIn(found: unknown): Shared | null {
  if (!isTree(found)) return null;
  const { package: source, segment, now, context, visitor } = found;
  const isPart = (part: Json | undefined): part is Json => isTree(part) || typeof part === "string";
  if (!isPart(source) || typeof segment !== "string" || typeof now !== "number") return null;
  if (!Number.isSafeInteger(now) || Math.abs(now) > LAST_INSTANT) return null;
  if ((context !== undefined && !isTree(context)) || (visitor !== undefined && !isPart(visitor))) return null;
  return { package: source, segment, now, ...(context === undefined ? {} : { context }), ...(visitor === undefined ? {} : { visitor }) };
}

/** `null`: this is nothing that was packed; `false`: it is far larger than it looks. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null | false> {
  const source = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await source.read();
      if (done) break;
      length += value.length;
      if (length > MOST_BYTES) {
        await source.cancel();
        return false;
      }
      parts.push(value);
    }
  } catch {
    return null;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Few enough at once to be arguments of a call. */
const CHUNK = 8192;

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (let from = 0; from < bytes.length; from += CHUNK) binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
