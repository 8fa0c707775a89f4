/** The segment that is looked at: which one, what may be done with it as a whole, and its rules in the editor. */
import type { EditorEngine, RegularsEditor, RuleChange } from "regulars/elements";
import { addSegment, changeSegment, deleteSegment, duplicateSegment, type Edited, renameSegment, segmentsIn, usesOf } from "../document/package.ts";
import { treeIn, type Tree } from "../document/tree.ts";
import { button, el, redraw } from "../dom.ts";
import { recipes } from "../recipes.ts";
import { speech, t } from "../speech.ts";
import { openDialog } from "./dialog.ts";
import { usesText } from "./uses.ts";

export interface Rules {
  /** Above the tabs. */
  readonly head: HTMLElement;
  readonly element: HTMLElement;
  readonly draw: (state: { package: string; visitor: string; now: number; segment: string; context: Tree }) => void;
  /** The same question again, to another data set. */
  readonly recount: () => void;
  /** Brings a row into view: a pointer into the package. */
  readonly reveal: (pointer: string) => void;
}

export interface RulesHost {
  readonly engine: EditorEngine;
  readonly onSource: (source: Tree, segment: string) => void;
  readonly onSegment: (segment: string) => void;
  readonly say: (text: string, undo?: () => void) => void;
}

export function rulesView({ engine, onSource, onSegment, say }: RulesHost): Rules {
  const editor = el("regulars-editor", {}) as RegularsEditor;
  editor.language = speech;
  editor.engine = engine;
  editor.recipes = recipes;
  const behind = el("p", { class: "panel-note", role: "status", hidden: true }, t("The package is no JSON at the moment: its text comes first."));
  const select = el("select", { class: "field", id: "segment", onchange: () => onSegment(select.value) });
  let source: Tree | null = null;
  let segment = "";
  let drawn = "";

  const act = (edited: Edited): void => {
    if ("source" in edited) return onSource(edited.source, edited.segment);
    say(refusal(edited));
  };
  const nameNow = (): string => segmentsIn(source).find(({ id }) => id === segment)?.name ?? segment;
  const actions = [
    button(t("New"), () => source && act(addSegment(source, t("New segment"))), { class: "button small", id: "segment-new" }),
    button(t("Duplicate"), () => source && act(duplicateSegment(source, segment, t("{name}, a copy", { name: nameNow() }))), { class: "button small", id: "segment-duplicate" }),
    button(t("Rename"), () => source && rename(source, segment, nameNow(), act), { class: "button small", id: "segment-rename" }),
    button(t("Delete"), () => {
      if (!source) return;
      const [before, was] = [source, segment];
      const edited = deleteSegment(source, segment);
      act(edited);
      if ("source" in edited) say(t("The segment is deleted."), () => onSource(before, was));
    }, { class: "button small", id: "segment-delete" }),
  ];

  const head = el("div", { class: "segment-bar" },
    el("label", { for: "segment" }, t("Segment")), select,
    el("div", { class: "segment-actions", role: "group", "aria-label": t("This segment") }, ...actions));
  const element = el("div", { class: "rules" }, behind, editor);

  editor.addEventListener("change", (event) => {
    const { rule } = (event as CustomEvent<RuleChange>).detail;
    if (source) onSource(changeSegment(source, segment, { rule: rule as Tree }), segment);
  });

  return {
    head, element,
    reveal: (pointer) => editor.reveal(pointer.replace(/^\/segments\/\d+\/rule/, "")),
    recount() {
      if (source) editor.package = { ...source } as RegularsEditor["package"];
    },
    draw(state) {
      const found = treeIn(state.package);
      behind.hidden = found !== null;
      if (!found) return;
      const parts = segmentsIn(found);
      const part = parts.find(({ id }) => id === state.segment) ?? parts[0];
      [source, segment] = [found, part?.id ?? ""];
      redraw(select, ...parts.map(({ id, name }) => el("option", { value: id }, name || id)));
      select.value = segment;
      select.disabled = parts.length === 0;
      for (const one of actions.slice(1)) one.disabled = parts.length === 0;
      editor.hidden = !part;
      if (!part) return;
      const key = JSON.stringify([state.package, state.visitor, state.now, segment, state.context]);
      if (key === drawn) return;
      drawn = key;
      editor.package = found as RegularsEditor["package"];
      editor.segment = segment;
      editor.visitor = treeIn(state.visitor) as RegularsEditor["visitor"];
      editor.now = state.now;
      editor.context = state.context;
      const rule = part.source["rule"];
      const shown = typeof rule === "object" && rule !== null ? (rule as object) : null;
      if (JSON.stringify(editor.rule) !== JSON.stringify(shown)) editor.rule = shown;
    },
  };
}

function refusal(edited: Exclude<Edited, { source: Tree }>): string {
  switch (edited.refused) {
    case "used": return t("This segment is used by {names}: take it out of there first.", { names: usesText(edited.uses) });
    case "taken": return t("There is another segment with this id.");
    case "empty": return t("A segment needs a name and an id.");
    case "unknown": return t("There is no such segment.");
  }
}

/** The id stands in the shop's own code too: that is said beside it. */
function rename(source: Tree, id: string, name: string, act: (edited: Edited) => void): void {
  const names = el("input", { class: "field", id: "rename-name", value: name });
  const ids = el("input", { class: "field", id: "rename-id", value: id });
  const uses = usesOf(source, id);
  const form = el("form", { class: "form", method: "dialog" },
    el("label", { for: "rename-name" }, t("Name")), names,
    el("label", { for: "rename-id" }, t("Id")), ids,
    el("p", { class: "sub" }, uses.length > 0 ? t("The id is changed with it in {names}.", { names: usesText(uses) }) : t("Nothing in this package names it."), " ", t("Code that asks for the id has to be changed by hand.")),
    el("div", { class: "actions" }, el("button", { type: "submit", class: "button primary" }, t("Rename"))));
  const dialog = openDialog(t("Rename {name}", { name }), form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    act(renameSegment(source, id, names.value, ids.value));
  });
  names.select();
}
