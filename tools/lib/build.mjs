// The whole build in order. Each step says whether it had anything to do.
// What comes out is dist/, the npm package's files, and the pages made from them: .build/shop, the demo shop, and .build/playground.
import { buildJavaScript } from "./javascript.mjs";
import { buildPlayground } from "./playground.mjs";
import { say } from "./run.mjs";
import { setup } from "./setup.mjs";
import { buildShop } from "./shop.mjs";
import { buildWasm } from "./wasm.mjs";

export async function build(options) {
  await setup(options);
  await buildWasm();
  await buildJavaScript();
  await buildShop();
  await buildPlayground();
  say("built");
}
