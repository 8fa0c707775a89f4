/** One of the two texts: an editor, and below it what is wrong. */
import { el } from "../dom.ts";
import type { Place, TextReport } from "../protocol.ts";
import { t } from "../speech.ts";
import { problemsView } from "../views/problems.ts";
import type { Pane } from "./pane.ts";
import { plainPane } from "./plain.ts";

export interface TextField {
  readonly elements: readonly HTMLElement[];
  readonly draw: (report: TextReport) => void;
  /** Nobody is told: it was changed elsewhere. */
  readonly setText: (text: string) => void;
  readonly goTo: (place: Place) => void;
  /** Puts the better editor in the place of the plain field; whether it could. */
  readonly upgrade: (onTrouble: (text: string) => void) => Promise<boolean>;
}

export interface TextFieldOptions {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

export function textField({ name, label, text, onChange }: TextFieldOptions): TextField {
  let silent = false;
  let report: TextReport | null = null;
  const change = (next: string): void => {
    if (!silent) onChange(next);
  };
  let pane: Pane = plainPane({ label, text, onChange: change });
  const problems = problemsView(name, ({ place }) => pane.goTo(place));
  const frame = el("div", { class: "editor" }, pane.element);

  return {
    elements: [frame, problems.element],
    goTo: (place) => pane.goTo(place),
    setText(next) {
      if (pane.text() === next) return;
      silent = true;
      pane.setText(next);
      silent = false;
    },
    draw(next) {
      report = next;
      pane.mark(next.problems);
      problems.draw(next.problems, next.used);
    },
    async upgrade(onTrouble) {
      const code = await import("./code.ts").catch(() => null);
      if (!code) {
        onTrouble(t("The editor could not be loaded; the plain field does the same."));
        return false;
      }
      const field = frame.querySelector("textarea");
      const better = code.codePane({ label, text: pane.text(), onChange: change });
      const hadFocus = field !== null && document.activeElement === field;
      const selection: [number, number] = [field?.selectionStart ?? 0, field?.selectionEnd ?? 0];
      frame.replaceChildren(better.element);
      pane = better;
      if (report?.text === better.text()) better.mark(report.problems);
      if (hadFocus) better.takeFocus(...selection);
      return true;
    },
  };
}
