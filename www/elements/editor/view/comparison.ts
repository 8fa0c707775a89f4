/** A comparison: modifier and value. Of a measure, a field of the profile or the page, or a field of a product or event. */
import { html, nothing, type TemplateResult } from "lit";
import { type CatalogueCondition, fieldKind, isMoney, modifiersFor, wantedOf } from "../entries.js";
import { setModifier, setValue, type Takes } from "../edits/index.js";
import { get, isFields, join, type Value } from "../pointer.js";
import { fill } from "../words.js";
import { changing, type Choice, chosenField, listField, setField, typedField } from "./fields.js";
import type { Desk } from "./desk.js";

/** Modifier and value that stand at a pointer. `entry` is what the row is in the catalogue, if this is its main comparison. */
export function comparison(desk: Desk, row: string, at: string, entry: CatalogueCondition | null): TemplateResult | typeof nothing {
  const stands = get(desk.rule, at);
  const { catalogue, words, formats } = desk;
  if (!isFields(stands) || catalogue === null) return nothing;
  const kind = entry === null ? wantedOf(null, stands) : entry.value;
  const modifier = String(stands["modifier"] ?? "");
  const takesOf = (id: string): Takes => catalogue.modifiers.find((one) => one.id === id)?.takes ?? "one";
  const takes = takesOf(modifier);
  const offered = entry?.modifiers.length ? entry.modifiers : modifiersFor(catalogue, kind);
  const value = join(at, "value");
  const modifierField = chosenField(desk, {
    at: join(at, "modifier"), label: words.modifier, value: modifier,
    choices: catalogue.modifiers.filter(({ id }) => offered.includes(id)).map(({ id, label }) => ({ id, label: label[formats.language] })),
    write: (id) => {
      const next = takesOf(id);
      const first = kind === "number" ? 1 : kind === "boolean" ? true : entry?.words?.[0] ?? "";
      const edit = setModifier(desk.rule, at, id, next, { kept: desk.kept(at, next), first });
      desk.act(edit, fill(words.step_.change, desk.name(row), catalogue.modifiers.find((one) => one.id === id)?.label[formats.language] ?? id));
    },
  });
  return html`${modifierField}${takes === "none" ? nothing : values(desk, { row, at: value, kind, takes, entry, field: stands["field"] })}`;
}

interface ValueOptions {
  readonly row: string;
  readonly at: string;
  readonly kind: string;
  readonly takes: Takes;
  readonly entry: CatalogueCondition | null;
  readonly field: Value;
}

function values(desk: Desk, { row, at, kind, takes, entry, field }: ValueOptions): TemplateResult {
  const { words, rule } = desk;
  const label = words.value;
  const typed = kind === "number" || kind === "date" ? kind : "text";
  const unit = isMoney(get(rule, row), field) ? html`<span class="unit">${desk.draft.currency ?? "EUR"}</span>` : /_since_|days/.test(String(get(rule, join(row, "events", "measure")) ?? get(rule, join(row, "profile", "measure")) ?? "")) && !String(field ?? "") ? html`<span class="unit">${words.days}</span>` : nothing;
  const value = get(rule, at);
  // What stands there in another shape than the modifier takes is shown as it is, to be mended.
  if (takes === "two" && (value === undefined || (Array.isArray(value) && value.length === 2))) {
    if (value === undefined) return typedField(desk, { row, at, label, kind: typed });
    return html`${typedField(desk, { row, at: join(at, 0), label: words.from, kind: typed })}<span class="word">${words.and}</span>${typedField(desk, { row, at: join(at, 1), label: words.to, kind: typed })}${unit}`;
  }
  if (entry?.words) {
    const choices = entry.words.map((id) => ({ id, label: wordLabel(desk, id) }));
    return takes === "many" ? setField(desk, { row, at, label, choices }) : chosenField(desk, { at, label, value: String(value ?? ""), choices, write: (id) => write(desk, row, at, id) });
  }
  if (kind === "boolean" && takes === "one" && (typeof value === "boolean" || value === undefined)) {
    const choices: Choice[] = [{ id: "true", label: words.yes }, { id: "false", label: words.no }];
    return chosenField(desk, { at, label, value: String(value ?? ""), choices, write: (id) => write(desk, row, at, id === "true") });
  }
  if (takes === "many") return html`${listField(desk, { row, at, label, kind: typed })}${unit}`;
  if (field === "campaign" && (desk.draft.campaigns?.length ?? 0) > 0) {
    const choices = (desk.draft.campaigns ?? []).map(({ id, name }) => ({ id, label: name ?? id }));
    if (choices.some(({ id }) => id === value)) return chosenField(desk, { at, label, value: String(value), choices, write: (id) => write(desk, row, at, id) });
  }
  return html`${typedField(desk, { row, at, label, kind: typed })}${unit}`;
}

const write = (desk: Desk, row: string, at: string, value: Value): void => desk.act(setValue(desk.rule, at.slice(0, at.lastIndexOf("/")), "value", value), changing(desk, row, value));

/** What a word of the language (a weekday, a device) is called. */
export function wordLabel(desk: Desk, id: string): string {
  const day = desk.catalogue?.weekdays.indexOf(id) ?? -1;
  if (day < 0) return desk.words.devices[id] ?? id;
  // The first of January 2024 was a Monday.
  return new Intl.DateTimeFormat(desk.formats.language, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + day));
}

/** What a field is called: known ones by their words, others by their names. */
export const fieldLabel = (desk: Desk, id: string): string => desk.words.fields[id] ?? id;
export const fieldChoices = (desk: Desk, known: readonly { readonly id: string }[]): Choice[] => known.map(({ id }) => ({ id, label: fieldLabel(desk, id) }));
export { fieldKind };
