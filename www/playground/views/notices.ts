/** Short news above the answers: what happened, and what can be done about it. */
import { button, el } from "../dom.ts";
import { t } from "../speech.ts";

export interface Notices {
  readonly element: HTMLElement;
  /** Replaces what was said under the same name. */
  readonly say: (name: string, text: string, action?: { label: string; act: () => void }) => void;
  readonly unsay: (name: string) => void;
}

export function noticesView(): Notices {
  const element = el("div", { class: "notices", role: "status" });
  const find = (name: string): HTMLElement | null => element.querySelector(`[data-notice="${name}"]`);
  const unsay = (name: string): void => find(name)?.remove();

  return {
    element,
    unsay,
    say(name, text, action) {
      const close = button(t("Dismiss"), () => unsay(name), { class: "link" });
      const notice = el("div", { class: "notice", "data-notice": name }, el("p", {}, text),
        action ? button(action.label, () => {
          unsay(name);
          action.act();
        }, { class: "button small" }) : null, close);
      const before = find(name);
      if (before) before.replaceWith(notice);
      else element.append(notice);
    },
  };
}
