// `node tools/fuzz.mjs TARGET [--minutes N] [--nightly]`: feeds a target of fuzz/ with what libFuzzer thinks up. See
// fuzz/README.md. The work is in lib/; this file only makes sure that Node can read it.
import { checkNode } from "./lib/node-version.mjs";

checkNode();
import("./lib/fuzz.mjs").then(({ fuzz }) => fuzz(process.argv.slice(2)));
