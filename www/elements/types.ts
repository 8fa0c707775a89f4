/** What the elements offer to pages. */
import type { Catalogue, Cell, Context, Description, Explanation, Package, Problem, Rule, Visitor } from "regulars/engine";
import type { Language } from "./base/language.js";

export type { Language };

/** The class of an element. Not registered: `regulars/define` does that, or `customElements.define` under a name of your own. */
export interface ElementClass<Element extends HTMLElement> {
  new (): Element;
  readonly prototype: Element;
}

/** What every element has. */
export interface SharedProperties {
  /** `en` or `nl`; without it the nearest `lang` decides. Also an attribute. */
  language: Language | null;
  /** `light`, `dark` or `auto` (as the system); without it the page's own `color-scheme` decides. Also an attribute. */
  theme: "light" | "dark" | "auto" | null;
}

/** A package as it is being edited: whatever has been typed, not yet checked. */
export type Draft = Omit<Partial<Package>, "segments"> & { readonly segments?: readonly DraftSegment[] };

/** A segment of it. */
export interface DraftSegment {
  readonly id: string;
  readonly name?: string;
  readonly rule: Rule | object;
}

/** What the editor asks of an engine. */
export interface LookRequest {
  /** The whole package, with the rule as it now is in its segment. */
  readonly package: Draft;
  /** The id of the segment that is edited. */
  readonly segment: string;
  /** Rows and groups to count, as JSON pointers into the package. */
  readonly rows: readonly string[];
  readonly language: Language;
  readonly visitor: Visitor | null;
  /** Milliseconds. */
  readonly now: number;
  readonly context: Context;
}

/** What an engine answers. Pointers are those of the package. */
export interface LookAnswer {
  readonly problems: readonly Problem[];
  /** `null`: the rule has an error that cannot be put in words. */
  readonly description: Description | null;
  /** `null`: there is no visitor, or the rule cannot be evaluated. */
  readonly explanation: Explanation | null;
  /** How many visitors of a data set; `null`: there is none. */
  readonly counts: Counts | null;
  /** The cells of the package's retention grid, as `plan.names.cells`. */
  readonly cells: readonly Cell[];
}

/** How many visitors match. */
export interface Counts {
  /** All visitors of the data set. */
  readonly all: number;
  /** Members of the segment. */
  readonly total: number;
  /** Those who match each row or group alone, by its pointer. */
  readonly rows: { readonly [pointer: string]: number };
}

/** What the editor needs of an engine: `editorEngine` makes it of a loaded one; a page may ask its own worker instead. */
export interface EditorEngine {
  readonly catalogue: () => Promise<Catalogue>;
  /** Looks at the rule. The newest request wins: answers to older ones are dropped. */
  readonly look: (request: LookRequest) => Promise<LookAnswer>;
}

/** A recipe of the gallery, as `regulars/recipes.json` has it. */
export interface Recipe {
  readonly id: string;
  readonly name: { readonly en: string; readonly nl: string };
  readonly group: string;
  readonly about: { readonly en: string; readonly nl: string };
  readonly package: Draft;
}

/** What a `change` of the editor carries. */
export interface RuleChange {
  readonly rule: Rule;
  /** What was done, in the editor's language, as the undo button names it. */
  readonly step: string;
  /** Where, as a JSON pointer into the rule. */
  readonly pointer: string;
}

/** What a `select` of the editor carries. */
export interface RuleSelection {
  /** The row, as a JSON pointer into the rule. */
  readonly pointer: string;
}

/** `<regulars-editor>`: rule in, rule out. */
export interface RegularsEditor extends HTMLElement, SharedProperties {
  /** The rule. As an attribute, JSON text. Setting it forgets what could be undone, unless it is the rule that is shown. */
  rule: Rule | object | null;
  /** The package around the rule: settings and the other segments. */
  package: Draft | null;
  /** The id of the edited segment. Also an attribute. */
  segment: string | null;
  visitor: Visitor | null;
  /** The instant of the question, in milliseconds; the present one unless given. */
  now: number | null;
  context: Context | null;
  /** Gives the catalogue that the rows are made of, and checks, describes, explains and counts. Until it is there, only the JSON can be edited. */
  engine: EditorEngine | null;
  /** The gallery: recipes, or what loads them when it is opened. */
  recipes: readonly Recipe[] | (() => Promise<readonly Recipe[]>) | null;
  undo(): void;
  redo(): void;
  /** Puts the focus on a row: a JSON pointer into the rule. */
  reveal(pointer: string): void;
}
