/** JSON of which nothing is known: any text may stand in the editor. */
import type { Json } from "regulars/engine";

export type Tree = { readonly [key: string]: Json | undefined };

export const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
export const textOf = (value: Json | undefined): string => (typeof value === "string" || typeof value === "number" ? String(value).trim() : "");

/** The object a text stands for; `null` if it is no JSON, or no object. */
export function treeIn(text: string): Tree | null {
  try {
    const value: unknown = JSON.parse(text);
    return isTree(value) ? value : null;
  } catch {
    return null;
  }
}

/** What a JSON pointer points to. */
export function at(root: Json | undefined, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(key)];
    else if (isTree(value)) value = Object.hasOwn(value, key) ? value[key] : undefined;
    else return undefined;
  }
  return value;
}
