/** The rule as JSON: CodeMirror, loaded when the tab is opened for the first time; a plain text field where it cannot be loaded. */
import { html, nothing, type TemplateResult } from "lit";
import { AsyncDirective } from "lit/async-directive.js";
import { directive, type ElementPart } from "lit/directive.js";
import { asText } from "../edits/index.js";
import type { Editor } from "../editor.js";
import { words } from "../words.js";
import { type Panel, type PanelOptions, sameJson } from "./same.js";

export function jsonTab(editor: Editor): TemplateResult {
  return html`<div class="json" ${code(editor)}></div>`;
}

/** Keeps CodeMirror in an element for as long as that is shown. */
class Code extends AsyncDirective {
  private panel: Panel | null = null;
  private begun = false;

  render(_editor: Editor): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [editor]: [Editor]): typeof nothing {
    if (!this.begun) {
      this.begun = true;
      void this.open(part.element as HTMLElement, editor);
    }
    this.panel?.show(asText(editor.current), editor.answered.shown, editor.catalogue);
    return nothing;
  }

  private async open(parent: HTMLElement, editor: Editor): Promise<void> {
    const texts = words(editor.speaks);
    const text = asText(editor.current);
    const options = { parent, root: editor.renderRoot as ShadowRoot, text, label: texts.jsonLabel, change: (typed: string) => editor.typedJson(typed), undo: () => editor.undo(), redo: () => editor.redo() };
    const openPanel = await import("./panel.js").then((module) => module.openPanel, () => null);
    if (!this.isConnected) return;
    if (openPanel === null) editor.refuse(texts.jsonFail);
    this.panel = (openPanel ?? openPlain)(options);
    this.panel?.show(text, editor.answered.shown, editor.catalogue);
  }

  protected override disconnected(): void {
    this.panel?.close();
    this.panel = null;
    this.begun = false;
  }
}

const code = directive(Code);

/** A text field, where CodeMirror cannot be loaded. */
function openPlain({ parent, text, label, change }: PanelOptions): Panel {
  const field = parent.ownerDocument.createElement("textarea");
  field.value = text;
  field.setAttribute("aria-label", label);
  field.spellcheck = false;
  field.addEventListener("input", () => change(field.value));
  parent.append(field);
  return { show: (now) => { if (!sameJson(field.value, now)) field.value = now; }, close: () => field.remove() };
}
