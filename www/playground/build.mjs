// Builds the playground from the published package: its engine entry and its studio.wasm.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));

// `engine`: the file that the bare import "regulars/engine" resolves to; `wasm`: the package's studio.wasm.
export async function buildPlayground({ out, engine, wasm }) {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const common = { bundle: true, minify: true, target: "es2022", format: "esm", logLevel: "warning", outdir: out, metafile: true, alias: { "regulars/engine": engine } };
  const [page, worker] = await Promise.all([
    // Split, so that the editor is a file of its own, which comes after the first answers.
    build({ ...common, splitting: true, entryPoints: [join(here, "main.ts")] }),
    build({ ...common, entryPoints: [join(here, "worker.ts")] }),
    cp(join(here, "static"), out, { recursive: true }),
    cp(wasm, join(out, "studio.wasm")),
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
