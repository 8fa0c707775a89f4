/** The rules of one segment, and the two texts, package and visitor, as tabs. */
import { el } from "../dom.ts";
import type { TextReport } from "../protocol.ts";
import { t } from "../speech.ts";
import type { TextField } from "../text/field.ts";

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
    const badge = el("span", { class: "badge", hidden: true });
    const panel = el("div", { class: "panel", role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` }, el("p", { class: "panel-note" }, notes[name]));
    let text = given[name];
    let report: TextReport | null = null;
    let field: TextField | null = null;
    let opening: Promise<TextField | null> | null = null;

    async function begin(): Promise<TextField | null> {
      const { textField } = await import("../text/field.ts");
      field = textField({ name, label: t("{name} as JSON", { name: titles[name] }), text, onChange: (next) => {
        text = next;
        onChange(name, next);
      } });
      panel.append(...field.elements);
      if (report?.text === text) field.draw(report);
      if (await field.upgrade(onTrouble)) panel.dataset["editor"] = "code";
      return field;
    }

    return {
      name: name as TabName, tab: tabOf(name, badge), panel,
      report: () => report,
      setText(next: string): void {
        if (next === text) return;
        text = next;
        field?.setText(next);
      },
      draw(next: TextReport): void {
        // An answer about a text that has changed since says nothing about the places in this one.
        if (next.text !== text) return;
        report = next;
        field?.draw(next);
        const errors = next.problems.filter(({ severity }) => severity === "error").length;
        badge.hidden = next.problems.length === 0;
        badge.dataset["state"] = errors > 0 ? "bad" : "warn";
        badge.replaceChildren(...next.problems.length === 0 ? [] : [String(next.problems.length), el("span", { class: "unseen" }, ` ${t(next.problems.length === 1 ? "problem" : "problems")}`)]);
      },
      /** The field is large: it comes when somebody wants to see the text. */
      open(): Promise<TextField | null> {
        opening ??= begin().catch(() => {
          opening = null;
          onTrouble(t("A part of the page could not be loaded."));
          return null;
        });
        return opening;
      },
    };
  });

  function choose(chosen: TabName): void {
    for (const { name, tab, panel } of [first, ...panes]) {
      tab.setAttribute("aria-selected", String(name === chosen));
      tab.tabIndex = name === chosen ? 0 : -1;
      panel.hidden = name !== chosen;
    }
    if (chosen !== "rules") void of(chosen).open();
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
      void of(name).open().then((field) => {
        const found = of(name).report()?.problems.find((problem) => pointer !== undefined && `${problem.pointer}/`.startsWith(`${pointer}/`));
        if (found) field?.goTo(found.place);
        else of(name).tab.focus();
      });
    },
  };
}
