// A step of the build is skipped when neither what it reads nor what it wrote has changed since it last ran.
// Both are told by their content; a copied or touched file is the same file.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, say } from "./run.mjs";

const passed = new Set(["node_modules", "target", ".git"]);

/** All files at or below `path` (relative to the clone), sorted. */
export function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full).filter((name) => !passed.has(name)).sort().flatMap((name) => filesBelow(join(path, name)));
}

function contentOf(paths, extra = []) {
  const hash = createHash("sha256");
  for (const text of extra) hash.update(`${text}\0`);
  for (const file of paths.flatMap(filesBelow)) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update("\0");
  return hash.digest("hex");
}

/** Whether the step `name` would be skipped. */
export function isFresh(name, { inputs, extra = [], outputs }) {
  const stamp = join(root, ".build/stamps", name);
  return outputs.every((path) => existsSync(join(root, path)))
    && existsSync(stamp)
    && readFileSync(stamp, "utf8") === `${contentOf(inputs, extra)} ${contentOf(outputs)}`;
}

/** Runs `work` unless the step is fresh; `extra` are texts that count as input, such as a version. */
export async function step(name, files, work) {
  if (isFresh(name, files)) return say(`${name}: unchanged`);
  say(`${name} …`);
  const stamp = join(root, ".build/stamps", name);
  rmSync(stamp, { force: true });
  const inputs = contentOf(files.inputs, files.extra);
  await work();
  mkdirSync(join(root, ".build/stamps"), { recursive: true });
  writeFileSync(stamp, `${inputs} ${contentOf(files.outputs)}`);
  say(`${name}: done`);
}
