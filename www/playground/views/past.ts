/** What happened to the visitor and what is to come: a picture along time, and the changes as steps to take. */
import { el, redraw } from "../dom.ts";
import type { Case, Change } from "../protocol.ts";
import { t } from "../speech.ts";
import { clock, nearDay } from "../time.ts";
import { sentenceOf } from "./changes.ts";
import { stripOf } from "./strip.ts";

export interface Past {
  readonly element: HTMLElement;
  readonly draw: (found: Case) => void;
}

export function pastView(onMove: (now: number) => void): Past {
  const strip = el("div", { class: "strip-frame" });
  const none = el("p", { class: "sub then-none" }, t("Nothing changes by itself in the next 400 days."));
  const then = el("ol", { class: "then", "aria-label": t("What changes next, if nothing new happens") });
  const element = el("div", { class: "past" },
    strip,
    el("h3", { class: "then-title" }, t("If nothing new happens")), then, none);

  return {
    element,
    draw(found) {
      const { changes } = found;
      strip.replaceChildren(stripOf(found));
      redraw(then, ...changes.map((change) => step(change, found, onMove)));
      then.hidden = changes.length === 0;
      none.hidden = changes.length > 0;
    },
  };
}

function step(change: Change, found: Case, onMove: (now: number) => void): HTMLElement {
  const { now, timeZone } = found;
  return el("li", {}, el("button", { type: "button", "data-key": `then-${change.at}`, onclick: () => onMove(change.at), title: t("See it from this instant") },
    el("time", { datetime: new Date(change.at).toISOString() }, `${nearDay(change.at, now, timeZone)}, ${clock(change.at, timeZone)}`),
    " ", sentenceOf(change, found).join(", ")));
}
