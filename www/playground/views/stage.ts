/** The visitor in one sentence, and the instant from which it is all seen. */
import { button, el, setText } from "../dom.ts";
import type { Case } from "../protocol.ts";
import { t } from "../speech.ts";
import { addDays, away, cityOf, fieldOf, instantOf, moment, nearDay } from "../time.ts";
import { cellName, plural } from "../words.ts";
import { sentenceOf } from "./changes.ts";
import type { TextName } from "./editors.ts";

export interface Stage {
  readonly element: HTMLElement;
  /** `behind`: the texts that cannot be used as they stand. The answers are from the last ones that could. */
  readonly draw: (found: Case, behind: readonly TextName[]) => void;
  /** To another instant, with a way back. */
  readonly move: (to: number) => void;
}

/** `onEvent`: somebody wants to add an event. */
export function stageView(onMove: (now: number) => void, onBehind: (name: TextName) => void, onEvent: () => void): Stage {
  let shown: Case | null = null;
  /** Where "Back" leads. */
  const past: number[] = [];

  const move = (to: number): void => {
    if (!shown || to === shown.now) return;
    past.push(shown.now);
    back.disabled = false;
    onMove(to);
  };
  const days = (count: number): void => {
    if (shown) move(addDays(shown.now, count, shown.timeZone));
  };

  const who = el("h2", { id: "visitor-title" });
  const facts = el("p", { class: "sub stage-facts" });
  const state = el("span", { class: "pill", id: "visitor-state" });
  const headline = el("p", { class: "headline", role: "status" });
  const zone = el("span", {}, "");
  const stale = el("p", { class: "stale", role: "status" });

  const field = el("input", { type: "datetime-local", step: "any", id: "now", class: "field", min: "1970-01-01T00:00", max: "2099-12-31T23:59" });
  const step = (text: string, count: number): HTMLButtonElement => button(text, () => days(count), { class: "button small" });
  const next = button(t("Next change"), () => {
    const to = shown?.changes[0]?.at;
    if (to !== undefined) move(to);
  }, { class: "button primary small", id: "next-change" });
  const back = button(t("Back"), () => {
    const to = past.pop();
    back.disabled = past.length === 0;
    if (to !== undefined) onMove(to);
  }, { class: "button small", disabled: true, title: t("To the instant before") });
  // To the minute: finer digits would make the field wider, and tell nobody anything.
  const today = button(t("Today"), () => move(Math.floor(Date.now() / 60_000) * 60_000), { class: "button small" });

  field.addEventListener("change", () => {
    const instant = shown && instantOf(field.value, shown.timeZone);
    if (instant !== null) move(instant);
    else if (shown) field.value = fieldOf(shown.now, shown.timeZone);
  });

  const element = el("section", { class: "card stage", "aria-labelledby": "visitor-title" },
    el("header", { class: "card-head" }, who, state, facts, stale, button(t("Add an event"), onEvent, { class: "button small head-action", id: "add-event" })),
    el("div", { class: "stage-next" }, headline, el("div", { class: "clock-steps", role: "group", "aria-label": t("Jump in time") }, next, back, today)),
    el("div", { class: "clock" },
      el("div", { class: "clock-field" }, el("label", { for: "now" }, t("Seen from"), zone), field),
      el("div", { class: "clock-steps", role: "group", "aria-label": t("Move in time") },
        step(t("−30 days"), -30), step(t("−1 day"), -1), step(t("+1 day"), 1), step(t("+30 days"), 30))));

  return {
    element,
    move,
    draw(found, behind) {
      shown = found;
      const { now, timeZone, stays, segments, cells, changes } = found;
      const name = found.visitor ?? t("This visitor");
      const retention = stays[0]?.retention;
      setText(who, name);
      setText(facts, [
        retention && cellName(retention.cell, cells),
        retention && retention.conversions > 0 && lastOrder(retention.conversions, retention.daysSinceLast),
        t("in {count} of {what}", { count: segments.filter(({ member }) => member).length, what: plural(segments.length, "segment") }),
      ].filter(Boolean).join(" · "));
      // In the head of the card, where it moves nothing: while somebody types, this comes and goes.
      const sentence = behind.length === 0 ? "" : t("From the last {what} that could be used", { what: behind.map((one) => t(one)).join(` ${t("and")} `) });
      if (stale.textContent !== sentence) stale.replaceChildren(...(behind[0] ? [button(sentence, () => onBehind(behind[0] ?? "package"), { class: "pill warn", title: t("Show what is wrong") })] : []));
      const { looked } = found;
      state.hidden = !looked;
      if (looked) {
        const { member, broken, name: segment } = looked.segment;
        state.className = `pill ${broken ? "broken" : member ? "in" : "out"}`;
        setText(state, broken ? t("{segment} is broken", { segment }) : t(member ? "in {segment}" : "not in {segment}", { segment }));
      }
      sayNext(headline, found, name);
      if (document.activeElement !== field || field.value === "") field.value = fieldOf(now, timeZone);
      setText(zone, t(", {city} time", { city: cityOf(timeZone) }));
      next.disabled = changes.length === 0;
      next.replaceChildren(t("Next change"), ...(changes[0] ? [`: ${nearDay(changes[0].at, now, timeZone)}`] : []));
    },
  };
}

function sayNext(element: HTMLElement, found: Case, name: string): void {
  const { changes, now, timeZone } = found;
  const next = changes[0];
  const key = `${name} ${now} ${JSON.stringify(next)} ${timeZone} ${JSON.stringify(found.segments.map((segment) => segment.name))}`;
  if (element.dataset["said"] === key) return;
  element.dataset["said"] = key;
  if (!next) {
    element.replaceChildren(t("Nothing changes by itself in the next 400 days."));
    return;
  }
  const [first = t("changes"), ...rest] = sentenceOf(next, found);
  element.replaceChildren(
    el("b", { class: "headline-when" }, capital(away(next.at, now))), ` ${name} ${first}${rest.length > 0 ? `, ${rest.join(", ")}` : ""}.`,
    el("span", { class: "headline-note" }, el("time", { datetime: new Date(next.at).toISOString() }, moment(next.at, timeZone)), t(", if nothing new happens")));
}

/** "5 orders, the last one 82 days ago" */
export const lastOrder = (orders: number, days: number | null): string => days === 0
  ? t("{orders}, the last one today", { orders: plural(orders, "order") })
  : t("{orders}, the last one {days} ago", { orders: plural(orders, "order"), days: plural(days ?? 0, "day") });

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
