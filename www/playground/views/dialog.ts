/** A window over the page: the browser's own, which keeps the focus in and gives it back. */
import { button, el, type Child } from "../dom.ts";
import { t } from "../speech.ts";

export interface Dialog {
  readonly element: HTMLDialogElement;
  readonly close: () => void;
}

let last = 0;

/** Opens at once; it is gone when it is closed. */
export function openDialog(title: string, ...contents: Child[]): Dialog {
  const id = `dialog-${++last}`;
  const element = el("dialog", { class: "dialog", "aria-labelledby": id });
  const close = (): void => element.close();
  element.append(
    el("header", { class: "dialog-head" }, el("h2", { id }, title), button(t("Close"), close, { class: "button small" })),
    el("div", { class: "dialog-body" }, ...contents.filter((child) => child !== null && child !== undefined && child !== false)));
  element.addEventListener("close", () => element.remove());
  // A press outside of it, where the element is nothing but its backdrop.
  element.addEventListener("click", (event) => {
    if (event.target === element) close();
  });
  document.body.append(element);
  element.showModal();
  return { element, close };
}
