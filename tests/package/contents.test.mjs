// What is in the tarball, and what the usual examiners of packages say of it.
// Nothing of the machine that built it may be inside.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pack, project, run } from "./project.mjs";

const clone = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

test("the tarball holds the licence, the readme and every file that package.json names", async () => {
  const { files } = await pack();
  for (const file of ["LICENSE", "README.md", "CHANGELOG.md", "package.json"]) assert.ok(files.includes(file), `${file} is missing`);
  const { exports, bin, types } = JSON.parse(readFileSync(join(clone, "package.json"), "utf8"));
  const named = JSON.stringify([exports, bin, types]).match(/(?:dist\/[^"]+|package\.json)/g);
  for (const file of named) assert.ok(files.includes(file), `${file} is named but missing`);
  const strangers = files.filter((file) => !/^(LICENSE|README\.md|CHANGELOG\.md|package\.json|dist\/[\w.-]+\.(js|wasm|txt)|dist\/(package\.schema|recipes)\.json|dist\/types\/[\w./-]+\.d\.ts)$/.test(file));
  assert.deepEqual(strangers, []);
});

test("no published file names a folder of this machine, or a module that is not inside", async () => {
  const folder = await project("checks");
  const { files } = await pack();
  for (const file of files) {
    const text = readFileSync(join(folder, "node_modules/regulars", file), "latin1");
    for (const path of [`${clone}/`, `${homedir()}/`, "/.cargo/", "/registry/src/"]) assert.ok(!text.includes(path), `${file} names ${path}`);
    if (!file.endsWith(".js")) continue;
    for (const [, wanted] of text.matchAll(/(?:(?<!")\bfrom|import\()\s*"([^"]+)"/g)) {
      assert.match(wanted, /^(\.\/|node:)/, `${file} imports ${wanted}`);
      if (wanted.startsWith("./")) assert.ok(existsSync(join(folder, "node_modules/regulars/dist", wanted)), `${file} imports ${wanted}, which is missing`);
    }
  }
});

test("publint has nothing to say", async () => {
  const folder = await project("checks");
  const printed = await run("node_modules/.bin/publint", ["run", "node_modules/regulars", "--strict", "--pack", "false"], { cwd: folder });
  assert.match(printed, /All good!/);
});

test("attw has nothing to say", async () => {
  const folder = await project("checks");
  const { file } = await pack();
  await run("node_modules/.bin/attw", [file, "--profile", "esm-only", "--exclude-entrypoints", "page.wasm", "studio.wasm", "package.schema.json", "recipes.json", "regulars.script.js"], { cwd: folder });
});
