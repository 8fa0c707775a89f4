// The cases of tests/spec, read from the folder.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/lib/run.mjs";

const folder = join(root, "tests/spec");

/** `[name, JSON]` of each file, by name. */
export const specFiles = () => readdirSync(folder).filter((name) => name.endsWith(".json")).sort()
  .map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8"))]);
