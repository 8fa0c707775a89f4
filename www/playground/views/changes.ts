/** Changes to come, in words. */
import type { Case, Change } from "../protocol.ts";
import { t } from "../speech.ts";
import { cellName, plural } from "../words.ts";

/** "leaves Loyal customers", "enters Win them back", "becomes At risk" */
export function sentenceOf({ entered, left, cell }: Change, { segments, cells }: Case): string[] {
  const nameOf = (id: string): string => segments.find((segment) => segment.id === id)?.name ?? id;
  const several = (ids: readonly string[]): string => (ids.length > 2 ? plural(ids.length, "segment") : ids.map(nameOf).join(` ${t("and")} `));
  return [
    left.length > 0 ? t("leaves {what}", { what: several(left) }) : "",
    entered.length > 0 ? t("enters {what}", { what: several(entered) }) : "",
    cell === undefined ? "" : t("becomes {what}", { what: cellName(cell, cells) }),
  ].filter(Boolean);
}
