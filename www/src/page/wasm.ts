import type { Source } from "../load.js";

/** Where the page build lies. In the file for a plain script tag, `wasm.script.ts` stands in for this one. */
export const pageWasm = (): Source => new URL("./page.wasm", import.meta.url);
