import type { Plan } from "../engine.js";
import { parseInstant } from "../instant.js";
import type { Json, Problem, UncheckedPackage } from "../types.js";
import { isObject } from "./input.js";
import { errorOf, type Output } from "./output.js";
import { compile } from "./package.js";
import { type Arguments, PRETTY, STRICT, type Usage } from "./usage.js";

export const usage: Usage = {
  name: "check",
  synopsis: "check PACKAGE [--strict] [--pretty]",
  about: "Says everything that is wrong with a package, and runs the segments' own examples.",
  options: [STRICT, PRETTY],
  example: "regulars check shop.json --pretty",
};

/** The history that the work of an evaluation is said for. */
const EVENTS = 1000;

/** An example of a segment, and whether it came true. */
interface Example {
  readonly segment: Json;
  /** Its place in the segment's list, from 0. */
  readonly example: number;
  readonly expected: boolean;
  readonly actual: boolean;
  readonly ok: boolean;
}

export async function run({ package: file, strict }: Arguments, output: Output): Promise<void> {
  const { source, plan, problems: found } = await compile(file, strict);
  const problems = [...found];
  const examples = source && plan ? examplesOf(source, plan, problems) : [];
  for (const problem of problems) await output.problem(problem);
  const count = (key: string): number => {
    const list = source?.[key];
    return Array.isArray(list) ? list.length : 0;
  };
  await output.record({
    problems,
    examples,
    segments: count("segments"),
    campaigns: count("campaigns"),
    timeZone: plan?.names.timeZone ?? null,
    zoneVersion: plan?.names.zoneVersion ?? null,
    work: plan ? { events: EVENTS, steps: plan.work(EVENTS) } : null,
  });
}

function segmentsOf(source: UncheckedPackage | null): readonly Json[] {
  const segments = source?.["segments"];
  return Array.isArray(segments) ? (segments as readonly Json[]) : [];
}

/** Runs every example of segments that work. What is wrong, with them or with the others, is added to `problems`. */
function examplesOf(source: UncheckedPackage, plan: Plan, problems: Problem[]): Example[] {
  const done: Example[] = [];
  const broken = new Set<string | undefined>();
  for (const { severity, pointer } of problems) if (severity === "error") broken.add(/^\/segments\/\d+/.exec(pointer)?.[0]);
  segmentsOf(source).forEach((segment, place) => {
    const list = isObject(segment) ? segment["examples"] : undefined;
    // What is broken never matches; and of two segments with one id the answer is the first one's.
    if (!isObject(segment) || !Array.isArray(list) || broken.has(`/segments/${place}`)) return;
    (list as readonly Json[]).forEach((given, example) => {
      const pointer = `/segments/${place}/examples/${example}`;
      const now = isObject(given) ? parseInstant(given["now"]) : null;
      const context = isObject(given) ? (given["context"] ?? {}) : null;
      if (!isObject(given) || !isObject(given["visitor"]) || !isObject(context) || typeof given["member"] !== "boolean" || now === null) {
        problems.push(errorOf("bad_example", "An example has a visitor, an instant now with an offset, a context if any, and member: true or false.", pointer));
        return;
      }
      const visitor = plan.visitor(given["visitor"]);
      for (const problem of visitor.problems) {
        if (problem.severity === "error") problems.push({ ...problem, pointer: `${pointer}/visitor${problem.pointer}` });
        else if (!problems.some(({ message }) => message === problem.message)) problems.push(problem);
      }
      const { segments } = visitor.evaluate(now, context);
      visitor.free();
      const id = segment["id"] ?? null;
      const key = String(id).trim();
      const expected = given["member"];
      const actual = Object.hasOwn(segments, key) && segments[key]?.member === true;
      done.push({ segment: id, example, expected, actual, ok: actual === expected });
      if (actual === expected) return;
      const [wanted, got] = expected ? ["a member", "is none"] : ["no member", "is one"];
      problems.push(errorOf("example_failed", `This example expects ${wanted} of ${key}; the visitor ${got}.`, pointer));
    });
  });
  return done;
}
