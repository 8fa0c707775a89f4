/** Why an answer is what it is, and when it was another: what only the studio build can say. */
import { explain as explainText, timeline as timelineText } from "../glue/studio.js";
import type { WasmVisitor } from "./glue.js";
import { problem } from "./guard.js";
import type { Explanation, Interval, PlanMap, Problem, Unexplained } from "./types.js";

/** `source` is the JSON text of the package. */
export function explain({ address }: WasmVisitor, source: string | null, segment: string, now: number): Explanation | Unexplained {
  if (source === null) return { problem: problem("no_source", "", NO_SOURCE) };
  return JSON.parse(explainText(address, source, segment, now)) as Explanation | Unexplained;
}

const NO_SOURCE = "A plan alone has no sentences and no pointers: give its map (FILE.plan.map, which `regulars build` writes) to engine.plan.";

/** `segment` is its number; below 0 there is none. */
export function timeline({ address }: WasmVisitor, segment: number, from: number, to: number): readonly Interval[] {
  return segment < 0 ? [] : (JSON.parse(timelineText(address, segment, from, to)) as Interval[]);
}

/** The JSON text of the package in a plan's map; `null` if there is none, or if it is of another plan, which is added to the problems. */
export function sourceOf(map: PlanMap | string | undefined, hash: string, problems: Problem[]): string | null {
  if (map === undefined) return null;
  let read: Partial<PlanMap> | null = null;
  try {
    read = (typeof map === "string" ? JSON.parse(map) : map) as Partial<PlanMap> | null;
  } catch {
    // What is no JSON is no map of this plan either.
  }
  if (read?.regulars === 1 && read.plan === hash && read.package) return JSON.stringify(read.package);
  problems.push(problem("wrong_map", "", "This map is not the one that was built with this plan; answers are right, but cannot be explained."));
  return null;
}
