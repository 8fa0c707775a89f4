/** Membership in every segment, and until when it holds. */
import { el, redraw, unseen } from "../dom.ts";
import type { Case, SegmentAnswer } from "../protocol.ts";
import { away, moment } from "../time.ts";

export interface Segments {
  readonly element: HTMLElement;
  readonly draw: (found: Case) => void;
}

/** `onBroken`: somebody wants to see what is wrong with the segment at this place. */
export function segmentsView(onBroken: (index: number) => void): Segments {
  const summary = el("p", { class: "sub" });
  const body = el("tbody", {});
  const empty = el("p", { class: "empty", hidden: true }, "This package has no segments.");
  const element = el("section", { class: "card segments", "aria-labelledby": "segments-title" },
    el("header", { class: "card-head" }, el("h2", { id: "segments-title" }, "Segments"), summary),
    el("table", { class: "lines" },
      el("caption", { class: "unseen" }, "Every segment, whether the visitor is a member, and until when"),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Segment"), el("th", { scope: "col" }, "Member, until when"))),
      body),
    empty);

  return {
    element,
    draw(found) {
      const { segments } = found;
      const members = segments.filter(({ member }) => member).length;
      summary.textContent = `in ${members} of ${segments.length}`;
      empty.hidden = segments.length > 0;
      const next = found.changes[0]?.at;
      redraw(body, ...segments.map((segment, index) => row(segment, index, found, next, onBroken)));
    },
  };
}

function row(segment: SegmentAnswer, index: number, { now, timeZone }: Case, next: number | undefined, onBroken: (index: number) => void): HTMLElement {
  const { id, name, description, member, holdsUntil, broken, partial } = segment;
  const state = broken ? "broken" : member ? "in" : "out";
  const until = broken
    ? el("button", { type: "button", class: "link", "data-key": `broken-${index}`, onclick: () => onBroken(index) }, "Show what is wrong", unseen(` with ${name}`))
    : holdsUntil === null
      ? el("span", { class: "until-none" }, "no change by itself in 400 days")
      : el("time", { datetime: new Date(holdsUntil).toISOString() }, moment(holdsUntil, timeZone));
  return el("tr", { "data-segment": id, "data-state": state, "data-next": holdsUntil !== null && holdsUntil === next },
    el("th", { scope: "row" }, name, description && el("span", { class: "row-note" }, description)),
    el("td", {},
      el("span", { class: "member" },
        el("span", { class: `pill ${state}` }, { in: "in", out: "not in", broken: "broken" }[state]), " ",
        holdsUntil !== null && el("span", { class: "member-when" }, `${member ? "leaves" : "enters"} ${away(holdsUntil, now)}`),
        partial && !broken && el("span", { class: "pill warn", title: "The rule looks further back than the history is complete" }, "partial")),
      " ", until));
}
