/** Which entry of the catalogue a row is, and where its parts stand. */
import type { Catalogue, CatalogueCondition } from "regulars/engine";
import { get, isFields, join, type Value } from "./pointer.js";

export type { Catalogue, CatalogueCondition };

/** A row's main comparison stands in the events themselves, or in the one predicate that makes the condition what it is. */
export interface Found {
  readonly entry: CatalogueCondition | null;
  /** Where modifier and value stand, as a pointer into the row. */
  readonly part: string;
}

const KINDS = ["events", "profile", "context", "segment", "retention", "sequence"] as const;
export const kindOfRow = (row: Value): (typeof KINDS)[number] | null => KINDS.find((kind) => isFields(row) && kind in row) ?? null;

/** The type of event; of several, the first. */
export const typeOf = (of: Value): string => String(Array.isArray(of) ? of[0] : (of ?? ""));

export function findEntry(catalogue: Catalogue | null, row: Value): Found {
  const kind = kindOfRow(row);
  const part = kind === null ? "" : `/${kind}`;
  let best: Found = { entry: null, part };
  if (catalogue === null || kind === null) return best;
  let most = 0;
  for (const entry of catalogue.conditions) {
    const fit = entry.condition === kind ? fits(entry, row) : 0;
    if (fit > most) [most, best] = [fit, { entry, part: entry.part }];
  }
  return best;
}

/** How well an entry fits a row; 0 is not at all. */
function fits(entry: CatalogueCondition, row: Value): number {
  const like = (pointer: string): boolean => get(row, pointer) === get(entry.rule, pointer);
  switch (entry.condition) {
    case "events": return fitsEvents(entry, row, like);
    case "profile": {
      if (get(row, "/profile/measure") !== get(entry.rule, "/profile/measure")) return 0;
      if (entry.id === "known_visitor") return like("/profile/field") && like("/profile/modifier") ? 5 : 0;
      return 1 + (like("/profile/field") ? 1 : 0) + (valueKind(get(row, "/profile/value")) === entry.value ? 2 : 0);
    }
    case "context": return entry.value === "place" ? (get(row, "/context/near") === undefined ? 0 : 2) : like("/context/field") ? 2 : 0;
    case "sequence": {
      const absent = (rule: Value): boolean => JSON.stringify(rule).includes('"absent":true');
      return absent(row) === absent(entry.rule) ? 2 : 1;
    }
    default: return 1;
  }
}

function fitsEvents(entry: CatalogueCondition, row: Value, like: (pointer: string) => boolean): number {
  const events = get(row, "/events");
  if (!isFields(events)) return 0;
  if ((events["measure"] ?? "count") !== entry.measure || (events["net"] === true) !== (get(entry.rule, "/events/net") === true)) return 0;
  const known = typeOf(events["of"]) === entry.of;
  if (!known && entry.id !== "custom_events") return 0;
  if (entry.part === "/events") return entry.id === "custom_events" ? (known ? 2 : 1) : entry.id === "returning_visitor" ? 2 : 3;
  const field = get(row, `${entry.part}/field`);
  const once = like("/events/modifier") && Number(events["value"]) === 1;
  return field === entry.field && once && events["only"] === get(entry.rule, "/events/only") ? 6 : 0;
}

function valueKind(value: Value): string {
  const one = Array.isArray(value) ? value[0] : value;
  if (typeof one === "string") return /^\d{4}-\d\d-\d\d/.test(one) ? "date" : "text";
  return typeof one === "undefined" ? "" : typeof one;
}

/** What a value of the row is: that of its entry, or, where a field of any kind may stand, that of the value. */
export function wantedOf(entry: CatalogueCondition | null, comparison: Value): CatalogueCondition["value"] {
  if (entry !== null) return entry.value;
  return isFields(comparison) && "field" in comparison ? fieldKind(String(comparison["field"]), comparison["value"]) : "number";
}

const NUMBERS = new Set(["value", "price", "quantity", "results", "tax", "shipping"]);

/** What stands in a field of an item or event. */
export function fieldKind(field: string, value: Value): "number" | "text" | "boolean" | "date" {
  if (NUMBERS.has(field)) return "number";
  const kind = valueKind(value);
  return kind === "boolean" || kind === "number" ? kind : "text";
}

/** Values in the package's currency. */
export const isMoney = (row: Value, field: Value): boolean =>
  field === "price" || field === "value" || (field === undefined && /_value$/.test(String(get(row, "/events/measure") ?? "")));

/** Modifiers of a kind of value. */
export function modifiersFor(catalogue: Catalogue, kind: string): readonly string[] {
  const entry = catalogue.conditions.find(({ value, modifiers }) => value === kind && modifiers.length > 0);
  return entry?.modifiers ?? catalogue.modifiers.map(({ id }) => id);
}

export const comparisonAt = (pointer: string, part: string): string => join(pointer) + part;
