/** The rule as JSON: CodeMirror, loaded when the tab is opened for the first time; a plain text field until then, and where it cannot be loaded. */
import { html, nothing, type TemplateResult } from "lit";
import { asText } from "../edits/index.js";
import type { Editor } from "../editor.js";
import { words } from "../words.js";

export function jsonTab(editor: Editor): TemplateResult {
  const texts = words(editor.speaks);
  return html`<div class="json"><textarea aria-label=${texts.jsonLabel} spellcheck="false" .value=${asText(editor.current)} @input=${(event: Event) => editor.typedJson((event.target as HTMLTextAreaElement).value)}></textarea>${nothing}</div>`;
}
