// A demonstration tool, not a part of the shop: it moves the clock by which the shop asks its questions.

import { el, setText } from "./dom.ts";
import * as clock from "./clock.ts";
import { clockTime, day, exactMoment, fromField, toField } from "./words.ts";
import type { Shop } from "./visitor.ts";

const dayLength = 86_400_000;
const openKey = "veld-volt.machine";

export type TimeMachine = { element: HTMLElement; draw: (shop: Shop | null) => void; report: (text: string) => void };

type Options = { onMove: () => void; onStartOver: () => void };

function openAtFirst(): boolean {
  try {
    const kept = sessionStorage.getItem(openKey);
    if (kept !== null) return kept === "open";
  } catch {
    // No storage: the width decides.
  }
  return matchMedia("(min-width: 900px)").matches;
}

export function createTimeMachine({ onMove, onStartOver }: Options): TimeMachine {
  let next: number | null = null;

  const date = el("span", { class: "machine-date" });
  const time = el("span", { class: "machine-time" });
  const state = el("span", { class: "machine-state" });
  const change = el("p", { class: "machine-next" });
  const trouble = el("p", { class: "machine-trouble", role: "alert" });
  const field = el("input", { type: "datetime-local", step: "any", id: "machine-field", name: "instant", min: "1990-01-01T00:00", max: "2090-01-01T00:00" });

  const fillField = (): void => {
    field.value = toField(Math.floor(clock.now() / 60_000) * 60_000);
  };

  function moved(): void {
    fillField();
    tick();
    onMove();
  }

  const button = (text: string, act: () => void, id?: string): HTMLButtonElement => el("button", { type: "button", id, onclick: act }, text);
  const forward = (days: number): HTMLButtonElement => button(`+${days} ${days === 1 ? "day" : "days"}`, () => {
    clock.moveTo(clock.now() + days * dayLength);
    moved();
  }, `machine-${days}`);

  const toNext = button("To the next change", () => {
    if (next === null) return;
    clock.moveTo(next);
    moved();
  }, "machine-next");
  const toBefore = button("1 ms before it", () => {
    if (next === null) return;
    clock.stopAt(next - 1);
    moved();
  }, "machine-before");
  toBefore.title = "Stops the clock one millisecond before the banner changes";

  const run = button("Let time run", () => {
    clock.run();
    tick();
  }, "machine-run");
  const today = button("Back to today", () => {
    clock.reset();
    moved();
  }, "machine-reset");
  const over = button("Start over", onStartOver, "machine-over");
  over.title = "Forgets your history, your basket and your orders, and goes back to today";

  const controls = el("div", { class: "machine-controls", id: "machine-controls" },
    el("div", { class: "machine-group", role: "group", "aria-label": "Move forward" }, ...[1, 30, 61, 91].map(forward)),
    el("div", { class: "machine-group", role: "group", "aria-label": "The banner's next change" }, toBefore, toNext),
    el("form", { class: "machine-group machine-form", onsubmit: (event: Event) => {
      event.preventDefault();
      const instant = fromField(field.value);
      if (instant === null) return;
      clock.moveTo(instant);
      moved();
    } }, el("label", { for: "machine-field", class: "hidden" }, "Date and time in Amsterdam"), field, el("button", { type: "submit" }, "Go")),
    el("div", { class: "machine-group", role: "group", "aria-label": "Begin again" }, today, over));

  const toggle = button("", () => setOpen(controls.hidden !== false), "machine-toggle");
  toggle.setAttribute("aria-controls", "machine-controls");

  function setOpen(open: boolean): void {
    controls.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Hide" : "Show";
    toggle.setAttribute("aria-label", open ? "Hide the time machine's controls" : "Show the time machine's controls");
    try {
      sessionStorage.setItem(openKey, open ? "open" : "closed");
    } catch {
      // Not kept, then.
    }
  }

  function tick(): void {
    const instant = clock.now();
    setText(date, day(instant));
    setText(time, clockTime(instant));
    setText(state, clock.isStopped() ? "stopped" : clock.isMoved() ? "moved" : "today");
    state.dataset["state"] = state.textContent ?? "";
    run.hidden = !clock.isStopped();
    today.disabled = !clock.isMoved();
  }

  const element = el("aside", { class: "machine", "aria-label": "Time machine, a demonstration tool" },
    el("div", { class: "machine-bar" },
      el("p", { class: "machine-name" }, el("span", { class: "machine-mark", "aria-hidden": "true" }), "Time machine"),
      el("p", { class: "machine-now" }, date, " ", time, " ", state),
      run, change, toggle),
    controls, trouble);
  setOpen(openAtFirst());
  fillField();
  tick();
  setInterval(tick, 250);
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--machine", `${element.offsetHeight}px`);
  }).observe(element);

  return {
    element,
    draw(shop) {
      next = shop ? shop.decide("hero").holdsUntil : null;
      toNext.disabled = next === null;
      toBefore.disabled = next === null;
      change.replaceChildren(...(next === null
        ? [shop ? "The banner does not change by itself" : ""]
        : ["Banner changes ", el("time", { datetime: new Date(next).toISOString() }, exactMoment(next))]));
      tick();
    },
    report(text) {
      setText(trouble, text);
    },
  };
}
