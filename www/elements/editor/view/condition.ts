/** The phrase of a condition, and what else can be said of it. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { type CatalogueCondition, kindOfRow, typeOf } from "../entries.js";
import { add, setSegment, setValue } from "../edits/index.js";
import { get, isFields, join, type Value } from "../pointer.js";
import { fill } from "../words.js";
import { comparison } from "./comparison.js";
import type { Desk } from "./desk.js";
import { changing, type Choice, chosenField, nameField, setField, tick, typedField } from "./fields.js";
import { periodField } from "./period.js";

/** Names of events, with those that the rule or the shop has beside the known ones. */
export const eventChoices = (desk: Desk): Choice[] => (desk.catalogue?.eventTypes ?? []).map(({ id }) => ({ id, label: desk.words.events[id] ?? id }));

const GENERIC = new Set(["profile_text", "profile_number", "profile_flag", "profile_date", "profile_days_since", "profile_anniversary"]);

/** What stands beside the name of the condition. `part`: where its main comparison is. */
export function conditionLine(desk: Desk, row: string, entry: CatalogueCondition | null, part: string): TemplateResult {
  const { words, rule } = desk;
  const condition = get(rule, row);
  switch (kindOfRow(condition)) {
    case "events": {
      const events = join(row, "events");
      const named = entry === null || entry.id === "custom_events" || entry.id === "active_days";
      return html`${named ? nameField(desk, { row, at: join(events, "of"), label: words.eventType, choices: eventChoices(desk) }) : nothing}
        ${comparison(desk, row, row + part, entry)}${periodField(desk, row, events)}`;
    }
    case "profile": {
      const at = join(row, "profile");
      const choices = (desk.catalogue?.profileFields ?? []).map(({ id }) => ({ id, label: id }));
      return html`${entry === null || GENERIC.has(entry.id) ? nameField(desk, { row, at: join(at, "field"), label: words.field, choices }) : nothing}${comparison(desk, row, at, entry)}`;
    }
    case "context": {
      const at = join(row, "context");
      if (get(rule, join(at, "near")) !== undefined || get(rule, join(at, "withinKm")) !== undefined) return place(desk, row, at);
      const choices = (desk.catalogue?.contextFields ?? []).map(({ id }) => ({ id, label: id }));
      return html`${entry === null ? nameField(desk, { row, at: join(at, "field"), label: words.field, choices }) : nothing}${comparison(desk, row, at, entry)}`;
    }
    case "segment": return segmentField(desk, row);
    case "retention": {
      const choices = [...new Map(desk.cells.map(({ id, name }) => [id, name])), ["none", words.noneCell] as const].map(([id, label]) => ({ id, label }));
      return setField(desk, { row, at: join(row, "retention"), label: words.cells, choices });
    }
    case "sequence": return periodField(desk, row, join(row, "sequence"));
    default: return html`<code>${JSON.stringify(condition)}</code>`;
  }
}

function place(desk: Desk, row: string, at: string): TemplateResult {
  const { words } = desk;
  const number = (pointer: string, label: string): TemplateResult => typedField(desk, { row, at: pointer, label, kind: "number" });
  return html`<span class="word">${words.near}</span>${number(join(at, "withinKm"), words.km_)}<span class="word">${words.km}</span>${number(join(at, "near", 0), words.latitude)}${number(join(at, "near", 1), words.longitude)}`;
}

function segmentField(desk: Desk, row: string): TemplateResult {
  const { draft, rule, segment, words } = desk;
  const at = join(row, "segment");
  const choices = (draft.segments ?? []).filter(({ id }) => id !== segment).map(({ id, name }) => ({ id, label: name ?? id }));
  return chosenField(desk, {
    at, label: words.segment, value: String(get(rule, at) ?? ""), choices,
    write: (id) => desk.act(setSegment(desk.rule, row, id, draft, segment), changing(desk, row, choices.find((one) => one.id === id)?.label ?? id)),
  });
}

/** Whether there is more to say than the phrase says. */
export const hasMore = (desk: Desk, row: string): boolean => {
  const condition = get(desk.rule, row);
  return /^(?:events|profile|context)$/.test(kindOfRow(condition) ?? "") && get(condition, "/context/near") === undefined;
};

const TEXTS = new Set(["is_exactly", "is_not", "contains", "does_not_contain", "starts_with", "ends_with", "matches", "is_one_of", "is_none_of"]);

/** Measure, how often, which of the events, capitals, returns, and rules for products and events. */
export function conditionMore(desk: Desk, row: string, entry: CatalogueCondition | null, part: string): TemplateResult {
  const { words, rule, catalogue, formats } = desk;
  const step = fill(words.step_.option, desk.name(row));
  const option = (at: string, key: string, value: Value): void => desk.act(setValue(desk.rule, at, key, value), step);
  const main = get(rule, row + part);
  const textual = isFields(main) && "field" in main && TEXTS.has(String(main["modifier"])) && entry?.value !== "number" && entry?.value !== "date" && entry?.value !== "boolean" && main["measure"] === undefined;
  const capitals = textual ? tick(desk, { at: join(row + part, "caseSensitive"), label: words.caseSensitive, on: main["caseSensitive"] === true, write: (on) => option(row + part, "caseSensitive", on || undefined) }) : nothing;
  const at = join(row, "events");
  const events = get(rule, at);
  if (!isFields(events)) return html`<div class="more">${capitals}</div>`;
  const type = typeOf(events["of"]);
  const labels = (list: readonly { readonly id: string; readonly label: { readonly en: string; readonly nl: string } }[] = []): Choice[] => list.map(({ id, label }) => ({ id, label: label[formats.language] }));
  return html`<div class="more">
    ${Array.isArray(events["of"]) ? nothing : html`<label class="named"><span>${words.eventType}</span>${nameField(desk, { row, at: join(at, "of"), label: words.eventType, choices: eventChoices(desk) })}</label>`}
    <label class="named"><span>${words.measure}</span>${chosenField(desk, {
      at: join(at, "measure"), label: words.measure, value: String(events["measure"] ?? "count"), choices: labels(catalogue?.measures).filter(({ id }) => id !== "ratio" || type === "return"),
      write: (id) => option(at, "measure", id === "count" ? undefined : id),
    })}</label>
    ${part === "/events" ? nothing : html`<span class="named"><span>${words.howOften}</span>${comparison(desk, row, at, null)}<span class="word">${words.times}</span></span>`}
    <label class="named"><span>${words.which}</span>${chosenField(desk, {
      at: join(at, "only"), label: words.which, value: String(events["only"] ?? ""), choices: [{ id: "", label: words.every }, ...labels(catalogue?.only)], write: (id) => option(at, "only", id || undefined),
    })}</label>
    ${type === "conversion" ? tick(desk, { at: join(at, "net"), label: words.net, on: events["net"] === true, write: (on) => option(at, "net", on || undefined) }) : nothing}
    ${capitals}
    ${ruleButtons(desk, row, at)}
  </div>`;
}

/** Buttons that begin a rule for products or for events. `owner`: the events or the step. */
export function ruleButtons(desk: Desk, row: string, owner: string): TemplateResult {
  const { words, rule } = desk;
  const step = fill(words.step_.option, desk.name(row));
  const begin = (key: string, field: string): void => desk.act(add(desk.rule, join(owner, key), { field, modifier: "is_exactly", value: "" }), step);
  return html`${get(rule, join(owner, "items")) === undefined ? html`<button type="button" class="button plain small" @click=${() => begin("items", "brand")}>${icon("add")}${words.addProductRule}</button>` : nothing}
    ${get(rule, join(owner, "where")) === undefined ? html`<button type="button" class="button plain small" @click=${() => begin("where", "value")}>${icon("add")}${words.addEventRule}</button>` : nothing}`;
}
