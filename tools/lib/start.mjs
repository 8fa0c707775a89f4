// Builds, then serves the demo shop and the playground until it is stopped.
// The port is PORT, else 4173, else the next one that is free.
import { join } from "node:path";
import { build } from "./build.mjs";
import { playgroundFolder } from "./playground.mjs";
import { root, say } from "./run.mjs";
import { serve } from "./serve.mjs";
import { shopFolder } from "./shop.mjs";

export async function start() {
  await build();
  const { url } = await serveNear(Number(process.env.PORT || 4173));
  say(`the demo shop: ${url}`);
  say(`the playground: ${url}playground/`);
  say("Ctrl+C ends both");
}

async function serveNear(port, tries = 20) {
  try {
    return await serve({ "/": join(root, shopFolder), "/playground/": join(root, playgroundFolder) }, port);
  } catch (error) {
    if (error.code !== "EADDRINUSE" || tries === 0) throw error;
    return serveNear(port + 1, tries - 1);
  }
}
