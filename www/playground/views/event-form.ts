/** One event of the visitor, new or known, as a form. What the form does not know stays as it is. */
import type { Json } from "regulars/engine";
import { pretty } from "../document/format.ts";
import { isTree, listOf, textOf, treeIn, type Tree } from "../document/tree.ts";
import { dropEvent, putEvent } from "../document/visitor.ts";
import { button, el } from "../dom.ts";
import type { Case } from "../protocol.ts";
import { t } from "../speech.ts";
import { cityOf, fieldOf, instantOf, rfc3339 } from "../time.ts";
import { eventName } from "../words.ts";
import { openDialog } from "./dialog.ts";

const TYPES = [
  "conversion", "return", "item_view", "category_view", "page_view", "visit", "search", "cart_add", "cart_remove", "checkout", "wishlist_add",
  "impression", "click", "dismiss",
];
const PROPERTIES: { readonly [type: string]: readonly string[] } = {
  conversion: ["coupon"], return: ["conversion", "reason"], visit: ["referrer_host", "utm_source", "utm_medium", "utm_campaign"], page_view: ["path"], search: ["term"],
  impression: ["campaign", "variant"], click: ["campaign", "variant"], dismiss: ["campaign", "variant"], held_out: ["campaign"],
};
const ITEM_FIELDS = ["name", "id", "brand", "category", "price", "quantity"] as const;

export interface EditedEvent {
  /** The text of the visitor. */
  readonly visitor: string;
  readonly found: Case;
  /** Which of their events; `null`: a new one. */
  readonly place: number | null;
  readonly say: (text: string, undo?: () => void) => void;
  readonly onVisitor: (text: string) => void;
}

export function editEventOf({ visitor: text, found, place, say, onVisitor }: EditedEvent): void {
  const visitor = treeIn(text);
  if (!visitor) return say(t("The visitor is no JSON at the moment: their text comes first."));
  const event = place === null ? undefined : listOf(visitor["events"])[place];
  const put = (next: Tree): void => onVisitor(pretty(next));
  openEventForm({
    event: isTree(event) ? event : null, now: found.now, timeZone: found.timeZone,
    onSave: (next) => put(putEvent(visitor, next, place ?? undefined)),
    onRemove: place === null ? null : () => {
      put(dropEvent(visitor, place));
      say(t("The event is deleted."), () => put(visitor));
    },
  });
}

interface EventForm {
  readonly event: Tree | null;
  /** Where a new event begins. */
  readonly now: number;
  readonly timeZone: string;
  readonly onSave: (event: Tree) => void;
  readonly onRemove: (() => void) | null;
}

function openEventForm({ event, now, timeZone, onSave, onRemove }: EventForm): void {
  const given: Tree = event ?? { type: "item_view", at: rfc3339(now, timeZone) };
  const began = textOf(given["at"]);
  const parsed = typeof given["at"] === "number" ? given["at"] : Date.parse(began);
  const instant = Number.isNaN(parsed) ? now : parsed;

  const types = el("select", { class: "field", id: "event-type", onchange: () => drawProperties() },
    ...[...new Set([...TYPES, textOf(given["type"])])].filter(Boolean).map((type) => el("option", { value: type }, eventName(type))));
  types.value = textOf(given["type"]);
  const at = el("input", { class: "field", type: "datetime-local", step: "any", id: "event-at", required: true, value: fieldOf(instant, timeZone) });
  const id = el("input", { class: "field", id: "event-id", value: textOf(given["id"]) });
  const value = el("input", { class: "field", id: "event-value", inputmode: "decimal", value: textOf(given["value"]) });
  const properties = el("div", { class: "form-grid" });
  const items = el("div", { class: "event-items" });
  const rows: { readonly source: Tree; readonly fields: readonly (readonly [string, HTMLInputElement])[]; readonly element: HTMLElement }[] = [];
  const known = isTree(given["properties"]) ? given["properties"] : {};
  let shown: (readonly [string, HTMLInputElement])[] = [];
  let number = 0;

  const field = (name: string, text: string, label: string): [HTMLElement, HTMLInputElement] => {
    const input = el("input", { class: "field", id: `event-${name}`, value: text });
    return [el("div", { class: "form-field" }, el("label", { for: `event-${name}` }, label), input), input];
  };

  function drawProperties(): void {
    const names = [...new Set([...(PROPERTIES[types.value] ?? []), ...Object.keys(known)])];
    const fields = names.map((name) => [name, ...field(`property-${name}`, textOf(known[name]), t(name).replaceAll("_", " "))] as const);
    shown = fields.map(([name, , input]) => [name, input]);
    properties.replaceChildren(...fields.map(([, element]) => element));
  }

  function addItem(source: Tree): void {
    const mine = ++number;
    const fields = ITEM_FIELDS.map((name) => {
      const text = Array.isArray(source[name]) ? listOf(source[name]).map(textOf).join(" > ") : textOf(source[name]);
      return [name, ...field(`item-${mine}-${name}`, text, t({ name: "Product", id: "Product id", brand: "Brand", category: "Category", price: "Price", quantity: "Quantity" }[name]))] as const;
    });
    const row = {
      source, fields: fields.map(([name, , input]) => [name, input] as const),
      element: el("fieldset", { class: "event-item" }, el("legend", {}, t("Product {number}", { number: mine })), el("div", { class: "form-grid" }, ...fields.map(([, element]) => element)),
        button(t("Take this product out"), () => {
          rows.splice(rows.indexOf(row), 1);
          row.element.remove();
          add.focus();
        }, { class: "link small" })),
    };
    rows.push(row);
    items.append(row.element);
  }

  function read(): Tree | null {
    const moved = instantOf(at.value, timeZone);
    if (moved === null) return null;
    const kept = moved === instant && event ? given["at"] : rfc3339(moved, timeZone);
    const filled = Object.fromEntries(shown.filter(([, input]) => input.value.trim() !== "").map(([name, input]) => [name, same(known[name], input.value)]));
    const products = rows.map(({ source, fields }) => itemOf(source, fields)).filter((item) => Object.keys(item).length > 0);
    const next: { [key: string]: Json | undefined } = { ...given, type: types.value, at: kept, id: same(given["id"], id.value), value: same(given["value"], value.value), properties: filled, items: products };
    for (const [key, part] of Object.entries(next)) {
      if (part === undefined || part === "" || (Array.isArray(part) && part.length === 0) || (isTree(part) && Object.keys(part).length === 0)) delete next[key];
    }
    return next;
  }

  drawProperties();
  for (const item of listOf(given["items"])) if (isTree(item)) addItem(item);
  const add = button(t("Add a product"), () => {
    addItem({});
    items.querySelector<HTMLInputElement>("fieldset:last-of-type input")?.focus();
  }, { class: "button small", id: "event-add-item" });
  const form = el("form", { class: "form", id: "event-form", method: "dialog" },
    el("div", { class: "form-grid" },
      el("div", { class: "form-field" }, el("label", { for: "event-type" }, t("What happened")), types),
      el("div", { class: "form-field" }, el("label", { for: "event-at" }, t("When, {city} time", { city: cityOf(timeZone) })), at),
      el("div", { class: "form-field" }, el("label", { for: "event-id" }, t("Its id")), id),
      el("div", { class: "form-field" }, el("label", { for: "event-value" }, t("Value")), value)),
    properties, items,
    el("div", { class: "actions" }, add),
    el("div", { class: "actions form-end" }, el("button", { type: "submit", class: "button primary" }, t(event ? "Change the event" : "Add the event")),
      onRemove && button(t("Delete the event"), () => {
        dialog.close();
        onRemove();
      }, { class: "button" })));
  const dialog = openDialog(t(event ? "An event of this visitor" : "A new event"), form);
  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    const next = read();
    if (!next) return at.focus();
    dialog.close();
    onSave(next);
  });
  types.focus();
}

/** A number stays a number as long as nobody changes it. */
const same = (before: Json | undefined, text: string): Json | undefined => (text.trim() === textOf(before) ? before : text.trim());

function itemOf(source: Tree, fields: readonly (readonly [string, HTMLInputElement])[]): Tree {
  const item: { [key: string]: Json | undefined } = { ...source };
  for (const [name, { value }] of fields) {
    const text = value.trim();
    const before = Array.isArray(source[name]) ? listOf(source[name]).map(textOf).join(" > ") : textOf(source[name]);
    if (text === before) continue;
    if (text === "") delete item[name];
    else item[name] = name === "category" && text.includes(">") ? text.split(">").map((part) => part.trim()).filter(Boolean) : text;
  }
  return item;
}
