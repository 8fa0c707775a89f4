/** The page's entry: a visitor's history in the browser, and what follows from it. Importing it does nothing. */
export { start } from "./page/start.js";
export type { Change, ImportedOptions, Shop, StartOptions, Tracked } from "./page/options.js";
export type { Source } from "./load.js";
export type * from "./rules.js";
export type * from "./types.js";
