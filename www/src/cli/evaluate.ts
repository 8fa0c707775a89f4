import type { Output } from "./output.js";
import { type Arguments, CONTEXT, NOW, PRETTY, STRICT, type Usage, VISITORS } from "./usage.js";
import { forEachVisitor } from "./visitors.js";

export const usage: Usage = {
  name: "evaluate",
  synopsis: "evaluate PACKAGE --visitors FILE.jsonl [--now T] [--context FILE] [--strict] [--pretty]",
  about: "A line a visitor: every segment, the retention cell, and until when each answer holds.",
  options: [VISITORS, NOW, CONTEXT, STRICT, PRETTY],
  example: "regulars evaluate shop.json --visitors visitors.jsonl --now 2026-03-01T12:00:00+01:00",
};

export const run = (given: Arguments, output: Output): Promise<void> =>
  forEachVisitor(given, output, (visitor, now, context) => ({ visitor: visitor.id, now, ...visitor.evaluate(now, context) }));
