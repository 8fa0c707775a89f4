/**
 * What the page and the worker say to each other. All engine work is done in the worker: the page sends a
 * question with a number, and hears answers, progress and failures under that number.
 */
import type { Cell, Membership, OrderFileOptions, OrderFilePeek, Problem, RefusedRow, Retention } from "regulars/engine";

/** A stretch of a text. `line` and `column` count from 1. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
}

export interface PlacedProblem extends Problem {
  readonly place: Place;
}

/** What became of one of the two texts. */
export interface TextReport {
  /** The text itself: by the time the answer arrives, another one may stand in the editor. */
  readonly text: string;
  readonly problems: readonly PlacedProblem[];
  /** Whether the answers below are made from this text; if not, from the last one that could be used. */
  readonly used: boolean;
}

export interface SegmentAnswer extends Membership {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** It has an error, or refers to a segment that has one: it never matches. */
  readonly broken: boolean;
  /** Event types other than conversions that its rule asks for: an order file has none of them. */
  readonly beyondOrders: readonly string[];
}

export interface ShownEvent {
  readonly type: string;
  readonly id: string;
  readonly at: number;
  readonly value: string;
  readonly currency: string;
  readonly items: readonly string[];
}

/** An instant at which something changes if no event arrives. */
export interface Change {
  readonly at: number;
  /** Ids of segments. */
  readonly entered: readonly string[];
  readonly left: readonly string[];
  /** The cell moved to, if it changes. */
  readonly cell?: string | null;
}

/** A stay in one cell of the grid. */
export interface Stay {
  readonly from: number;
  readonly retention: Retention;
}

/** Everything about the visitor at one instant. */
export interface Case {
  readonly now: number;
  readonly timeZone: string;
  readonly currency: string;
  /** Those whose values count, in lower case. */
  readonly currencies: readonly string[];
  readonly visitor: string | null;
  readonly events: readonly ShownEvent[];
  readonly segments: readonly SegmentAnswer[];
  readonly cells: readonly Cell[];
  readonly changes: readonly Change[];
  /** The present stay first, then where the visitor drifts. */
  readonly stays: readonly Stay[];
}

export interface CaseReport {
  readonly package: TextReport;
  readonly visitor: TextReport;
  /** `null` as long as there was never a package and a visitor that could be used. */
  readonly case: Case | null;
}

/** What is known of an order file once it is read. */
export interface OrdersReport {
  readonly customers: number;
  readonly orders: number;
  readonly rows: number;
  /** Rows with something wrong, all of them; `refused` holds the first ones. */
  readonly refusedRows: number;
  readonly refused: readonly RefusedRow[];
  readonly currencies: readonly string[];
  /** How many days ago the last order was, in the package's zone. */
  readonly lastOrderDaysAgo: number | null;
  /** About the file as a whole. After an error nothing was read. */
  readonly problems: readonly Problem[];
}

export interface CellCount {
  readonly cell: string | null;
  readonly customers: number;
}

export interface Audience {
  readonly now: number;
  readonly customers: number;
  readonly segments: { readonly [id: string]: number };
  readonly cells: readonly CellCount[];
}

export interface ReadProgress {
  readonly bytes: number;
  readonly refusedRows: number;
}

export interface Peek extends OrderFilePeek {
  readonly gzip: boolean;
}

/** Kind of question → what is asked, what is answered. */
export interface Calls {
  case: { asked: { package: string; visitor: string; now: number }; answer: CaseReport };
  peek: { asked: { file: Blob; columns?: readonly string[] }; answer: Peek };
  /** `null`: cancelled. */
  read: { asked: { file: Blob; options: OrderFileOptions; today: number }; answer: OrdersReport | null };
  /** `null`: no order file is open, or no package was ever good. */
  audience: { asked: { now: number }; answer: Audience | null };
  members: { asked: { segment: string; now: number }; answer: Blob | null };
  forget: { asked: null; answer: null };
}

export type Kind = keyof Calls;

export type ToWorker =
  | { [K in Kind]: { id: number; kind: K; asked: Calls[K]["asked"] } }[Kind]
  | { cancel: number };

export type FromWorker =
  | { id: number; answer: Calls[Kind]["answer"] }
  | { id: number; progress: ReadProgress }
  | { id: number; failure: string };

export type { Cell, OrderFileOptions, OrderFilePeek, Problem, RefusedRow, Retention };
