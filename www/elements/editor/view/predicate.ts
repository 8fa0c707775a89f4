/** “Count only products where all of these are true”: the predicate over products or events, as groups and rows of its own. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { add, setMode } from "../edits/index.js";
import { get } from "../pointer.js";
import { asGroup, groupOf, kindOf, type Mode } from "../tree.js";
import { fill } from "../words.js";
import type { Desk } from "./desk.js";
import { chosenField } from "./fields.js";
import { menu } from "./menu.js";
import { handle, row as rowOf } from "./row.js";

/** Nothing, where no such predicate stands. */
export function predicate(desk: Desk, row: string, root: string): TemplateResult | typeof nothing {
  return get(desk.rule, root) === undefined ? nothing : box(desk, row, root, true);
}

function box(desk: Desk, row: string, pointer: string, isRoot: boolean): TemplateResult {
  const { words, rule } = desk;
  const { mode, places } = asGroup(get(rule, pointer));
  const items = kindOf(pointer) === "items";
  const title = items ? words.countProducts : words.countEvents;
  const step = fill(words.step_.option, desk.name(row));
  return html`<div class="predicate" role="group" aria-label="${title} ${words.how[mode]} ${words.ofTheseTrue}" data-group=${pointer}>
    <div class="head">
      ${isRoot ? html`<span>${title}</span>` : handle(desk, pointer, words.how[mode])}
      ${chosenField(desk, {
        at: pointer, label: words.combine, value: mode, choices: (["all", "any", "none"] as const).map((id) => ({ id, label: words.how[id] })),
        write: (id) => desk.act(setMode(desk.rule, pointer, id as Mode), fill(words.step_.mode, words.how[id as Mode])),
      })}<span>${words.ofTheseTrue}</span>
      ${isRoot ? nothing : html`<span class="spacer"></span>${menu(desk, pointer, words.how[mode])}`}
    </div>
    ${places.map((place) => (groupOf(get(rule, pointer + place)) !== null && pointer + place !== pointer ? box(desk, row, pointer + place, false) : rowOf(desk, pointer + place, "")))}
    <button type="button" class="button plain small" @click=${() => desk.act(add(desk.rule, pointer, { field: items ? "category" : "value", modifier: items ? "contains" : "is_at_least", value: items ? "" : 1 }), step)}>${icon("add")}${items ? words.addProductRule : words.addEventRule}</button>
  </div>`;
}
