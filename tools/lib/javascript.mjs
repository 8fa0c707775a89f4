// The published JavaScript: www/src and the wasm glue, bundled for browsers, for Node and for a plain script tag,
// all flat in dist/ beside the wasm files, so that "./page.wasm" is right from every one of them.
import { chmodSync, copyFileSync, existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeLicences } from "./licences.mjs";
import { strictLit } from "./lit.mjs";
import { writeRecipes } from "./recipes.mjs";
import { must, root, stop } from "./run.mjs";
import { filesBelow, step } from "./stamp.mjs";

const dist = join(root, "dist");

export async function buildJavaScript() {
  await step("JavaScript", {
    inputs: ["www/src", "www/elements", "www/package.schema.json", "www/recipes", "www/glue", "www/tsconfig.json", "tools/lib/javascript.mjs",
      "tools/lib/licences.mjs", "tools/lib/lit.mjs", "tools/lib/recipes.mjs",
      "package.json", "package-lock.json", "Cargo.lock", "dist/page.wasm"],
    outputs: ["dist"],
  }, async () => {
    for (const name of existsSync(dist) ? readdirSync(dist) : []) if (!name.endsWith(".wasm")) rmSync(join(dist, name), { recursive: true });
    await must("node_modules/.bin/tsc", ["-p", "www/tsconfig.json"]);
    await must("node_modules/.bin/tsc", ["-p", "www/elements"]);
    keepReachableTypes(["index.d.ts", "engine.d.ts", "elements/index.d.ts", "elements/define.d.ts"]);
    await bundle();
    copyFileSync(join(root, "www/package.schema.json"), join(dist, "package.schema.json"));
  });
}

async function bundle() {
  const esbuild = await import("esbuild");
  const common = { bundle: true, target: "es2022", minify: true, legalComments: "none", logLevel: "warning", absWorkingDir: root, metafile: true };
  const modules = { ...common, format: "esm", splitting: true, outdir: dist, chunkNames: "chunk-[hash]" };
  // Each entry for browsers is one file: a chunk shared by both would be another request before a page can begin.
  const browser = await esbuild.build({
    ...modules,
    splitting: false,
    entryPoints: { index: "www/src/index.ts", engine: "www/src/engine.ts", catalogue: "www/src/catalogue.ts" },
    plugins: [beside()],
  });
  const node = await esbuild.build({
    ...modules,
    platform: "node",
    entryPoints: { "index.node": "www/src/index.ts", "engine.node": "www/src/engine.ts", cli: "www/src/cli.ts" },
    plugins: [variants("node")],
  });
  // The JSON editor is a chunk of the elements, which comes when it is asked for.
  const elements = await esbuild.build({
    ...modules,
    entryPoints: { elements: "www/elements/index.ts", define: "www/elements/define.ts" },
    plugins: [beside(), strictLit(), oneSpace(esbuild)],
  });
  const script = await esbuild.build({
    ...common,
    format: "iife",
    globalName: "Regulars",
    entryPoints: { "regulars.script": "www/src/script.ts" },
    outdir: dist,
    plugins: [variants("script"), inlinedWasm()],
  });
  writeLicences([browser, node, elements, script].flatMap(({ metafile }) => Object.keys(metafile.inputs)));
  writeRecipes(join(dist, "recipes.json"));
  chmodSync(join(dist, "cli.js"), 0o755);
}

/** `load.ts` is for browsers; where `load.node.ts` or `load.script.ts` stands beside it, that build takes it instead. */
function variants(kind) {
  return {
    name: `variants-${kind}`,
    setup(build) {
      build.onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, importer }) => {
        const file = join(dirname(importer), path.replace(/\.js$/, `.${kind}.ts`));
        return existsSync(file) ? { path: file } : undefined;
      });
    },
  };
}

/** The engine is no part of the page's entry, nor the catalogue of the engine's, nor the elements of what defines them: the other file is loaded. */
function beside() {
  return {
    name: "beside",
    setup(build) {
      build.onResolve({ filter: /^\.\.\/engine\.js$/ }, () => ({ path: "./engine.js", external: true }));
      build.onResolve({ filter: /^\.\/index\.js$/ }, ({ importer }) => (importer.endsWith("define.ts") ? { path: "./elements.js", external: true } : undefined));
      build.onResolve({ filter: /^\.\/catalogue\.js$/ }, () => ({ path: "./catalogue.js", external: true }));
    },
  };
}

/** Blanks and comments in the styles and templates of the elements are for those who write them. */
function oneSpace(esbuild) {
  const style = async (text) => {
    if (text.includes("${")) return text;
    const { code } = await esbuild.transform(text, { loader: "css", minify: true, charset: "utf8" });
    // Blanks in the values of custom properties, which esbuild leaves alone.
    return code.trimEnd().replace(/--[\w-]+: [^;}]*/g, (declaration) => declaration.replace(/([:,]) /g, "$1"));
  };
  return {
    name: "one-space",
    setup(build) {
      build.onLoad({ filter: /www[\\/]elements[\\/].*\.ts$/ }, async ({ path }) => {
        const parts = readFileSync(path, "utf8").split(/\b(css`[^`]*`|(?:html|svg)`[^`]*`)/);
        const written = parts.map((part, index) => {
          if (index % 2 === 0) return part;
          return part.startsWith("css`") ? style(part.slice(4, -1)).then((text) => `css\`${text}\``) : part.replace(/\s*\n\s*/g, " ");
        });
        return { loader: "ts", contents: (await Promise.all(written)).join("") };
      });
    },
  };
}

/** `import bytes from "regulars:page.wasm"`: the file itself, inside the script. */
function inlinedWasm() {
  return {
    name: "inlined-wasm",
    setup(build) {
      build.onResolve({ filter: /^regulars:.*\.wasm$/ }, ({ path }) => ({ path: join(dist, path.slice("regulars:".length)), namespace: "inlined-wasm" }));
      build.onLoad({ filter: /.*/, namespace: "inlined-wasm" }, ({ path }) => ({ contents: readFileSync(path), loader: "binary" }));
    },
  };
}

/** Types of internal modules that no published type mentions are nobody's business. */
function keepReachableTypes(entries) {
  const folder = join(dist, "types");
  const reached = new Set();
  const follow = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, path] of readFileSync(join(folder, file), "utf8").matchAll(/(?:from|import\()\s*["'](\.[^"']+)\.js["']/g)) {
      const next = join(dirname(file), `${path}.d.ts`);
      if (!existsSync(join(folder, next))) stop(`The published types of ${file} mention ${path}, which is not published.`);
      follow(next);
    }
  };
  entries.forEach(follow);
  for (const file of filesBelow("dist/types")) if (!reached.has(file.slice("dist/types/".length))) rmSync(join(root, file));
}
