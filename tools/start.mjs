// `npm start`: builds what is not built yet, then serves the demo shop and the playground and prints their addresses.
// The work is in lib/; this file only makes sure that Node can read it.
import { checkNode } from "./lib/node-version.mjs";

checkNode();
import("./lib/start.mjs").then(({ start }) => start());
