import { existsSync } from "node:fs";
import { type Engine, load, type Plan, type Planned } from "../engine.js";
import type { Problem, UncheckedPackage } from "../types.js";
import { bytesOf, isObject, parseJson, textOf } from "./input.js";
import { nearest } from "./nearest.js";
import { wrongUsage } from "./usage.js";

/** A package from a file, compiled. */
export interface Compiled {
  readonly engine: Engine;
  /** `null`: it is not even a JSON object. */
  readonly source: UncheckedPackage | null;
  /** `null`: it was refused. */
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
}

/** Reads and compiles a package. */
export async function compile(file: string, strict: boolean): Promise<Compiled> {
  const [engine, text] = await Promise.all([load(), textOf(file)]);
  const { plan, problems } = engine.plan(text, { strict });
  const read = parseJson(text);
  return { engine, source: "value" in read && isObject(read.value) ? read.value : null, plan, problems };
}

/** The same, to be asked: how the package could be better written is what `check` and `build` say. */
export async function compileToAsk(file: string, strict: boolean): Promise<Compiled> {
  const compiled = await compile(file, strict);
  return { ...compiled, problems: errorsIn(compiled.problems) };
}

const errorsIn = (problems: readonly Problem[]): Problem[] => problems.filter(({ severity }) => severity === "error");

/** A package, or a plan with its map beside it: what answers about visitors are asked of. */
export async function planIn(file: string, strict: boolean): Promise<Planned> {
  const [engine, bytes] = await Promise.all([load(), bytesOf(file)]);
  if (!PLAN.every((byte, place) => bytes[place] === byte)) {
    const { plan, problems } = engine.plan(new TextDecoder().decode(bytes), { strict });
    return { plan, problems: errorsIn(problems) };
  }
  const map = `${file}.map`;
  return engine.plan(bytes, existsSync(map) ? { map: await textOf(map) } : {});
}

/** What a plan begins with: `RGLP`. */
const PLAN = [0x52, 0x47, 0x4c, 0x50];

/** A check that a plan has this segment; otherwise the command was called wrongly. */
export const segmentIn = (segment: string) => ({ names: { segments } }: Plan): void => {
  if (segments.includes(segment)) return;
  const near = nearest(segment, segments);
  throw wrongUsage(`There is no segment ${segment}: ${near === undefined ? "the package has none" : `the nearest is ${near}`}.`);
};
