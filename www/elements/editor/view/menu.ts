/** What can be done with a row or group, behind three dots. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { get } from "../pointer.js";
import { groupOf, rootOf } from "../tree.js";
import { fill } from "../words.js";
import type { Command, Desk } from "./desk.js";

const KEYS: Partial<Record<Command, string>> = { duplicate: "Ctrl D", copy: "Ctrl C", cut: "Ctrl X", paste: "Ctrl V", remove: "Del" };

export function menu(desk: Desk, pointer: string, name: string): TemplateResult {
  const { words, ui, rule } = desk;
  const open = ui.menu === pointer;
  const isGroup = groupOf(get(rule, pointer)) !== null;
  const isRoot = pointer === rootOf(pointer);
  const commands: readonly Command[] = [
    ...(isRoot ? [] : ["up", "down", "out", "in"] as const), ...(isGroup && isRoot ? [] : ["duplicate"] as const), "wrap", ...(isGroup ? ["unwrap"] as const : []), "copy", "cut", "paste", "remove",
  ];
  return html`<span class="menu">
    <button type="button" class="button plain square" data-menu=${pointer} aria-haspopup="menu" aria-expanded=${open ? "true" : "false"} aria-label=${fill(words.actions, name)} title=${fill(words.actions, name)}
      @click=${() => desk.show({ menu: open ? null : pointer })}>${icon("more")}</button>
    ${open ? html`<div class="sheet" role="menu" aria-label=${fill(words.actions, name)} @keydown=${keys}>
      ${commands.map((command) => html`<button type="button" role="menuitem" tabindex="-1" data-command=${command} ?data-apart=${command === "duplicate" || command === "copy" || command === "remove"} @click=${() => desk.command(command, pointer)}>
        <span>${command === "paste" && isGroup ? words.menu.pasteInto : words.menu[command]}</span>${KEYS[command] ? html`<kbd aria-hidden="true">${KEYS[command]}</kbd>` : nothing}</button>`)}
    </div>` : nothing}
  </span>`;
}

/** Arrow keys, Home, End, and first letters. Escape is the editor's. */
export function keys(event: KeyboardEvent): void {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.indexOf(event.target as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    ?? (/^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey ? [...items.keys()].map((index) => (at + 1 + index) % items.length).find((index) => items[index]?.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase())) : undefined);
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
