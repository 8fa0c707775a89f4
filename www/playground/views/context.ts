/** What the page knows at the instant: device, place, address. Rules about these ask for it. */
import type { Json } from "regulars/engine";
import { textOf, type Tree } from "../document/tree.ts";
import { button, el, setText } from "../dom.ts";
import { t } from "../speech.ts";

const FIELDS = ["device", "browser", "os", "language", "country", "region", "city", "latitude", "longitude", "url", "path", "host", "title"];

export interface ContextView {
  readonly element: HTMLElement;
  readonly draw: (context: Tree) => void;
}

export function contextView(onChange: (context: Tree) => void): ContextView {
  const summary = el("summary", {});
  const rows = el("div", { class: "context-rows" });
  const names = el("datalist", { id: "context-fields" }, ...FIELDS.map((name) => el("option", { value: name })));
  const add = button(t("Add a fact"), () => {
    rows.append(row("", ""));
    rows.lastElementChild?.querySelector("input")?.focus();
  }, { class: "button small", id: "context-add" });
  const element = el("details", { class: "context event-details" }, summary,
    el("p", { class: "sub" }, t("Hour and weekday are those of the moment; everything else the page has to know.")), rows, names, el("div", { class: "actions" }, add));
  let drawn = "";
  let number = 0;

  const read = (): void => {
    const found: { [key: string]: Json } = {};
    for (const one of rows.children) {
      const [name, value] = [...one.querySelectorAll("input")].map((input) => input.value.trim());
      if (name && value) found[name] = valueOf(value);
    }
    drawn = JSON.stringify(found);
    onChange(found);
  };
  const row = (name: string, value: string): HTMLElement => {
    const mine = ++number;
    const element_ = el("div", { class: "context-row" },
      el("label", { for: `context-name-${mine}`, class: "unseen" }, t("Fact")), el("input", { class: "field", id: `context-name-${mine}`, list: "context-fields", value: name, placeholder: "device", onchange: read }),
      el("label", { for: `context-value-${mine}`, class: "unseen" }, t("Value")), el("input", { class: "field", id: `context-value-${mine}`, value, placeholder: "mobile", onchange: read }),
      button(t("Remove"), () => {
        element_.remove();
        read();
        add.focus();
      }, { class: "link small" }));
    return element_;
  };

  return {
    element,
    draw(context) {
      const entries = Object.entries(context);
      setText(summary, entries.length === 0 ? t("What the page knows: nothing yet") : t("What the page knows: {facts}", { facts: entries.map(([name, value]) => `${name} ${textOf(value)}`).join(", ") }));
      const key = JSON.stringify(context);
      if (key === drawn) return;
      drawn = key;
      rows.replaceChildren(...entries.map(([name, value]) => row(name, typeof value === "object" ? JSON.stringify(value) : String(value))));
    },
  };
}

/** Numbers and yes or no are what they look like. */
function valueOf(text: string): Json {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === "true" ? true : text === "false" ? false : text;
}
