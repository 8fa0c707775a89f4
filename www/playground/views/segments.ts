/** Membership in every segment, and until when it holds. */
import { el, redraw, unseen } from "../dom.ts";
import type { Case, SegmentAnswer } from "../protocol.ts";
import { usesOf } from "../document/package.ts";
import type { Tree } from "../document/tree.ts";
import { t } from "../speech.ts";
import { away, moment } from "../time.ts";
import { usesText } from "./uses.ts";

export interface Segments {
  readonly element: HTMLElement;
  readonly draw: (found: Case, source: Tree | null) => void;
}

/** `onBroken`: somebody wants to see what is wrong with the segment at this place; `onLook`: they want to look at a segment. */
export function segmentsView(onBroken: (index: number) => void, onLook: (segment: string) => void): Segments {
  const summary = el("p", { class: "sub" });
  const body = el("tbody", {});
  const empty = el("p", { class: "empty", hidden: true }, t("This package has no segments."));
  const element = el("section", { class: "card segments", "aria-labelledby": "segments-title" },
    el("header", { class: "card-head" }, el("h2", { id: "segments-title" }, t("Segments")), summary),
    el("table", { class: "lines" },
      el("caption", { class: "unseen" }, t("Every segment, whether the visitor is a member, until when, and where it is used")),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Segment")), el("th", { scope: "col" }, t("Member, until when")))),
      body),
    empty);

  return {
    element,
    draw(found, source) {
      const { segments } = found;
      const members = segments.filter(({ member }) => member).length;
      summary.textContent = t("in {count} of {all}", { count: members, all: segments.length });
      empty.hidden = segments.length > 0;
      const next = found.changes[0]?.at;
      redraw(body, ...segments.map((segment, index) => row({ segment, index, found, next, uses: usesText(usesOf(source, segment.id)), onBroken, onLook })));
    },
  };
}

interface Row {
  readonly segment: SegmentAnswer;
  readonly index: number;
  readonly found: Case;
  /** The first instant at which anything changes. */
  readonly next: number | undefined;
  /** Where it is used, in words. */
  readonly uses: string;
  readonly onBroken: (index: number) => void;
  readonly onLook: (segment: string) => void;
}

function row({ segment, index, found, next, uses, onBroken, onLook }: Row): HTMLElement {
  const { now, timeZone, looked } = found;
  const { id, name, description, member, holdsUntil, broken, partial } = segment;
  const state = broken ? "broken" : member ? "in" : "out";
  const until = broken
    ? el("button", { type: "button", class: "link", "data-key": `broken-${index}`, onclick: () => onBroken(index) }, t("Show what is wrong"), unseen(t(" with {name}", { name })))
    : holdsUntil === null
      ? el("span", { class: "until-none" }, t("no change by itself in 400 days"))
      : el("time", { datetime: new Date(holdsUntil).toISOString() }, moment(holdsUntil, timeZone));
  return el("tr", { "data-segment": id, "data-state": state, "data-looked": looked?.segment.id === id, "data-next": holdsUntil !== null && holdsUntil === next },
    el("th", { scope: "row" },
      el("button", { type: "button", class: "link segment-name", "data-key": `look-${index}`, "aria-pressed": String(looked?.segment.id === id), onclick: () => onLook(id), title: t("Look at this segment") }, name),
      description && el("span", { class: "row-note" }, description),
      uses && el("span", { class: "row-note used-by" }, t("used by {names}", { names: uses }))),
    el("td", {},
      el("span", { class: "member" },
        el("span", { class: `pill ${state}` }, t({ in: "in", out: "not in", broken: "broken" }[state])), " ",
        holdsUntil !== null && el("span", { class: "member-when" }, t(member ? "leaves {when}" : "enters {when}", { when: away(holdsUntil, now) })),
        partial && !broken && el("span", { class: "pill warn", title: t("The rule looks further back than the history is complete") }, t("partial"))),
      " ", until));
}
