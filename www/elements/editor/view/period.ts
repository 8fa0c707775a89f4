/** The stretch of time whose events count. Exact lengths and calendar days stand side by side: they are not the same. */
import { html, nothing, type TemplateResult } from "lit";
import { formOf, type PeriodForm, setPeriodForm, setValue } from "../edits/index.js";
import { get, isFields, join } from "../pointer.js";
import { fill } from "../words.js";
import type { Desk } from "./desk.js";
import { chosenField, tick, typedField } from "./fields.js";

/** `owner` is what has the period: the events or the sequence of a row. */
export function periodField(desk: Desk, row: string, owner: string): TemplateResult {
  const { rule, words, catalogue, formats } = desk;
  const at = join(owner, "period");
  const period = get(rule, at);
  const form = formOf(period);
  const step = fill(words.step_.period, desk.name(row));
  const forms: readonly (readonly [PeriodForm, string])[] = [["ever", words.ever], ["last", words.last], ["calendar", `${words.calendar} (${words.whole})`], ["between", words.between], ["from", words.fixed]];
  const number = (key: string, label: string): TemplateResult => typedField(desk, { row, at: join(at, ...key.split("/")), label, kind: "number", placeholder: key === "count" ? "1" : "" });
  const unit = (key: string, units: readonly { readonly id: string; readonly label: { readonly en: string; readonly nl: string } }[]): TemplateResult =>
    chosenField(desk, {
      at: join(at, key), label: words.unit, value: String(isFields(period) ? period[key] : ""), choices: units.map(({ id, label }) => ({ id, label: label[formats.language] })),
      write: (id) => desk.act(setValue(desk.rule, at, key, id), step),
    });
  const day = (key: string, label: string): TemplateResult => typedField(desk, {
    row, at: join(at, key), label, kind: "date",
    // Either day may be left out, but not both.
    write: (value) => desk.act(setValue(desk.rule, at, key, value === "" && other(key) ? undefined : value), step, { typing: join(at, key), stay: true }),
  });
  const other = (key: string): boolean => isFields(period) && Boolean(period[key === "from" ? "to" : "from"]);
  return html`<span class="period" role="group" aria-label=${words.period}>
    ${chosenField(desk, {
      at, label: words.period, value: form, choices: forms.map(([id, label]) => ({ id, label })),
      write: (id) => desk.act(setPeriodForm(desk.rule, owner, id as PeriodForm, new Date().toISOString().slice(0, 10)), step),
    })}
    ${form === "last" ? html`${number("last", words.amount)}${unit("unit", catalogue?.units ?? [])}` : nothing}
    ${form === "between" ? html`${number("between/0", words.from)}<span class="word">${words.and}</span>${number("between/1", words.to)}${unit("unit", catalogue?.units ?? [])}<span class="word">${words.ago}</span>` : nothing}
    ${form === "calendar" ? html`${number("count", words.amount)}${unit("calendar", catalogue?.calendarUnits ?? [])}${tick(desk, {
      at: join(at, "current"), label: words.today, on: isFields(period) && period["current"] === true, write: (on) => desk.act(setValue(desk.rule, at, "current", on || undefined), step),
    })}` : nothing}
    ${form === "from" ? html`${day("from", words.from)}<span class="word">${words.toDay}</span>${day("to", words.to)}` : nothing}
  </span>`;
}
