/** Texts of the engine put words of the rule language in backticks; they are shown as code. */
import { html, type TemplateResult } from "lit";

export const marked = (text: string): TemplateResult => html`${text.split("`").map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
