/** A text area: there at once, and all there is if the editor cannot be loaded. */
import { el } from "../dom.ts";
import type { Pane, PaneOptions } from "./pane.ts";

export function plainPane({ label, text, onChange }: PaneOptions): Pane & { readonly element: HTMLTextAreaElement } {
  const element = el("textarea", { class: "plain-text", "aria-label": label, spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off" });
  element.value = text;
  element.addEventListener("input", () => onChange(element.value));
  return {
    element,
    text: () => element.value,
    setText(next) {
      element.value = next;
      onChange(next);
    },
    mark(problems) {
      element.setAttribute("aria-invalid", String(problems.some(({ severity }) => severity === "error")));
    },
    goTo({ from, to, line }) {
      element.focus();
      element.setSelectionRange(from, to);
      const lineHeight = Number.parseFloat(getComputedStyle(element).lineHeight) || 20;
      element.scrollTop = Math.max(0, (line - 4) * lineHeight);
    },
  };
}
