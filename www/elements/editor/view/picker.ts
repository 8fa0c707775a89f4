/** The picker: every condition of the catalogue in its nine groups, found by typing. A combobox that moves through a list. */
import type { Catalogue, CatalogueCondition, Visitor, Context } from "regulars/engine";
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { marked } from "../../base/marked.js";
import type { Formats, Language } from "../../base/language.js";
import { fill, type Words } from "../words.js";

export interface PickerState {
  readonly text: string;
  /** Which of the found conditions is marked. */
  readonly at: number;
}

/** Conditions whose name, help or group has every word that was typed; those whose own name has them come first within their group. */
export function matching(catalogue: Catalogue, text: string, language: Language): CatalogueCondition[] {
  const wanted = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const groups = new Map(catalogue.groups.map(({ id, label }) => [id, label[language]]));
  const scored = catalogue.conditions.flatMap((condition) => {
    const label = condition.label[language].toLowerCase();
    const all = `${label} ${condition.help[language]} ${groups.get(condition.group) ?? ""} ${condition.field ?? ""} ${condition.of ?? ""}`.toLowerCase();
    if (!wanted.every((word) => all.includes(word))) return [];
    return [{ condition, score: wanted.every((word) => label.includes(word)) ? 0 : 1 }];
  });
  if (wanted.length === 0) return scored.map(({ condition }) => condition);
  // The group with the best hit first, and groups stay together.
  const best = new Map<string, number>();
  for (const { condition, score } of scored) best.set(condition.group, Math.min(best.get(condition.group) ?? 2, score));
  const order = [...groups.keys()];
  const rank = ({ condition, score }: { condition: CatalogueCondition; score: number }): number => (best.get(condition.group) ?? 2) * 1000 + order.indexOf(condition.group) * 10 + score;
  return scored.sort((a, b) => rank(a) - rank(b)).map(({ condition }) => condition);
}

/** What the present visitor has, where that can be said without asking for a value first: the latest few different ones. */
export function presentValues(condition: CatalogueCondition, visitor: Visitor | null, context: Context | null): readonly unknown[] {
  const { field } = condition;
  if (field === undefined) return [];
  if (condition.condition === "profile") return [visitor?.profile?.[field]].flat().filter((value) => value !== undefined && value !== null);
  if (condition.condition === "context") return [context?.[field]].flat().filter((value) => value !== undefined && value !== null);
  const events = [...(visitor?.events ?? [])].filter(({ type }) => type === condition.of).reverse();
  const values = events.flatMap((event) => (condition.part.endsWith("/items") ? (event.items ?? []).map((item) => item[field]) : [field === "value" ? event.value : event.properties?.[field]])).flat();
  return [...new Set(values.filter((value) => value !== undefined && value !== null))].slice(0, 3);
}

export interface PickerOptions {
  readonly catalogue: Catalogue;
  readonly state: PickerState;
  readonly words: Words;
  readonly formats: Formats;
  readonly language: Language;
  /** What the visitor has of a condition, as a text; `null` if that is not known. */
  readonly present: (condition: CatalogueCondition) => string | null;
  readonly change: (state: PickerState) => void;
  readonly choose: (condition: CatalogueCondition) => void;
  readonly close: () => void;
}

export function picker({ catalogue, state, words, formats, language, present, change, choose, close }: PickerOptions): TemplateResult {
  const found = matching(catalogue, state.text, language);
  const key = (event: KeyboardEvent): void => {
    const moved = { ArrowDown: state.at + 1, ArrowUp: state.at - 1, Home: 0, End: found.length - 1, PageDown: state.at + 8, PageUp: state.at - 8 }[event.key];
    if ((event.key === "Home" || event.key === "End") && state.text !== "") return;
    if (moved !== undefined) {
      event.preventDefault();
      change({ ...state, at: Math.max(0, Math.min(found.length - 1, moved)) });
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = found[state.at];
      if (chosen) choose(chosen);
    }
  };
  const groups = [...new Set(found.map(({ group }) => group))];
  return html`<div class="seek">
      ${icon("search")}<input role="combobox" type="text" aria-expanded="true" aria-autocomplete="list" aria-controls="found" aria-label=${words.search} placeholder=${words.search} autocomplete="off" spellcheck="false"
        aria-activedescendant=${found.length > 0 ? `found-${found[state.at]?.id}` : nothing} .value=${state.text} @input=${(event: Event) => change({ text: (event.target as HTMLInputElement).value, at: 0 })} @keydown=${key}>
      <button type="button" class="button plain square" aria-label=${words.close} @click=${close}>${icon("close")}</button>
    </div>
    <p class="said" role="status">${formats.plural(found.length, words.found[0] ?? "", words.found[1] ?? "")}</p>
    <div class="found" id="found" role="listbox" aria-label=${words.pick} tabindex="-1">
      ${groups.map((id) => {
        const group = catalogue.groups.find((one) => one.id === id);
        return html`<div role="group" aria-labelledby="group-${id}" data-family=${id}>
          <h3 id="group-${id}" role="presentation">${icon(id)}${group?.label[language]}<span>${group?.help[language]}</span></h3>
          ${found.filter((one) => one.group === id).map((condition) => {
            const index = found.indexOf(condition);
            const has = present(condition);
            return html`<div role="option" id="found-${condition.id}" class="option" aria-selected=${index === state.at ? "true" : "false"} @click=${() => choose(condition)} @pointermove=${() => index !== state.at && change({ ...state, at: index })}>
              <b>${condition.label[language]}</b><span>${marked(condition.help[language])}</span>${has === null ? nothing : html`<i>${fill(words.thisVisitor, has)}</i>`}</div>`;
          })}
        </div>`;
      })}
      ${found.length === 0 ? html`<div role="option" aria-selected="false" aria-disabled="true" class="empty">${words.nothingFound}</div>` : nothing}
    </div>`;
}
