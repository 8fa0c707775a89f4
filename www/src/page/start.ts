import { buildOf } from "../glue.js";
import { isInstant } from "../instant.js";
import { bytesOf, moduleOf } from "../load.js";
import { isMissing, type Plain } from "../plain.js";
import type { Package } from "../rules.js";
import { type Brain, brainOf } from "./brain.js";
import { PAGE } from "./build.js";
import { compile } from "./develop.js";
import type { ImportedOptions, Shop, StartOptions } from "./options.js";
import { newPerson } from "./person.js";
import { reason, type Report, reportTo } from "./report.js";
import { shopOf } from "./shop.js";
import { type Found, openStore, type Store } from "./storage.js";
import { pageWasm } from "./wasm.js";
import { within } from "./within.js";

/** Storage may take this long, and as long as the plan and the engine do; then the page goes on, and takes it in later. */
const STORAGE_DEADLINE = 500;

/** Gets the plan, the engine and the history, and hands out the visitor of this page. Never rejects. */
export async function start<const Source extends object>(options: ImportedOptions<Source>): Promise<Shop>;
export async function start(options?: StartOptions): Promise<Shop>;
export async function start(given?: StartOptions): Promise<Shop> {
  const options = given ?? {};
  const report = reportTo(options.onProblem);
  const now = clockOf(options.now);
  const open = options.storage === "memory" ? null : () => openStore(options.name ?? "regulars");
  const thinking = think(options, report);
  const memory = await remember(open, thinking, now, report);
  const id: unknown = options.visitor?.id;
  const missing = id === undefined || isMissing(id as Plain);
  return shopOf({ brain: await thinking, ...memory, open, id: missing ? undefined : reason(id), now, report }, { profile: options.visitor?.profile, context: options.context });
}

/** A clock in whole milliseconds; the computer's, where the given one fails. */
function clockOf(given: (() => number) | undefined): () => number {
  return () => {
    try {
      const instant = Math.floor(given ? given() : Date.now());
      if (isInstant(instant)) return instant;
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
    const brain = brainOf(buildOf(PAGE, loaded), bytes, (error) => {
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

/**
 * The stored history, if the database answers in time. Otherwise an empty one in memory; where the database is only
 * slow, the stored one comes `late`.
 */
async function remember(
  open: (() => Promise<Store>) | null,
  thinking: Promise<unknown>,
  now: () => number,
  report: Report,
): Promise<{ found: Found; late: Promise<Found | null> | null }> {
  const fresh = newPerson();
  const inMemory = (coverage: { coveredSince?: number }): Found => ({ store: null, kept: { person: { ...fresh, ...coverage }, snapshot: null, rows: [] } });
  if (open === null) return { found: inMemory({}), late: null };
  const reading = open()
    .then(async (store): Promise<Found> => {
      try {
        return { store, kept: await store.read(fresh) };
      } catch (error) {
        store.close();
        throw error;
      }
    })
    .catch((error: unknown) => {
      report("no_storage", `The stored history cannot be read (${reason(error)}); this page view is kept in memory.`, { severity: "warning" });
      return null;
    });
  const slow = within(STORAGE_DEADLINE, reading).catch(async () => {
    await thinking;
    return "slow" as const;
  });
  const found = await Promise.race([reading, slow]);
  if (found && found !== "slow") return { found, late: null };
  if (found) report("slow_storage", "The stored history is slow to open; until it is open, answers come from memory and are partial.", { severity: "warning" });
  // There may be a past that is not seen: nobody is taken for a new visitor.
  return { found: inMemory({ coveredSince: now() }), late: found && reading };
}
