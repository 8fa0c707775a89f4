/** The rules of one segment, and the two texts, package and visitor, as tabs: the text's editor, and below it what is wrong. */
import { el } from "../dom.ts";
import type { TextReport } from "../protocol.ts";
import { t } from "../speech.ts";
import type { Pane } from "../text/pane.ts";
import { plainPane } from "../text/plain.ts";
import { problemsView } from "./problems.ts";

export type TextName = "package" | "visitor";
type TabName = "rules" | TextName;

export interface Editors {
  readonly element: HTMLElement;
  readonly draw: (name: TextName, report: TextReport) => void;
  /** What was typed elsewhere: the text is replaced, and nobody is told. */
  readonly setText: (name: TextName, text: string) => void;
  /** Brings a tab to the front and goes to the first problem at or below a pointer, or just to the text. */
  readonly show: (name: TabName, pointer?: string) => void;
}

const texts: TextName[] = ["package", "visitor"];

/** `head`: what stands above the tabs; `rules`: the first of them. */
export function editorsView(head: HTMLElement, rules: HTMLElement, given: Record<TextName, string>, onChange: (name: TextName, text: string) => void, onTrouble: (text: string) => void): Editors {
  const titles = { rules: t("Rules"), package: t("Package"), visitor: t("Visitor") };
  const notes = {
    package: t("Settings, segments and campaigns, as the shop publishes them"),
    visitor: t("One visitor and what happened: orders, views, cart"),
  };
  const names: TabName[] = ["rules", ...texts];

  const tabOf = (name: TabName, badge: HTMLElement | null): HTMLButtonElement => el("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`,
    onclick: () => choose(name),
    onkeydown: (event: KeyboardEvent) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (step === 0) return;
      const other = names[(names.indexOf(name) + step + names.length) % names.length] ?? name;
      choose(other);
      document.getElementById(`tab-${other}`)?.focus();
    },
  }, titles[name], badge);
  const first = { name: "rules" as TabName, tab: tabOf("rules", null), panel: el("div", { class: "panel", role: "tabpanel", id: "panel-rules", "aria-labelledby": "tab-rules" }, rules) };

  const panes = texts.map((name) => {
    const silent = { now: false };
    const change = (text: string): void => {
      if (!silent.now) onChange(name, text);
    };
    const label = t("{name} as JSON", { name: titles[name] });
    let pane: Pane = plainPane({ label, text: given[name], onChange: change });
    let report: TextReport | null = null;
    let upgrading: Promise<void> | null = null;
    const problems = problemsView(name, ({ place }) => pane.goTo(place));
    const badge = el("span", { class: "badge", hidden: true });
    const frame = el("div", { class: "editor" }, pane.element);
    const panel = el("div", { class: "panel", role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` },
      el("p", { class: "panel-note" }, notes[name]), frame, problems.element);

    async function upgrade(): Promise<void> {
      const { codePane } = await import("../text/code.ts");
      const field = frame.querySelector("textarea");
      const better = codePane({ label, text: pane.text(), onChange: change });
      const hadFocus = field !== null && document.activeElement === field;
      const selection: [number, number] = [field?.selectionStart ?? 0, field?.selectionEnd ?? 0];
      frame.replaceChildren(better.element);
      pane = better;
      if (report?.text === better.text()) better.mark(report.problems);
      if (hadFocus) better.takeFocus(...selection);
      panel.dataset["editor"] = "code";
    }

    return {
      name: name as TabName, tab: tabOf(name, badge), panel,
      pane: () => pane,
      report: () => report,
      setText(text: string): void {
        if (pane.text() === text) return;
        silent.now = true;
        pane.setText(text);
        silent.now = false;
      },
      draw(next: TextReport): void {
        // An answer about a text that has changed since says nothing about the places in this one.
        if (next.text !== pane.text()) return;
        report = next;
        pane.mark(next.problems);
        problems.draw(next.problems, next.used);
        const errors = next.problems.filter(({ severity }) => severity === "error").length;
        badge.hidden = next.problems.length === 0;
        badge.dataset["state"] = errors > 0 ? "bad" : "warn";
        badge.replaceChildren(...next.problems.length === 0 ? [] : [String(next.problems.length), el("span", { class: "unseen" }, ` ${t(next.problems.length === 1 ? "problem" : "problems")}`)]);
      },
      /** The better editor is large: it comes when somebody wants to see the text. */
      upgrade(): Promise<void> {
        upgrading ??= upgrade().catch(() => {
          upgrading = null;
          onTrouble(t("The editor could not be loaded; the plain field does the same."));
        });
        return upgrading;
      },
    };
  });

  function choose(chosen: TabName): void {
    for (const { name, tab, panel } of [first, ...panes]) {
      tab.setAttribute("aria-selected", String(name === chosen));
      tab.tabIndex = name === chosen ? 0 : -1;
      panel.hidden = name !== chosen;
    }
    if (chosen !== "rules") void of(chosen).upgrade();
  }
  const of = (name: TextName) => panes[texts.indexOf(name)] as (typeof panes)[number];

  const element = el("section", { class: "editors card", id: "texts", "aria-label": t("Rules of a segment, package and visitor"), tabindex: -1 },
    head,
    el("div", { class: "tabs", role: "tablist", "aria-label": t("Rules as") }, first.tab, ...panes.map(({ tab }) => tab)),
    first.panel, ...panes.map(({ panel }) => panel));
  choose("rules");

  return {
    element,
    draw: (name, report) => of(name).draw(report),
    setText: (name, text) => of(name).setText(text),
    show(name, pointer) {
      choose(name);
      if (name === "rules") return first.tab.focus();
      void of(name).upgrade().then(() => {
        const found = of(name).report()?.problems.find((problem) => pointer !== undefined && `${problem.pointer}/`.startsWith(`${pointer}/`));
        if (found) of(name).pane().goTo(found.place);
        else of(name).tab.focus();
      });
    },
  };
}
