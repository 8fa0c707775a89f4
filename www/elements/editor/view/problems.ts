/** What the engine found wrong, under the row it speaks of, with a button where an edit can mend it. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { marked } from "../../base/marked.js";
import { fixOf } from "../edits/index.js";
import { fill } from "../words.js";
import type { Desk } from "./desk.js";

/** For how long events of a type are kept; `null`: without limit. */
export const keptDays = (desk: Desk) => (type: string): number | null => {
  const { keepDays } = desk.draft;
  const days = typeof keepDays === "object" ? keepDays[type] : type === "conversion" || type === "return" ? undefined : keepDays;
  return days === undefined ? null : Number(days);
};

export function problems(desk: Desk, pointer: string): TemplateResult | typeof nothing {
  const shown = desk.problemsOf(pointer);
  const { words } = desk;
  if (shown.length === 0) return nothing;
  return html`${shown.map(({ problem, id, pointer: at }) => {
    const fix = fixOf(desk.rule, { ...problem, pointer: at }, keptDays(desk));
    return html`<p class="problem ${problem.severity}" data-code=${problem.code}><span id=${id}>${icon(problem.severity === "error" ? "error" : "warning")}<span class="said">${words[problem.severity]}: </span>
      ${marked(problem.message)}${fix === null && problem.fix !== undefined ? html` ${marked(problem.fix)}` : nothing}</span>
      ${fix === null ? nothing : html`<button type="button" class="fix" aria-describedby=${id} @click=${() => desk.act(fix.apply(desk.rule), fill(words.step_.fix, desk.name(pointer)))}>${fill(words.fix[fix.label], fix.unit === undefined ? fix.about : `${fix.about} ${unitOf(desk, fix.unit)}`)}</button>`}
    </p>`;
  })}`;
}

const unitOf = (desk: Desk, unit: string): string => desk.catalogue?.units.find(({ id }) => id === unit)?.label[desk.formats.language] ?? unit;
