/** What both wasm builds look like from JavaScript, and one loaded build that can be brought back after a trap. */

/** The class that each build exports: one plan and one visitor's history. */
export interface WasmVisitor {
  /** 0: taken; 1: not a plan; 2: of another format version; 3: damaged. */
  plan(bytes: Uint8Array): number;
  /** 0: taken; otherwise as for `plan`. */
  restore(snapshot: Uint8Array): number;
  snapshot(): Uint8Array;
  /** A whole visitor in the format of `wire.ts`; the answer is that of `ingest`. */
  read(visitor: Uint8Array): string;
  /** A list of events in the format of `wire.ts`; the answer is JSON. */
  ingest(events: Uint8Array): string;
  /** A pointer to the numbers that `answers.ts` reads. */
  evaluate(now: number): number;
  decide(slot: string, now: number): string;
  names(): string;
  free(): void;
}

/** What wasm-bindgen writes beside a wasm file. */
export interface Glue {
  initSync(source: { module: WebAssembly.Module }): { readonly memory: WebAssembly.Memory };
  __wbg_reset_state(): void;
  readonly Visitor: new () => WasmVisitor;
}

/** A loaded build. */
export interface Build {
  /** Counts the instances so far. A visitor of an earlier instance is dead and must not be touched. */
  readonly instance: () => number;
  /** A visitor in the present instance. */
  readonly open: () => WasmVisitor;
  /** `count` numbers in its memory. */
  readonly numbers: (pointer: number, count: number) => Float64Array;
  /** After a trap: throws the instance away and begins a new one from the same module. */
  readonly replace: () => void;
}

const builds = new Map<Glue, Build>();

/** The build behind `glue`; the first call decides from which module. */
export function buildOf(glue: Glue, module: WebAssembly.Module): Build {
  const known = builds.get(glue);
  if (known) return known;
  let { memory } = glue.initSync({ module });
  let instance = 1;
  const build: Build = {
    instance: () => instance,
    open: () => new glue.Visitor(),
    numbers: (pointer, count) => new Float64Array(memory.buffer, pointer, count),
    replace() {
      glue.__wbg_reset_state();
      instance++;
      ({ memory } = glue.initSync({ module }));
    },
  };
  builds.set(glue, build);
  return build;
}
