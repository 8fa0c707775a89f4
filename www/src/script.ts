/** For a plain script tag: the global `Regulars`, with the engine inside. */
export { start } from "./page/start.js";
