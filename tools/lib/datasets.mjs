// The data sets that tests read when the environment variable REGULARS_DATA names the folder they lie in.
// They are never copied into the clone; npm test says of each whether it was used.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const usedFile = join(root, ".build/data-sets-used.txt");

/** The data sets that some test can use. */
export const names = ["cdnow", "complete-journey", "online-retail"];

/** The folder of a data set, or undefined where it is not at hand: then the test skips itself. */
export function dataset(name) {
  const folder = process.env.REGULARS_DATA ? join(process.env.REGULARS_DATA, name) : undefined;
  if (!folder || !existsSync(folder)) return undefined;
  mkdirSync(join(root, ".build"), { recursive: true });
  appendFileSync(usedFile, `${name}\n`);
  return folder;
}

export function forgetUse() {
  rmSync(usedFile, { force: true });
}

/** One sentence for each data set: run or skipped, and why. */
export function report() {
  const used = existsSync(usedFile) ? readFileSync(usedFile, "utf8").split("\n") : [];
  return names.map((name) => {
    if (used.includes(name)) return `data set ${name}: run`;
    if (!process.env.REGULARS_DATA) return `data set ${name}: skipped, REGULARS_DATA names no folder`;
    if (!existsSync(join(process.env.REGULARS_DATA, name))) return `data set ${name}: skipped, not in the folder that REGULARS_DATA names`;
    return `data set ${name}: skipped, no test asked for it`;
  });
}
