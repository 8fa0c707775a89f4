/** The steps of a sequence, one under the other. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import { addStep, moveStep, MOST_STEPS, removeStep, setAbsent, setValue } from "../edits/index.js";
import { get, isFields, join, type Value } from "../pointer.js";
import { fill } from "../words.js";
import { eventChoices, ruleButtons } from "./condition.js";
import type { Desk } from "./desk.js";
import { chosenField, nameField, tick, typedField } from "./fields.js";
import { predicate } from "./predicate.js";

export function sequenceSteps(desk: Desk, row: string): TemplateResult {
  const { rule, words } = desk;
  const found = get(rule, join(row, "sequence", "steps"));
  const steps: readonly Value[] = Array.isArray(found) ? found : [];
  const name = fill(words.step_.steps, desk.name(row));
  return html`<ol class="steps">
    ${steps.map((step, index) => {
      const at = join(row, "sequence", "steps", index);
      const isLast = index === steps.length - 1;
      return html`<li class="step" aria-label=${fill(words.step, index + 1)} data-at=${at} tabindex="-1"><div class="line">
        <span class="word">${index === 0 ? words.first : words.then}</span>
        ${nameField(desk, { row, at: join(at, "of"), label: words.eventType, choices: eventChoices(desk) })}
        ${index > 0 && isFields(step) ? html`${limit(desk, row, at, step)}
          ${isLast ? tick(desk, { at: join(at, "absent"), label: words.absent, on: step["absent"] === true, write: (on) => desk.act(setAbsent(desk.rule, row, index, on), name) }) : nothing}
          ${tick(desk, { at: join(at, "sameItem"), label: words.sameItem, on: step["sameItem"] === true, write: (on) => desk.act(setValue(desk.rule, at, "sameItem", on || undefined), name) })}` : nothing}
        ${ruleButtons(desk, row, at)}
        <span class="tools">
          ${index > 0 ? tool("↑", fill(words.stepUp, index + 1), () => desk.act(moveStep(desk.rule, row, index, -1), name)) : nothing}
          ${isLast ? nothing : tool("↓", fill(words.stepDown, index + 1), () => desk.act(moveStep(desk.rule, row, index, 1), name))}
          ${steps.length > 1 ? tool(icon("close"), fill(words.removeStep, index + 1), () => desk.act(removeStep(desk.rule, row, index), name)) : nothing}
        </span></div>
        ${predicate(desk, row, join(at, "items"))}${predicate(desk, row, join(at, "where"))}
      </li>`;
    })}
  </ol>
  ${steps.length < MOST_STEPS ? html`<button type="button" class="button plain small" @click=${() => desk.act(addStep(desk.rule, row, "conversion"), name)}>${icon("add")}${words.addStep}</button>` : nothing}`;
}

const tool = (sign: unknown, label: string, press: () => void): TemplateResult => html`<button type="button" class="button plain square small" aria-label=${label} title=${label} @click=${press}>${sign}</button>`;

/** Within how long after the step before. */
function limit(desk: Desk, row: string, at: string, step: { readonly [key: string]: Value }): TemplateResult {
  const { words, catalogue, formats } = desk;
  const within = step["within"];
  const name = fill(words.step_.steps, desk.name(row));
  const has = isFields(within);
  return html`${chosenField(desk, {
    at: join(at, "within"), label: words.limit, value: has ? "within" : "", choices: [...(step["absent"] === true ? [] : [{ id: "", label: words.anyTime }]), { id: "within", label: words.within }],
    write: (id) => desk.act(setValue(desk.rule, at, "within", id === "" ? undefined : { last: 1, unit: "day" }), name),
  })}${has ? html`${typedField(desk, { row, at: join(at, "within", "last"), label: words.amount, kind: "number" })}${chosenField(desk, {
    at: join(at, "within", "unit"), label: words.unit, value: String(within["unit"] ?? ""), choices: (catalogue?.units ?? []).map(({ id, label }) => ({ id, label: label[formats.language] })),
    write: (id) => desk.act(setValue(desk.rule, join(at, "within"), "unit", id), name),
  })}` : nothing}`;
}
