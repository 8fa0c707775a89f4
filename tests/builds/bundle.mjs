// The two wasm builds for the tests, as one module.
import { build } from "esbuild";
import { join } from "node:path";
import { root } from "../../tools/lib/run.mjs";

/** `raw.ts` and what it needs, as the text of a module. */
export async function rawModule() {
  const { outputFiles } = await build({ entryPoints: [join(root, "tests/builds/raw.ts")], bundle: true, format: "esm", target: "es2022", write: false, logLevel: "warning" });
  return outputFiles[0].text;
}

/** The same, imported. */
export const importRaw = async () => import(`data:text/javascript;base64,${Buffer.from(await rawModule()).toString("base64")}`);
