/** How many customers of an order file are in each segment, and who they are. */
import { el, redraw, styled, unseen } from "../dom.ts";
import type { Audience, Case, OrdersReport, SegmentAnswer } from "../protocol.ts";
import { count, listed, plural, share } from "../words.ts";

export interface AudienceView {
  readonly element: HTMLElement;
  readonly draw: (found: Case, audience: Audience) => void;
}

export function audienceView(onMembers: (segment: SegmentAnswer) => void): AudienceView {
  const body = el("tbody", {});
  const element = el("table", { class: "lines audience" },
    el("caption", { class: "unseen" }, "How many customers are in each segment"),
    el("thead", {}, el("tr", {},
      el("th", { scope: "col" }, "Segment"), el("th", { scope: "col", class: "number" }, "Customers"), el("th", { scope: "col", class: "number" }, "Share"),
      el("td", { class: "bar-cell" }), el("th", { scope: "col" }, unseen("Members")))),
    body);

  return {
    element,
    draw({ segments }, { customers, segments: sizes }) {
      redraw(body, ...segments.map((segment, index) => row(segment, index, sizes[segment.id] ?? 0, customers, onMembers)));
    },
  };
}

function row(segment: SegmentAnswer, index: number, size: number, customers: number, onMembers: (segment: SegmentAnswer) => void): HTMLElement {
  const { id, name, broken, beyondOrders } = segment;
  const beyond = beyondOrders.length > 0 && `asks for more than orders: ${listed(beyondOrders)}`;
  if (broken) {
    return el("tr", { "data-segment": id, "data-state": "broken" },
      el("th", { scope: "row" }, name), el("td", { colspan: 4 }, el("span", { class: "pill broken" }, "broken")));
  }
  return el("tr", { "data-segment": id, "data-size": size },
    el("th", { scope: "row" }, name, beyond && el("span", { class: "row-note" }, beyond)),
    el("td", { class: "number" }, el("b", {}, count(size))),
    el("td", { class: "number" }, share(size, customers)),
    el("td", { class: "bar-cell" }, styled(el("span", { class: "bar", "aria-hidden": "true" }), { "--share": customers === 0 ? 0 : size / customers })),
    el("td", { class: "row-action" }, el("button", {
      type: "button", class: "button small", disabled: size === 0, "data-key": `members-${index}`, onclick: () => onMembers(segment), title: "Download their ids as CSV",
    }, "Members", unseen(` of ${name} as CSV`))));
}

/** The rows that were left out, each with the reason. */
export function refusedView({ refused, refusedRows, rows }: OrdersReport): HTMLElement | null {
  if (refusedRows === 0) return null;
  const more = refusedRows - refused.length;
  return el("details", { class: "refused" },
    el("summary", {}, `${plural(refusedRows, "row")} of ${count(rows)} left out`),
    el("p", { class: "sub" }, "An order with such a row is left out whole; everything else was taken."),
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Rows that were left out" },
      el("table", { class: "lines" },
        el("caption", { class: "unseen" }, "Rows that were left out, and why"),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Line"), el("th", { scope: "col" }, "Column"), el("th", { scope: "col" }, "Reason"))),
        el("tbody", {}, ...refused.map(({ line, column, message, code }) => el("tr", { "data-code": code, "data-line": line },
          el("th", { scope: "row" }, count(line)), el("td", {}, column || "the whole row"), el("td", {}, message)))))),
    more > 0 && el("p", { class: "sub" }, `and ${plural(more, "more", "more")}`));
}
