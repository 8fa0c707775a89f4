/** Another name and id for a segment. */
import { type Edited, renameSegment } from "../document/edits.ts";
import { usesOf } from "../document/package.ts";
import type { Tree } from "../document/tree.ts";
import { el } from "../dom.ts";
import { t } from "../speech.ts";
import { openDialog } from "./dialog.ts";
import { usesText } from "./uses.ts";

/** The id stands in the shop's own code too: that is said beside it. */
export function openRename(source: Tree, id: string, name: string, act: (edited: Edited) => void): void {
  const names = el("input", { class: "field", id: "rename-name", value: name });
  const ids = el("input", { class: "field", id: "rename-id", value: id });
  const uses = usesOf(source, id);
  const form = el("form", { class: "form", method: "dialog" },
    el("label", { for: "rename-name" }, t("Name")), names,
    el("label", { for: "rename-id" }, t("Id")), ids,
    el("p", { class: "sub" }, uses.length > 0 ? t("The id is changed with it in {names}.", { names: usesText(uses) }) : t("Nothing in this package names it."), " ", t("Code that asks for the id has to be changed by hand.")),
    el("div", { class: "actions" }, el("button", { type: "submit", class: "button primary" }, t("Rename"))));
  const dialog = openDialog(t("Rename {name}", { name }), form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    act(renameSegment(source, id, names.value, ids.value));
  });
  names.select();
}
