// The demo shop, made from the built package as any user would: by its published entries, never by its source.
// What it is made of stands in www/shop.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { must, root } from "./run.mjs";
import { step } from "./stamp.mjs";

export const shopFolder = ".build/shop";

export async function buildShop() {
  await step("demo shop", { inputs: ["www/shop", "www/pages.tsconfig.json", "dist", "package.json", "package-lock.json"], outputs: [shopFolder] }, async () => {
    await must("node_modules/.bin/tsc", ["-p", "www/shop"]);
    const { buildShop } = await import("../../www/shop/build.mjs");
    const { exports, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    await buildShop({
      out: join(root, shopFolder),
      entry: join(root, exports["."].default),
      wasm: join(root, exports["./page.wasm"]),
      cli: join(root, bin.regulars),
    });
  });
}
