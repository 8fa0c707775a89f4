/**
 * One visitor's history in wasm, kept alive. A trap is the death of an instance: the visitor is brought back in a
 * new one from what JavaScript still holds, a few times; after that every call answers `null` and the page goes on.
 */
import { type Answers, answersOf } from "../answers.js";
import type { Build, WasmVisitor } from "../glue.js";
import type { Decision, Evaluation, Ingested, Names } from "../types.js";
import { encode, list } from "../wire.js";
import type { Person } from "./storage.js";

/** What became of a list of events, and which of their currencies have no rate. */
export interface Report extends Ingested {
  readonly unrated?: readonly string[];
}

/** A history that answers, or `null` where it cannot. Events are in the format of `wire.ts`. */
export interface Brain {
  readonly names: Names;
  /** Begins with a history, in place of any other. */
  readonly begin: (person: Person, snapshot: Uint8Array | null, events: readonly Uint8Array[]) => Report | null;
  readonly ingest: (events: readonly Uint8Array[]) => Report | null;
  /** What is known of the person has changed. */
  readonly meet: (person: Person) => void;
  /** What `ingest` would answer; nothing is taken. */
  readonly check: (events: readonly Uint8Array[]) => Report | null;
  readonly evaluate: (now: number) => Evaluation | null;
  readonly decide: (slot: string, now: number) => Decision | null;
  /** A snapshot and events folded into one snapshot; the present history is not touched. */
  readonly fold: (snapshot: Uint8Array | null, events: readonly Uint8Array[]) => Uint8Array | null;
  /** 0: this version can read the snapshot; 1 or 3: it is damaged; 2: of another version; `null`: cannot tell. */
  readonly readable: (snapshot: Uint8Array) => number | null;
  /** It has died too often and answers no more. */
  readonly gone: () => boolean;
  readonly free: () => void;
}

interface Alive {
  readonly visitor: WasmVisitor;
  readonly answers: Answers;
  readonly instance: number;
}

const MOST_DEATHS = 3;
const DAMAGED = 3;

/** A brain for a plan, or the code with which the plan was refused. `died` hears of each trap. */
export function brainOf(build: Build, plan: Uint8Array, died: (error: unknown) => void): Brain | number {
  let deaths = 0;
  let person: Person = { id: "" };
  let snapshot: Uint8Array | null = null;
  /** The lists of events that were taken since the snapshot. */
  let taken: Uint8Array[] = [];
  let alive: Alive | null = null;
  let code = 0;
  let names: Names | null = null;

  const open = (): WasmVisitor => {
    const visitor = build.open();
    code = visitor.plan(plan);
    return visitor;
  };
  /** The present visitor; after a death of its instance, another with the same history. */
  const revive = (known: Names): Alive => {
    if (alive?.instance === build.instance()) return alive;
    const visitor = open();
    if (snapshot) visitor.restore(snapshot);
    visitor.read(encode(person));
    for (const events of taken) visitor.ingest(events);
    return (alive = { visitor, answers: answersOf(build, visitor, known), instance: build.instance() });
  };
  /** `run`, again after a trap if `again`; `null` if it cannot be done. */
  const survive = <T>(run: () => T, again = true): T | null => {
    if (deaths >= MOST_DEATHS) return null;
    try {
      return run();
    } catch (error) {
      deaths++;
      died(error);
      try {
        build.replace();
      } catch {
        deaths = MOST_DEATHS;
      }
      return again ? survive(run, false) : null;
    }
  };
  /** `run` with a visitor of its own, whose history is empty. */
  const aside = <T>(run: (visitor: WasmVisitor) => T): T | null =>
    survive(() => {
      const visitor = open();
      const result = run(visitor);
      visitor.free();
      return result;
    });
  const letGo = (): void => {
    if (alive?.instance === build.instance()) alive.visitor.free();
    alive = null;
  };

  aside((visitor) => {
    if (code === 0) names = JSON.parse(visitor.names()) as Names;
  });
  if (names === null) return code || DAMAGED;
  const known: Names = names;

  const ingest = (events: readonly Uint8Array[]): Report | null => {
    const wire = list(events);
    // Tried once: if these events are what kills an instance, it comes back without them.
    return survive(() => {
      const { visitor, answers } = revive(known);
      answers.forget();
      const report = JSON.parse(visitor.ingest(wire)) as Report;
      taken.push(wire);
      return report;
    }, false);
  };
  return {
    names: known,
    begin(next, bytes, events) {
      survive(letGo);
      alive = null;
      person = next;
      snapshot = bytes;
      taken = [];
      return ingest(events);
    },
    ingest,
    meet(next) {
      person = next;
      survive(() => {
        const { visitor, answers } = revive(known);
        visitor.read(encode(person));
        answers.forget();
      });
    },
    check: (events) => aside((visitor) => JSON.parse(visitor.ingest(list(events))) as Report),
    evaluate: (now) => survive(() => revive(known).answers.at(now)),
    decide: (slot, now) => survive(() => JSON.parse(revive(known).visitor.decide(slot, now)) as Decision),
    fold: (bytes, events) =>
      aside((visitor) => {
        if (bytes && visitor.restore(bytes) !== 0) return null;
        visitor.ingest(list(events));
        return visitor.snapshot();
      }),
    readable: (bytes) => aside((visitor) => visitor.restore(bytes)),
    gone: () => deaths >= MOST_DEATHS,
    free: () => void survive(letGo),
  };
}
