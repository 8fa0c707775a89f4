/** The rule in words, as the engine says it; phrases lead to their rows. */
import type { Phrase } from "regulars/engine";
import { html, nothing, type TemplateResult } from "lit";
import { findEntry } from "../entries.js";
import { get } from "../pointer.js";
import { groupOf, rowAt } from "../tree.js";
import type { Desk } from "./desk.js";

/** Neighbouring phrases that speak of one row; `row` is `null` for the words between rows. */
export interface Spoken {
  readonly row: string | null;
  readonly text: string;
}

/** The phrases, row by row. `start`: where the rule stands in the package. */
export function spoken(rule: unknown, phrases: readonly Phrase[], start: string): Spoken[] {
  const found: { row: string | null; text: string }[] = [];
  for (const { text, pointer } of phrases) {
    const inside = pointer === start || pointer.startsWith(`${start}/`);
    const row = inside ? rowAt(rule, pointer.slice(start.length)) : null;
    const own = row !== null && groupOf(get(rule, row)) === null ? row : null;
    const before = found.at(-1);
    if (before !== undefined && before.row === own) before.text += text;
    else found.push({ row: own, text });
  }
  return found;
}

export function sentence(desk: Desk, said: readonly Spoken[], { stale, go }: { readonly stale: boolean; readonly go: (row: string) => void }): TemplateResult {
  const { words, catalogue, rule, ui } = desk;
  if (said.length === 0) return html`<p class="quiet">${words.noSentence}</p>`;
  return html`<p class="words" ?data-stale=${stale}>${said.map(({ row, text }) => {
    if (row === null || stale) return text;
    const [, before = "", inner = "", after = ""] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
    return html`${before}<a href="#" role="button" class="phrase" data-phrase=${row} data-family=${findEntry(catalogue, get(rule, row)).entry?.group ?? "behaviour"} ?data-on=${ui.selected === row}
      @click=${(event: Event) => { event.preventDefault(); go(row); }} @keydown=${(event: KeyboardEvent) => { if (event.key === " ") { event.preventDefault(); go(row); } }}>${inner}</a>${after}`;
  })}</p>${stale ? html`<p class="quiet">${words.staleSentence}</p>` : nothing}`;
}
