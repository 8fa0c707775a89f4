/** What a change of a package does to its segments: proved of all visitors, and counted of some. */
import { compare } from "./compile.js";
import type { Plan } from "./engine.js";
import type { Build } from "./glue.js";
import { checkedNow } from "./guard.js";
import type { Package } from "./rules.js";
import type { Context, Difference, Problem, SegmentDifference, Visitor } from "./types.js";

type Compile = (source: Package | string) => { plan: Plan | null; problems: Problem[] };

/** The packages, compiled and compared, and both asked about each of the visitors. */
export function diff(
  build: Build, compile: Compile, before: Package | string, after: Package | string, visitors: Iterable<Visitor>, now: number, context?: Context,
): Difference {
  const instant = checkedNow(now);
  const [old, changed] = [compile(before), compile(after)];
  const problems = { before: old.problems, after: changed.problems };
  const [oldPlan, newPlan] = [old.plan, changed.plan];
  if (!oldPlan || !newPlan) return { problems, segments: {} };
  const proved = compare(build, before, after);
  const ids = [...new Set([...oldPlan.names.segments, ...newPlan.names.segments])];
  const found = new Map(ids.map((id) => [id, { entered: [] as string[], left: [] as string[] }]));
  let place = 0;
  for (const visitor of visitors) {
    const [was, is] = [oldPlan, newPlan].map((plan) => membersOf(plan, visitor, instant, context)) as [Members, Members];
    const name = was.id ?? `#${place}`;
    for (const [id, { entered, left }] of found) {
      if (was.of(id) !== is.of(id)) (is.of(id) ? entered : left).push(name);
    }
    place++;
  }
  // From entries, so that a segment may be called `__proto__`.
  const segments = Object.fromEntries([...found].map(([id, turned]): [string, SegmentDifference] => [id, { ...turned, compared: proved.get(id) ?? null }]));
  return { problems, segments };
}

interface Members {
  readonly id: string | null;
  readonly of: (segment: string) => boolean;
}

function membersOf(plan: Plan, source: Visitor, now: number, context?: Context): Members {
  const visitor = plan.visitor(source);
  try {
    const { segments } = visitor.evaluate(now, context);
    return { id: visitor.id, of: (id) => Object.hasOwn(segments, id) && segments[id]?.member === true };
  } finally {
    visitor.free();
  }
}
