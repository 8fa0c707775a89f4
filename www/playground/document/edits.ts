/** What is done to the segments of a package as a whole: pure functions, which give a new package, or say why not. */
import type { Json } from "regulars/engine";
import { changeSegment, isReference, segmentsIn, type Use, usesOf, withSegments } from "./package.ts";
import { isTree, listOf, textOf, type Tree } from "./tree.ts";

/** The new package, or why it stays as it is. */
export type Edited = { readonly source: Tree; readonly segment: string } | { readonly refused: "used" | "taken" | "empty" | "unknown"; readonly uses: readonly Use[] };

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

function renamedIn(rule: Json | undefined, from: string, to: string): Json | undefined {
  if (Array.isArray(rule)) return (rule as readonly Json[]).map((part) => renamedIn(part, from, to) as Json);
  if (!isTree(rule)) return rule;
  if (isReference(rule)) return textOf(rule["segment"]) === from ? { segment: to } : rule;
  return Object.fromEntries(Object.entries(rule).map(([key, part]) => [key, renamedIn(part, from, to)]));
}

const slug = (name: string): string => name.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "segment";

function freeId(source: Tree, wanted: string): string {
  const taken = new Set(segmentsIn(source).map(({ id }) => id));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number++;
  return `${wanted}-${number}`;
}
