/** `<regulars-editor>`. */
import type { Context, Visitor } from "regulars/engine";
import { html, type PropertyDeclarations, type TemplateResult } from "lit";
import { controls } from "../base/controls.js";
import { RegularsElement } from "../base/element.js";
import { tokens } from "../base/tokens.js";
import type { Draft, EditorEngine, Recipe, RegularsEditor } from "../types.js";

export class Editor extends RegularsElement implements RegularsEditor {
  static override styles = [tokens, controls];
  static override properties: PropertyDeclarations = {
    rule: { type: Object },
    package: { type: Object },
    segment: {},
    visitor: { type: Object },
    now: { type: Number },
    context: { type: Object },
    engine: { attribute: false },
    recipes: { attribute: false },
  };
  declare rule: object | null;
  declare package: Draft | null;
  declare segment: string | null;
  declare visitor: Visitor | null;
  declare now: number | null;
  declare context: Context | null;
  declare engine: EditorEngine | null;
  declare recipes: readonly Recipe[] | (() => Promise<readonly Recipe[]>) | null;

  undo(): void {}
  redo(): void {}
  reveal(_pointer: string): void {}

  override render(): TemplateResult {
    return html`<p>${JSON.stringify(this.rule)}</p>${this.liveRegion()}`;
  }
}
