// `npm run recipes`: writes docs/recipes.md, the gallery, from the recipes in www/recipes.
// The work is in lib/; this file only makes sure that Node can read it.
import { checkNode } from "./lib/node-version.mjs";

checkNode();
import("./lib/recipes.mjs").then(({ writePage }) => writePage());
