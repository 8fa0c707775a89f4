/** What every part of the editor's picture is drawn from, and what it may ask for. */
import type { Catalogue, Cell, Problem } from "regulars/engine";
import type { Formats } from "../../base/language.js";
import type { Draft } from "../../types.js";
import type { Edit } from "../edits/index.js";
import type { Value } from "../pointer.js";
import type { Words } from "../words.js";

/** A problem, where it is shown. */
export interface Shown {
  readonly problem: Problem;
  /** Of the element that says it. */
  readonly id: string;
  /** Into the rule. */
  readonly pointer: string;
}

/** What is open and what is held, beside the rule itself. */
export interface Ui {
  /** Rows whose further options are open. */
  readonly more: ReadonlySet<string>;
  /** The row whose menu is open. */
  readonly menu: string | null;
  /** The row that is being moved by keys, and the rule as it was before. */
  readonly lifted: { readonly pointer: string; readonly before: Value } | null;
  /** The text of the field that is being typed in, as it was typed. */
  readonly typed: { readonly at: string; readonly text: string } | null;
  /** The row that was last focused. */
  readonly selected: string | null;
  /** Fields in which a name of one's own is typed instead of chosen. */
  readonly own: ReadonlySet<string>;
  /** Where a dragged row would be dropped: the group, and before which row of it. */
  readonly drop: { readonly group: string; readonly index: number } | null;
  readonly dragged: string | null;
}

/** What a row's menu offers. */
export type Command = "up" | "down" | "out" | "in" | "duplicate" | "wrap" | "unwrap" | "copy" | "cut" | "paste" | "remove";

export interface Desk {
  readonly rule: Value;
  readonly catalogue: Catalogue | null;
  readonly words: Words;
  readonly formats: Formats;
  readonly draft: Draft;
  /** The id of the edited segment. */
  readonly segment: string;
  readonly cells: readonly Cell[];
  readonly ui: Ui;
  /** Changes what is open or held. */
  readonly show: (change: Partial<Ui>) => void;
  /** Does an edit, under a name; `typing` is the field whose further typing belongs to the same step. */
  readonly act: (edit: Edit, step: string, options?: { readonly typing?: string; readonly stay?: boolean }) => void;
  /** The field was left. */
  readonly settle: () => void;
  /** What a row or group is called. */
  readonly name: (pointer: string) => string;
  /** Problems shown under a row. */
  readonly problemsOf: (row: string) => readonly Shown[];
  /** Problems that speak of a field: the ids that describe it, and whether it is wrong. */
  readonly about: (pointer: string) => { readonly ids: string | null; readonly wrong: boolean };
  readonly count: (pointer: string) => number | null;
  readonly matched: (pointer: string) => boolean | null;
  /** Opens the picker: for another condition in a row, or for a new row in a group. */
  readonly pick: (purpose: { readonly row: string } | { readonly into: string; readonly grouped: boolean }) => void;
  /** Opens the gallery; `null`: there is none. */
  readonly recipes: (() => void) | null;
  readonly command: (command: Command, pointer: string) => void;
  readonly grip: {
    readonly key: (event: KeyboardEvent, pointer: string) => void;
    readonly press: (event: PointerEvent, pointer: string) => void;
  };
  /** What a value was before its modifier took it away, by kind. */
  readonly kept: (pointer: string, takes: string) => Value;
}
