/** A row: what can be moved, read as a phrase, counted, and has a menu. Conditions, product rules and event rules are all rows. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { findEntry, kindOfRow } from "../entries.js";
import { get, isFields, join } from "../pointer.js";
import { kindOf } from "../tree.js";
import { fill } from "../words.js";
import { comparison, fieldChoices } from "./comparison.js";
import { conditionLine, conditionMore, hasMore } from "./condition.js";
import type { Desk } from "./desk.js";
import { nameField } from "./fields.js";
import { menu } from "./menu.js";
import { predicate } from "./predicate.js";
import { problems } from "./problems.js";
import { sequenceSteps } from "./sequence.js";

export function row(desk: Desk, pointer: string, number: string): TemplateResult {
  return kindOf(pointer) === "rule" ? conditionRow(desk, pointer, number) : predicateRow(desk, pointer);
}

function conditionRow(desk: Desk, pointer: string, number: string): TemplateResult {
  const { words, ui, rule, catalogue, formats } = desk;
  const condition = get(rule, pointer);
  const { entry, part } = findEntry(catalogue, condition);
  const name = desk.name(pointer);
  const open = ui.more.has(pointer);
  const events = join(pointer, "events");
  return html`<div class="row" role="group" data-row=${pointer} data-family=${entry?.group ?? "behaviour"} aria-label="${fill(words.row, number)}: ${name}"
    ?data-on=${ui.selected === pointer} ?data-lifted=${ui.lifted?.pointer === pointer || ui.dragged === pointer}>
    ${handle(desk, pointer, name)}
    <div class="body">
      <div class="line">
        <button type="button" class="chip" data-at=${pointer} aria-label=${fill(words.change, name)} aria-haspopup="dialog" @click=${() => desk.pick({ row: pointer })}>${icon(entry?.group ?? "behaviour")}<span>${entry?.label[formats.language] ?? kindOfRow(condition) ?? "?"}</span></button>
        ${conditionLine(desk, pointer, entry, part)}
        ${hasMore(desk, pointer) ? html`<button type="button" class="button plain small" aria-expanded=${open ? "true" : "false"} aria-label=${fill(words.lessMore, name)} @click=${() => desk.show({ more: toggled(ui.more, pointer) })}>${words.more}<span class="caret" aria-hidden="true"></span></button>` : nothing}
      </div>
      ${open ? conditionMore(desk, pointer, entry, part) : nothing}
      ${part === "/events/where" ? nothing : predicate(desk, pointer, join(events, "where"))}
      ${part === "/events/items" ? nothing : predicate(desk, pointer, join(events, "items"))}
      ${isFields(condition) && "sequence" in condition ? sequenceSteps(desk, pointer) : nothing}
      ${problems(desk, pointer)}
    </div>
    ${numbers(desk, pointer)}
    ${menu(desk, pointer, name)}
  </div>`;
}

const toggled = (set: ReadonlySet<string>, one: string): ReadonlySet<string> => {
  const copy = new Set(set);
  if (!copy.delete(one)) copy.add(one);
  return copy;
};

/** Field, modifier and value of a product or an event. */
function predicateRow(desk: Desk, pointer: string): TemplateResult {
  const { words, catalogue, ui } = desk;
  const name = desk.name(pointer);
  const known = kindOf(pointer) === "items" ? catalogue?.itemFields : catalogue?.eventFields;
  const owner = pointer.slice(0, pointer.search(/\/(?:items|where)(?:\/|$)/));
  const condition = /^(.*)\/(?:events|sequence\/steps\/\d+)$/.exec(owner)?.[1] ?? "";
  return html`<div class="row sub" role="group" data-row=${pointer} aria-label=${name} ?data-lifted=${ui.lifted?.pointer === pointer || ui.dragged === pointer}>
    ${handle(desk, pointer, name)}
    <div class="body"><div class="line">
      ${nameField(desk, { row: condition, at: join(pointer, "field"), label: words.field, choices: fieldChoices(desk, known ?? []) })}
      ${comparison(desk, condition, pointer, null)}
    </div></div>
    ${menu(desk, pointer, name)}
  </div>`;
}

/** By which a row is moved: with the pointer, or with the keys. */
export function handle(desk: Desk, pointer: string, name: string): TemplateResult {
  const lifted = desk.ui.lifted?.pointer === pointer;
  return html`<button type="button" class="grip" data-grip=${pointer} aria-label=${fill(desk.words.grip, name)} aria-pressed=${lifted ? "true" : "false"}
    @keydown=${(event: KeyboardEvent) => desk.grip.key(event, pointer)} @pointerdown=${(event: PointerEvent) => desk.grip.press(event, pointer)}>${icon("grip")}</button>`;
}

/** How many visitors match this alone, and whether the present one does. */
export function numbers(desk: Desk, pointer: string): TemplateResult {
  const { words, formats } = desk;
  const count = desk.count(pointer);
  const matched = desk.matched(pointer);
  return html`<span class="count num">${matched === null ? nothing : html`<span class="verdict" data-yes=${matched} title=${matched ? words.holds : words.fails}>${icon(matched ? "check" : "close")}<span class="said">${matched ? words.holds : words.fails}</span></span>`}
    ${count === null ? nothing : html`<span title=${`${formats.plural(count, words.visitors[0] ?? "", words.visitors[1] ?? "")} ${words.alone}`}>${formats.number(count)}<span class="unsaid"> ${formats.plural(count, words.visitors[0] ?? "", words.visitors[1] ?? "").replace(/^\S+ /, "")}</span><span class="said"> ${words.alone}</span></span>`}</span>`;
}
