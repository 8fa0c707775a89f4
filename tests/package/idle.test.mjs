// Importing an entry does nothing: no global is touched, nothing runs, nothing is kept alive,
// and a bundle that imports without using is empty.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { project, run } from "./project.mjs";

const entries = (folder) => {
  const { exports } = JSON.parse(readFileSync(join(folder, "node_modules/regulars/package.json"), "utf8"));
  return Object.entries(exports).filter(([, files]) => typeof files === "object");
};

test("importing touches no global and keeps nothing running", async () => {
  const folder = await project("node");
  const files = entries(folder).flatMap(([, { node, default: browser }]) => [node, browser]).filter(Boolean);
  assert.ok(files.length >= 4);
  for (const file of files) {
    const printed = await run(process.execPath, ["--unhandled-rejections=strict", "watch.mjs", file], { cwd: folder });
    assert.deepEqual(JSON.parse(printed), { touched: [] }, file);
  }
});

test("a bundle that imports without using is empty", async () => {
  const folder = await project("node");
  for (const contents of ['import "regulars"', 'import { start } from "regulars"', 'import "regulars/engine"', 'import { load } from "regulars/engine"']) {
    const { outputFiles } = await build({ stdin: { contents, resolveDir: folder }, bundle: true, format: "esm", write: false, logLevel: "silent" });
    assert.deepEqual(outputFiles[0].text.split("\n").filter((line) => line !== "" && !line.startsWith("//")).slice(0, 3), [], contents);
  }
});
