/** What the engine is asked, and whose answer counts. */
import type { Package } from "regulars/engine";
import type { Draft, EditorEngine, LookAnswer, LookRequest } from "../types.js";
import type { Value } from "./pointer.js";

/** The package around a rule: the page's own, or a plain one; with the rule in its segment. */
export function draftWith(given: Draft | null, segment: string, rule: Value): { readonly draft: Draft; readonly start: string } {
  const { segments = [], ...settings } = given ?? {};
  const at = segments.findIndex(({ id }) => id === segment);
  const own = { ...(segments[at] ?? { id: segment }), rule: rule as object };
  const all = at < 0 ? [...segments, own] : segments.map((other, index) => (index === at ? own : other));
  const plain = { regulars: 1 as const, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone as Package["timeZone"], currency: "EUR" };
  return { draft: { ...plain, ...settings, segments: all }, start: `/segments/${at < 0 ? segments.length : at}/rule` };
}

/** Asks one thing at a time. While an answer is under way only the newest question is kept; an answer to an older one is dropped. */
export class Looking {
  private asked: { readonly engine: EditorEngine; readonly request: LookRequest } | null = null;
  private busy = false;
  private latest = 0;

  constructor(private readonly told: (answer: LookAnswer, request: LookRequest) => void, private readonly failed: (error: unknown) => void) {}

  ask(engine: EditorEngine, request: LookRequest): void {
    this.asked = { engine, request };
    this.latest++;
    if (!this.busy) void this.next();
  }

  private async next(): Promise<void> {
    this.busy = true;
    // After what was typed has been painted.
    await new Promise((resolve) => setTimeout(resolve));
    while (this.asked !== null) {
      const { engine, request } = this.asked;
      const turn = this.latest;
      this.asked = null;
      try {
        const answer = await engine.look(request);
        if (turn === this.latest) this.told(answer, request);
      } catch (error) {
        if (turn === this.latest) this.failed(error);
      }
    }
    this.busy = false;
  }
}
