import { cellOf } from "./csv.js";
import { writeWhole } from "./files.js";
import { withPopulation } from "./orders.js";
import type { Output } from "./output.js";
import { segmentIn } from "./package.js";
import { type Arguments, NOW, ORDER_FILE, ORDER_FILE_SYNOPSIS, PRETTY, STRICT, type Usage } from "./usage.js";

export const usage: Usage = {
  name: "audience",
  synopsis: `audience PACKAGE ${ORDER_FILE_SYNOPSIS} [--now T] [--segment ID] [--out FILE.csv] [--strict] [--pretty]`,
  about: "How many customers of an order file are in each segment; with --segment its members, a visitor id a line.",
  options: [
    ...ORDER_FILE, NOW,
    { name: "segment", value: "ID", about: "the members of this segment, as plain text" },
    { name: "out", value: "FILE.csv", about: "the sizes as CSV (segment,customers), or the members (visitor_id), into this file" },
    STRICT, PRETTY,
  ],
  example: "regulars audience shop.json --orders orders.csv.gz --segment loyal --out loyal.csv",
};

export async function run(given: Arguments, output: Output): Promise<void> {
  const { segment, out } = given;
  await withPopulation(given, output, {
    check({ plan }) {
      if (segment !== undefined) segmentIn(segment)(plan);
      return true;
    },
    async answer(population, { plan }, now) {
      if (segment !== undefined && out === undefined) return output.lines(population.members(plan, segment, now));
      const sizes = population.sizes(plan, now);
      const segments = Object.entries(sizes.segments).filter(([id]) => segment === undefined || id === segment);
      if (out !== undefined) {
        await writeWhole(out, segment === undefined
          ? rowsOf("segment,customers", segments)
          : rowsOf("visitor_id", each(population.members(plan, segment, now))));
      }
      await output.record({ ...sizes, segments: Object.fromEntries(segments) });
    },
  });
}

function* rowsOf(header: string, rows: Iterable<readonly (string | number)[]>): Generator<string> {
  yield `${header}\n`;
  for (const row of rows) yield `${row.map((cell) => cellOf(String(cell))).join()}\n`;
}

function* each(ids: Iterable<string>): Generator<readonly [string]> {
  for (const id of ids) yield [id];
}
