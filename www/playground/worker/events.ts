/** The visitor's events as the page lists them. */
import type { Visitor, VisitorEvent } from "regulars/engine";
import type { ShownEvent } from "../protocol.ts";

/** More than a page can show in a readable way. */
const MOST = 2000;

/** By time; what cannot be placed in time is left out, as the engine leaves it out and says why. */
export function shownEvents({ events }: Visitor): ShownEvent[] {
  if (!Array.isArray(events)) return [];
  const shown = (events as unknown[]).flatMap((event, place) => {
    if (typeof event !== "object" || event === null) return [];
    const { type, id, at, value, currency, items } = event as VisitorEvent;
    const instant = instantOf(at);
    if (typeof type !== "string" || instant === null) return [];
    return [{
      place, type: type.trim(), id: plain(id), at: instant, value: plain(value), currency: plain(currency).toUpperCase(),
      items: Array.isArray(items) ? (items as unknown[]).map(itemOf).filter((name) => name !== "") : [],
    }];
  });
  return shown.sort((a, b) => a.at - b.at).slice(-MOST);
}

const plain = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value).trim() : "");

function itemOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return "";
  const { name, id, quantity } = item as { name?: unknown; id?: unknown; quantity?: unknown };
  const called = plain(name) || plain(id);
  return called && quantity !== undefined && Number(quantity) !== 1 ? `${plain(quantity)} × ${called}` : called;
}

export function instantOf(at: unknown): number | null {
  if (typeof at === "number") return Number.isInteger(at) ? at : null;
  if (typeof at !== "string" || !/T.*(?:Z|[+-]\d\d:\d\d)$/i.test(at.trim())) return null;
  const instant = Date.parse(at.trim());
  return Number.isNaN(instant) ? null : instant;
}
