// The packed package in a browser: by script tag, as a plain module, through Vite, webpack and esbuild.
// Each project is fresh; each page counts one order and asks both builds about it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { after, test } from "node:test";
import { serve } from "../../tools/lib/serve.mjs";
import { answerOf, assertWorks } from "./page.mjs";
import { project, run } from "./project.mjs";

const closing = [];
after(() => Promise.all(closing.map((close) => close())));

async function served(folders) {
  const { url, close } = await serve(folders);
  closing.push(close);
  return url;
}

test("a plain script tag", async () => {
  const folder = await project("script");
  const script = join(folder, "node_modules/regulars/dist/regulars.script.js");
  const url = await served({ "/": folder, "/regulars.plan": join(folder, "public/regulars.plan"), "/regulars.script.js": script });
  const { answer, complaints, requests } = await answerOf(url);
  assert.deepEqual(answer, { page: [false, true] });
  assert.deepEqual(complaints, []);
  assert.deepEqual(requests.map((request) => new URL(request).pathname), ["/", "/regulars.script.js", "/regulars.plan"], "nothing else is fetched");
});

test("a plain module script", async () => {
  const folder = await project("module");
  await assertWorks(await served({ "/": folder, "/regulars.plan": join(folder, "public/regulars.plan"), "/regulars/": join(folder, "node_modules/regulars/dist") }));
});

for (const command of ["dev", "preview"]) {
  test(`Vite, ${command}`, async () => {
    const folder = await project("vite");
    const { url, close } = await serverOf(folder, ["serve.mjs", command]);
    closing.push(close);
    await assertWorks(url);
  });
}

test("webpack", async () => {
  const folder = await project("webpack");
  await run(process.execPath, ["build.mjs"], { cwd: folder });
  await assertWorks(await served({ "/": join(folder, "dist"), "/index.html": join(folder, "index.html"), "/regulars.plan": join(folder, "public/regulars.plan") }) + "index.html");
});

test("esbuild, the wasm files passed by their addresses", async () => {
  const folder = await project("esbuild");
  await run(process.execPath, ["build.mjs"], { cwd: folder });
  await assertWorks(await served({ "/": join(folder, "out"), "/index.html": join(folder, "index.html"), "/regulars.plan": join(folder, "public/regulars.plan") }) + "index.html");
});

/** A project's own server: the address is the first line it prints. */
async function serverOf(cwd, args) {
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const close = () => { child.kill(); return ended; };
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return { url: line, close };
  }
  throw new Error(`${args.join(" ")} ended without an address`);
}
