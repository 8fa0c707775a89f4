/** The customers of an order file, and what is asked of all of them at once. */
import {
  close_population, population_cells, population_ids, population_measure, population_members, population_sizes,
} from "../glue/studio.js";
import type { CellCounts, Measured, Population } from "./audience.js";
import { compile } from "./compile.js";
import type { Plan } from "./engine.js";
import type { Build } from "./glue.js";
import { checkedNow, guarded } from "./guard.js";
import { compileMeasure } from "./measure.js";

/** What the studio build says of the customers it has read. */
export interface Customers extends Pick<Population, "customers" | "orders" | "rows" | "refused" | "currencies"> {
  /** Their address; 0: there are none to ask. */
  readonly population: number;
}

/** Ids that are fetched at once: few enough to be small beside the customers, and enough that a call costs little beside them. */
const BATCH = 4096;
/** States of the grid before the plan's cells: no conversion; no cell fits. */
const NONE = 0;
const UNNAMED = 1;
const CELLS = 2;
/** Numbers for each of them. */
const EACH = 3;

/** The bytes of every plan that was handed out; a caller may have sent away those of `plan.bytes`. */
const plans = new WeakMap<object, Uint8Array>();

/** Remembers the bytes of a plan for populations. */
export function remember(plan: Plan, bytes: Uint8Array): void {
  plans.set(plan, bytes);
}

export function populationOf(build: Build, { population: address, ...counts }: Customers): Population {
  const instance = build.instance();
  const { customers, refused } = counts;
  let freed = false;

  /** One call into the engine, if the customers are still there. */
  const call = <T>(run: () => T): T => {
    if (freed) throw new TypeError("This population was freed; read the order file again with engine.readOrders().");
    if (instance !== build.instance()) throw new Error("The engine was restarted after a fault; read the order file again with engine.readOrders().");
    return guarded(build, run);
  };
  const idsOf = (numbers: Uint32Array): readonly string[] => call(() => population_ids(address, numbers));

  return {
    ...counts,
    sizes(plan, now) {
      const bytes = bytesOf(plan, "sizes");
      const instant = checkedNow(now);
      const members = call(() => population_sizes(address, bytes, instant));
      // From entries, so that a segment may be called `__proto__`.
      const segments = Object.fromEntries(plan.names.segments.map((id, index) => [id, members[index] ?? 0]));
      return { now: instant, customers, segments, refused };
    },
    members(plan, segment, now) {
      const bytes = bytesOf(plan, "members");
      const place = plan.names.segments.indexOf(segment);
      if (place < 0) throw new TypeError(`population.members: there is no segment ${String(segment)} in this plan.`);
      const instant = checkedNow(now);
      const numbers = call(() => population_members(address, bytes, place, instant));
      return {
        *[Symbol.iterator]() {
          for (let from = 0; from < numbers.length; from += BATCH) yield* idsOf(numbers.subarray(from, from + BATCH));
        },
      };
    },
    grid(plan, now) {
      const bytes = bytesOf(plan, "grid");
      const instant = checkedNow(now);
      const numbers = call(() => population_cells(address, bytes, instant));
      const counted = (state: number, cell: string | null, name: string | null): CellCounts => {
        const [customers = 0, conversions = 0, value = 0] = numbers.subarray(state * EACH, state * EACH + EACH);
        return { cell, name, customers, conversions, value };
      };
      const { cells } = plan.names;
      const named = cells.flatMap(({ id, name }, place) =>
        cells.findIndex((cell) => cell.id === id) === place ? [counted(CELLS + place, id, name)] : []);
      return { now: instant, customers, cells: [counted(NONE, "none", null), ...named, counted(UNNAMED, null, null)], refused };
    },
    measure(source, of, now) {
      const instant = checkedNow(now);
      const { plan, problems } = compileMeasure((given) => compile(build, given, false), source, of);
      if (plan === null) return { problems, values: null };
      const numbers = call(() => population_measure(address, plan, instant));
      const values: Iterable<Measured> = {
        *[Symbol.iterator]() {
          for (let from = 0; from < numbers.length; from += BATCH) {
            const batch = Uint32Array.from({ length: Math.min(BATCH, numbers.length - from) }, (_, index) => from + index);
            for (const [index, visitor] of idsOf(batch).entries()) {
              const value = numbers[from + index] ?? NaN;
              yield { visitor, value: value === value ? value : null };
            }
          }
        },
      };
      return { problems, values };
    },
    free() {
      if (!freed && instance === build.instance()) guarded(build, () => close_population(address));
      freed = true;
    },
  };
}

function bytesOf(plan: Plan, call: string): Uint8Array {
  const bytes = plans.get(plan);
  if (!bytes) throw new TypeError(`population.${call} takes a plan, as engine.plan() gives it.`);
  return bytes;
}
