/** Why an answer is what it is, and when it was another: what only the studio build can say. */
import { belongs, explain as explainText, timeline as timelineText } from "../glue/studio.js";
import { textOf } from "./compile.js";
import type { Build, WasmVisitor } from "./glue.js";
import { guarded, problem } from "./guard.js";
import type { Explanation, Interval, PlanMap, Problem, Unexplained } from "./types.js";

/** `source` is the JSON text of the package. */
export function explain({ address }: WasmVisitor, source: string | null, segment: string, now: number): Explanation | Unexplained {
  if (source === null) return { problem: problem("no_source", "", NO_SOURCE) };
  const text = explainText(address, source, segment, now);
  return text === undefined ? { problem: wrongMap() } : (JSON.parse(text) as Explanation | Unexplained);
}

/** What is said where there is only a plan. */
export const NO_SOURCE = "A plan alone has no sentences and no pointers. Its map has them: FILE.plan.map, which `regulars build` writes beside it.";

/** `segment` is its number; below 0 there is none. */
export function timeline({ address }: WasmVisitor, segment: number, from: number, to: number): readonly Interval[] {
  return segment < 0 ? [] : (JSON.parse(timelineText(address, segment, from, to)) as Interval[]);
}

/** The JSON text of the package in a plan's map; `null` if there is none, or if it is of another plan, which is added to the problems. */
export function sourceOf(build: Build, plan: Uint8Array, hash: string, map: PlanMap | string | undefined, problems: Problem[]): string | null {
  if (map === undefined) return null;
  let read: Partial<PlanMap> | null = null;
  try {
    read = (typeof map === "string" ? JSON.parse(map) : map) as Partial<PlanMap> | null;
  } catch {
    // What is no JSON is no map of this plan either.
  }
  if (read?.regulars === 1 && read.plan === hash && read.package) {
    // The hash is quickly compared; that the package is still the one that was built is then made sure of.
    const text = textOf(read.package);
    if (guarded(build, () => belongs(plan, text))) return text;
  }
  problems.push(wrongMap());
  return null;
}

const wrongMap = (): Problem =>
  problem("wrong_map", "", "This map was not built with this plan, or by another version of Regulars: answers are right, but cannot be explained. Build both again.");
