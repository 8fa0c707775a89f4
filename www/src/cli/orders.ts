import type { Engine, OrderFileOptions, OrdersTaken, Plan, Population, RefusedRow } from "../engine.js";
import type { Problem, UncheckedPackage } from "../types.js";
import { cellOf } from "./csv.js";
import { openOrders } from "./input.js";
import { errorOf, type Located, type Output } from "./output.js";
import { compileToAsk } from "./package.js";
import { progressOf } from "./progress.js";
import { type Arguments, wrongUsage } from "./usage.js";

/** A package that was compiled. */
export interface Shop {
  readonly engine: Engine;
  readonly source: UncheckedPackage;
  readonly plan: Plan;
  readonly problems: readonly Problem[];
}

/** What a command does with the customers of an order file. */
export interface Question {
  /** Looks at the call before a long file is read for nothing; `false`: an error was said, nothing is read. */
  readonly check?: (shop: Shop) => boolean | Promise<boolean>;
  readonly answer: (population: Population, shop: Shop, now: number) => Promise<void>;
}

/** The beginning of the file that is kept, so that its columns can be named if it cannot be read. */
const KEPT = 1 << 16;

/** Compiles the package, reads the order file, names every row that is refused, and asks about the customers. */
export async function withPopulation(given: Arguments, output: Output, { check, answer }: Question): Promise<void> {
  const { package: file, strict, orders = "", now = Date.now() } = given;
  const { engine, source, plan, problems } = await compileToAsk(file, strict);
  await output.problems(problems);
  if (plan === null || source === null) return;
  const shop = { engine, source, plan, problems };
  if (check && !(await check(shop))) return;
  const population = await read(engine, plan, given, output);
  if (population === null) return;
  const rated = plan.names.currencies;
  const unrated = population.currencies.filter((currency) => !rated.includes(currency.toLowerCase()));
  await output.problems(unrated.map((currency) => ({
    ...errorOf("no_rate", `There is no rate for ${currency}: values in it take no part in value measures.`, "/rates"), severity: "warning", file: orders,
  })));
  await answer(population, shop, now);
  population.free();
}

/** One pass over the file; `null`: it cannot be read, which was said. */
async function read(engine: Engine, plan: Plan, given: Arguments, output: Output): Promise<Population | null> {
  const { orders: file = "", columns, map, localTimes } = given;
  const options: OrderFileOptions = { timeZone: plan.names.timeZone, localTimes, ...(columns && { columns }), ...(map && { map }) };
  const { size, read, pieces } = await openOrders(file);
  const progress = progressOf(file, size, output);
  const reader = engine.readOrders(options);
  const head: Uint8Array[] = [];
  let kept = 0;
  let hinted = false;
  const located = ({ line, code, column, message }: RefusedRow): Located => {
    const hint = code === "no_offset" && !hinted;
    hinted ||= hint;
    return { ...errorOf(code, message), ...(hint && { fix: "With --local-times they are read in the package's time zone." }), file, line, column };
  };
  /** Says what was wrong; whether the file can be read on. */
  const said = async ({ refused, problems }: OrdersTaken): Promise<boolean> => {
    await output.problems(refused.map(located));
    const misnamed = problems.find(({ code }) => code === "unknown_name");
    if (misnamed) throw wrongUsage(`--map: ${misnamed.message} ${misnamed.fix ?? ""}`.trim());
    const advice = problems.length > 0 ? adviceOn(engine, Buffer.concat(head), given) : null;
    await output.problems(problems.map((problem, index) => {
      const fix = [problem.fix, index === problems.length - 1 && advice].filter(Boolean).join(" ");
      return { ...problem, ...(fix && { fix }), file };
    }));
    return !problems.some(({ severity }) => severity === "error");
  };
  try {
    for await (const bytes of pieces) {
      if (kept < KEPT) {
        const part = new Uint8Array(bytes.subarray(0, KEPT - kept));
        head.push(part);
        kept += part.length;
      }
      const taken = reader.write(bytes);
      progress.add(bytes, read());
      if (!(await said(taken))) return null;
    }
    const { population, ...last } = reader.end();
    await said(last);
    return population;
  } catch (error) {
    if (!isDamaged(error)) throw error;
    // What is missing is not known, so no answer would be right.
    await output.problem({ ...errorOf("damaged_gzip", `This file is compressed, and damaged or cut off: ${error.message}.`), file });
    return null;
  } finally {
    progress.end();
    reader.free();
  }
}

const isDamaged = (error: unknown): error is Error => error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith("Z_");

/** The call that would probably be right for a file with such a beginning; `null` if nothing better is known. */
function adviceOn(engine: Engine, head: Uint8Array, { columns: named, map = {}, localTimes }: Arguments): string | null {
  const { columns, guess, localTimes: local } = engine.peekOrders(head, named && { columns: named });
  // What the call says stands, where the file has that column and it is meant once.
  const mapped = Object.values(map);
  const meant = (column: string): boolean => columns.includes(column) && mapped.indexOf(column) === mapped.lastIndexOf(column);
  const wanted = new Map(Object.entries(map).filter(([, column]) => meant(column)));
  const used = new Set(wanted.values());
  for (const [canonical, column] of Object.entries(guess)) if (!wanted.has(canonical) && !used.has(column)) wanted.set(canonical, column);
  if (!wanted.has("visitor_id") || !wanted.has("at")) return null;
  const pairs = [...wanted].filter(([canonical, column]) => canonical !== column.toLowerCase());
  const call = [
    ...(pairs.length > 0 ? [`--map ${quoted(pairs.map(([canonical, column]) => cellOf(`${canonical}=${column}`)).join())}`] : []),
    ...(local && !localTimes ? ["--local-times"] : []),
  ];
  return call.length > 0 ? `Probably right: ${call.join(" ")}` : null;
}

/** As a shell takes it. */
const quoted = (text: string): string => (/^[\w=,.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
