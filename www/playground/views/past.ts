/** What happened to the visitor and what is to come: a picture along time, the changes as steps to take, and every event to be read. */
import { el, redraw, setText } from "../dom.ts";
import type { Case, Change } from "../protocol.ts";
import { clock, nearDay } from "../time.ts";
import { plural } from "../words.ts";
import { sentenceOf } from "./changes.ts";
import { eventList } from "./events.ts";
import { stripOf } from "./strip.ts";

export interface Past {
  readonly element: HTMLElement;
  readonly draw: (found: Case) => void;
}

export function pastView(onMove: (now: number) => void): Past {
  const summary = el("p", { class: "sub" });
  const strip = el("div", { class: "strip-frame" });
  const none = el("p", { class: "sub then-none" }, "Nothing changes by itself in the next 400 days.");
  const then = el("ol", { class: "then", "aria-label": "What changes next, if nothing new happens" });
  const title = el("summary", {}, "Events");
  const list = el("ol", { class: "events", tabindex: 0, "aria-label": "Events, the latest first" });
  const element = el("section", { class: "card past", "aria-labelledby": "past-title" },
    el("header", { class: "card-head" }, el("h2", { id: "past-title" }, "What happened, and what comes"), summary),
    strip,
    el("h3", { class: "then-title" }, "If nothing new happens"), then, none,
    el("details", { class: "event-details" }, title, list));

  return {
    element,
    draw(found) {
      const { events, changes } = found;
      setText(summary, plural(events.length, "event"));
      strip.replaceChildren(stripOf(found));
      redraw(then, ...changes.map((change) => step(change, found, onMove)));
      then.hidden = changes.length === 0;
      none.hidden = changes.length > 0;
      setText(title, events.length === 0 ? "No events" : "Every event as a list");
      redraw(list, ...eventList(found));
    },
  };
}

function step(change: Change, found: Case, onMove: (now: number) => void): HTMLElement {
  const { now, timeZone } = found;
  return el("li", {}, el("button", { type: "button", "data-key": `then-${change.at}`, onclick: () => onMove(change.at), title: "See it from this instant" },
    el("time", { datetime: new Date(change.at).toISOString() }, `${nearDay(change.at, now, timeZone)}, ${clock(change.at, timeZone)}`),
    " ", sentenceOf(change, found).join(", ")));
}
