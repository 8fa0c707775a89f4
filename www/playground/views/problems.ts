/** What is wrong with a text, as a list; each problem leads to its place. */
import { el } from "../dom.ts";
import { t } from "../speech.ts";
import type { PlacedProblem } from "../protocol.ts";
import { plural } from "../words.ts";

/** A list longer than this helps nobody; the number is said. */
const LISTED = 100;

export interface Problems {
  readonly element: HTMLElement;
  /** `used`: the answers are made from this text. */
  readonly draw: (problems: readonly PlacedProblem[], used: boolean) => void;
}

export function problemsView(name: string, goTo: (problem: PlacedProblem) => void): Problems {
  const title = el("p", { class: "problems-title", role: "status" });
  const list = el("ol", { class: "problems-list", "aria-label": `Problems in the ${name}` });
  const element = el("div", { class: "problems" }, title, list);

  return {
    element,
    draw(problems, used) {
      const errors = problems.filter(({ severity }) => severity === "error").length;
      const warnings = problems.length - errors;
      const parts = [errors > 0 && plural(errors, "problem"), warnings > 0 && plural(warnings, "warning")].filter(Boolean);
      const text = (parts.join(", ") || t("No problems")) + (used ? "" : t(". The answers are those of the last {name} that could be used.", { name: t(name) }));
      if (title.textContent !== text) title.textContent = text;
      element.dataset["state"] = errors > 0 ? "bad" : warnings > 0 ? "warn" : "good";
      list.hidden = problems.length === 0;
      const focused = list.contains(document.activeElement) ? [...list.children].findIndex((item) => item.contains(document.activeElement)) : -1;
      const byPlace = [...problems].sort((a, b) => a.place.from - b.place.from);
      list.replaceChildren(...byPlace.slice(0, LISTED).map((problem) => row(problem, goTo)));
      if (problems.length > LISTED) list.append(el("li", { class: "problems-more" }, `and ${plural(problems.length - LISTED, "more", "more")}`));
      if (focused >= 0) list.children[Math.min(focused, list.children.length - 1)]?.querySelector("button")?.focus();
    },
  };
}

function row(problem: PlacedProblem, goTo: (problem: PlacedProblem) => void): HTMLElement {
  const { severity, message, fix, place, code } = problem;
  return el("li", {},
    el("button", { type: "button", class: "problem", "data-severity": severity, "data-code": code, onclick: () => goTo(problem) },
      el("span", { class: "problem-place" }, el("span", { class: "unseen" }, severity === "error" ? "Problem, " : "Warning, "), `line ${place.line}`),
      el("span", { class: "problem-text" }, message, " ", fix !== undefined && el("span", { class: "problem-fix" }, fix))));
}
