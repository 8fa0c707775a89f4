import type { Output } from "./output.js";
import { segmentIn } from "./package.js";
import { type Arguments, CONTEXT, instantOf, PRETTY, STRICT, type Usage, VISITORS, wrongUsage } from "./usage.js";
import { forEachVisitor } from "./visitors.js";

export const usage: Usage = {
  name: "timeline",
  synopsis: "timeline PACKAGE SEGMENT --visitors FILE.jsonl --from T --to T [--context FILE] [--strict] [--pretty]",
  about: "A line a visitor: the stretches of time in which they are in the segment, and what began and ended each. PACKAGE may also be a plan.",
  takesSegment: "required",
  options: [
    VISITORS,
    { name: "from", value: "T", about: "the first instant: milliseconds, or 2026-03-01T12:00:00+01:00", required: true },
    { name: "to", value: "T", about: "the first instant after", required: true },
    CONTEXT, STRICT, PRETTY,
  ],
  example: "regulars timeline shop.json loyal --visitors visitors.jsonl --from 2025-01-01T00:00:00Z --to 2026-01-01T00:00:00Z",
};

export function run(given: Arguments, output: Output): Promise<void> {
  const { segment = "" } = given;
  const [from, to] = [instantOf("from", given.from ?? ""), instantOf("to", given.to ?? "")];
  if (from >= to) throw wrongUsage("--from must be earlier than --to.");
  return forEachVisitor(given, output, (visitor, _, context) => ({
    visitor: visitor.id,
    intervals: visitor.timeline(segment, from, to, context),
  }), segmentIn(segment));
}
