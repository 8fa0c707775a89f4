// `npm run sizes`: measures what visitors download, prints it and rewrites tests/sizes.txt.
// The work is in lib/; this file only makes sure that Node can read it.
import { checkNode } from "./lib/node-version.mjs";

checkNode();
import("./lib/sizes.mjs").then(({ sizes }) => sizes());
