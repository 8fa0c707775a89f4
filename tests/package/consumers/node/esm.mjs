import { readFile } from "node:fs/promises";
import { program } from "./program.mjs";

console.log(JSON.stringify(await program({ plan: await readFile("public/regulars.plan") })));
