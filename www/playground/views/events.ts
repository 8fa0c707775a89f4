/** Every event, the latest first, to be read and changed. */
import { el } from "../dom.ts";
import type { Case } from "../protocol.ts";
import { t } from "../speech.ts";
import { moment } from "../time.ts";
import { eventFamily, eventName, listed, money, plural } from "../words.ts";

const LISTED = 200;

export function eventList({ events, now, timeZone, currency }: Case, onEdit: (place: number) => void): HTMLElement[] {
  const shown = [...events].reverse().slice(0, LISTED);
  const rows = shown.map(({ place, type, at, id, value, items, currency: own }) => el("li", { class: eventFamily(type), "data-later": at > now, "data-place": place },
    el("time", { datetime: new Date(at).toISOString() }, moment(at, timeZone)),
    el("button", { type: "button", class: "link event-name", "data-key": `event-${place}`, onclick: () => onEdit(place), title: t("Change this event") }, eventName(type), id && el("span", { class: "event-id" }, ` ${id}`)),
    el("span", { class: "event-what" }, [items.length > 0 && listed(items), at > now && t("later: it does not count yet")].filter(Boolean).join(" · ")),
    el("span", { class: "event-value" }, money(value, own || currency))));
  if (events.length > LISTED) rows.push(el("li", { class: "events-more" }, t("and {what}", { what: plural(events.length - LISTED, "earlier one") })));
  return rows;
}
