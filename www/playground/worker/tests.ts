/** The tests that travel with segments: their examples, run as `regulars check` runs them. */
import type { Context, Explanation, Visitor } from "regulars/engine";
import { segmentsIn, testsOf } from "../document/package.ts";
import { isTree, textOf, type Tree } from "../document/tree.ts";
import type { ShownEvent, TestAnswer, TestRun } from "../protocol.ts";
import { passes } from "../passes.ts";
import type { Good } from "./case.ts";
import { instantOf, shownEvents } from "./events.ts";

/** What an example asks; `null`: it cannot be run. */
interface Runnable {
  readonly visitor: Visitor;
  readonly now: number;
  readonly context: Context;
  readonly member: boolean;
}

function runnable({ visitor, now, context = {}, member }: Tree): Runnable | null {
  const instant = instantOf(now);
  return isTree(visitor) && isTree(context) && typeof member === "boolean" && instant !== null ? { visitor: visitor as Visitor, now: instant, context, member } : null;
}

export function testsIn({ plan, source }: Good, segment: string): TestAnswer[] {
  return testsOf(source, segment).map((test) => {
    const asked = runnable(test);
    const name = textOf(test["name"]);
    if (!asked) return { name, now: null, expected: test["member"] === true, actual: false, unreadable: true };
    const visitor = plan.visitor(asked.visitor);
    try {
      const { segments } = visitor.evaluate(asked.now, asked.context);
      const actual = Object.hasOwn(segments, segment) && segments[segment]?.member === true;
      return { name, now: asked.now, expected: asked.member, actual, unreadable: visitor.problems.some(({ severity }) => severity === "error") };
    } finally {
      visitor.free();
    }
  });
}

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
