/** A file may be dropped anywhere on the page but on the texts, where it is text. */
import { el } from "../dom.ts";
import { t } from "../speech.ts";

export function dropping(onFile: (file: File) => void): HTMLElement {
  const overlay = el("div", { class: "dropping", hidden: true, "aria-hidden": "true" }, el("p", {}, t("Drop the order file")));
  const files = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
  const elsewhere = (event: DragEvent): boolean => !(event.target instanceof Element && event.target.closest(".editors"));

  addEventListener("dragover", (event) => {
    if (!files(event) || !elsewhere(event)) return;
    event.preventDefault();
    overlay.hidden = false;
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) overlay.hidden = true;
  });
  addEventListener("drop", (event) => {
    overlay.hidden = true;
    if (!files(event) || !elsewhere(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) onFile(file);
  });
  return overlay;
}
