import { compileMeasure } from "../measure.js";
import type { Package } from "../rules.js";
import type { Json, Problem } from "../types.js";
import { parseJson } from "./input.js";
import { withPopulation } from "./orders.js";
import type { Output } from "./output.js";
import { type Arguments, NOW, ORDER_FILE, ORDER_FILE_SYNOPSIS, PRETTY, STRICT, type Usage, wrongUsage } from "./usage.js";

export const usage: Usage = {
  name: "measure",
  synopsis: `measure PACKAGE ${ORDER_FILE_SYNOPSIS} --of JSON [--now T] [--strict] [--pretty]`,
  about: "A line a customer: the value of one measure, as a condition on events takes it.",
  options: [
    ...ORDER_FILE,
    { name: "of", value: "JSON", about: "what stands under events in a condition; its modifier and value play no part", required: true },
    NOW, STRICT, PRETTY,
  ],
  example: `regulars measure shop.json --orders orders.csv --of '{"of":"conversion","measure":"days_since_last"}'`,
};

export async function run(given: Arguments, output: Output): Promise<void> {
  const { of: text = "" } = given;
  const read = parseJson(text);
  if ("message" in read) throw wrongUsage(`--of ${text}: ${read.message}`);
  const of: Json = read.value;
  await withPopulation(given, output, {
    async check({ engine, source, problems: known }) {
      const { plan, problems } = compileMeasure((given) => engine.plan(given as Package | string), source, of);
      const isKnown = (problem: Problem): boolean => known.some(({ pointer, message }) => pointer === problem.pointer && message === problem.message);
      await output.problems(problems.filter((problem) => !isKnown(problem)).map((problem) => ({ ...problem, file: "--of" })));
      return plan !== null;
    },
    async answer(population, { source }, now) {
      const { values } = population.measure(source, of, now);
      if (values !== null) await output.records(values);
    },
  });
}
