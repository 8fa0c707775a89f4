/** What is done to a package as a whole: pure functions, which give a new package, or say why not. */
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

/** The new package, or why it stays as it is. */
export type Edited = { readonly source: Tree; readonly segment: string } | { readonly refused: "used" | "taken" | "empty" | "unknown"; readonly uses: readonly Use[] };

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
const isReference = (value: Tree): boolean => typeof value["segment"] === "string" && Object.keys(value).length === 1;

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

function renamedIn(rule: Json | undefined, from: string, to: string): Json | undefined {
  if (Array.isArray(rule)) return (rule as readonly Json[]).map((part) => renamedIn(part, from, to) as Json);
  if (!isTree(rule)) return rule;
  if (isReference(rule)) return textOf(rule["segment"]) === from ? { segment: to } : rule;
  return Object.fromEntries(Object.entries(rule).map(([key, part]) => [key, renamedIn(part, from, to)]));
}

const withSegments = (source: Tree, segments: readonly Json[]): Tree => ({ ...source, segments });

/** Replaces fields of one segment; what is `undefined` goes. */
export function changeSegment(source: Tree, id: string, fields: { readonly [key: string]: Json | undefined }): Tree {
  const found = segmentsIn(source).find((segment) => segment.id === id);
  return withSegments(source, listOf(source["segments"]).map((segment, place) =>
    (found?.place === place && isTree(segment)
      ? Object.fromEntries(Object.entries({ ...segment, ...fields }).filter(([, value]) => value !== undefined))
      : segment)));
}

/** A new segment at the end: what everybody understands, to begin with. */
export function addSegment(source: Tree, name: string): Edited {
  const id = freeId(source, slug(name));
  const rule = { events: { of: "conversion", modifier: "is_at_least", value: 1 } };
  return { source: withSegments(source, [...listOf(source["segments"]), { id, name, rule }]), segment: id };
}

export function duplicateSegment(source: Tree, id: string, name: string): Edited {
  const segments = listOf(source["segments"]);
  const found = segmentsIn(source).find((segment) => segment.id === id);
  if (!found) return { refused: "unknown", uses: [] };
  const copy = { ...found.source, id: freeId(source, id), name };
  return { source: withSegments(source, [...segments.slice(0, found.place + 1), copy, ...segments.slice(found.place + 1)]), segment: copy.id };
}

/** Another name, and another id wherever the id stands. */
export function renameSegment(source: Tree, id: string, name: string, newId: string): Edited {
  const to = newId.trim();
  if (to === "" || name.trim() === "") return { refused: "empty", uses: [] };
  if (!segmentsIn(source).some((segment) => segment.id === id)) return { refused: "unknown", uses: [] };
  if (to !== id && segmentsIn(source).some((segment) => segment.id === to)) return { refused: "taken", uses: [] };
  const named = changeSegment(source, id, { id: to, name: name.trim() });
  if (to === id) return { source: named, segment: id };
  const segments = listOf(named["segments"]).map((segment) => (isTree(segment) ? { ...segment, rule: renamedIn(segment["rule"], id, to) } : segment));
  const campaigns = named["campaigns"] === undefined ? {} : {
    campaigns: listOf(named["campaigns"]).map((campaign) => (isTree(campaign) && campaign["when"] !== undefined ? { ...campaign, when: renamedIn(campaign["when"], id, to) } : campaign)),
  };
  return { source: { ...named, segments: segments as Json[], ...(campaigns as Tree) }, segment: to };
}

/** Refused where it is used: what names it would break. */
export function deleteSegment(source: Tree, id: string): Edited {
  const found = segmentsIn(source).find((segment) => segment.id === id);
  if (!found) return { refused: "unknown", uses: [] };
  const uses = usesOf(source, id).filter((use) => use.kind === "campaign" || use.id !== id);
  if (uses.length > 0) return { refused: "used", uses };
  const segments = listOf(source["segments"]).filter((_, place) => place !== found.place);
  const next = segmentsIn(source)[found.place + 1] ?? segmentsIn(source)[found.place - 1];
  return { source: withSegments(source, segments), segment: next?.id ?? "" };
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

const slug = (name: string): string => name.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "segment";

function freeId(source: Tree, wanted: string): string {
  const taken = new Set(segmentsIn(source).map(({ id }) => id));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number++;
  return `${wanted}-${number}`;
}
