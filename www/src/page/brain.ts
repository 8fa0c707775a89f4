/**
 * One visitor's history in wasm, kept alive. A trap is the death of an instance: the visitor is brought back in a
 * new one from what JavaScript still holds, a few times; after that every call answers `null` and the page goes on.
 */
import { type Answers, answersOf } from "../answers.js";
import type { Build, WasmVisitor } from "../glue.js";
import { type Contents, contentsOf } from "../plan.js";
import type { Decision, Evaluation, Names } from "../types.js";
import type { Person } from "./storage.js";

/** A history that answers; `null` or false where it cannot. Events are bytes as `read.ts` gives them. */
export interface Brain {
  readonly names: Names;
  /**
   * Begins with the past of a snapshot, in place of any other. 0: it is there; 1 or 3: the snapshot is damaged; 2: of another
   * version; `null`: cannot tell. Unless it is 0, the history is empty.
   */
  readonly begin: (snapshot: Uint8Array | null) => number | null;
  readonly add: (events: readonly Uint8Array[]) => boolean;
  /** What is known of the person (or else, of the moment), as `read.ts` gives it. */
  readonly know: (person: boolean, fields: Uint8Array) => void;
  /** Who the person is, or how complete the history, has changed. */
  readonly meet: (person: Person) => void;
  readonly evaluate: (now: number) => Evaluation | null;
  readonly decide: (slot: string, now: number) => Decision | null;
  /** A snapshot and events folded into one snapshot; the present history is not touched. */
  readonly fold: (snapshot: Uint8Array | null, events: readonly Uint8Array[]) => Uint8Array | null;
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
export function brainOf(build: Build, bytes: Uint8Array, died: (error: unknown) => void): Brain | number {
  // A copy of our own: what the shop does with its bytes later does not reach a visitor that is brought back.
  const plan = bytes.slice();
  let deaths = 0;
  let person: Person = { id: "" };
  let snapshot: Uint8Array | null = null;
  /** The lists of events that were taken since the snapshot. */
  let taken: (readonly Uint8Array[])[] = [];
  let alive: Alive | null = null;
  /** What is known of the person, and of the moment. */
  const known = new Map<boolean, Uint8Array>();

  const introduce = (visitor: WasmVisitor): void =>
    visitor.introduce(person.id, person.coveredSince === undefined ? [] : [["", person.coveredSince]]);
  const recall = (visitor: WasmVisitor): void => known.forEach((fields, person) => visitor.know(person, fields));
  /** The present visitor; after a death of its instance, another with the same history. */
  const revive = (contents: Contents): Alive => {
    if (alive?.instance === build.instance()) return alive;
    const visitor = build.open(plan, snapshot);
    introduce(visitor);
    recall(visitor);
    for (const events of taken) visitor.add(events);
    return (alive = { visitor, answers: answersOf(visitor, contents), instance: build.instance() });
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
  const letGo = (): void => {
    if (alive?.instance === build.instance()) alive.visitor.free();
    alive = null;
  };

  const code = survive(() => build.open(plan).planCode);
  if (code !== 0) return code ?? DAMAGED;
  const contents = contentsOf(plan);

  const add = (events: readonly Uint8Array[]): boolean =>
    events.length === 0 ||
    // Tried once: if these events are what kills an instance, it comes back without them.
    survive(() => {
      const { visitor, answers } = revive(contents);
      answers.forget();
      visitor.add(events);
      return taken.push(events);
    }, false) !== null;
  return {
    names: contents.names,
    begin(past) {
      survive(letGo);
      alive = null;
      snapshot = null;
      taken = [];
      if (past === null) return 0;
      return survive(() => {
        const visitor = build.open(plan, past);
        if (visitor.snapshotCode === 0) {
          snapshot = past;
          recall(visitor);
          alive = { visitor, answers: answersOf(visitor, contents), instance: build.instance() };
        }
        return visitor.snapshotCode;
      });
    },
    add,
    know(person, fields) {
      if (known.get(person)?.join() === fields.join()) return;
      known.set(person, fields);
      survive(() => {
        const { visitor, answers } = revive(contents);
        visitor.know(person, fields);
        answers.forget();
      });
    },
    meet(next) {
      person = next;
      survive(() => {
        const { visitor, answers } = revive(contents);
        introduce(visitor);
        answers.forget();
      });
    },
    evaluate: (now) => survive(() => revive(contents).answers.at(now)),
    decide: (slot, now) => survive(() => revive(contents).answers.decide(slot, now)),
    fold: (past, events) =>
      survive(() => {
        const visitor = build.open(plan, past);
        if (visitor.snapshotCode === 0) visitor.add(events);
        const folded = visitor.snapshotCode === 0 ? visitor.snapshot() : null;
        visitor.free();
        return folded;
      }),
    gone: () => deaths >= MOST_DEATHS,
    free: () => void survive(letGo),
  };
}
