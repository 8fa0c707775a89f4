import type { Package } from "../rules.js";
import type { Problem } from "../types.js";

/** Compiles a package in the browser, for development: loads the engine, which is large, when first asked. */
export async function compile(source: Package): Promise<{ bytes: Uint8Array | null; problems: Problem[] }> {
  const { load } = await import("../engine.js");
  const { plan, problems } = (await load()).plan(source);
  return { bytes: plan && plan.bytes, problems };
}
