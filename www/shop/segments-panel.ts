// "Your segments": every segment with its answer and until when, and the visitor's place in the retention grid.

import { el } from "./dom.ts";
import { moment } from "./words.ts";
import type { Shop } from "./visitor.ts";

// The plan carries no names, only ids: what is said to the visitor is the shop's.
const segments: [id: string, name: string, meaning: string][] = [
  ["one-time-buyer", "One-time buyer", "ordered exactly once in the last 90 days"],
  ["no-order-in-60-days", "No order in 60 days", "did not order in the last 60 days"],
  ["past-collection", "Bought a past collection", "ordered from spring or summer 2026"],
  ["sound", "Bought Toon or audio", "ordered of this brand or category"],
  ["order-of-100-to-250", "Order of €100 to €250", "placed an order in this range"],
];

const cells: [id: string, name: string, meaning: string][] = [
  ["loyal", "Loyal", "4 or more orders, the last 0 to 90 days ago"],
  ["red_alert", "Red alert", "4 or more orders, the last over 90 days ago"],
  ["promising", "Promising", "2 or 3 orders, the last 0 to 90 days ago"],
  ["one_time_buyer", "One-time buyer", "1 order, 0 to 90 days ago"],
  ["sleeper", "Sleeper", "1 to 3 orders, the last over 90 days ago"],
];

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const instant = (holdsUntil: number | null): Node | string =>
  holdsUntil === null ? "does not change by itself" : el("time", { datetime: new Date(holdsUntil).toISOString() }, moment(holdsUntil));

export type SegmentsPanel = { element: HTMLElement; draw: (shop: Shop) => void };

export function createSegmentsPanel(): SegmentsPanel {
  const body = el("div", { class: "mine-body" });
  const summary = el("span", { class: "mine-count" });
  const element = el("details", { class: "mine" }, el("summary", {}, "Your segments", summary), body);

  return {
    element,
    draw(shop) {
      const answer = shop.evaluate();
      const { cell, conversions, daysSinceLast, holdsUntil } = answer.retention;
      const members = segments.filter(([id]) => shop.is(id)).length;
      summary.textContent = `${members} of ${segments.length}`;
      const rows = segments.map(([id, name, meaning]) => {
        const found = answer.segments[id];
        return el("tr", { "data-segment": id, "data-member": found?.member === true },
          el("th", { scope: "row" }, name, el("span", { class: "meaning" }, meaning)),
          el("td", {}, el("span", { class: found?.member ? "in" : "out" }, found?.member ? "in" : "not in")),
          el("td", {}, instant(found?.holdsUntil ?? null)));
      });
      const place = conversions === 0
        ? "No order yet, so you are not in the grid."
        : `${plural(conversions, "order", "orders")}, the last one ${daysSinceLast === 0 ? "today" : `${plural(daysSinceLast ?? 0, "day", "days")} ago`}.`;
      body.replaceChildren(
        el("table", {},
          el("caption", { class: "hidden" }, "Every segment, and until when its answer holds"),
          el("thead", {}, el("tr", {},
            el("th", { scope: "col" }, "Segment"), el("th", { scope: "col" }, "You are"), el("th", { scope: "col" }, "Until"))),
          el("tbody", {}, ...rows)),
        el("div", { class: "place", "data-cell": cell ?? "" },
          el("h3", {}, "Your place in the retention grid"),
          el("ul", { class: "grid" }, ...cells.map(([id, name, meaning]) =>
            el("li", { class: `cell ${id}`, title: meaning, "aria-current": id === cell ? "true" : undefined }, name))),
          el("p", {}, place, ...(conversions === 0 ? [] : [" Until: ", instant(holdsUntil), "."]))),
      );
    },
  };
}
