// A project of somebody who uses the package: a folder outside the clone with the packed tarball installed in it.
// What else a project needs (a bundler) is kept between runs while its lock file stays the same; the tarball never is.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));
const consumers = fileURLToPath(new URL("consumers", import.meta.url));
const shared = fileURLToPath(new URL("shared", import.meta.url));
const base = join(tmpdir(), `regulars-consumers-${createHash("sha256").update(root).digest("hex").slice(0, 8)}`);
const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];

/** Runs a program and gives what it printed; rejects with that when it fails. */
export async function run(program, args, { cwd = root, env = {} } = {}) {
  try {
    const { stdout } = await promisify(execFile)(program, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
    return stdout;
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")} failed (${error.code})\n${error.stdout}\n${error.stderr}`);
  }
}

let packing;

/** Packs the built package once: { file, files }, the tarball and the paths in it. */
export function pack() {
  return (packing ??= packNow());
}

async function packNow() {
  mkdirSync(base, { recursive: true });
  const folder = join(base, `tarball-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const printed = JSON.parse(await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, "--loglevel=error"]));
  const [packed] = Array.isArray(printed) ? printed : Object.values(printed);
  return { file: join(folder, packed.filename), files: packed.files.map(({ path }) => path) };
}

/** The project `name` with its sources as they are in consumers/ and shared/, its packages, the tarball and a plan. */
export async function project(name) {
  const folder = join(base, name);
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) if (entry !== "node_modules") rmSync(join(folder, entry), { recursive: true });
  cpSync(shared, folder, { recursive: true });
  cpSync(join(consumers, name), folder, { recursive: true });
  await installLocked(folder);
  await installTarball(folder);
  const { default: rules } = await import("./shared/rules.mjs");
  writeFileSync(join(folder, "shop.json"), JSON.stringify(rules));
  mkdirSync(join(folder, "public"), { recursive: true });
  await run("node_modules/.bin/regulars", ["build", "shop.json", "--out", "public/regulars.plan"], { cwd: folder });
  return folder;
}

async function installLocked(folder) {
  const lock = join(folder, "package-lock.json");
  const modules = join(folder, "node_modules");
  if (!existsSync(lock)) return rmSync(modules, { recursive: true, force: true });
  const wanted = createHash("sha256").update(readFileSync(lock)).digest("hex");
  const stamp = join(modules, ".lock-stamp");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await run("npm", ["ci", ...flags], { cwd: folder });
  writeFileSync(stamp, wanted);
}

async function installTarball(folder) {
  const { file } = await pack();
  rmSync(join(folder, "node_modules/regulars"), { recursive: true, force: true });
  await run("npm", ["install", "--no-save", ...flags, file], { cwd: folder });
}
