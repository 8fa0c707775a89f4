// What a visitor downloads, counted: each file as it is, after gzip and after brotli, kept as text in tests/sizes.txt.
// tests/sizes.test.mjs holds the build to that text and to the budgets here.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { root } from "./run.mjs";

export const sizesFile = join(root, "tests/sizes.txt");

/** Bytes after brotli that a file may have at most. `studio.wasm` is to come down to 150 000. */
export const budgets = { "page.wasm": 20_000, "studio.wasm": 235_000, "elements.js": 30_000 };

/** A build on another machine may differ by this much from the committed text before somebody has to look. */
export const tolerance = 0.02;

const measured = [
  { name: "page.wasm", files: () => ["page.wasm"] },
  { name: "studio.wasm", files: () => ["studio.wasm"] },
  { name: "index.js", files: () => withChunks("index.js") },
  { name: "engine.js", files: () => withChunks("engine.js") },
  { name: "elements.js", files: () => withChunks("elements.js") },
  { name: "elements.js later", files: () => onDemand("elements.js") },
  { name: "regulars.script.js", files: () => ["regulars.script.js"] },
];

/** [{ name, raw, gzip, brotli }] of the built files; a JavaScript entry counts with the chunks it loads at once. */
export function measure() {
  return measured.map(({ name, files }) => {
    const contents = files().map((file) => readFileSync(join(root, "dist", file)));
    const total = (size) => contents.reduce((sum, content) => sum + size(content), 0);
    return {
      name,
      raw: total((content) => content.length),
      gzip: total((content) => gzipSync(content, { level: 9 }).length),
      brotli: total((content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length),
    };
  });
}

function withChunks(entry, found = new Set()) {
  if (found.has(entry)) return [];
  found.add(entry);
  const text = readFileSync(join(root, "dist", entry), "utf8");
  const chunks = [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)].map((match) => match[1]);
  return [entry, ...chunks.flatMap((chunk) => withChunks(chunk, found))];
}

/** What an entry loads when its elements are shown for the first time, without what those load when something is opened in them. */
function onDemand(entry) {
  const atOnce = withChunks(entry);
  const later = atOnce.flatMap((file) => [...readFileSync(join(root, "dist", file), "utf8").matchAll(/import\("\.\/([^"]+)"\)/g)].map((match) => match[1]));
  return [...new Set(later.flatMap((file) => withChunks(file)))].filter((file) => !atOnce.includes(file));
}

/** The sizes as the text that is committed. */
export function asText(sizes) {
  const number = (n) => (n === undefined ? "" : String(n).replace(/\B(?=(\d{3})+$)/g, " "));
  const row = (cells) => cells.map((cell, i) => (i === 0 ? cell.padEnd(20) : cell.padStart(10))).join("").trimEnd();
  return [
    "What a page downloads, in bytes. Written by `npm run sizes`; JavaScript entries with the chunks they load at once; “later” is what comes when an element is first shown.",
    "",
    row(["file", "raw", "gzip -9", "brotli 11", "budget"]),
    ...sizes.map(({ name, raw, gzip, brotli }) => row([name, number(raw), number(gzip), number(brotli), number(budgets[name])])),
    "",
  ].join("\n");
}

/** The committed text read back: [{ name, raw, gzip, brotli }]. */
export function fromText(text) {
  const rows = text.split("\n").slice(3).filter((line) => line !== "");
  return rows.map((line) => {
    const [name, raw, gzip, brotli] = line.split(/\s{2,}/);
    return { name, raw: Number(raw.replaceAll(" ", "")), gzip: Number(gzip.replaceAll(" ", "")), brotli: Number(brotli.replaceAll(" ", "")) };
  });
}

export async function sizes() {
  const { build } = await import("./build.mjs");
  await build();
  const text = asText(measure());
  writeFileSync(sizesFile, text);
  console.log(`\n${text}`);
}
