/** What has changed since the package was saved: who enters each segment and who leaves it. */
import { button, el } from "../dom.ts";
import type { Engine } from "../engine.ts";
import type { Comparison, Turned } from "../protocol.ts";
import { t } from "../speech.ts";
import type { State } from "../state.ts";
import { count, listed } from "../words.ts";
import { openDialog } from "./dialog.ts";

export interface Comparing {
  readonly state: State;
  readonly engine: Engine;
  readonly change: (part: Partial<State>) => void;
  readonly say: (text: string, undo?: () => void) => void;
}

export function compareWithSaved({ state, engine, change, say }: Comparing): void {
  const { saved: before, package: after, visitor, now, context } = state;
  openCompare({
    same: before === after,
    ask: () => engine.ask("compare", { before, after, visitor, now, context }).answer,
    onSave() {
      change({ saved: after });
      say(t("Saved: from now on this is what is compared with."));
    },
    onRestore() {
      change({ package: before });
      say(t("This is the saved version."), () => change({ package: after }));
    },
  });
}

interface CompareHost {
  readonly ask: () => Promise<Comparison>;
  /** Makes the present package the one to compare with. */
  readonly onSave: () => void;
  /** Goes back to the saved one. */
  readonly onRestore: () => void;
  readonly same: boolean;
}

function openCompare({ ask, onSave, onRestore, same }: CompareHost): void {
  const body = el("div", { class: "compare", role: "status" }, el("p", { class: "sub" }, t("Comparing …")));
  const dialog = openDialog(t("Compared with the saved version"), body,
    el("div", { class: "actions" },
      button(t("Save this version"), () => {
        dialog.close();
        onSave();
      }, { class: "button primary", id: "save-version", disabled: same }),
      button(t("Back to the saved version"), () => {
        dialog.close();
        onRestore();
      }, { class: "button", id: "restore-version", disabled: same })));
  ask().then((found) => body.replaceChildren(...drawn(found)), (reason: unknown) => body.replaceChildren(el("p", {}, t("The versions could not be compared: {reason}", { reason: reason instanceof Error ? reason.message : String(reason) }))));
}

function drawn({ over, all, refused, segments }: Comparison): HTMLElement[] {
  if (refused) return [el("p", {}, t(refused === "before" ? "The saved version cannot be used; its text has an error." : "The present version cannot be used; its text has an error."))];
  const changed = segments.filter(({ entered, left, compared, only }) => entered > 0 || left > 0 || only !== null || compared !== "equal");
  const whom = t(over === "customers" ? "Asked of the {count} customers of the order file." : "Asked of the visitor and those of the tests, {count} in all. Read an order file to ask all your customers.", { count: count(all) });
  if (changed.length === 0) return [el("p", { class: "compare-none" }, t("No segment has changed: it is proved that each has the same members.")), el("p", { class: "sub" }, whom)];
  const same = segments.length - changed.length;
  return [
    el("p", { class: "sub" }, whom),
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("Who enters and who leaves") },
      el("table", { class: "lines compared" },
        el("caption", { class: "unseen" }, t("Who enters and who leaves each segment")),
        el("thead", {}, el("tr", {}, ...["Segment", "Enter", "Leave", "Proved of everybody"].map((head) => el("th", { scope: "col" }, t(head))))),
        el("tbody", {}, ...changed.map(row)))),
    ...(same > 0 ? [el("p", { class: "sub" }, t("{count} other segments have the same members; that is proved.", { count: same }))] : []),
  ];
}

function row({ id, name, entered, left, enteredNames, leftNames, compared, only }: Turned): HTMLElement {
  const people = (number: number, names: readonly string[]): HTMLElement => el("td", {}, el("b", {}, count(number)),
    names.length > 0 && el("span", { class: "row-note" }, number > names.length ? t("{names} and others", { names: names.join(", ") }) : listed(names)));
  const proof = only === "after" ? t("new: it is not in the saved version") : only === "before" ? t("deleted since")
    : compared === "narrower" ? t("narrower: nobody can enter who was not in it") : compared === "wider" ? t("wider: nobody can leave who was in it")
      : compared === "equal" ? t("the same members") : t("nothing: some may enter and others leave");
  return el("tr", { "data-segment": id, "data-compared": compared ?? "" }, el("th", { scope: "row" }, name), people(entered, enteredNames), people(left, leftNames), el("td", {}, proof));
}
