/** What the present visitor has of each condition, measured by the engine in one look. */
import type { Catalogue, CatalogueCondition, Context, Visitor } from "regulars/engine";
import type { Formats, Language } from "../base/language.js";
import type { Draft, EditorEngine } from "../types.js";
import { draftWith } from "./look.js";
import { presentValues } from "./view/picker.js";

interface Ask {
  readonly package: Draft | null;
  readonly segment: string;
  readonly language: Language;
  readonly visitor: Visitor;
  readonly now: number;
  readonly context: Context;
}

const isMeasured = ({ condition, field, part }: CatalogueCondition): boolean => (condition === "events" && part === "/events" && field === undefined) || field === "hour" || field === "weekday";

/** By the ids of the conditions. */
export async function measured(engine: EditorEngine, catalogue: Catalogue, ask: Ask, formats: Formats): Promise<ReadonlyMap<string, string>> {
  const asked = catalogue.conditions.filter(isMeasured);
  const { draft } = draftWith(ask.package, ask.segment, { any: asked.map(({ rule }) => rule) });
  const { explanation } = await engine.look({ ...ask, package: draft, rows: [] });
  const found = new Map<string, string>();
  const text = (value: unknown): string => (typeof value === "number" ? formats.number(value) : String(value));
  asked.forEach(({ id }, index) => {
    const actual = explanation?.children?.[index]?.actual;
    if (typeof actual === "number" || typeof actual === "string") found.set(id, text(actual));
  });
  for (const condition of catalogue.conditions) {
    const values = presentValues(condition, ask.visitor, ask.context);
    if (!found.has(condition.id) && values.length > 0) found.set(condition.id, formats.list(values.map(text)));
  }
  return found;
}
