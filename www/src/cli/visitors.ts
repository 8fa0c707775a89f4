import type { EngineVisitor, Plan } from "../engine.js";
import type { Context, Problem } from "../types.js";
import { isObject, linesOf, parseJson, textOf } from "./input.js";
import { errorOf, type Output } from "./output.js";
import { planIn } from "./package.js";
import type { Arguments } from "./usage.js";

/** What is answered for one visitor. `problem` in it says why nothing can be, of anyone. */
export type Answer = (visitor: EngineVisitor, now: number, context: Context | undefined) => unknown;

/**
 * Answers for each line of the visitors' file, in its order. A line that cannot be read is named, and the others are used.
 * `check` may throw what is wrong with the question, before any visitor is read.
 */
export async function forEachVisitor(given: Arguments, output: Output, answer: Answer, check?: (plan: Plan) => void): Promise<void> {
  const { package: file, strict, visitors = "", context: contextFile, now = Date.now() } = given;
  const context = contextFile === undefined ? undefined : await contextOf(contextFile, output);
  const { plan, problems } = await planIn(file, strict);
  for (const problem of problems) await output.problem(problem);
  if (!plan || context === null) return;
  check?.(plan);
  const said = new Set<string>();
  for await (const { number, text } of linesOf(visitors)) {
    const { records, problems, unanswered } = answerLine(plan, text, (visitor) => answer(visitor, now, context));
    if (unanswered) {
      // The same would be said of every visitor.
      await output.problem(unanswered);
      return;
    }
    for (const problem of problems) {
      // A warning is about the package and the data as a whole: once is enough.
      if (problem.severity === "warning" && said.has(problem.message)) continue;
      said.add(problem.message);
      await output.problem({ ...problem, file: visitors, line: number });
    }
    for (const record of records) await output.record(record);
  }
}

interface Answered {
  readonly records: readonly unknown[];
  readonly problems: EngineVisitor["problems"];
  /** Why nothing is answered of anyone. */
  readonly unanswered?: Problem;
}

function answerLine(plan: Plan, text: string, answer: (visitor: EngineVisitor) => unknown): Answered {
  const read = parseJson(text);
  if ("message" in read) return { records: [], problems: [errorOf("not_json", read.message)] };
  if (!isObject(read.value)) return { records: [], problems: [errorOf("wrong_type", "A visitor is a JSON object.")] };
  const visitor = plan.visitor(read.value);
  const answered = answer(visitor);
  visitor.free();
  if (isObject(answered) && isObject(answered["problem"])) return { records: [], problems: [], unanswered: answered["problem"] as unknown as Problem };
  return { records: [answered], problems: visitor.problems };
}

/** `null`: it is no object, and that was said. */
async function contextOf(file: string, output: Output): Promise<Context | null> {
  const read = parseJson(await textOf(file));
  if ("value" in read && isObject(read.value)) return read.value;
  const problem = "message" in read ? errorOf("not_json", read.message) : errorOf("wrong_type", "The context is a JSON object.");
  await output.problem({ ...problem, file });
  return null;
}
