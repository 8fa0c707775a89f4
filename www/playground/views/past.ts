/** What happened to the visitor and what is to come: a picture along time, the changes as steps to take, and every event to be read and changed. */
import { el, redraw, setText } from "../dom.ts";
import type { Case, Change } from "../protocol.ts";
import { t } from "../speech.ts";
import { clock, nearDay } from "../time.ts";
import { sentenceOf } from "./changes.ts";
import { eventList } from "./events.ts";
import { stripOf } from "./strip.ts";

export interface Past {
  readonly element: HTMLElement;
  readonly draw: (found: Case) => void;
}

export function pastView(onMove: (now: number) => void, onEdit: (place: number) => void): Past {
  const strip = el("div", { class: "strip-frame" });
  const none = el("p", { class: "sub then-none" }, t("Nothing changes by itself in the next 400 days."));
  const then = el("ol", { class: "then", "aria-label": t("What changes next, if nothing new happens") });
  const title = el("summary", {}, t("Events"));
  const list = el("ol", { class: "events", tabindex: 0, "aria-label": t("Events, the latest first") });
  const element = el("div", { class: "past" },
    strip,
    el("h3", { class: "then-title" }, t("If nothing new happens")), then, none,
    el("details", { class: "event-details" }, title, list));

  return {
    element,
    draw(found) {
      const { events, changes } = found;
      strip.replaceChildren(stripOf(found));
      redraw(then, ...changes.map((change) => step(change, found, onMove)));
      then.hidden = changes.length === 0;
      none.hidden = changes.length > 0;
      setText(title, events.length === 0 ? t("No events") : t("Every event as a list"));
      redraw(list, ...eventList(found, onEdit));
    },
  };
}

function step(change: Change, found: Case, onMove: (now: number) => void): HTMLElement {
  const { now, timeZone } = found;
  return el("li", {}, el("button", { type: "button", "data-key": `then-${change.at}`, onclick: () => onMove(change.at), title: t("See it from this instant") },
    el("time", { datetime: new Date(change.at).toISOString() }, `${nearDay(change.at, now, timeZone)}, ${clock(change.at, timeZone)}`),
    " ", sentenceOf(change, found).join(", ")));
}
