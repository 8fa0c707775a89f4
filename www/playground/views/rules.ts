/** The segment that is looked at: which one, what may be done with it as a whole, and its rules in the editor. */
import type { EditorEngine, RegularsEditor, RuleChange } from "regulars/elements";
import type { Edited } from "../document/edits.ts";
import { changeSegment, segmentsIn } from "../document/package.ts";
import { treeIn, type Tree } from "../document/tree.ts";
import { button, el, redraw } from "../dom.ts";
import { recipes } from "../recipes.ts";
import { speech, t } from "../speech.ts";

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

  /** What is done to segments as a whole is loaded when somebody does it. */
  const change = async (edit: (acts: typeof import("./segment-acts.ts"), before: Tree) => Edited | void): Promise<void> => {
    const acts = await import("./segment-acts.ts");
    if (!source) return;
    const [before, was] = [source, segment];
    const edited = edit(acts, before);
    if (!edited) return;
    if (!("source" in edited)) return say(acts.refusal(edited));
    onSource(edited.source, edited.segment);
    if (segmentsIn(edited.source).length < segmentsIn(before).length) say(t("The segment is deleted."), () => onSource(before, was));
  };
  const nameNow = (): string => segmentsIn(source).find(({ id }) => id === segment)?.name ?? segment;
  const action = (id: string, text: string, edit: (acts: typeof import("./segment-acts.ts"), before: Tree) => Edited | void): HTMLButtonElement =>
    button(text, () => void change(edit), { class: "button small", id: `segment-${id}` });
  const actions = [
    action("new", t("New"), ({ addSegment }, before) => addSegment(before, t("New segment"))),
    action("duplicate", t("Duplicate"), ({ duplicateSegment }, before) => duplicateSegment(before, segment, t("{name}, a copy", { name: nameNow() }))),
    action("rename", t("Rename"), ({ openRename }, before) => openRename(before, segment, nameNow(), (edited) => void change(() => edited))),
    action("delete", t("Delete"), ({ deleteSegment }, before) => deleteSegment(before, segment)),
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
