/** How many customers of an order file are in each segment, and who they are. */
import { el, redraw, styled, unseen } from "../dom.ts";
import type { Audience, Case, OrdersReport, SegmentAnswer } from "../protocol.ts";
import { t } from "../speech.ts";
import { count, listed, plural, share } from "../words.ts";

export interface AudienceView {
  readonly element: HTMLElement;
  readonly draw: (found: Case, audience: Audience) => void;
}

/** `onMembers`: their ids as a file; `onList`: their hashed addresses. */
export function audienceView(onMembers: (segment: SegmentAnswer) => void, onList: (segment: SegmentAnswer) => void): AudienceView {
  const body = el("tbody", {});
  const element = el("table", { class: "lines audience" },
    el("caption", { class: "unseen" }, t("How many customers are in each segment")),
    el("thead", {}, el("tr", {},
      el("th", { scope: "col" }, t("Segment")), el("th", { scope: "col", class: "number" }, t("Customers")), el("th", { scope: "col", class: "number" }, t("Share")),
      el("td", { class: "bar-cell" }), el("th", { scope: "col" }, unseen(t("Members"))))),
    body);

  return {
    element,
    draw({ segments }, { customers, segments: sizes }) {
      redraw(body, ...segments.map((segment, index) => row(segment, index, sizes[segment.id] ?? 0, customers, { onMembers, onList })));
    },
  };
}

function row(segment: SegmentAnswer, index: number, size: number, customers: number, { onMembers, onList }: { onMembers: (segment: SegmentAnswer) => void; onList: (segment: SegmentAnswer) => void }): HTMLElement {
  const { id, name, broken, beyondOrders } = segment;
  const beyond = beyondOrders.length > 0 && t("asks for more than orders: {what}", { what: listed(beyondOrders) });
  if (broken) {
    return el("tr", { "data-segment": id, "data-state": "broken" },
      el("th", { scope: "row" }, name), el("td", { colspan: 4 }, el("span", { class: "pill broken" }, t("broken"))));
  }
  return el("tr", { "data-segment": id, "data-size": size },
    el("th", { scope: "row" }, name, beyond && el("span", { class: "row-note" }, beyond)),
    el("td", { class: "number" }, el("b", {}, count(size))),
    el("td", { class: "number" }, share(size, customers)),
    el("td", { class: "bar-cell" }, styled(el("span", { class: "bar", "aria-hidden": "true" }), { "--share": customers === 0 ? 0 : size / customers })),
    el("td", { class: "row-action" }, el("span", { class: "members" },
      el("button", {
        type: "button", class: "button small", disabled: size === 0, "data-key": `members-${index}`, onclick: () => onMembers(segment), title: t("Download their ids as CSV"),
      }, t("Members"), unseen(t(" of {name} as CSV", { name }))),
      el("button", {
        type: "button", class: "button small", disabled: size === 0, "data-key": `list-${index}`, onclick: () => onList(segment), title: t("Hashed e-mail addresses for Google Ads and Meta"),
      }, t("Ad list"), unseen(t(" of {name}", { name }))))));
}

/** The rows that were left out, each with the reason. */
export function refusedView({ refused, refusedRows, rows }: OrdersReport): HTMLElement | null {
  if (refusedRows === 0) return null;
  const more = refusedRows - refused.length;
  return el("details", { class: "refused" },
    el("summary", {}, t("{rows} of {all} left out", { rows: plural(refusedRows, "row"), all: count(rows) })),
    el("p", { class: "sub" }, t("An order with such a row is left out whole; everything else was taken.")),
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("Rows that were left out") },
      el("table", { class: "lines" },
        el("caption", { class: "unseen" }, t("Rows that were left out, and why")),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Line")), el("th", { scope: "col" }, t("Column")), el("th", { scope: "col" }, t("Reason")))),
        el("tbody", {}, ...refused.map(({ line, column, message, code }) => el("tr", { "data-code": code, "data-line": line },
          el("th", { scope: "row" }, count(line)), el("td", {}, column || t("the whole row")), el("td", {}, message)))))),
    more > 0 && el("p", { class: "sub" }, t("and {count} more", { count: count(more) })));
}
