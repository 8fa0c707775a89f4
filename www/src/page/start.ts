import { __wbg_reset_state, initSync, Visitor } from "../../glue/page.js";
import { buildOf, type Glue } from "../glue.js";
import { bytesOf, moduleOf } from "../load.js";
import type { Package } from "../types.js";
import { type Brain, brainOf } from "./brain.js";
import { compile } from "./develop.js";
import type { Shop, StartOptions } from "./options.js";
import { newPerson } from "./person.js";
import { reason, type Report, reportTo } from "./report.js";
import { shopOf } from "./shop.js";
import { type Kept, openStore, type Person, type Store } from "./storage.js";
import { pageWasm } from "./wasm.js";

const GLUE: Glue = { initSync, Visitor, __wbg_reset_state };

/** How long the page waits for storage before it goes on without. */
const STORAGE_DEADLINE = 500;

/** Gets the plan, the engine and the history, and hands out the visitor of this page. Never rejects. */
export async function start(options: StartOptions = {}): Promise<Shop> {
  const report = reportTo(options.onProblem);
  const now = clockOf(options.now);
  const open = options.storage === "memory" ? null : () => openStore(options.name ?? "regulars");
  const [brain, memory] = await Promise.all([think(options, report), remember(open, now, report)]);
  return shopOf({ brain, ...memory, open, id: options.visitor?.id, now, report });
}

/** A clock in whole milliseconds; the computer's, where the given one fails. */
function clockOf(given: (() => number) | undefined): () => number {
  return () => {
    try {
      const instant = Math.floor(given ? given() : Date.now());
      if (Number.isSafeInteger(instant)) return instant;
    } catch {
      // Fall through to the computer's.
    }
    return Date.now();
  };
}

/** The plan in the engine, or `null`. */
async function think(options: StartOptions, report: Report): Promise<Brain | null> {
  const plan = planOf(options, report).catch((error: unknown) => {
    report("plan_unreachable", `The plan could not be had (${reason(error)}); nothing is shown.`);
    return null;
  });
  const module = (async () => moduleOf(options.wasm ?? pageWasm()))().catch((error: unknown) => {
    report("wasm_unreachable", `The engine could not be loaded (${reason(error)}); nothing is shown.`);
    return null;
  });
  const [bytes, loaded] = await Promise.all([plan, module]);
  if (!bytes || !loaded) return null;
  try {
    const brain = brainOf(buildOf(GLUE, loaded), bytes, (error) => {
      report("engine_fault", `The engine failed (${reason(error)}) and is started again.`);
    });
    if (typeof brain !== "number") return brain;
    if (brain === 2) report("other_version", "The plan has another format version: build it again with this version of regulars; nothing is shown.");
    else report(brain === 1 ? "not_a_plan" : "damaged_plan", "What was given as the plan is not one, or is damaged; nothing is shown.");
  } catch (error) {
    report("wasm_unreachable", `The engine could not be started (${reason(error)}); nothing is shown.`);
  }
  return null;
}

async function planOf({ plan, package: source }: StartOptions, report: Report): Promise<Uint8Array | null> {
  if (plan !== undefined) return bytesOf(await plan);
  if (source === undefined) throw new Error("neither a plan nor a package was given");
  const where = typeof source === "string" || source instanceof URL;
  const { bytes, problems } = await compile(where ? (JSON.parse(new TextDecoder().decode(await bytesOf(source))) as Package) : source);
  for (const problem of problems) report(problem.code, problem.message, problem);
  return bytes;
}

/** The stored history, if the database answers in time; otherwise a history in memory. */
async function remember(
  open: (() => Promise<Store>) | null,
  now: () => number,
  report: Report,
): Promise<{ store: Store | null; kept: Kept }> {
  const fresh = newPerson();
  const empty = (person: Person) => ({ store: null, kept: { person, snapshot: null, rows: [] } });
  if (open === null) return empty(fresh);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const opened = open();
  const read = opened.then(async (store) => ({ store, kept: await store.read(fresh) }));
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${STORAGE_DEADLINE} ms`)), STORAGE_DEADLINE);
  });
  try {
    return await Promise.race([read, deadline]);
  } catch (error) {
    // A connection that comes too late would only stand in the way of other tabs.
    opened.then((store) => store.close(), () => undefined);
    report("no_storage", `The stored history cannot be read (${reason(error)}); this page view is kept in memory.`, { severity: "warning" });
    // There may be a past that is not seen: nobody is taken for a new visitor.
    return empty({ ...fresh, coveredSince: now() });
  } finally {
    clearTimeout(timer);
  }
}
