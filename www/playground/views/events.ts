/** Every event, the latest first, to be read. */
import { el } from "../dom.ts";
import type { Case } from "../protocol.ts";
import { moment } from "../time.ts";
import { eventFamily, eventName, listed, money, plural } from "../words.ts";

const LISTED = 200;

export function eventList({ events, now, timeZone, currency }: Case): HTMLElement[] {
  const shown = [...events].reverse().slice(0, LISTED);
  const rows = shown.map(({ type, at, id, value, items, currency: own }) => el("li", { class: eventFamily(type), "data-later": at > now },
    el("time", { datetime: new Date(at).toISOString() }, moment(at, timeZone)),
    el("span", { class: "event-name" }, eventName(type), id && el("span", { class: "event-id" }, ` ${id}`)),
    el("span", { class: "event-what" }, [items.length > 0 && listed(items), at > now && "later: it does not count yet"].filter(Boolean).join(" · ")),
    el("span", { class: "event-value" }, money(value, own || currency))));
  if (events.length > LISTED) rows.push(el("li", { class: "events-more" }, `and ${plural(events.length - LISTED, "earlier one")}`));
  return rows;
}
