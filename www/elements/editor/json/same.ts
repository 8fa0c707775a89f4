/** What the JSON editor is to the rest of the editor. */
import type { Catalogue } from "regulars/engine";
import type { Shown } from "../view/desk.js";

export interface Panel {
  /** The rule as it is now, with what is wrong with it. Text that says the same is left as it was typed. */
  readonly show: (text: string, problems: readonly Shown[], catalogue: Catalogue | null) => void;
  readonly close: () => void;
}

export interface PanelOptions {
  readonly parent: HTMLElement;
  readonly root: ShadowRoot;
  readonly text: string;
  readonly label: string;
  readonly change: (text: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Whether two texts are the same JSON, or one of them is none (then what is typed stays). */
export function sameJson(typed: string, now: string): boolean {
  try {
    return JSON.stringify(JSON.parse(typed)) === JSON.stringify(JSON.parse(now));
  } catch {
    return true;
  }
}
