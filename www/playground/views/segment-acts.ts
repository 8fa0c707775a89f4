/** What can be done with a segment as a whole, and why it is not done. */
import type { Edited } from "../document/edits.ts";
import type { Tree } from "../document/tree.ts";
import { t } from "../speech.ts";
import { usesText } from "./uses.ts";

export { addSegment, deleteSegment, duplicateSegment } from "../document/edits.ts";
export { openRename } from "./rename.ts";

export function refusal(edited: Exclude<Edited, { source: Tree }>): string {
  switch (edited.refused) {
    case "used": return t("This segment is used by {names}: take it out of there first.", { names: usesText(edited.uses) });
    case "taken": return t("There is another segment with this id.");
    case "empty": return t("A segment needs a name and an id.");
    case "unknown": return t("There is no such segment.");
  }
}
