/** The page's history with the small build, from stored bytes on: what `start` does once it has read the database, which Node has not. */
import { brainOf } from "../www/src/page/brain.js";
import { PAGE } from "../www/src/page/build.js";
import { buildOf } from "../www/src/glue.js";

/** A brain under a plan, from the bytes of the wasm file; and its memory in bytes. */
export function pageOf(wasm: BufferSource, plan: Uint8Array) {
  let memory: WebAssembly.Memory | undefined;
  const glue = { ...PAGE, initSync: (source: { module: WebAssembly.Module }) => {
    const exports = PAGE.initSync(source);
    ({ memory } = exports);
    return exports;
  } };
  const brain = brainOf(buildOf(glue, new WebAssembly.Module(wasm)), plan, (error) => {
    throw error;
  });
  if (typeof brain === "number") throw new Error(`the plan is refused with ${brain}`);
  return { brain, bytes: () => memory?.buffer.byteLength ?? 0 };
}
