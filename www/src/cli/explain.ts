import type { Output } from "./output.js";
import { segmentIn } from "./package.js";
import { type Arguments, CONTEXT, NOW, PRETTY, STRICT, type Usage, VISITORS } from "./usage.js";
import { forEachVisitor } from "./visitors.js";

export const usage: Usage = {
  name: "explain",
  synopsis: "explain PACKAGE SEGMENT --visitors FILE.jsonl [--now T] [--context FILE] [--strict] [--pretty]",
  about: "A line a visitor: why they are in the segment or not, event by event, and what would change that. PACKAGE may also be a plan with its map beside it.",
  takesSegment: "required",
  options: [VISITORS, NOW, CONTEXT, STRICT, PRETTY],
  example: "regulars explain shop.json loyal --visitors visitors.jsonl --now 2026-03-01T12:00:00+01:00 --pretty",
};

export function run(given: Arguments, output: Output): Promise<void> {
  const { segment = "" } = given;
  return forEachVisitor(given, output, (visitor, now, context) => {
    const explained = visitor.explain(segment, now, context);
    return { visitor: visitor.id, ...explained };
  }, segmentIn(segment));
}
