/** The two texts, package and visitor, as tabs: the editor, and below it what is wrong. */
import { el } from "../dom.ts";
import type { TextReport } from "../protocol.ts";
import type { Pane } from "../text/pane.ts";
import { plainPane } from "../text/plain.ts";
import { problemsView } from "./problems.ts";

export type TextName = "package" | "visitor";

export interface Editors {
  readonly element: HTMLElement;
  readonly draw: (name: TextName, report: TextReport) => void;
  readonly setText: (name: TextName, text: string) => void;
  /** Brings a tab to the front and goes to the first problem at or below a pointer, or just to the text. */
  readonly show: (name: TextName, pointer?: string) => void;
  /** Puts the better editor in the place of the plain field. */
  readonly upgrade: () => Promise<void>;
}

const names: TextName[] = ["package", "visitor"];
const titles = { package: "Package", visitor: "Visitor" };
const notes = {
  package: "Settings and segments, as the shop publishes them",
  visitor: "One visitor and what happened: orders, views, cart",
};

export function editorsView(texts: Record<TextName, string>, onChange: (name: TextName, text: string) => void): Editors {
  const tabs = names.map((name) => {
    let pane: Pane = plainPane({ label: `${titles[name]} as JSON`, text: texts[name], onChange: (text) => onChange(name, text) });
    let report: TextReport | null = null;
    const problems = problemsView(name, ({ place }) => pane.goTo(place));
    const badge = el("span", { class: "badge", hidden: true });
    const tab = el("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`,
      onclick: () => choose(name),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        const other = names[(names.indexOf(name) + 1) % names.length] ?? name;
        choose(other);
        document.getElementById(`tab-${other}`)?.focus();
      },
    }, titles[name], badge);
    const frame = el("div", { class: "editor" }, pane.element);
    const panel = el("div", { class: "panel", role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` },
      el("p", { class: "panel-note" }, notes[name]), frame, problems.element);

    return {
      name, tab, panel,
      pane: () => pane,
      report: () => report,
      draw(next: TextReport): void {
        // An answer about a text that has changed since says nothing about the places in this one.
        if (next.text !== pane.text()) return;
        report = next;
        pane.mark(next.problems);
        problems.draw(next.problems, next.used);
        const errors = next.problems.filter(({ severity }) => severity === "error").length;
        badge.hidden = next.problems.length === 0;
        badge.dataset["state"] = errors > 0 ? "bad" : "warn";
        badge.replaceChildren(...next.problems.length === 0 ? [] : [String(next.problems.length), el("span", { class: "unseen" }, ` ${next.problems.length === 1 ? "problem" : "problems"}`)]);
      },
      async upgrade(): Promise<void> {
        const { codePane } = await import("../text/code.ts");
        const field = frame.querySelector("textarea");
        const better = codePane({ label: `${titles[name]} as JSON`, text: pane.text(), onChange: (text) => onChange(name, text) });
        const hadFocus = field !== null && document.activeElement === field;
        const selection: [number, number] = [field?.selectionStart ?? 0, field?.selectionEnd ?? 0];
        frame.replaceChildren(better.element);
        pane = better;
        if (report?.text === better.text()) better.mark(report.problems);
        if (hadFocus) better.takeFocus(...selection);
      },
    };
  });

  function choose(chosen: TextName): void {
    for (const { name, tab, panel } of tabs) {
      tab.setAttribute("aria-selected", String(name === chosen));
      tab.tabIndex = name === chosen ? 0 : -1;
      panel.hidden = name !== chosen;
    }
  }

  const element = el("section", { class: "editors card", id: "texts", "aria-label": "Package and visitor as JSON", tabindex: -1 },
    el("div", { class: "tabs", role: "tablist", "aria-label": "Texts" }, ...tabs.map(({ tab }) => tab)),
    ...tabs.map(({ panel }) => panel));
  choose("package");
  const of = (name: TextName) => tabs[names.indexOf(name)] as (typeof tabs)[number];

  return {
    element,
    draw: (name, report) => of(name).draw(report),
    setText: (name, text) => of(name).pane().setText(text),
    show(name, pointer) {
      choose(name);
      const found = of(name).report()?.problems.find((problem) => pointer !== undefined && `${problem.pointer}/`.startsWith(`${pointer}/`));
      if (found) of(name).pane().goTo(found.place);
      else of(name).tab.focus();
    },
    async upgrade() {
      await Promise.all(tabs.map(({ upgrade }) => upgrade()));
      element.dataset["editor"] = "code";
    },
  };
}

