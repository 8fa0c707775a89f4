import type { Build, WasmVisitor } from "./glue.js";
import type { Evaluation, Membership, Names } from "./types.js";

/** How many numbers come before those of the segments. */
const HEAD = 6;
const MEMBER = 1;
const PARTIAL = 2;

/** The answers of one visitor, kept while nothing printed in them can change. */
export interface Answers {
  /** Every answer at `now`, frozen; the same object while it is true. */
  readonly at: (now: number) => Evaluation;
  /** The history has changed. */
  readonly forget: () => void;
}

/** Answers of `visitor`, which lives in the present instance of `build`. */
export function answersOf(build: Build, visitor: WasmVisitor, names: Names): Answers {
  let kept: { answer: Evaluation; from: number; until: number } | null = null;
  return {
    at(now) {
      if (kept === null || now < kept.from || now >= kept.until) {
        const numbers = build.numbers(visitor.evaluate(now), HEAD + 2 * names.segments.length);
        const until = numbers[0] ?? now;
        kept = { answer: decode(numbers, names), from: now, until: until > now ? until : now };
      }
      return kept.answer;
    },
    forget() {
      kept = null;
    },
  };
}

/** The numbers of an evaluation as SPEC 7 prints it. */
export function decode(numbers: Float64Array, names: Names): Evaluation {
  const instant = (index: number): number | null => {
    const value = numbers[index] ?? NaN;
    return value === value ? value : null;
  };
  const segments = names.segments.map((id, index): [string, Membership] => {
    const flags = numbers[HEAD + 2 * index] ?? 0;
    const membership = {
      member: (flags & MEMBER) !== 0,
      holdsUntil: instant(HEAD + 2 * index + 1),
      partial: (flags & PARTIAL) !== 0,
    };
    return [id, Object.freeze(membership)];
  });
  const cell = numbers[2] ?? -2;
  return Object.freeze({
    // From entries, so that a segment may be called `__proto__`.
    segments: Object.freeze(Object.fromEntries(segments)),
    retention: Object.freeze({
      cell: cell === -1 ? "none" : (names.cells[cell]?.id ?? null),
      conversions: numbers[3] ?? 0,
      daysSinceLast: instant(4),
      holdsUntil: instant(5),
    }),
    holdsUntil: instant(1),
  });
}
