// Builds the demo shop from the published package: its page entry, its page.wasm, and a plan made by its command line.

import { execFile } from "node:child_process";
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

// `entry`: the file that the bare import "regulars" resolves to; `wasm`: the package's page.wasm; `cli`: its command line.
export async function buildShop({ out, entry, wasm, cli }) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const common = { bundle: true, minify: true, target: "es2022", logLevel: "warning", outdir: out };
  const [pages] = await Promise.all([
    // Split, so that what the package loads for development alone stays in files that this shop never asks for.
    build({ ...common, entryPoints: [join(here, "main.ts"), join(here, "offline.ts")], format: "esm", splitting: true, metafile: true, alias: { regulars: entry } }),
    cp(join(here, "static"), out, { recursive: true }),
    cp(wasm, join(out, "page.wasm")),
    promisify(execFile)(process.execPath, [cli, "build", join(here, "segments.json"), "--out", join(out, "regulars.plan")]),
  ]);
  await rm(join(out, "regulars.plan.map"), { force: true });
  const files = [...loadedAtOnce(pages.metafile), ...(await filesBelow(join(here, "static"))), "page.wasm", "regulars.plan"];
  await build({ ...common, entryPoints: [join(here, "sw.js")], format: "iife", define: { FILES: JSON.stringify(files) } });
}

// The entries and what they import statically.
function loadedAtOnce({ outputs }) {
  const found = new Set();
  const follow = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind === "import-statement") follow(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (/(main|offline)\.ts$/.test(entryPoint ?? "")) follow(path);
  return [...found].map((path) => basename(path));
}

async function filesBelow(folder, before = "") {
  const entries = await readdir(join(folder, before), { withFileTypes: true });
  const lists = await Promise.all(entries.map((entry) => {
    const path = before + entry.name;
    return entry.isDirectory() ? filesBelow(folder, `${path}/`) : [path];
  }));
  return lists.flat().filter((path) => path !== "index.html");
}
