// The npm packages of the build, installed exactly as the lock file names them.
// They are installed again when the lock file changes, and only then.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, root, say } from "./run.mjs";

/** Whether the folder holds what its lock file names. */
export function packagesAreFresh(folder = ".") {
  const stamp = join(root, folder, "node_modules/.lock-stamp");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash(folder);
}

/** Installs a folder's packages when they are not what its lock file names. */
export async function installPackages(folder = ".") {
  if (packagesAreFresh(folder)) return;
  say(`npm packages${folder === "." ? "" : ` of ${folder}`} …`);
  // Nothing installed here needs a script of its own, so none may run.
  await must("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], { cwd: join(root, folder) });
  writeFileSync(join(root, folder, "node_modules/.lock-stamp"), lockHash(folder));
}

function lockHash(folder) {
  return createHash("sha256").update(readFileSync(join(root, folder, "package-lock.json"))).digest("hex");
}
