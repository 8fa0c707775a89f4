/**
 * What the page and the worker say to each other. All engine work is done in the worker: the page sends a
 * question with a number, and hears answers, progress and failures under that number.
 */
import type { LookAnswer, LookRequest } from "regulars/elements";
import type {
  Catalogue, Cell, Context, Decision, Description, Explanation, Interval, Membership, OrderFileOptions, OrderFilePeek, Problem, RefusedRow, Retention,
} from "regulars/engine";

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
  /** Its place in the visitor's list. */
  readonly place: number;
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

/** A test of the segment that is looked at: one of its examples, run. */
export interface TestAnswer {
  readonly name: string;
  /** `null`: its instant cannot be read, or it has no visitor. */
  readonly now: number | null;
  readonly expected: boolean;
  readonly actual: boolean;
  /** It cannot be run as it stands. */
  readonly unreadable: boolean;
}

/** What all tests of a package came to. */
export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  /** The first test that fails: the segment, and the test's place in it. */
  readonly first: { readonly segment: string; readonly test: number } | null;
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
  /** The segment that is looked at; `null`: there is none. */
  readonly looked: Looked | null;
  /** What each slot shows. */
  readonly decisions: readonly Decision[];
}

/** The segment that is looked at, in more detail. */
export interface Looked {
  readonly segment: SegmentAnswer;
  /** `null`: the segment is broken. */
  readonly explanation: Explanation | null;
  readonly description: Description | null;
  /** Membership, from well before the first event to well after the last change. */
  readonly timeline: readonly Interval[];
  readonly tests: readonly TestAnswer[];
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

/** What changing a package does to one segment. */
export interface Turned {
  readonly id: string;
  readonly name: string;
  readonly entered: number;
  readonly left: number;
  /** Three of each, by name. */
  readonly enteredNames: readonly string[];
  readonly leftNames: readonly string[];
  readonly compared: "equal" | "narrower" | "wider" | null;
  /** It is in one of the packages only. */
  readonly only: "before" | "after" | null;
}

export interface Comparison {
  /** Whom it was asked of. */
  readonly over: "customers" | "visitors";
  readonly all: number;
  /** One of the packages cannot be used. */
  readonly refused: "before" | "after" | null;
  readonly segments: readonly Turned[];
}

/** What kind of list of members is wanted. */
export type ListKind = "google" | "meta";

export interface ListAsked {
  readonly segment: string;
  readonly now: number;
  readonly kind: ListKind;
  readonly file: Blob;
  readonly delimiter: OrderFilePeek["delimiter"];
  /** The first row is not data. */
  readonly header: boolean;
  readonly columns: readonly string[];
  /** Which column says who ordered, and which has the address: by place. */
  readonly visitor: number;
  readonly email: number;
}

/** A list of hashed addresses, and how it came about. */
export interface ListMade {
  readonly list: Blob;
  readonly members: number;
  /** Members of whom the file has an address that can be one. */
  readonly withAddress: number;
  /** Different addresses written. */
  readonly addresses: number;
  /** Cells that are no address. */
  readonly unreadable: number;
}

/** Kind of question → what is asked, what is answered. */
export interface Calls {
  case: { asked: { package: string; visitor: string; now: number; segment: string; context: Context }; answer: CaseReport };
  catalogue: { asked: null; answer: Catalogue };
  /** The same as `<regulars-editor>` asks. */
  look: { asked: LookRequest; answer: LookAnswer };
  /** Runs the tests of all segments of the last good package. */
  tests: { asked: null; answer: TestRun };
  /** Why a test's visitor is in the segment, or is not. */
  why: { asked: { segment: string; test: number }; answer: { explanation: Explanation | null; events: readonly ShownEvent[] } };
  compare: { asked: { before: string; after: string; visitor: string; now: number; context: Context }; answer: Comparison };
  /** The bytes that pages load; `null`: the package is refused. */
  plan: { asked: string; answer: Uint8Array | null };
  list: { asked: ListAsked; answer: ListMade };
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
