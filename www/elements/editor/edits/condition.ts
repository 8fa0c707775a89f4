/** Another condition in a row. What was filled in stays: it is the marketer's, not ours. */
import { type CatalogueCondition, findEntry, kindOfRow } from "../entries.js";
import type { Catalogue } from "../entries.js";
import { get, isFields, set, type Value } from "../pointer.js";
import { type Edit, edited, node, refused } from "./edit.js";

/** Makes a row that of an entry. Value, modifier, period and sub-rules of before stay as far as there is a place for them. */
export function setCondition(rule: Value, pointer: string, entry: CatalogueCondition, catalogue: Catalogue): Edit {
  const row = node(rule, pointer);
  if (row === null) return refused("not_there");
  const own = keptIn(structuredClone(entry.rule), entry, row, catalogue);
  return edited(set(rule, pointer, own), { row: own });
}

function keptIn(fresh: Value, entry: CatalogueCondition, row: Value, catalogue: Catalogue): Value {
  const { entry: old, part } = findEntry(catalogue, row);
  let made = fresh;
  const comparison = get(row, part);
  if (isFields(comparison) && entry.modifiers.length > 0) {
    const untouched = old !== null && JSON.stringify(get(old.rule, `${part}/value`)) === JSON.stringify(comparison["value"]);
    const modifier = String(comparison["modifier"]);
    const takes = (id: Value): string | undefined => catalogue.modifiers.find((other) => other.id === id)?.takes;
    const stays = entry.modifiers.some((other) => other === modifier) && !(untouched && entry.value !== old.value);
    if (stays) made = set(made, `${entry.part}/modifier`, modifier);
    // What was only suggested gives way to the new suggestion; what was typed stays until it is replaced.
    const sameShape = takes(modifier) === takes(get(made, `${entry.part}/modifier`));
    if (stays && sameShape && takes(modifier) === "none") made = set(made, `${entry.part}/value`, undefined);
    else if (!untouched && sameShape && comparison["value"] !== undefined) made = set(made, `${entry.part}/value`, comparison["value"]);
    else if (stays && !sameShape) made = set(made, `${entry.part}/modifier`, get(fresh, `${entry.part}/modifier`));
    if (stays && untouched && sameShape && old.value === entry.value && takes(modifier) !== "none") made = set(made, `${entry.part}/value`, comparison["value"]);
  }
  if (kindOfRow(row) === "events" && entry.condition === "events") {
    for (const key of ["period", "items", "where"]) {
      const before = get(row, `/events/${key}`);
      const mine = part === `/events/${key}`;
      if (before !== undefined && !mine && get(made, `/events/${key}`) === undefined) made = set(made, `/events/${key}`, before);
    }
  }
  return made;
}
