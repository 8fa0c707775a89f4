/**
 * The pure engine: packages in, answers out; no clock, no storage. For tools, tests and servers: it loads the
 * `studio` build, throws a `TypeError` where it is called wrongly, and never for what is wrong in the data.
 */
import { __wbg_reset_state, add, close, decide, evaluate, initSync, introduce, know, open, snapshot, work } from "../glue/studio.js";
import { answersOf } from "./answers.js";
import type { OrderFileOptions, OrderFilePeek, OrderReader } from "./audience.js";
import type { Catalogue } from "./catalogue.js";
import { compile } from "./compile.js";
import { describerOf } from "./describe.js";
import { diff } from "./diff.js";
import { explain, sourceOf, timeline } from "./explain.js";
import { type Build, buildOf, type Glue, type WasmVisitor } from "./glue.js";
import { checkedNow, guarded, problem } from "./guard.js";
import { moduleOf, type Source } from "./load.js";
import { peekOrders, readOrders } from "./orders.js";
import { type Contents, contentsOf, hashOf } from "./plan.js";
import { remember } from "./population.js";
import { type Batch, readEvents, readKnown } from "./read.js";
import type { Package } from "./rules.js";
import type {
  Context, Decision, Description, Difference, Evaluation, Explanation, Ingested, Interval, Language, Names, PlanMap, Problem, Unchecked, Unexplained,
  Visitor, VisitorEvent,
} from "./types.js";
import { readVisitor } from "./visitor.js";

export { changes } from "./changes.js";
export type * from "./audience.js";
export type { Catalogue, CatalogueCondition, CatalogueModifier, CatalogueWord, KnownWord, Labels } from "./catalogue.js";
export type * from "./rules.js";
export { type ExportFormat, exportRule, type ImportFormat, importRule, type ReactGroup, type ReactRule } from "./interchange.js";
export type * from "./types.js";

/** The engine, loaded. */
export interface Engine {
  /**
   * Compiles a package (an object, or JSON text), or opens plan bytes. `problems` are all that were found; `plan` is `null` if the package is
   * refused: for an error in its time zone, currency, rates or grid, and with `strict` for any error. `map` (an object, or JSON text) is what
   * `regulars build` writes beside plan bytes: with it they can be explained. A map of another plan is refused, and the plan works without.
   */
  readonly plan: {
    <const Source extends object>(source: Source & Unchecked<Source>, options?: PlanOptions): Planned;
    (source: Package | string | Uint8Array, options?: PlanOptions): Planned;
  };
  /**
   * What a changed package means: for each segment of either who enters and who leaves, of these visitors at `now` (milliseconds),
   * and what is proved of all.
   */
  readonly diff: (
    before: Package | string, after: Package | string, visitors: Iterable<Visitor>, options: { readonly now: number; readonly context?: Context },
  ) => Difference;
  /** Looks at the beginning of an order file (64 KiB are plenty): what its columns probably are. `columns` names those of a file without a header. */
  readonly peekOrders: (bytes: Uint8Array, options?: { readonly columns?: readonly string[] }) => OrderFilePeek;
  /** Begins to read an order file. */
  readonly readOrders: (options?: OrderFileOptions) => OrderReader;
  /** What the rule language offers, for editors: the nine groups with their conditions, and every word with its labels. Fetched when first asked. */
  readonly catalogue: () => Promise<Catalogue>;
}

/** How a package is compiled. */
export interface PlanOptions {
  /** Refuses the package for any error. */
  readonly strict?: boolean;
  /** Of plan bytes: their map, an object or JSON text. */
  readonly map?: PlanMap | string;
}

/** What became of a package. */
export interface Planned {
  /** `null`: it was refused. */
  readonly plan: Plan | null;
  /** Everything that is wrong with it. */
  readonly problems: Problem[];
}

/** A package, compiled. */
export interface Plan {
  /** What pages load. */
  readonly bytes: Uint8Array;
  /** Identifies the plan: 16 hex digits. */
  readonly hash: string;
  readonly names: Names;
  /** How many steps one evaluation takes at most, for a history of so many events (1 000). A step takes well below a microsecond. */
  readonly work: (events?: number) => number;
  /** A visitor with a history: from an object, from the bytes of `snapshot()`, or a new one. */
  readonly visitor: (source?: Visitor | Uint8Array) => EngineVisitor;
  /**
   * A segment in words, in English unless `language` says otherwise. `null`: there is no such segment, or its rule has an error that cannot be
   * put in words. Plan bytes have no words: of a plan that was opened from them without its map there is only the problem `no_source`.
   */
  readonly describe: (segment: string, options?: { readonly language?: Language }) => Description | null | { readonly problem: Problem };
}

/** One visitor's history under one plan. Holds memory until `free()`. */
export interface EngineVisitor {
  readonly id: string | null;
  /** What was wrong with the object it was made from, and currencies without a rate, each said once. Grows with `ingest`. */
  readonly problems: readonly Problem[];
  /** Takes events in any order. An event that cannot be read is refused whole, the others are kept. */
  readonly ingest: (events: readonly VisitorEvent[]) => Ingested;
  /** Every answer at `now` (milliseconds). */
  readonly evaluate: (now: number, context?: Context) => Evaluation;
  /** What a slot shows at `now`. */
  readonly decide: (slot: string, now: number, context?: Context) => Decision;
  /** Why the visitor is in a segment at `now`, or is not: the rule as a tree, and what would change the answer. */
  readonly explain: (segment: string, now: number, context?: Context) => Explanation | Unexplained;
  /** When the visitor is in a segment, from one instant to (not including) another; empty if there is no such segment. */
  readonly timeline: (segment: string, from: number, to: number, context?: Context) => readonly Interval[];
  /** The history as bytes: smaller and faster to open than events. */
  readonly snapshot: () => Uint8Array;
  /** Gives the memory back. Using the visitor afterwards is an error. */
  readonly free: () => void;
}

const GLUE: Glue = { initSync, __wbg_reset_state, open, close, snapshot, add, introduce, know, evaluate, decide };

const DAMAGED = ["damaged_plan", "This plan is damaged."] as const;
/** By the code with which plan bytes are refused. */
const NOT_TAKEN: { readonly [code: number]: readonly [name: string, message: string] } = {
  1: ["not_a_plan", "These bytes are not a plan."],
  2: ["other_version", "This plan has another format version: build it again with this version of regulars."],
};

/** Loads the engine. `wasm` says where `studio.wasm` is, if not beside this file. */
export async function load(options: { readonly wasm?: Source | WebAssembly.Module } = {}): Promise<Engine> {
  const build = buildOf(GLUE, await moduleOf(options.wasm ?? new URL("./studio.wasm", import.meta.url)));
  const planOf = (source: object | string, { strict = false, map }: PlanOptions = {}): Planned => {
    if (source instanceof Uint8Array) return openPlan(build, source, [], null, map);
    const { plan, problems, text } = compile(build, source, strict);
    return plan ? openPlan(build, plan, problems, text) : { plan: null, problems };
  };
  return {
    plan: planOf,
    diff: (before, after, visitors, { now, context }) => diff(build, (source) => planOf(source), before, after, visitors, now, context),
    peekOrders: (bytes, options) => peekOrders(build, bytes, options),
    readOrders: (options) => readOrders(build, options),
    catalogue: async () => (await import("./catalogue.js")).catalogue,
  };
}

/** `given` is the package's JSON text; `null` where only the plan is known, and perhaps its map. */
function openPlan(build: Build, bytes: Uint8Array, problems: Problem[], given: string | null, map?: PlanMap | string): Planned {
  // A copy of our own (`slice` of a Node buffer copies nothing): the caller may write into its bytes, or send them away.
  const own = new Uint8Array(bytes);
  const code = guarded(build, () => {
    const first = build.open(own);
    first.free();
    return first.planCode;
  });
  if (code !== 0) {
    const [name, message] = NOT_TAKEN[code] ?? DAMAGED;
    return { plan: null, problems: [...problems, problem(name, "", message)] };
  }
  const contents = contentsOf(own);
  const hash = hashOf(own);
  const source = given ?? sourceOf(build, own, hash, map, problems);
  const plan: Plan = {
    bytes,
    hash,
    names: contents.names,
    work: (events = 1000) => guarded(build, () => work(own, events)),
    visitor: (visitor = {}) => openVisitor(build, own, contents, source, visitor),
    describe: describerOf(build, source),
  };
  remember(plan, own);
  return { plan, problems };
}

function openVisitor(build: Build, plan: Uint8Array, contents: Contents, source: string | null, given: Visitor | Uint8Array): EngineVisitor {
  if (typeof given !== "object" || given === null) throw new TypeError("plan.visitor takes a visitor object or the bytes of a snapshot.");
  const instance = build.instance();
  const past = given instanceof Uint8Array ? given : null;
  let inner = guarded(build, () => build.open(plan, past));
  const problems: Problem[] = [];
  /** Currencies that have a rate, or whose lack of one was said. */
  const said = new Set(contents.names.currencies);
  let freed = false;

  /** One call into the engine, if this visitor is still alive. */
  const call = <T>(run: (visitor: WasmVisitor) => T): T => {
    if (freed) throw new TypeError("This visitor was freed; make a new one with plan.visitor().");
    if (instance !== build.instance()) throw new Error("The engine was restarted after a fault; make this visitor again with plan.visitor().");
    return guarded(build, () => run(inner));
  };
  const take = ({ read }: Batch): void => {
    call((visitor) => visitor.add(read.map(({ bytes }) => bytes)));
    for (const { currency } of read) {
      if (currency === "" || said.has(currency)) continue;
      said.add(currency);
      const message = `There is no rate for ${currency.toUpperCase()}: values in it take no part in value measures.`;
      problems.push({ ...problem("no_rate", "/rates", message), severity: "warning" });
    }
  };

  let id: string | null = null;
  if (inner.snapshotCode !== 0) {
    problems.push(problem("bad_snapshot", "", "These bytes are not a snapshot that this version can read; the history is empty."));
    inner = guarded(build, () => build.open(plan));
  } else if (past === null) {
    const read = readVisitor(given);
    id = read.id || null;
    const { profile } = read;
    call((visitor) => visitor.introduce(read.id, read.coverage));
    take(read);
    if (profile) call((visitor) => visitor.know(true, profile));
    for (const { index, code, pointer, message } of read.refused) {
      problems.push(problem(code, index < 0 ? pointer : `/events/${index}${pointer}`, message));
    }
  }
  const answers = answersOf(inner, contents);
  let moment = "";
  /** The last question came without a context, so another without one has nothing new to say. */
  let silent = false;
  /** Says what the page knows now, if that has changed since the last question. */
  const consider = (context?: Context): void => {
    if (silent && context === undefined) return;
    silent = context === undefined;
    const { fields, refused } = readKnown(context ?? {}, ["context"], true);
    const said = fields.join();
    if (said === moment) return;
    moment = said;
    call((visitor) => visitor.know(false, fields));
    answers.forget();
    for (const { code, pointer, message } of refused) {
      if (!problems.some((other) => other.code === code && other.pointer === pointer)) problems.push(problem(code, pointer, message));
    }
  };

  return {
    id,
    problems,
    ingest(events) {
      if (!Array.isArray(events)) throw new TypeError("visitor.ingest takes a list of events.");
      const batch = readEvents(events);
      take(batch);
      answers.forget();
      return { accepted: batch.read.length, refused: batch.refused };
    },
    evaluate(now, context) {
      const instant = checked(now, context);
      consider(context);
      return call(() => answers.at(instant));
    },
    decide(slot, now, context) {
      if (typeof slot !== "string") throw new TypeError("visitor.decide takes the name of a slot.");
      const instant = checked(now, context);
      consider(context);
      return call(() => answers.decide(slot, instant));
    },
    explain(segment, now, context) {
      if (typeof segment !== "string") throw new TypeError("visitor.explain takes the id of a segment.");
      const instant = checked(now, context);
      consider(context);
      return call((visitor) => explain(visitor, source, segment, instant));
    },
    timeline(segment, from, to, context) {
      if (typeof segment !== "string") throw new TypeError("visitor.timeline takes the id of a segment.");
      const [begin, end] = [checked(from, context), checkedNow(to)];
      consider(context);
      return call((visitor) => timeline(visitor, contents.names.segments.indexOf(segment.trim()), begin, end));
    },
    snapshot: () => call((visitor) => visitor.snapshot()),
    free() {
      if (!freed && instance === build.instance()) inner.free();
      freed = true;
    },
  };
}

/** `now` in whole milliseconds; the context is an object. */
function checked(now: unknown, context: unknown): number {
  const instant = checkedNow(now);
  if (context !== undefined && (typeof context !== "object" || context === null || Array.isArray(context))) {
    throw new TypeError("The context is an object.");
  }
  return instant;
}
