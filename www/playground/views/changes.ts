/** Changes to come, in words. */
import type { Case, Change } from "../protocol.ts";
import { cellName, plural } from "../words.ts";

/** "leaves Loyal customers", "enters Win them back", "becomes At risk" */
export function sentenceOf({ entered, left, cell }: Change, { segments, cells }: Case): string[] {
  const nameOf = (id: string): string => segments.find((segment) => segment.id === id)?.name ?? id;
  const several = (ids: readonly string[]): string => (ids.length > 2 ? plural(ids.length, "segment") : ids.map(nameOf).join(" and "));
  return [
    left.length > 0 ? `leaves ${several(left)}` : "",
    entered.length > 0 ? `enters ${several(entered)}` : "",
    cell === undefined ? "" : `becomes ${cellName(cell, cells)}`,
  ].filter(Boolean);
}
