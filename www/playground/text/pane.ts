/** What the page needs of an editor: a plain field at first, a better one as soon as it has been loaded. */
import type { Place, PlacedProblem } from "../protocol.ts";

export interface Pane {
  readonly element: HTMLElement;
  readonly text: () => string;
  /** The user can undo it, where the editor can. */
  readonly setText: (text: string) => void;
  /** Marks them where they are. They belong to the text as it is now. */
  readonly mark: (problems: readonly PlacedProblem[]) => void;
  /** Selects a place and takes the focus there. */
  readonly goTo: (place: Place) => void;
}

export interface PaneOptions {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}
