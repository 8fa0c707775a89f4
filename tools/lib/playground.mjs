// The playground, made from the built package as any user would: by its published entries, never by its source.
// What it is made of stands in www/playground.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { must, root } from "./run.mjs";
import { step } from "./stamp.mjs";

export const playgroundFolder = ".build/playground";

export async function buildPlayground() {
  await step("playground", { inputs: ["www/playground", "www/pages.tsconfig.json", "dist", "package.json", "package-lock.json"], outputs: [playgroundFolder] }, async () => {
    await must("node_modules/.bin/tsc", ["-p", "www/playground"]);
    const { buildPlayground } = await import("../../www/playground/build.mjs");
    const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    await buildPlayground({
      out: join(root, playgroundFolder),
      entries: Object.fromEntries(["engine", "elements", "define"].map((name) => [`regulars/${name}`, join(root, exports[`./${name}`].default)])),
      wasm: join(root, exports["./studio.wasm"]),
      recipes: join(root, exports["./recipes.json"]),
    });
  });
}
