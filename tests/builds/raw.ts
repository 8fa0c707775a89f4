/** Both wasm builds as the package's own code holds them, without what `start` and `load` put around them. */
import * as page from "../../www/glue/page.js";
import * as studio from "../../www/glue/studio.js";
import { answersOf } from "../../www/src/answers.js";
import { clean, fold as lower } from "../../www/src/builtins.js";
import { type Build, buildOf, type Glue } from "../../www/src/glue.js";
import { contentsOf } from "../../www/src/plan.js";
import { readEvents, readKnown } from "../../www/src/read.js";
import type { Decision, Evaluation, Names, Refusal } from "../../www/src/types.js";
import { readVisitor } from "../../www/src/visitor.js";

export { readEvents };
export { compile } from "../../www/glue/studio.js";

/** A text as it is compared. */
export const fold = (value: string): string => lower(clean(value));

/** The small build (`page`) or the full one (`studio`), from the bytes of its wasm file. */
export const loadPage = (bytes: BufferSource): Build => buildOf(page as Glue, new WebAssembly.Module(bytes));
export const loadStudio = (bytes: BufferSource): Build => buildOf(studio as Glue, new WebAssembly.Module(bytes));

/** A visitor under a plan. */
export interface Held {
  readonly names: Names;
  readonly refused: readonly Refusal[];
  readonly ingest: (events: readonly unknown[]) => void;
  /** The numbers of an evaluation, as they lie in memory. */
  readonly numbers: (now: number) => Uint8Array;
  /** `context` is what the page knows from here on; without it, what it knew at first. */
  readonly evaluate: (now: number, context?: object) => Evaluation;
  readonly decide: (slot: string, now: number, context?: object) => Decision;
  readonly snapshot: () => Uint8Array;
  readonly free: () => void;
}

/** `source`: a visitor object, or the bytes of a snapshot. */
export function hold(build: Build, plan: Uint8Array, source: object | Uint8Array, context: object = {}): Held {
  const past = source instanceof Uint8Array ? source : null;
  const visitor = build.open(plan, past);
  if (visitor.planCode !== 0) throw new Error(`the plan is refused with ${visitor.planCode}`);
  if (visitor.snapshotCode !== 0) throw new Error(`the snapshot is refused with ${visitor.snapshotCode}`);
  const { id, coverage, profile, read, refused } = readVisitor(past ? {} : source);
  if (!past) {
    visitor.introduce(id, coverage);
    visitor.add(read.map(({ bytes }) => bytes));
    if (profile) visitor.know(true, profile);
  }
  const contents = contentsOf(plan);
  const answers = answersOf(visitor, contents);
  const consider = (known: object): void => {
    visitor.know(false, readKnown(known, ["context"], true).fields);
    answers.forget();
  };
  consider(context);
  return {
    names: contents.names,
    refused,
    ingest(events) {
      visitor.add(readEvents(events).read.map(({ bytes }) => bytes));
      answers.forget();
    },
    numbers(now) {
      const { buffer, byteOffset, byteLength } = visitor.evaluate(now, 6 + 2 * contents.names.segments.length);
      return new Uint8Array(buffer, byteOffset, byteLength).slice();
    },
    evaluate(now, known = context) {
      consider(known);
      return answers.at(now);
    },
    decide(slot, now, known = context) {
      consider(known);
      return answers.decide(slot, now);
    },
    snapshot: () => visitor.snapshot(),
    free: () => visitor.free(),
  };
}
