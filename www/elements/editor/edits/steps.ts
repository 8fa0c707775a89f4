/** The steps of a sequence. The first has no step before it, and only the last may be absent. */
import { get, isFields, join, set, type Value } from "../pointer.js";
import { type Edit, edited, node, refused } from "./edit.js";

export const MOST_STEPS = 8;

/** Where the steps of a sequence stand, and they. */
function stepsOf(rule: Value, pointer: string): readonly Value[] {
  const steps = get(rule, join(pointer, "sequence", "steps"));
  return Array.isArray(steps) ? steps : [];
}

function withSteps(rule: Value, pointer: string, steps: readonly Value[], focus: number): Edit {
  const tidy = steps.map((step, index) => {
    if (!isFields(step)) return step;
    const { within, sameItem, absent, ...rest } = step;
    const isLast = index === steps.length - 1;
    if (index === 0) return rest;
    return { ...rest, ...(within !== undefined && { within }), ...(sameItem !== undefined && { sameItem }), ...(isLast && absent !== undefined && { absent }) };
  });
  return edited(set(rule, join(pointer, "sequence", "steps"), tidy), join(pointer, "sequence", "steps", focus));
}

export function addStep(rule: Value, pointer: string, type: string): Edit {
  if (node(rule, pointer) === null) return refused("not_there");
  const steps = stepsOf(rule, pointer);
  if (steps.length >= MOST_STEPS) return refused("too_large", String(MOST_STEPS));
  return withSteps(rule, pointer, [...steps, { of: type }], steps.length);
}

export function removeStep(rule: Value, pointer: string, index: number): Edit {
  const steps = stepsOf(rule, pointer);
  if (steps[index] === undefined) return refused("not_there");
  if (steps.length === 1) return refused("only_one");
  return withSteps(rule, pointer, steps.filter((_, other) => other !== index), Math.max(0, index - 1));
}

/** Sends a step one place up or down. */
export function moveStep(rule: Value, pointer: string, index: number, by: -1 | 1): Edit {
  const steps = [...stepsOf(rule, pointer)];
  const [one, other] = [steps[index], steps[index + by]];
  if (one === undefined || other === undefined) return refused("no_place");
  [steps[index], steps[index + by]] = [other, one];
  return withSteps(rule, pointer, steps, index + by);
}

/** A last step that must not happen needs a limit to not happen in. */
export function setAbsent(rule: Value, pointer: string, index: number, absent: boolean): Edit {
  const at = join(pointer, "sequence", "steps", index);
  const step = node(rule, at);
  if (step === null) return refused("not_there");
  const { absent: _was, ...rest } = step;
  return edited(set(rule, at, absent ? { ...rest, within: rest["within"] ?? { last: 1, unit: "day" }, absent: true } : rest), at);
}
