import type { Output } from "./output.js";
import { type Arguments, CONTEXT, NOW, PRETTY, STRICT, type Usage, VISITORS } from "./usage.js";
import { forEachVisitor } from "./visitors.js";

export const usage: Usage = {
  name: "decide",
  synopsis: "decide PACKAGE --visitors FILE.jsonl --slot NAME [--now T] [--context FILE] [--strict] [--pretty]",
  about: "A line a visitor: what the slot shows, why the other campaigns lost, and until when that holds.",
  options: [VISITORS, { name: "slot", value: "NAME", about: "the slot of the page", required: true }, NOW, CONTEXT, STRICT, PRETTY],
  example: "regulars decide shop.json --visitors visitors.jsonl --slot hero",
};

export function run(given: Arguments, output: Output): Promise<void> {
  const { slot = "" } = given;
  return forEachVisitor(given, output, (visitor, now, context) => visitor.decide(slot, now, context));
}
