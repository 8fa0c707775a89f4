/** Menus, keys and the clipboard: what each does with a row. */
import { asText, duplicate, type Edit, paste, pasteWhole, remove, travel, unwrap, wrap } from "./edits/index.js";
import type { Editor } from "./editor.js";
import { get } from "./pointer.js";
import { asGroup, walk } from "./tree.js";
import type { Command } from "./view/desk.js";
import { fill, words } from "./words.js";

/** A command of the menu, or a key on a grip. */
export function run(editor: Editor, command: Command | KeyboardEvent, pointer: string): void | Promise<void> {
  return typeof command === "string" ? obey(editor, command, pointer) : gripKey(editor, command, pointer);
}

async function obey(editor: Editor, command: Command, pointer: string): Promise<void> {
  const texts = words(editor.speaks);
  const name = editor.name(pointer);
  const rule = editor.current;
  editor.show({ menu: null });
  const act = (edit: Edit, step: string, said?: string): void => {
    if (editor.act(edit, step, { part: "grip" }) && said !== undefined) editor.announce(said);
  };
  switch (command) {
    case "up": case "down": case "out": case "in": {
      const edit = travel(rule, pointer, command);
      act(edit, fill(texts.step_.move, name));
      if ("focus" in edit) editor.announce(editor.whereabouts(edit.focus));
      return;
    }
    case "duplicate": return act(duplicate(rule, pointer), fill(texts.step_.duplicate, name));
    case "wrap": return act(wrap(rule, pointer, pointer === "" || asGroup(rule).mode === "all" ? "any" : "all"), fill(texts.step_.wrap, name));
    case "unwrap": return act(unwrap(rule, pointer), texts.step_.unwrap);
    case "remove": return act(remove(rule, pointer), fill(texts.step_.remove, name), fill(texts.said.removed, name));
    case "copy": case "cut": {
      const written = await navigator.clipboard.writeText(asText(get(rule, pointer))).then(() => true, () => false);
      editor.focusSoon(pointer, "grip");
      if (!written) return editor.refuse(texts.said.noCopy);
      if (command === "cut") return act(remove(rule, pointer), fill(texts.step_.cut, name), fill(texts.said.cut, name));
      return editor.announce(fill(texts.said.copied, name));
    }
    case "paste": {
      const text = await navigator.clipboard.readText().catch(() => null);
      return text === null ? editor.refuse(texts.said.noClipboard) : act(paste(editor.current, pointer, text), texts.step_.paste);
    }
  }
}

/** Copies the whole rule, or takes another for it. */
export async function wholeRule(editor: Editor, command: "copyAll" | "pasteAll"): Promise<void> {
  const texts = words(editor.speaks);
  if (command === "copyAll") {
    const written = await navigator.clipboard.writeText(asText(editor.current)).then(() => true, () => false);
    return written ? editor.announce(fill(texts.said.copied, texts.wholeRule)) : editor.refuse(texts.said.noCopy);
  }
  const text = await navigator.clipboard.readText().catch(() => null);
  if (text === null) return editor.refuse(texts.said.noClipboard);
  editor.act(pasteWhole(editor.current, text), texts.step_.paste);
}

function gripKey(editor: Editor, event: KeyboardEvent, pointer: string): void {
  const lifted = editor.ui.lifted !== null;
  const direction = ({ ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" } as const)[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === " ") lifted ? editor.drop() : editor.lift(pointer);
  else if (event.key === "Enter" && lifted) editor.drop();
  else if (event.key === "Escape" && lifted) editor.putBack();
  else if (direction !== undefined && lifted) editor.carry(direction);
  else if (direction === "up" || direction === "down") {
    const rows = walk(editor.current).map((row) => row.pointer);
    const next = rows[rows.indexOf(pointer) + (direction === "up" ? -1 : 1)];
    if (next !== undefined) editor.focusSoon(next, "grip");
  } else if (event.key === "Delete") void obey(editor, "remove", pointer);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]");

/** The row in which an event happened. */
const rowOf = (target: EventTarget | null): string | null => (target instanceof Element ? (target.closest<HTMLElement>("[data-row]")?.dataset["row"] ?? null) : null);

/** Keys of the whole editor. */
export function editorKey(editor: Editor, event: KeyboardEvent): void {
  const target = event.composedPath()[0] ?? null;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const inJson = target instanceof Element && target.closest(".json") !== null;
  if (inJson) return;
  const row = rowOf(target);
  if (event.key === "Escape" && editor.ui.menu !== null) {
    const at = editor.ui.menu;
    editor.show({ menu: null });
    editor.renderRoot.querySelector<HTMLElement>(`[data-menu=${JSON.stringify(at)}]`)?.focus();
  } else if (command && key === "z") {
    if (event.shiftKey) editor.redo();
    else editor.undo();
  } else if (command && key === "y") editor.redo();
  else if (command && key === "d" && row !== null) void obey(editor, "duplicate", row);
  else if (event.key === "/" && !command && !isTyping(target)) editor.pick({ into: "", grouped: false });
  else return;
  event.preventDefault();
}

/** Copy, cut and paste by the keys of the system, on a row outside of its text fields. */
export function clipboard(editor: Editor, event: ClipboardEvent): void {
  const target = event.composedPath()[0] ?? null;
  const selection = (editor.renderRoot as ShadowRoot).ownerDocument.getSelection();
  const typing = isTyping(target) && !(target instanceof HTMLSelectElement);
  if (typing || editor.view === "json" || (event.type !== "paste" && selection !== null && !selection.isCollapsed)) return;
  const row = rowOf(target) ?? editor.ui.selected;
  const texts = words(editor.speaks);
  if (event.type === "paste") {
    event.preventDefault();
    editor.act(paste(editor.current, row ?? "", event.clipboardData?.getData("text/plain") ?? ""), texts.step_.paste, { part: "grip" });
    return;
  }
  const at = row ?? "";
  const name = at === "" ? texts.wholeRule : editor.name(at);
  event.clipboardData?.setData("text/plain", asText(get(editor.current, at)));
  event.preventDefault();
  if (event.type === "cut") editor.act(remove(editor.current, at), fill(texts.step_.cut, name), { part: "grip" });
  editor.announce(fill(event.type === "cut" ? texts.said.cut : texts.said.copied, name));
}
