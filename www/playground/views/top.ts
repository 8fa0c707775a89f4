/** What can be done with the whole case, in the head of the page. */
import { button, el } from "../dom.ts";
import { speak, type Speech, speech, t } from "../speech.ts";

export interface TopHost {
  readonly onCompare: () => void;
  readonly onCode: () => void;
  readonly onShare: () => void;
  readonly onAgain: () => void;
}

const LANGUAGES: readonly (readonly [Speech, string])[] = [["en", "English"], ["nl", "Nederlands"]];

export function topView({ onCompare, onCode, onShare, onAgain }: TopHost): HTMLElement[] {
  const language = el("select", { class: "field small", id: "language", "aria-label": t("Language"), onchange: () => speak(language.value === "nl" ? "nl" : "en") },
    ...LANGUAGES.map(([id, name]) => el("option", { value: id, lang: id }, name)));
  language.value = speech;
  return [
    el("p", { class: "claim" }, el("span", { class: "claim-dot", "aria-hidden": "true" }), t("Everything runs in this browser; nothing is sent anywhere")),
    el("div", { class: "top-actions" }, language,
      button(t("Start again"), onAgain, { class: "button small", id: "start-again" }),
      button(t("Compare with saved"), onCompare, { class: "button small", id: "compare" }),
      button(t("Get the code"), onCode, { class: "button small", id: "get-code" }),
      button(t("Copy link"), onShare, { class: "button primary small", id: "copy-link" })),
  ];
}
