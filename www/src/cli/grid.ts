import { withPopulation } from "./orders.js";
import type { Output } from "./output.js";
import { type Arguments, NOW, ORDER_FILE, ORDER_FILE_SYNOPSIS, PRETTY, STRICT, type Usage } from "./usage.js";

export const usage: Usage = {
  name: "grid",
  synopsis: `grid PACKAGE ${ORDER_FILE_SYNOPSIS} [--now T] [--strict] [--pretty]`,
  about: "Customers, conversions and value in each cell of the retention grid.",
  options: [...ORDER_FILE, NOW, STRICT, PRETTY],
  example: "regulars grid shop.json --orders orders.csv --local-times --pretty",
};

export const run = (given: Arguments, output: Output): Promise<void> =>
  withPopulation(given, output, { answer: (population, { plan }, now) => output.record(population.grid(plan, now)) });
