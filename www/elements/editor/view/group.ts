/** A group: All, Any or None of its rows, in a box. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { setMode } from "../edits/index.js";
import { get } from "../pointer.js";
import { asGroup, groupOf, type Mode } from "../tree.js";
import { fill } from "../words.js";
import type { Desk } from "./desk.js";
import { menu } from "./menu.js";
import { problems } from "./problems.js";
import { handle, numbers, row } from "./row.js";

export function group(desk: Desk, pointer: string, number = ""): TemplateResult {
  const { words, rule, ui } = desk;
  const { mode, rows, places } = asGroup(get(rule, pointer) ?? { all: [] });
  const isRoot = pointer === "";
  const lone = groupOf(get(rule, pointer)) === null;
  const dropAt = (index: number): TemplateResult | typeof nothing => (ui.drop?.group === pointer && ui.drop.index === index ? html`<div class="drop" aria-hidden="true"></div>` : nothing);
  return html`<div class="group" role="group" data-row=${isRoot && lone ? nothing : pointer} data-group=${pointer} ?data-root=${isRoot} aria-label=${isRoot ? `${words.wholeRule}. ${words.group[mode]}` : `${fill(words.row, number)}. ${words.group[mode]}`}
    ?data-lifted=${ui.lifted?.pointer === pointer || ui.dragged === pointer}>
    <div class="head">
      ${isRoot ? nothing : handle(desk, pointer, desk.name(pointer))}
      <div class="choice" role="radiogroup" aria-label=${words.combine}>${(["all", "any", "none"] as const).map((id) => modeChoice(desk, pointer, mode, id))}</div>
      <span class="quiet">${words.ofThese[mode]}</span>
      <span class="spacer"></span>
      ${isRoot ? nothing : html`${numbers(desk, pointer)}${menu(desk, pointer, desk.name(pointer))}`}
    </div>
    ${rows.map((inner, index) => {
      const at = pointer + (places[index] ?? "");
      const label = number === "" ? String(index + 1) : `${number}.${index + 1}`;
      return html`${dropAt(index)}${index > 0 ? html`<div class="join" aria-hidden="true">${words.join[mode]}</div>` : nothing}
        ${groupOf(inner) !== null && at !== pointer ? group(desk, at, label) : row(desk, at, label)}`;
    })}
    ${dropAt(rows.length)}
    ${isRoot && rows.length === 0 ? html`<p class="empty"><b>${words.empty}</b> ${words.emptyHint}</p>` : nothing}
    ${isRoot && lone || rows.length === 0 && isRoot ? nothing : problems(desk, pointer)}
    <div class="add">
      <button type="button" class="button dash" data-add=${pointer} @click=${() => desk.pick({ into: pointer, grouped: false })}>${icon("add")}${words.addCondition}</button>
      <button type="button" class="button dash" @click=${() => desk.pick({ into: pointer, grouped: true })}>${icon("add")}${words.addGroup}</button>
      ${isRoot && desk.recipes !== null ? html`<button type="button" class="button plain" @click=${desk.recipes}>${words.fromRecipe}</button>` : nothing}
    </div>
  </div>`;
}

function modeChoice(desk: Desk, pointer: string, mode: Mode, id: Mode): TemplateResult {
  const { words } = desk;
  return html`<label><input type="radio" name="mode${pointer}" data-at=${id === mode ? pointer : nothing} .checked=${id === mode} @change=${() => desk.act(setMode(desk.rule, pointer, id), fill(words.step_.mode, words[id]), { stay: true })}><span>${words[id]}</span></label>`;
}
