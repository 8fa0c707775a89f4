/** Rules from and to other rule builders, for the part that fits. What does not fit is refused with the reason, never left out. */
import { fromJquery } from "./interchange/jquery-querybuilder.js";
import { MAX_DEPTH } from "./interchange/groups.js";
import { type Found, foundNothing, isObject } from "./interchange/problems.js";
import { fromReact } from "./interchange/react-querybuilder.js";
import { type ReactGroup, toReact } from "./interchange/write-react.js";
import type { Json, Problem } from "./types.js";

export type { ReactGroup, ReactRule } from "./interchange/write-react.js";

/** The formats that rules come from. */
export type ImportFormat = "react-querybuilder" | "jquery-querybuilder";
/** The formats that rules can be written in. */
export type ExportFormat = "react-querybuilder";

const IMPORTS: { readonly [format in ImportFormat]: (found: Found, foreign: unknown) => Json | null } = {
  "react-querybuilder": fromReact,
  "jquery-querybuilder": fromJquery,
};

/** The formats of {@link importRule}. */
export const importFormats = Object.keys(IMPORTS) as readonly ImportFormat[];
/** The formats of {@link exportRule}. */
export const exportFormats: readonly ExportFormat[] = ["react-querybuilder"];

/** How many groups and conditions a rule may have. */
const MAX_NODES = 4096;

/**
 * A foreign rule as a rule of a package. `rule` is `null` if anything in it does not fit: every reason is in `problems`, with a pointer into the
 * foreign document. Fields are called `profile.FIELD`, `context.FIELD`, `events.TYPE.MEASURE` with a period after it if any
 * (`events.conversion.count.last_90_day`), `segment` and `retention`.
 */
export function importRule(format: ImportFormat, foreign: unknown): { rule: Json | null; problems: readonly Problem[] } {
  if (!Object.hasOwn(IMPORTS, format)) throw new TypeError(`importRule knows the formats ${importFormats.join(", ")}.`);
  const found = foundNothing();
  const rule = IMPORTS[format](found, foreign);
  if (rule !== null) limits(found, rule);
  return { rule: found.failed() ? null : rule, problems: found.problems };
}

/** A rule of a package in a foreign format: the opposite of {@link importRule}, with pointers into the rule. */
export function exportRule(format: ExportFormat, rule: unknown): { query: ReactGroup | null; problems: readonly Problem[] } {
  if (!exportFormats.includes(format)) throw new TypeError(`exportRule knows the formats ${exportFormats.join(", ")}.`);
  const found = foundNothing();
  const query = toReact(found, rule);
  return { query: found.failed() ? null : query, problems: found.problems };
}

/** A group with `not` is two levels of ours, so a foreign rule may fit there and not here. */
function limits(found: Found, rule: Json): void {
  let nodes = 0;
  const depthOf = (part: unknown): number => {
    nodes++;
    if (!isObject(part)) return 1;
    const inside = part["all"] ?? part["any"] ?? ("not" in part ? [part["not"]] : []);
    return 1 + Math.max(0, ...(inside as readonly unknown[]).map(depthOf));
  };
  const depth = depthOf(rule);
  if (depth > MAX_DEPTH) found.error("too_deep", "", `This nests ${depth} levels deep here; rules may nest at most ${MAX_DEPTH}.`, "Join groups that combine in the same way.");
  if (nodes > MAX_NODES) found.error("too_many_nodes", "", `A rule may have at most ${MAX_NODES} groups and conditions; this has ${nodes}.`, "Make several segments of it.");
}
