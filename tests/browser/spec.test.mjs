// The cases of tests/spec in a browser: through the published engine, and through the page's build with plans that the
// engine compiled in the same page. Nothing is taken from the network but the files of the package.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { launchOptions } from "../../tools/lib/browser.mjs";
import { root } from "../../tools/lib/run.mjs";
import { serve } from "../../tools/lib/serve.mjs";
import { rawModule } from "../builds/bundle.mjs";
import { specFiles } from "../spec/files.mjs";

const folder = mkdtempSync(join(tmpdir(), "regulars-"));
let browser, server, page;

before(async () => {
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>The cases</title><link rel=icon href=data:,>");
  writeFileSync(join(folder, "raw.js"), await rawModule());
  copyFileSync(join(root, "tests/spec/runner.mjs"), join(folder, "runner.js"));
  server = await serve({ "/": folder, "/regulars/": join(root, "dist") });
  browser = await chromium.launch(launchOptions());
  page = await browser.newPage();
  await page.goto(server.url);
  await page.evaluate(async () => {
    const { compilingOnce, planRunner, publishedEngine, runFile } = await import("/runner.js");
    const { load } = await import("/regulars/engine.js");
    const { hold, loadPage } = await import("/raw.js");
    const engine = compilingOnce(await load());
    const small = loadPage(await (await fetch("/regulars/page.wasm")).arrayBuffer());
    const engines = { engine: publishedEngine(engine), page: planRunner(engine, (plan, visitor) => hold(small, plan, visitor)) };
    window.run = (which, topic) => runFile(engines[which], topic);
  });
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true });
});

for (const [name, topic] of specFiles()) {
  for (const which of ["engine", "page"]) {
    test(`${name} through the ${which}: ${topic.cases.length} cases`, async () => {
      assert.deepEqual(await page.evaluate(([which, topic]) => window.run(which, topic), [which, topic]), []);
    });
  }
}
