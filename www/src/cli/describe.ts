import { nearest } from "./nearest.js";
import type { Output } from "./output.js";
import { planIn } from "./package.js";
import { type Arguments, PRETTY, STRICT, type Usage, wrongUsage } from "./usage.js";

export const usage: Usage = {
  name: "describe",
  synopsis: "describe PACKAGE [SEGMENT] [--language en|nl] [--strict] [--pretty]",
  about: "Says in a sentence what each segment, or one of them, asks for; every phrase with the place of what it speaks of.",
  takesSegment: "optional",
  options: [{ name: "language", value: "en|nl", about: "English or Dutch; English unless given" }, STRICT, PRETTY],
  example: "regulars describe shop.json loyal --language nl --pretty",
};

export async function run({ package: file, strict, segment, language }: Arguments, output: Output): Promise<void> {
  const { plan, problems } = await planIn(file, strict);
  for (const problem of problems) await output.problem(problem);
  if (!plan) return;
  const { segments } = plan.names;
  if (segment !== undefined && !segments.includes(segment)) {
    const near = nearest(segment, segments);
    throw wrongUsage(`There is no segment ${segment}: ${near === undefined ? "the package has none" : `the nearest is ${near}`}.`);
  }
  for (const id of segment === undefined ? segments : [segment]) {
    const described = plan.describe(id, { language });
    if (described !== null && "problem" in described) return output.problem(described.problem);
    // Why a broken segment cannot be put in words is among the problems.
    if (described === null) await output.record({ segment: id, name: null, sentence: null, phrases: [] });
    else await output.record(described);
  }
}
