/** What a plan says for itself, beside what the engine makes of it: names, contents, and its hash. */
import { integerIn } from "./bytes.js";
import type { Json, Names } from "./types.js";

/** A campaign, as decisions need it. */
export interface Campaign {
  readonly id: string;
  readonly variants: readonly { readonly id: string; readonly content: Json }[];
}

export interface Contents {
  readonly names: Names;
  /** In the order of the package. */
  readonly campaigns: readonly Campaign[];
}

/** After magic and version. */
const HASH = 5;
const NAMES = HASH + 8;

/** Reads the bytes of a plan that the engine has taken. Everything is frozen: contents are handed out again and again. */
export function contentsOf(plan: Uint8Array): Contents {
  const [length, place] = integerIn(plan, NAMES);
  const json = new TextDecoder().decode(plan.subarray(place, place + length));
  const { campaigns, ...names } = JSON.parse(json, (_, value: unknown) => Object.freeze(value)) as Names & { campaigns: Campaign[] };
  return { names: Object.freeze(names), campaigns };
}

/** Identifies a plan: 16 hex digits. */
export const hashOf = ({ buffer, byteOffset }: Uint8Array): string =>
  new DataView(buffer, byteOffset + HASH).getBigUint64(0, true).toString(16).padStart(16, "0");
