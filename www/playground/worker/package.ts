/** What the page shows of a package beside the engine's answers. The text is anybody's: nothing about its shape is taken for granted. */
import type { Json, Problem, UncheckedPackage } from "regulars/engine";

export interface Part {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly broken: boolean;
  readonly rule: Json | undefined;
}

type Tree = { readonly [key: string]: Json | undefined };
const isTree = (value: Json | undefined): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: Json | undefined): string => (typeof value === "string" ? value.trim() : "");
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** The segments in the order of the package. */
export function partsOf(source: UncheckedPackage, problems: readonly Problem[]): Part[] {
  const errors = problems.filter(({ severity }) => severity === "error");
  return listOf(source["segments"]).map((segment, index) => {
    const fields = isTree(segment) ? segment : {};
    const id = text(fields["id"]);
    const place = `/segments/${index}`;
    return {
      id,
      name: text(fields["name"]) || id || `Segment ${index + 1}`,
      description: text(fields["description"]),
      broken: errors.some(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`)),
      rule: fields["rule"],
    };
  });
}

/** The types of events other than conversions that a rule asks for, also through the segments it refers to. */
export function eventTypesOf(source: UncheckedPackage, rule: Json | undefined): string[] {
  const types = new Set<string>();
  const followed = new Set<string>();
  const waiting: Json[] = rule === undefined ? [] : [rule];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) waiting.push(...(value as readonly Json[]));
    else if (isTree(value)) {
      const { of, segment } = value;
      for (const type of typeof of === "string" ? [of] : listOf(of)) if (typeof type === "string") types.add(type.trim());
      if (typeof segment === "string" && !followed.has(segment)) {
        followed.add(segment);
        const referred = listOf(source["segments"]).find((other) => isTree(other) && text(other["id"]) === segment.trim());
        if (isTree(referred) && referred["rule"] !== undefined) waiting.push(referred["rule"]);
      }
      waiting.push(...Object.values(value).filter((inner) => inner !== undefined));
    }
  }
  types.delete("conversion");
  return [...types];
}
