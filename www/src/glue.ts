/** What both wasm builds look like from JavaScript, and one loaded build that can be brought back after a trap. */
import { begin, byte, here, integerIn, signed, since, sized, unsigned } from "./bytes.js";
import { charCodeAt, text, toWellFormed, trim } from "./builtins.js";

/** What wasm-bindgen writes beside a wasm file. A visitor is an address. */
export interface Glue {
  initSync(source: { module: WebAssembly.Module }): { readonly memory: WebAssembly.Memory };
  __wbg_reset_state(): void;
  /** Below 16 it is no address but why there is none: `planCode` and four times `snapshotCode`. */
  open(plan: Uint8Array, snapshot: Uint8Array): number;
  /** The small build gives memory back only as a whole. */
  close?(visitor: number): void;
  /** Where two numbers are: the place and the length of the bytes. */
  snapshot(visitor: number): number;
  add(visitor: number, events: Uint8Array): void;
  introduce(visitor: number, id: Uint8Array, coverage: Uint8Array): void;
  know(visitor: number, person: boolean, fields: Uint8Array): void;
  evaluate(visitor: number, now: number): number;
  decide(visitor: number, slot: number, now: number): number;
}

/** From when a history is complete: an event type (all types, if it is empty) and an instant each. */
export type Coverage = readonly (readonly [type: string, since: number])[];

/** One visitor's history under a plan, in one instance. Unless both codes are 0 there is none, and nothing may be asked. */
export interface WasmVisitor {
  /** Where it is, for what only one of the builds can do. */
  readonly address: number;
  /** 0: the plan is taken; 1: it is none; 2: of another format version; 3: damaged. */
  readonly planCode: number;
  /** The same of the snapshot. */
  readonly snapshotCode: number;
  readonly snapshot: () => Uint8Array;
  /** Takes events, each as `read.ts` gives it. */
  readonly add: (events: readonly Uint8Array[]) => void;
  readonly introduce: (id: string, coverage: Coverage) => void;
  /** What is known of the person (or else, what the page knows now), as `read.ts` gives it, in the place of what was. */
  readonly know: (person: boolean, fields: Uint8Array) => void;
  /** `count` numbers, good until the next call. */
  readonly evaluate: (now: number, count: number) => Float64Array;
  readonly decide: (slot: number, now: number, count: number) => Float64Array;
  /** Gives the memory back: of this visitor, or, in a build that cannot do that, of all of them. */
  readonly free: () => void;
}

/** A loaded build. */
export interface Build {
  /** Counts the instances so far. A visitor of an earlier instance is dead and must not be touched. */
  readonly instance: () => number;
  /** A visitor in the present instance, with the past of a snapshot. */
  readonly open: (plan: Uint8Array, snapshot?: Uint8Array | null) => WasmVisitor;
  /** Throws the instance away, with every visitor in it, and begins a new one from the same module. */
  readonly replace: () => void;
}

const builds = new Map<Glue, Build>();

/** The build behind `glue`; the first call decides from which module. */
export function buildOf(glue: Glue, module: WebAssembly.Module): Build {
  const known = builds.get(glue);
  if (known) return known;
  let { memory } = glue.initSync({ module });
  let instance = 1;
  const numbers = (pointer: number, count: number): Float64Array => new Float64Array(memory.buffer, pointer, count);
  const build: Build = {
    instance: () => instance,
    open(plan, snapshot) {
      const visitor = glue.open(plan, snapshot ?? new Uint8Array());
      const code = visitor < 16 ? visitor : 0;
      return {
        address: visitor,
        planCode: code & 3,
        snapshotCode: code >> 2,
        snapshot() {
          const [place, length] = numbers(glue.snapshot(visitor), 2);
          return new Uint8Array(memory.buffer, place, length).slice();
        },
        add: (events) => glue.add(visitor, joined(byInstant(events))),
        introduce: (id, coverage) => glue.introduce(visitor, unitsOf(id), bytesOf(coverage)),
        know: (person, fields) => glue.know(visitor, person, fields),
        evaluate: (now, count) => numbers(glue.evaluate(visitor, now), count),
        decide: (slot, now, count) => numbers(glue.decide(visitor, slot, now), count),
        free() {
          if (!glue.close) build.replace();
          else if (code === 0) glue.close(visitor);
        },
      };
    },
    replace() {
      glue.__wbg_reset_state();
      instance++;
      ({ memory } = glue.initSync({ module }));
    },
  };
  builds.set(glue, build);
  return build;
}

/** When an event happened: after its type and its id, two texts with their lengths before them. */
function instantOf(event: Uint8Array): number {
  let place = 0;
  for (let texts = 0; texts < 2; texts++) {
    const [length, end] = integerIn(event, place);
    place = end + length;
  }
  return unsigned(integerIn(event, place)[0]);
}

/** Earliest first: the engine packs its columns anew for an event that is earlier than all. The order changes no answer. */
function byInstant(events: readonly Uint8Array[]): readonly Uint8Array[] {
  const keyed = events.map((bytes) => ({ bytes, at: instantOf(bytes) }));
  const inOrder = keyed.every(({ at }, place) => place === 0 || at >= (keyed[place - 1]?.at ?? at));
  return inOrder ? events : keyed.sort((a, b) => a.at - b.at).map(({ bytes }) => bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** UTF-16 code units, least byte first. */
function unitsOf(given: string): Uint8Array {
  const id = trim(toWellFormed(text(given)));
  begin();
  const start = here();
  for (let index = 0; index < id.length; index++) {
    byte(charCodeAt(id, index));
    byte(charCodeAt(id, index) >> 8);
  }
  return since(start);
}

function bytesOf(coverage: Coverage): Uint8Array {
  begin();
  const start = here();
  for (const [type, instant] of coverage) {
    sized(type);
    signed(instant);
  }
  return since(start);
}
