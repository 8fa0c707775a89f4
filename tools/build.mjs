// `npm run build`: everything that `npm start` does, without serving; also run before the package is packed.
// The work is in lib/; this file only makes sure that Node can read it.
import { checkNode } from "./lib/node-version.mjs";

checkNode();
import("./lib/build.mjs").then(({ build }) => build());
