/** Every event, the latest first, to be read and changed. */
import { el, redraw, setText } from "../dom.ts";
import type { Case } from "../protocol.ts";
import { t } from "../speech.ts";
import { moment } from "../time.ts";
import { eventFamily, eventName, listed, money, plural } from "../words.ts";

const LISTED = 200;

export interface EventsView {
  readonly element: HTMLElement;
  readonly draw: (found: Case) => void;
}

export function eventsView(onEdit: (place: number) => void): EventsView {
  const title = el("summary", {});
  const list = el("ol", { class: "events", tabindex: 0, "aria-label": t("Events, the latest first") });
  return {
    element: el("details", { class: "event-details" }, title, list),
    draw(found) {
      setText(title, found.events.length === 0 ? t("No events") : t("Every event as a list"));
      redraw(list, ...eventList(found, onEdit));
    },
  };
}

function eventList({ events, now, timeZone, currency }: Case, onEdit: (place: number) => void): HTMLElement[] {
  const shown = [...events].reverse().slice(0, LISTED);
  const rows = shown.map(({ place, type, at, id, value, items, currency: own }) => el("li", { class: eventFamily(type), "data-later": at > now, "data-place": place },
    el("time", { datetime: new Date(at).toISOString() }, moment(at, timeZone)),
    el("button", { type: "button", class: "link event-name", "data-key": `event-${place}`, onclick: () => onEdit(place), title: t("Change this event") }, eventName(type), id && el("span", { class: "event-id" }, ` ${id}`)),
    el("span", { class: "event-what" }, [items.length > 0 && listed(items), at > now && t("later: it does not count yet")].filter(Boolean).join(" · ")),
    el("span", { class: "event-value" }, money(value, own || currency))));
  if (events.length > LISTED) rows.push(el("li", { class: "events-more" }, t("and {what}", { what: plural(events.length - LISTED, "earlier one") })));
  return rows;
}
