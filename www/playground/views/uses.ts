/** Where a segment is used, in words. */
import type { Use } from "../document/package.ts";
import { t } from "../speech.ts";
import { listed } from "../words.ts";

/** "the segment Win them back and the campaign Warm coats" */
export const usesText = (uses: readonly Use[]): string =>
  listed(uses.map(({ kind, name }) => t(kind === "segment" ? "the segment {name}" : "the campaign {name}", { name })));
