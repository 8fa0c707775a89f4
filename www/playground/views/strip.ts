/**
 * The visitor's events along time, a lane for each type, and what is to come if nothing new happens. Around `now` time is
 * drawn wide, further away ever narrower: an order of last year and a change of tomorrow are both to be seen.
 */
import { el, styled } from "../dom.ts";
import type { Case, ShownEvent } from "../protocol.ts";
import { t } from "../speech.ts";
import { moment, nearDay } from "../time.ts";
import { eventFamily, eventName, eventNames } from "../words.ts";

const DAY = 86_400_000;
const LANES = 6;
/** How much of the width is past. */
const PAST = 62;
/** Two labels of the axis are never nearer, in percent. */
const APART = 13;

const steps: [days: number, text: string][] = [
  [1, "1 day"], [7, "1 week"], [30, "1 month"], [91, "3 months"], [183, "6 months"], [365, "1 year"], [730, "2 years"], [1826, "5 years"], [3652, "10 years"],
];

export function stripOf(found: Case): HTMLElement {
  const { events, changes, now, timeZone } = found;
  const reach = (times: number[]): number => Math.max(30 * DAY, ...times) * 1.06;
  const back = reach(events.map(({ at }) => now - at));
  const ahead = reach([...events.map(({ at }) => at - now), ...changes.map(({ at }) => at - now)]);
  const x = (distance: number): number =>
    distance < 0 ? PAST - PAST * Math.sqrt(-distance / back) : PAST + (100 - PAST) * Math.sqrt(distance / ahead);
  const placed = (element: HTMLElement, at: number): HTMLElement => styled(element, { "--x": x(at - now) });

  return el("div", { class: "strip", "aria-hidden": "true" },
    el("div", { class: "strip-lanes" },
      ...lanesOf(events).map(([type, of]) => lane(eventFamily(type), eventNames(type), of.map(({ at, type: own }) =>
        placed(el("i", { class: at > now ? "dot later" : "dot", title: `${eventName(own)}, ${moment(at, timeZone)}` }), at)))),
      ...membership(found, back, ahead, x),
      lane("changes", t("Changes"), changes.map(({ at }) => placed(el("i", { class: "change", title: moment(at, timeZone) }), at))),
      el("div", { class: "strip-over" },
        placed(el("div", { class: "strip-future" }), now),
        placed(el("div", { class: "strip-now" }, el("b", {}, nearDay(now, now, timeZone))), now))),
    el("div", { class: "strip-axis" }, ...ticks(back, x, -1, " ago"), ...ticks(ahead, x, 1, "")));
}

const lane = (family: string, name: string, marks: HTMLElement[]): HTMLElement =>
  el("div", { class: `lane ${family}` }, el("span", { class: "lane-name" }, name), el("div", { class: "lane-line" }, ...marks));

/** Stretches in the segment that is looked at; those to come are dashed. */
function membership({ looked, now, timeZone }: Case, back: number, ahead: number, x: (distance: number) => number): HTMLElement[] {
  if (!looked) return [];
  const [first, last] = [now - back, now + ahead];
  const bars = looked.timeline.filter(({ from, to }) => to > first && from < last).flatMap(({ from, to }) =>
    [[from, Math.min(to, now), "stay-past"], [Math.max(from, now), to, "stay-next"]].map(([begin, end, name]) => ({ begin: Math.max(Number(begin), first), end: Math.min(Number(end), last), name: String(name) })))
    .filter(({ begin, end }) => end > begin);
  return [lane("membership", t("In the segment"), bars.map(({ begin, end, name }) => styled(el("i", { class: `stay-bar ${name}`, title: `${moment(begin, timeZone)} – ${moment(end, timeZone)}` }),
    { "--x": x(begin - now), "--w": x(end - now) - x(begin - now) })))];
}

/** From the far end towards now, as many as there is room for. */
function ticks(reach: number, x: (distance: number) => number, sign: -1 | 1, after: string): HTMLElement[] {
  const shown: HTMLElement[] = [];
  let last = sign < 0 ? -APART : 100;
  /** The last one that is also shown where there is little room. */
  let major = sign < 0 ? -2 * APART : 100 + APART;
  for (const [days, text] of [...steps].reverse()) {
    const place = x(sign * days * DAY);
    if (days * DAY > reach || Math.abs(place - last) < APART || Math.abs(place - PAST) < APART / 2 || place > 92) continue;
    last = place;
    const minor = Math.abs(place - major) < 2.4 * APART || Math.abs(place - PAST) < APART || place > 84;
    if (!minor) major = place;
    shown.push(styled(el("span", { "data-minor": minor }, shown.length === 0 || sign > 0 ? `${sign > 0 ? "in " : ""}${text}${after}` : text), { "--x": place }));
  }
  return shown;
}

/** Orders first, then by how much there is of it; what is too much for the picture is one lane. */
function lanesOf(events: readonly ShownEvent[]): [string, ShownEvent[]][] {
  const byType = new Map<string, ShownEvent[]>();
  for (const event of events) {
    const same = byType.get(event.type);
    if (same) same.push(event);
    else byType.set(event.type, [event]);
  }
  const sorted = [...byType].sort(([a, ofA], [b, ofB]) => Number(b === "conversion") - Number(a === "conversion") || ofB.length - ofA.length);
  if (sorted.length === 0) return [["conversion", []]];
  const rest = sorted.slice(LANES - 1).flatMap(([, of]) => of);
  return sorted.length <= LANES ? sorted : [...sorted.slice(0, LANES - 1), ["Others", rest]];
}
