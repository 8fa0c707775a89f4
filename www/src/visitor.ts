import { isArray, keys, trim } from "./builtins.js";
import type { Coverage } from "./glue.js";
import { LAST } from "./instant.js";
import { isMissing, type Plain, plainOf } from "./plain.js";
import { type Batch, idIn, instantIn, partsOf, readEvents, readKnown } from "./read.js";
import { type Code, type Path, refusalOf } from "./refusals.js";
import type { Refusal } from "./types.js";

/** Of a `coveredSince` that cannot be read: nothing is known to be complete, to the end of time. */
const NEVER: Coverage = [["", LAST]];

/** A visitor as far as it can be read. Of what is refused, its own parts have the index −1. */
export interface ReadVisitor extends Batch {
  /** Empty if there is none. */
  readonly id: string;
  readonly coverage: Coverage;
  /** The profile's fields; `null` if there are none. */
  readonly profile: Uint8Array | null;
}

/** Reads a whole visitor: `id`, `profile`, `coveredSince`, `events`. Never throws. */
export function readVisitor(given: unknown): ReadVisitor {
  const visitor = { id: "", coverage: [] as Coverage, read: [] as Batch["read"], profile: null as Uint8Array | null };
  const refused: Refusal[] = [];
  let path: Path = [];
  const read = (key: string, value: unknown): void => {
    // What is missing is no reason to refuse anything.
    const missing = value === undefined || isMissing(value as Plain);
    switch (key) {
      case "id":
        if (!missing) visitor.id = idIn(plainOf(value, { path, size: 0 }));
        break;
      case "profile":
        if (!missing) {
          const known = readKnown(value, path, false);
          visitor.profile = known.fields;
          for (const refusal of known.refused) refused.push(refusal);
        }
        break;
      case "coveredSince":
        if (missing) break;
        visitor.coverage = NEVER;
        visitor.coverage = coverageIn(plainOf(value, { path, size: 0 }), path);
        break;
      case "events":
        if (!missing && !isArray(value)) throw "wrong_type" satisfies Code;
        if (!missing) {
          const batch = readEvents(value);
          visitor.read = batch.read;
          for (const refusal of batch.refused) refused.push(refusal);
        }
        break;
      default:
        if (value !== undefined) throw "unknown_key" satisfies Code;
    }
  };
  try {
    if (typeof given !== "object" || given === null || isArray(given)) throw "wrong_type" satisfies Code;
    for (const key of keys(given)) {
      path = [key];
      try {
        read(key, (given as { [key: string]: unknown })[key]);
      } catch (thrown) {
        refused.push(refusalOf(-1, thrown, path));
      }
    }
  } catch (thrown) {
    refused.push(refusalOf(-1, thrown, []));
  }
  return { ...visitor, refused };
}

/** An instant, or one per event type. */
function coverageIn(value: Plain, path: Path): Coverage {
  if (typeof value !== "object") return [["", instantIn(value)]];
  return partsOf(value).map(({ name, value: instant }) => {
    path.push(name);
    const since = instantIn(instant);
    path.pop();
    return [trim(name), since];
  });
}
