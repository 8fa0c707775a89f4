/** The whole picture: the sentence, the bar, the rules or the JSON, and what is open above them. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { clipboard, editorKey, wholeRule } from "../commands.js";
import { usersOf } from "../edits/index.js";
import type { Editor } from "../editor.js";
import { asGroup, conditions } from "../tree.js";
import { fill, type Words } from "../words.js";
import { jsonTab } from "../json/tab.js";
import type { Desk } from "./desk.js";
import { group } from "./group.js";
import { keys } from "./menu.js";
import { sentence } from "./sentence.js";

export interface Frame {
  readonly editor: Editor;
  readonly desk: Desk;
}

export function frame({ editor, desk }: Frame): TemplateResult {
  const { words } = desk;
  const { answered, view } = editor;
  const users = usersOf(desk.draft, desk.segment);
  return html`<div class="editor" ?data-dragging=${desk.ui.dragged !== null}
    @select=${(event: Event) => event.stopPropagation()} @keydown=${(event: KeyboardEvent) => editorKey(editor, event)} @copy=${(event: ClipboardEvent) => clipboard(editor, event)} @cut=${(event: ClipboardEvent) => clipboard(editor, event)} @paste=${(event: ClipboardEvent) => clipboard(editor, event)}
    @focusin=${(event: FocusEvent) => focused(editor, event)} @focusout=${(event: FocusEvent) => unfocused(editor, event)} @pointerdown=${(event: PointerEvent) => pressed(editor, event)}>
    <section class="panel" aria-labelledby="in-words">
      <div class="bar"><h2 id="in-words">${words.inWords}</h2>${answered.sentence.length > 0 ? html`<span class="quiet hide-narrow">${words.selectPhrase}</span><span class="spacer"></span><button type="button" class="button plain small" @click=${() => { void copySentence(editor, words); }}>${words.copySentence}</button>` : nothing}</div>
      <slot name="sentence">${sentence(desk, answered.sentence, { stale: answered.stale, go: (row) => editor.reveal(row) })}</slot>
    </section>
    ${facts({ editor, desk })}
    <section class="panel" aria-labelledby="rules">
      ${bar({ editor, desk })}
      ${editor.note === null ? nothing : html`<p class="note" id="note">${icon("warning")}<span>${editor.note}</span><button type="button" class="button plain square small" aria-label=${words.close} @click=${() => { editor.note = null; }}>${icon("close")}</button></p>`}
      ${answered.around.map(({ problem, id }) => html`<p class="problem error" id=${id}><span>${icon("error")}${problem.message} ${problem.fix ?? ""}</span></p>`)}
      ${view === "json" ? jsonTab(editor) : html`${group(desk, "")}
        <div class="foot">
          ${users.length > 0 ? html`<p class="quiet">${fill(words.usedIn, desk.formats.list(users))}</p>` : nothing}
          <p class="keys quiet" aria-label=${words.keys}><span><kbd>Space</kbd> <kbd>↑</kbd> <kbd>↓</kbd> ${words.keyMove}</span><span><kbd>Ctrl</kbd> <kbd>Z</kbd> ${words.keyUndo}</span><span><kbd>Ctrl</kbd> <kbd>C</kbd> <kbd>V</kbd> ${words.keyCopy}</span><span><kbd>/</kbd> ${words.keyAdd}</span></p>
        </div>`}
    </section>
    ${dialog({ editor, desk })}
  </div>`;
}

/** The sentence reads well in a ticket. */
async function copySentence(editor: Editor, words: Words): Promise<void> {
  const written = await navigator.clipboard.writeText(editor.answered.text).then(() => true, () => false);
  if (written) editor.announce(fill(words.said.copied, words.inWords));
  else editor.refuse(words.said.noCopy);
}

/** How many, and the present visitor. */
function facts({ editor, desk }: Frame): TemplateResult | typeof nothing {
  const { counts, explanation } = editor.answered;
  const { words, formats } = desk;
  if (counts === null && explanation === null) return nothing;
  const until = explanation?.holdsUntil ?? null;
  const members = counts === null ? null : words.members.replace("#", formats.number(counts.total)).replace("{}", formats.number(counts.all)).replace("{%}", formats.percent(counts.all === 0 ? 0 : counts.total / counts.all));
  return html`<p class="facts">${members === null ? nothing : html`<span class="num members"><b>${formats.number(counts?.total ?? 0)}</b>${members.slice(formats.number(counts?.total ?? 0).length)}</span>`}
    ${explanation === null ? nothing : html`<span class="tag ${explanation.matched ? "good" : ""}" data-member=${explanation.matched}>${icon(explanation.matched ? "check" : "close")}${explanation.matched ? words.visitorIn : words.visitorOut}</span>
      ${until === null ? nothing : html`<span class="quiet">${fill(words.until, formats.moment(until, desk.draft.timeZone ?? "UTC"))}</span>`}`}</p>`;
}

function bar({ editor, desk }: Frame): TemplateResult {
  const { words, formats } = desk;
  const { past, future } = editor.history;
  const count = conditions(editor.current).length;
  const undo = past.at(-1);
  const redo = future[0];
  const step = (label: string, none: string, name: string | undefined, sign: string, press: () => void): TemplateResult => html`<button type="button" class="button square" data-step=${sign} aria-disabled=${name === undefined ? "true" : "false"}
    aria-label=${name === undefined ? none : `${label}: ${name}`} title=${name === undefined ? none : `${label}: ${name}`} @click=${press}>${icon(sign)}</button>`;
  const open = editor.ui.menu === "whole";
  const close = (then: () => void) => () => { editor.show({ menu: null }); then(); };
  return html`<div class="bar">
    <h2 id="rules">${words.rules}</h2><span class="quiet hide-narrow">${formats.plural(count, words.conditions[0] ?? "", words.conditions[1] ?? "")}</span><span class="spacer"></span>
    ${step(words.undo, words.nothingToUndo, undo?.name, "undo", () => editor.undo())}${step(words.redo, words.nothingToRedo, redo?.name, "redo", () => editor.redo())}
    <div class="choice" role="radiogroup" aria-label=${words.view}>${(["rules", "json"] as const).map((id) => html`<label><input type="radio" name="view" .checked=${editor.view === id} @change=${() => { editor.view = id; editor.note = null; }}><span>${id === "rules" ? words.rulesView : words.json}</span></label>`)}</div>
    <span class="menu"><button type="button" class="button plain square" data-menu="whole" aria-haspopup="menu" aria-expanded=${open ? "true" : "false"} aria-label=${fill(words.actions, words.wholeRule)} title=${fill(words.actions, words.wholeRule)} @click=${() => editor.show({ menu: open ? null : "whole" })}>${icon("more")}</button>
      ${open ? html`<div class="sheet" role="menu" aria-label=${words.wholeRule} @keydown=${keys}>
        ${item(words.menu.copyAll, close(() => void wholeRule(editor, "copyAll")))}${item(words.menu.pasteAll, close(() => void wholeRule(editor, "pasteAll")))}
        ${editor.recipes === null ? nothing : item(words.fromRecipe, close(() => void editor.openShelf()))}
        ${asGroup(editor.current).rows.length === 0 ? nothing : item(words.menu.clear, close(() => { editor.act({ rule: { all: [] }, focus: "" }, words.step_.clear); }))}
      </div>` : nothing}</span>
  </div>`;
}

const item = (label: string, press: () => void): TemplateResult => html`<button type="button" role="menuitem" tabindex="-1" @click=${press}><span>${label}</span></button>`;

/** The picker or the gallery. */
function dialog({ editor, desk }: Frame): TemplateResult | typeof nothing {
  const { words, formats, catalogue } = desk;
  const { dialogs } = editor;
  const language = formats.language;
  if (dialogs === null) return nothing;
  const close = (): void => editor.shut();
  const backdrop = (event: Event): void => { if (event.target === event.currentTarget) close(); };
  if (editor.picking !== null && catalogue !== null) {
    return html`<dialog aria-label=${words.pick} @close=${close} @cancel=${close} @click=${backdrop}><div class="inside">${dialogs.picker({
      catalogue, state: editor.seeking, words, formats, language, present: ({ id }) => editor.has.get(id) ?? null, close,
      change: (state) => { editor.seeking = state; }, choose: (condition) => editor.choose(condition),
    })}</div></dialog>`;
  }
  if (editor.shelf === null) return nothing;
  return html`<dialog aria-label=${words.recipes} @close=${close} @cancel=${close} @click=${backdrop}><div class="inside">${dialogs.gallery({ recipes: editor.shelf, catalogue, words, formats, language, close, choose: (recipe, segment) => editor.useRecipe(recipe, segment) })}</div></dialog>`;
}

function focused(editor: Editor, event: FocusEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  const { lifted, selected } = editor.ui;
  const grip = target?.closest<HTMLElement>("[data-grip]")?.dataset["grip"];
  if (lifted !== null && grip !== lifted.pointer) editor.putBack(false);
  const row = target?.closest<HTMLElement>("[data-row]")?.dataset["row"];
  if (row === undefined || row === selected) return;
  editor.show({ selected: row });
  editor.tell("select", { pointer: row });
}

/** A menu that is left closes. */
function unfocused(editor: Editor, event: FocusEvent): void {
  if (editor.ui.menu === null) return;
  const menu = event.target instanceof Element ? event.target.closest(".menu") : null;
  if (menu !== null && !(event.relatedTarget instanceof Node && menu.contains(event.relatedTarget))) editor.show({ menu: null });
}

function pressed(editor: Editor, event: PointerEvent): void {
  if (editor.ui.menu !== null && !(event.target instanceof Element && event.target.closest(".menu"))) editor.show({ menu: null });
}
