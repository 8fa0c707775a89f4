/** What may be written at the cursor: keys of the object it stands in, words of the value, whole conditions of the catalogue. */
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { getLocation } from "jsonc-parser";
import type { Catalogue } from "regulars/engine";

/** The keys of each object, by the key it stands under. */
const KEYS: Record<string, readonly string[]> = {
  rule: ["all", "any", "not", "events", "profile", "context", "segment", "retention", "sequence"],
  events: ["of", "measure", "modifier", "value", "period", "where", "items", "only", "net"],
  profile: ["field", "modifier", "value", "measure", "caseSensitive"],
  context: ["field", "modifier", "value", "near", "withinKm", "caseSensitive"],
  predicate: ["all", "any", "not", "field", "modifier", "value", "caseSensitive"],
  period: ["last", "between", "unit", "calendar", "count", "current", "from", "to"],
  within: ["last", "unit"],
  sequence: ["steps", "period"],
  steps: ["of", "where", "items", "within", "sameItem", "absent"],
};

/** Which kind of object a path leads to. */
export function kindAt(path: readonly (string | number)[]): string {
  const names = path.filter((part): part is string => typeof part === "string");
  const inPredicate = names.findLastIndex((name) => name === "where" || name === "items");
  if (inPredicate >= 0 && names.slice(inPredicate + 1).every((name) => /^(?:all|any|not)$/.test(name))) return "predicate";
  const last = names.at(-1);
  return last !== undefined && last in KEYS ? last : "rule";
}

/** The words that a key's value may be. */
export function wordsFor(key: string, catalogue: Catalogue, parent: string): readonly { readonly id: string; readonly detail: string }[] {
  const labelled = (list: readonly { readonly id: string; readonly label: { readonly en: string } }[]) => list.map(({ id, label }) => ({ id, detail: label.en }));
  const helped = (list: readonly { readonly id: string; readonly help: string }[]) => list.map(({ id, help }) => ({ id, detail: help }));
  switch (key) {
    case "modifier": return labelled(catalogue.modifiers);
    case "of": return helped(catalogue.eventTypes);
    case "measure": return labelled(parent === "profile" ? catalogue.profileMeasures : catalogue.measures);
    case "only": return labelled(catalogue.only);
    case "unit": return labelled(catalogue.units);
    case "calendar": return labelled(catalogue.calendarUnits);
    case "field": return helped(parent === "profile" ? catalogue.profileFields : parent === "context" ? catalogue.contextFields : parent === "items" ? catalogue.itemFields : catalogue.eventFields);
    default: return [];
  }
}

export function complete(context: CompletionContext, catalogue: Catalogue): CompletionResult | null {
  const text = context.state.doc.toString();
  const { path, isAtPropertyKey, previousNode } = getLocation(text, context.pos);
  const word = context.matchBefore(/"?[\w-]*/);
  if (!context.explicit && (word === null || word.from === word.to)) return null;
  const from = previousNode && previousNode.offset <= context.pos && context.pos <= previousNode.offset + previousNode.length ? previousNode.offset : (word?.from ?? context.pos);
  const to = from === previousNode?.offset ? previousNode.offset + previousNode.length : context.pos;
  const quoted = (id: string, detail: string, after = ""): Completion => ({ label: JSON.stringify(id), detail, apply: JSON.stringify(id) + after });
  if (isAtPropertyKey) {
    const follows = /^\s*:/.test(text.slice(to));
    return { from, to, options: (KEYS[kindAt(path.slice(0, -1))] ?? []).map((key) => quoted(key, "", follows ? "" : ": ")) };
  }
  const names = path.filter((part): part is string => typeof part === "string");
  const parent = names.findLast((name) => /^(?:profile|context|items|where|events|steps)$/.test(name)) ?? "";
  const words = wordsFor(names.at(-1) ?? "", catalogue, parent).map(({ id, detail }) => quoted(id, detail));
  const inList = /^(?:all|any|not)$/.test(names.at(-1) ?? "") && kindAt(path) === "rule";
  const conditions = inList ? catalogue.conditions.map(({ label, group, rule }): Completion => ({ label: label.en, detail: group, apply: JSON.stringify(rule, null, 2) })) : [];
  const options = [...words, ...conditions];
  return options.length > 0 ? { from, to, options } : null;
}
