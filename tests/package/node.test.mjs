// The packed package in Node, as ES modules and from CommonJS, and its types for somebody who uses TypeScript.
// The project holds nothing but the tarball: whatever the package needs must be in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wanted } from "./page.mjs";
import { project, run } from "./project.mjs";

for (const file of ["esm.mjs", "cjs.cjs"]) {
  test(`Node, ${file}`, async () => {
    const folder = await project("node");
    const printed = await run(process.execPath, ["--unhandled-rejections=strict", file], { cwd: folder });
    const { problems, ...answer } = JSON.parse(printed);
    assert.deepEqual({ ...answer, problems: [] }, wanted);
    assert.deepEqual(problems.map(({ code }) => code), ["no_storage"], "Node has no IndexedDB, which is said, and nothing else");
  });
}

for (const config of ["bundler", "nodenext"]) {
  test(`TypeScript, ${config}`, async () => {
    const folder = await project("typescript");
    await run("node_modules/.bin/tsc", ["-p", `tsconfig.${config}.json`], { cwd: folder });
  });
}
