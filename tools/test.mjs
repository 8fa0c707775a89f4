// `npm test`: the build, a browser, then every test; goes on after a failure and sums up at the end.
// The work is in lib/; this file only makes sure that Node can read it.
import { checkNode } from "./lib/node-version.mjs";

checkNode();
import("./lib/test.mjs").then(({ test }) => test());
