import type { WasmVisitor } from "./glue.js";
import type { Campaign, Contents } from "./plan.js";
import type { Decision, Evaluation, Membership, Names, Rejection } from "./types.js";

/** How many numbers come before those of the segments. */
const HEAD = 6;
const MEMBER = 1;
const PARTIAL = 2;
/** States of the grid: no conversion; no cell fits; the first cell. */
const NONE = 0;
const CELLS = 2;
/** What became of a campaign in a decision: it is for another slot; why it is not shown; its first variant is shown, or a later one. */
const ELSEWHERE = 0;
const REASONS: readonly Rejection["reason"][] = ["when", "when", "partial", "priority", "variant"];
const SHOWN = 5;

/** The answers of one visitor, kept while nothing printed in them can change. */
export interface Answers {
  /** Every answer at `now`, frozen; the same object while it is true. */
  readonly at: (now: number) => Evaluation;
  /** What a slot shows at `now`. */
  readonly decide: (slot: string, now: number) => Decision;
  /** The history has changed. */
  readonly forget: () => void;
}

/** Answers of `visitor`, which has taken the plan of these contents. */
export function answersOf(visitor: WasmVisitor, { names, campaigns }: Contents): Answers {
  let kept: { answer: Evaluation; from: number; until: number } | null = null;
  return {
    at(now) {
      if (kept === null || now < kept.from || now >= kept.until) {
        const numbers = visitor.evaluate(now, HEAD + 2 * names.segments.length);
        const until = numbers[0] ?? now;
        kept = { answer: decode(numbers, names), from: now, until: until > now ? until : now };
      }
      return kept.answer;
    },
    decide(slot, now) {
      const place = names.slots.indexOf(slot);
      return place < 0 ? nothingFor(slot) : decisionOf(slot, visitor.decide(place, now, 1 + campaigns.length), campaigns);
    },
    forget() {
      kept = null;
    },
  };
}

/** Nothing to show. */
export const nothingFor = (slot: string): Decision => ({
  slot, campaign: null, variant: null, content: null, heldOut: false, rejected: [], holdsUntil: null,
});

/** An instant, or `null` where there is none. */
const instantAt = (numbers: Float64Array, index: number): number | null => {
  const value = numbers[index] ?? NaN;
  return value === value ? value : null;
};

/** The numbers of an evaluation as SPEC 7 prints it. */
function decode(numbers: Float64Array, names: Names): Evaluation {
  const segments = names.segments.map((id, index): [string, Membership] => {
    const flags = numbers[HEAD + 2 * index] ?? 0;
    const membership = {
      member: (flags & MEMBER) !== 0,
      holdsUntil: instantAt(numbers, HEAD + 2 * index + 1),
      partial: (flags & PARTIAL) !== 0,
    };
    return [id, Object.freeze(membership)];
  });
  const state = numbers[2] ?? NONE;
  return Object.freeze({
    // From entries, so that a segment may be called `__proto__`.
    segments: Object.freeze(Object.fromEntries(segments)),
    retention: Object.freeze({
      cell: state === NONE ? "none" : (names.cells[state - CELLS]?.id ?? null),
      conversions: numbers[3] ?? 0,
      daysSinceLast: instantAt(numbers, 4),
      holdsUntil: instantAt(numbers, 5),
    }),
    holdsUntil: instantAt(numbers, 1),
  });
}

/** The numbers of a decision as SPEC 9 prints it. */
function decisionOf(slot: string, numbers: Float64Array, campaigns: readonly Campaign[]): Decision {
  const rejected: Rejection[] = [];
  let shown: Pick<Decision, "campaign" | "variant" | "content"> = { campaign: null, variant: null, content: null };
  campaigns.forEach(({ id, variants }, index) => {
    const outcome = numbers[1 + index] ?? ELSEWHERE;
    const reason = REASONS[outcome];
    const variant = variants[outcome - SHOWN];
    if (variant) shown = { campaign: id, variant: variant.id, content: variant.content };
    else if (outcome !== ELSEWHERE && reason) rejected.push({ campaign: id, reason });
  });
  return { slot, ...shown, heldOut: false, rejected, holdsUntil: instantAt(numbers, 0) };
}
