/** One `events` measure alone, compiled as the only segment of a package. */
import type { Json, Problem, UncheckedPackage } from "./types.js";

/** Where the measure stands in the package that is compiled for it. */
const RULE = "/segments/0/rule/events";

/** What a compiler makes of a package. */
type Compile<P> = (source: object | string) => { plan: P | null; problems: Problem[] };

/**
 * Compiles a measure under the settings of a package. `of` is what stands under `events`, or `{ "events": … }`; a modifier and a value, as
 * a condition has them, are checked and play no part. No plan, if the package is refused or the measure has an error.
 */
export function compileMeasure<P>(compile: Compile<P>, source: object | string, of: Json): { plan: P | null; problems: Problem[] } {
  const settings = settingsOf(source);
  // What is no package is the compiler's to say.
  if (settings === null) return { plan: null, problems: compile(source).problems };
  const wrapped = isObject(of) && Object.keys(of).length === 1 && Object.hasOwn(of, "events");
  const events = (wrapped ? of["events"] : of) ?? null;
  const found: Problem[] = [];
  const attempt = (events: Json): P | null => {
    const { plan, problems } = compile({ ...settings, segments: [{ id: "measure", rule: { events } }] });
    let broken = false;
    for (const problem of problems) {
      // Whom the rule as a whole matches: nobody asked that of a measure.
      if (problem.severity === "warning" && RULE.startsWith(problem.pointer) && problem.pointer !== "") continue;
      const inside = problem.pointer.startsWith("/segments/0");
      broken ||= inside && problem.severity === "error";
      const rest = problem.pointer.startsWith(RULE) ? problem.pointer.slice(RULE.length) : "";
      const moved = inside ? { ...problem, pointer: `${wrapped ? "/events" : ""}${rest}` } : problem;
      // The same measure may be compiled twice.
      if (!found.some((known) => JSON.stringify(known) === JSON.stringify(moved))) found.push(moved);
    }
    return broken ? null : plan;
  };
  // Without a comparison there is no condition; one that every number passes stands in for it.
  let plan: P | null = null;
  if (!isObject(events)) attempt(events);
  else {
    const { modifier, value, ...measure } = events;
    if ((modifier === undefined && value === undefined) || attempt(events) !== null) plan = attempt({ ...measure, modifier: "is_known" });
  }
  return { plan, problems: found };
}

/** A package without what has nothing to do with a measure; `null` if it is no JSON object. */
function settingsOf(source: object | string): UncheckedPackage | null {
  let read: unknown;
  try {
    read = JSON.parse(typeof source === "string" ? source : (JSON.stringify(source) ?? "null"));
  } catch {
    return null;
  }
  if (!isObject(read)) return null;
  const { campaigns, segments, ...settings } = read;
  return settings;
}

const isObject = (value: unknown): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
