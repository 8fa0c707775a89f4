/** All tests of a package, and why one of them comes out as it does. */
import type { Explanation } from "regulars/engine";
import { segmentsIn, testsOf } from "../document/package.ts";
import { passes } from "../passes.ts";
import type { ShownEvent, TestRun } from "../protocol.ts";
import type { Good } from "./case.ts";
import { shownEvents } from "./events.ts";
import { runnable, testsIn } from "./tests.ts";

export function runAll(good: Good): TestRun {
  let [passed, failed] = [0, 0];
  let first: TestRun["first"] = null;
  for (const { id } of segmentsIn(good.source)) {
    testsIn(good, id).forEach((answer, test) => {
      if (passes(answer)) passed++;
      else {
        failed++;
        first ??= { segment: id, test };
      }
    });
  }
  return { passed, failed, first };
}

export function whyOf({ plan, source }: Good, segment: string, test: number): { explanation: Explanation | null; events: readonly ShownEvent[] } {
  const asked = runnable(testsOf(source, segment)[test] ?? {});
  if (!asked) return { explanation: null, events: [] };
  const visitor = plan.visitor(asked.visitor);
  try {
    const found = visitor.explain(segment, asked.now, asked.context);
    return { explanation: "problem" in found ? null : found, events: shownEvents(asked.visitor) };
  } finally {
    visitor.free();
  }
}
