// Builds the playground from the published package: its engine and its elements, its studio.wasm and its recipes.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

// `entries`: published entry → the file that it resolves to; `wasm` and `recipes`: the package's files.
export async function buildPlayground({ out, entries, wasm, recipes }) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const common = { bundle: true, minify: true, charset: "utf8", target: "es2022", format: "esm", logLevel: "warning", outdir: out, metafile: true, alias: entries };
  const [page, worker] = await Promise.all([
    // Split, so that the editor is a file of its own, which comes after the first answers.
    build({ ...common, splitting: true, entryPoints: [join(here, "main.ts")] }),
    // So is the catalogue, which the worker loads when the editor asks for it.
    build({ ...common, splitting: true, entryPoints: [join(here, "worker.ts")] }),
    cp(join(here, "static"), out, { recursive: true }),
    cp(wasm, join(out, "studio.wasm")),
    cp(recipes, join(out, "recipes.json")),
  ]);
  await writeLicences(out, [page, worker].flatMap(({ metafile }) => Object.keys(metafile.inputs)));
}

// The authors of what is bundled ask for their licence to come along.
async function writeLicences(out, inputs) {
  const folders = new Set(inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.replaceAll("\\", "/"))?.[1]).filter(Boolean));
  const parts = await Promise.all([...folders].sort().map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const text = await readFile(join(folder, "LICENSE"), "utf8").catch(() => readFile(join(folder, "LICENSE.md"), "utf8"));
    return `${name} ${version}\n\n${text.trim()}\n`;
  }));
  await writeFile(join(out, "third-party.txt"), parts.join(`\n${"-".repeat(78)}\n\n`));
}
