/** What a package holds, and small changes to it: pure functions. */
import type { Json } from "regulars/engine";
import { isTree, listOf, textOf, type Tree } from "./tree.ts";

export interface SegmentPart {
  readonly place: number;
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly source: Tree;
}

/** A segment or campaign whose rule names a segment. */
export interface Use {
  readonly kind: "segment" | "campaign";
  readonly id: string;
  readonly name: string;
}

export const segmentsIn = (source: Tree | null): SegmentPart[] => listOf(source?.["segments"]).map((segment, place) => {
  const fields = isTree(segment) ? segment : {};
  const id = textOf(fields["id"]);
  return { place, id, name: textOf(fields["name"]) || id, description: textOf(fields["description"]), source: fields };
});

export const campaignsIn = (source: Tree | null): Tree[] => listOf(source?.["campaigns"]).filter(isTree);

/** Where a segment is used: by name in the rules of other segments, and in those of campaigns. */
export function usesOf(source: Tree | null, id: string): Use[] {
  const segments = segmentsIn(source).filter((segment) => namesIn(segment.source["rule"]).has(id));
  const campaigns = campaignsIn(source).filter((campaign) => namesIn(campaign["when"]).has(id));
  return [
    ...segments.map(({ id: by, name }): Use => ({ kind: "segment", id: by, name })),
    ...campaigns.map((campaign): Use => ({ kind: "campaign", id: textOf(campaign["id"]), name: textOf(campaign["name"]) || textOf(campaign["id"]) })),
  ];
}

/** Ids of the segments that a rule names, itself or through those it names. */
export function reachOf(source: Tree | null, rule: Json | undefined): Set<string> {
  const segments = segmentsIn(source);
  const reached = new Set<string>();
  const waiting = [...namesIn(rule)];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    const next = segments.find((segment) => segment.id === id);
    if (next) waiting.push(...namesIn(next.source["rule"]));
  }
  return reached;
}

/** A rule that names a segment is an object with that key alone. */
export const isReference = (value: Tree): boolean => typeof value["segment"] === "string" && Object.keys(value).length === 1;

function namesIn(rule: Json | undefined): Set<string> {
  const names = new Set<string>();
  const waiting: (Json | undefined)[] = [rule];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...(value as readonly Json[]));
    else if (isTree(value)) {
      if (isReference(value)) names.add(textOf(value["segment"]));
      waiting.push(...Object.values(value));
    }
  }
  return names;
}

export const withSegments = (source: Tree, segments: readonly Json[]): Tree => ({ ...source, segments });

/** Replaces fields of one segment; what is `undefined` goes. */
export function changeSegment(source: Tree, id: string, fields: { readonly [key: string]: Json | undefined }): Tree {
  const found = segmentsIn(source).find((segment) => segment.id === id);
  return withSegments(source, listOf(source["segments"]).map((segment, place) =>
    (found?.place === place && isTree(segment)
      ? Object.fromEntries(Object.entries({ ...segment, ...fields }).filter(([, value]) => value !== undefined))
      : segment)));
}

export const testsOf = (source: Tree | null, id: string): readonly Tree[] => {
  const found = segmentsIn(source).find((segment) => segment.id === id);
  return listOf(found?.source["examples"]).map((test) => (isTree(test) ? test : {}));
};

export const setTests = (source: Tree, id: string, tests: readonly Tree[]): Tree =>
  changeSegment(source, id, { examples: tests.length === 0 ? undefined : tests });

/** Everything without the visitors that its tests carry. */
export const withoutTests = (source: Tree): Tree =>
  withSegments(source, listOf(source["segments"]).map((segment) => (isTree(segment) ? Object.fromEntries(Object.entries(segment).filter(([key]) => key !== "examples")) : segment)));
