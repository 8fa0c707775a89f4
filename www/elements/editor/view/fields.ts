/** Fields: what a marketer types and chooses in a row. They show what stands in the rule, whatever it is. */
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { icon } from "../../base/icons.js";
import { asNumber, setValue } from "../edits/index.js";
import { get, join, type Value } from "../pointer.js";
import { fill } from "../words.js";
import type { Desk } from "./desk.js";

/** The name of a step that changes a value. */
export const changing = (desk: Desk, row: string, value: Value): string => {
  const text = Array.isArray(value) ? desk.formats.list(value.map(String)) : typeof value === "boolean" ? desk.words[value ? "yes" : "no"] : String(value ?? "…");
  return fill(desk.words.step_.change, desk.name(row), text);
};

export interface FieldOptions {
  readonly row: string;
  /** Where the value stands. */
  readonly at: string;
  readonly label: string;
  readonly kind: "number" | "text" | "date";
  /** A list of suggestions, by id. */
  readonly list?: string | undefined;
  readonly placeholder?: string;
  /** Writes something else than the value itself. */
  readonly write?: (value: Value) => void;
}

const isDay = (value: Value): boolean => value === undefined || value === "" || (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value));

/** One field to type in. */
export function typedField(desk: Desk, { row, at, label, kind, list, placeholder, write }: FieldOptions): TemplateResult {
  const value = get(desk.rule, at);
  const { ids, wrong } = desk.about(at);
  const shown = desk.ui.typed?.at === at ? desk.ui.typed.text : asShown(value, desk.formats.language);
  const input = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value;
    desk.show({ typed: { at, text } });
    const next = kind === "number" ? asNumber(text, desk.formats.language) : text;
    if (write) write(next);
    else desk.act(writeAt(desk, at, next), changing(desk, row, next), { typing: at, stay: true });
  };
  return html`<input class="field ${kind}" data-at=${at} type=${kind === "date" && isDay(value) ? "date" : "text"}
    inputmode=${kind === "number" ? "decimal" : "text"} autocomplete="off" spellcheck="false" list=${list ?? nothing} placeholder=${placeholder ?? nothing}
    aria-label=${label} aria-invalid=${wrong ? "true" : "false"} aria-describedby=${ids ?? nothing}
    .value=${live(shown)} @input=${input} @change=${desk.settle} @blur=${desk.settle}>`;
}

/** Numbers are typed with the comma or point of the language, without separators of thousands. */
function asShown(value: Value, language: "en" | "nl"): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return language === "nl" ? String(value).replace(".", ",") : String(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const writeAt = (desk: Desk, at: string, value: Value): ReturnType<typeof setValue> => setValue(desk.rule, at.slice(0, at.lastIndexOf("/")), at.slice(at.lastIndexOf("/") + 1), value);

export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** One field to choose from. What stands there is among the choices, even if it should not be. */
export function chosenField(desk: Desk, { at, label, value, choices, write }: {
  readonly at: string; readonly label: string; readonly value: string; readonly choices: readonly Choice[]; readonly write: (id: string) => void;
}): TemplateResult {
  const { ids, wrong } = desk.about(at);
  const all = choices.some(({ id }) => id === value) ? choices : [{ id: value, label: value === "" ? desk.words.choose : value }, ...choices];
  return html`<select class="field" data-at=${at} aria-label=${label} aria-invalid=${wrong ? "true" : "false"} aria-describedby=${ids ?? nothing}
    .value=${live(value)} @change=${(event: Event) => write((event.target as HTMLSelectElement).value)}>
    ${all.map((choice) => html`<option value=${choice.id} ?selected=${choice.id === value}>${choice.label}</option>`)}
  </select>`;
}

/** A name from a list, or one of the shop's own. */
export function nameField(desk: Desk, { row, at, label, choices }: { readonly row: string; readonly at: string; readonly label: string; readonly choices: readonly Choice[] }): TemplateResult {
  const value = String(get(desk.rule, at) ?? "");
  if (desk.ui.own.has(at) || !choices.some(({ id }) => id === value)) return typedField(desk, { row, at, label, kind: "text" });
  return chosenField(desk, {
    at, label, value, choices: [...choices, { id: "\u0000", label: desk.words.other }],
    write: (id) => {
      if (id === "\u0000") desk.show({ own: new Set([...desk.ui.own, at]) });
      desk.act(writeAt(desk, at, id === "\u0000" ? "" : id), changing(desk, row, id === "\u0000" ? "…" : id));
    },
  });
}

/** Several values, each of which can be taken away. */
export function listField(desk: Desk, { row, at, label, kind }: FieldOptions): TemplateResult {
  const value = get(desk.rule, at);
  const values: readonly Value[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const { ids, wrong } = desk.about(at);
  const write = (next: readonly Value[]): void => desk.act(writeAt(desk, at, next), changing(desk, row, next), { stay: true });
  const take = (field: HTMLInputElement): void => {
    const texts = field.value.split(",").map((text) => text.trim()).filter((text) => text !== "");
    field.value = "";
    if (texts.length > 0) write([...values, ...texts.map((text) => (kind === "number" ? asNumber(text, desk.formats.language) : text))]);
  };
  const key = (event: KeyboardEvent): void => {
    const field = event.target as HTMLInputElement;
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      take(field);
    } else if (event.key === "Backspace" && field.value === "" && values.length > 0) {
      write(values.slice(0, -1));
    }
  };
  return html`<span class="chips" role="group" aria-label=${label} aria-describedby=${ids ?? nothing} ?data-wrong=${wrong}>
    ${values.map((one, index) => html`<span class="value">${asShown(one, desk.formats.language)}<button type="button" aria-label=${fill(desk.words.removeValue, String(one))}
      @click=${() => write(values.filter((_, other) => other !== index))}>${icon("close")}</button></span>`)}
    <input data-at=${at} aria-label=${desk.words.addValue} placeholder=${values.length === 0 ? desk.words.addValue : "+"} autocomplete="off" inputmode=${kind === "number" ? "decimal" : "text"}
      @keydown=${key} @change=${(event: Event) => take(event.target as HTMLInputElement)}>
  </span>`;
}

/** Several of a few: each is on or off. */
export function setField(desk: Desk, { row, at, label, choices }: { readonly row: string; readonly at: string; readonly label: string; readonly choices: readonly Choice[] }): TemplateResult {
  const value = get(desk.rule, at);
  const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map(String);
  const { ids } = desk.about(at);
  const all = [...choices, ...values.filter((one) => !choices.some(({ id }) => id === one)).map((id) => ({ id, label: id }))];
  const flip = (id: string): void => {
    const next = all.map((choice) => choice.id).filter((other) => (other === id ? !values.includes(id) : values.includes(other)));
    desk.act(writeAt(desk, at, next), changing(desk, row, next.map((one) => all.find((choice) => choice.id === one)?.label ?? one)), { stay: true });
  };
  return html`<span class="set" role="group" aria-label=${label} aria-describedby=${ids ?? nothing}>
    ${all.map(({ id, label: name }, index) => html`<label class="flip"><input type="checkbox" data-at=${index === 0 ? at : nothing} .checked=${live(values.includes(id))} @change=${() => flip(id)}><span>${name}</span></label>`)}
  </span>`;
}

/** A box to tick. */
export function tick(desk: Desk, { at, label, on, write }: { readonly at: string; readonly label: string; readonly on: boolean; readonly write: (on: boolean) => void }): TemplateResult {
  const { ids } = desk.about(at);
  return html`<label class="tick"><input type="checkbox" data-at=${at} aria-describedby=${ids ?? nothing} .checked=${live(on)} @change=${(event: Event) => write((event.target as HTMLInputElement).checked)}><span>${label}</span></label>`;
}

export const valueAt = (comparison: string): string => join(comparison, "value");
