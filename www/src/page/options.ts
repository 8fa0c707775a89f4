import type { Source } from "../load.js";
import type { Package } from "../rules.js";
import type { Changes, Context, Decision, Evaluation, Ingested, Instant, Names, Problem, Unchecked, Visitor, VisitorEvent } from "../types.js";

/** What `start` takes. One of `plan` and `package` is needed. */
export interface StartOptions {
  /** The plan that `regulars build` wrote: where it is, or its bytes. */
  readonly plan?: Source | Promise<Source>;
  /** For development: a package, or where it is. Loads the engine to compile it. */
  readonly package?: Package | string | URL;
  /** Where `page.wasm` is, if not beside this file; or the file itself. */
  readonly wasm?: Source | WebAssembly.Module;
  /** The name of the database; `regulars` unless given. */
  readonly name?: string;
  /** Where the history is kept: `indexeddb` unless given; `memory` forgets it with the page. */
  readonly storage?: "indexeddb" | "memory";
  /** The clock, in milliseconds since 1970 UTC; `Date.now` unless given. After it was moved, call `shop.refresh()`. */
  readonly now?: () => number;
  /** An id of your own for the visitor; a random one is made and kept unless given. And what you know of the person, as `shop.know` takes it. */
  readonly visitor?: { readonly id?: string; readonly profile?: Visitor["profile"] };
  /** What the page knows now, as `shop.know` takes it. */
  readonly context?: Context;
  /** Hears of everything that goes wrong. Nothing is ever thrown at the page. */
  readonly onProblem?: (problem: Problem) => void;
}

/** Options with a package of whose words TypeScript knows nothing, as of an imported JSON file. */
export type ImportedOptions<Source> = Omit<StartOptions, "package"> & { readonly package: Source & Unchecked<Source> };

/** What became of tracked events. */
export interface Tracked extends Ingested {
  /** Whether the events are committed to the database. If not (it has not answered for 10 seconds, or there is none), they may last only as long as the page. */
  readonly stored: boolean;
}

/** What is different since the last call. If nothing is listed, it is only how complete the answers are (`partial`). */
export interface Change extends Changes {
  /** Slots that were asked for and now show something else. */
  readonly slots: readonly string[];
  /** The instant of the answers. */
  readonly now: number;
}

/**
 * The visitor of this page. Nothing here throws or rejects: where there is no answer there is a safe one (no member,
 * nothing to show), and `onProblem` has heard why.
 */
export interface Shop {
  /** The visitor's id. */
  readonly id: string;
  /** What the plan calls its parts; `null` if there is no plan. */
  readonly names: Names | null;
  /** Where the history is really kept; `memory` also while a slow database is still being opened. */
  readonly storage: "indexeddb" | "memory";
  /**
   * Takes one event or several; they count at once in this tab. Resolves when they are committed. An event without
   * `at` happens now. One more than 10 minutes ahead of the clock is kept apart until its time has come.
   */
  readonly track: (events: VisitorEvent | readonly VisitorEvent[]) => Promise<Tracked>;
  /** Whether the visitor is in a segment. */
  readonly is: (segment: string) => boolean;
  /** Every answer, now. The same object as long as nothing has changed. */
  readonly evaluate: () => Evaluation;
  /** What a slot shows now. */
  readonly decide: (slot: string) => Decision;
  /** Calls `listener` after a change, also when only time has passed. Returns the way to end that. */
  readonly subscribe: (listener: (change: Change) => void) => () => void;
  /**
   * Says what is known of the person (`profile`) and of the moment (`context`), each in the place of what was said of it before. Both
   * last as long as the page and are not stored. The page's own `url`, `title` and `language` are in the context unless it says others.
   */
  readonly know: (known: { readonly profile?: Visitor["profile"] | undefined; readonly context?: Context | undefined }) => void;
  /** Looks again, now: after the clock of `options.now` was moved, or the page's address or title has changed. */
  readonly refresh: () => void;
  /**
   * Takes a visitor's past from elsewhere. `coveredSince`: from when it is complete, if every event is taken and stored; coverage
   * only moves back.
   */
  readonly import: (events: readonly VisitorEvent[], options?: { readonly coveredSince?: Instant }) => Promise<Tracked>;
  /** Deletes the history and begins a new visitor. Resolves to whether the deletion is committed. */
  readonly erase: () => Promise<boolean>;
  /** Ends timers and listeners and closes the database. Afterwards every answer is the safe one. */
  readonly stop: () => void;
}
