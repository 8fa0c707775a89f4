/** The tests that travel with segments: their examples, run as `regulars check` runs them. */
import type { Context, Visitor } from "regulars/engine";
import { testsOf } from "../document/package.ts";
import { isTree, textOf, type Tree } from "../document/tree.ts";
import type { TestAnswer } from "../protocol.ts";
import type { Good } from "./case.ts";
import { instantOf } from "./events.ts";

/** What an example asks; `null`: it cannot be run. */
interface Runnable {
  readonly visitor: Visitor;
  readonly now: number;
  readonly context: Context;
  readonly member: boolean;
}

export function runnable({ visitor, now, context = {}, member }: Tree): Runnable | null {
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
