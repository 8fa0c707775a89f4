// The playground in a browser, as the tests of it use it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { load } from "../../dist/engine.node.js";
import { playgroundFolder } from "../../tools/lib/playground.mjs";
import { root } from "../../tools/lib/run.mjs";
import { serve } from "../../tools/lib/serve.mjs";
import { shopFolder } from "../../tools/lib/shop.mjs";

export const serveBoth = () => serve({ "/": join(root, shopFolder), "/playground/": join(root, playgroundFolder) });

/** The example that stands on the first screen, and the engine in Node to compare with. */
export async function exampleAndEngine() {
  const { outputFiles } = await build({ entryPoints: [join(root, "www/playground/example.ts")], write: false, format: "esm" });
  const { exampleNow } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  const [examplePackage, exampleVisitor] = ["package", "visitor"].map((name) => readFileSync(join(root, `www/playground/static/example-${name}.json`), "utf8"));
  const engine = await load();
  const { plan, problems } = engine.plan(examplePackage);
  assert.deepEqual(problems, []);
  return { package: examplePackage, visitor: exampleVisitor, now: exampleNow, engine, plan };
}

/** `done` fails if the page complained, or asked for anything that is not a file of its own. */
export async function openPlayground(browser, url, { width = 1360, height = 900, colorScheme = "light", path = "", still = false, locale = "en-GB" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce", acceptDownloads: true, locale });
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  const own = `${url}playground/`;
  const complaints = [];
  const requests = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  context.on("request", (request) => requests.push(request.url()));
  await page.goto(own + path);
  await page.waitForSelector(".answers[data-ready]");
  if (!still) await lookAround(page);
  return {
    page, context, requests, complaints,
    async done() {
      await context.close();
      assert.deepEqual(complaints, []);
      assert.deepEqual(requests.filter((address) => !address.startsWith(own) && !address.startsWith(`blob:${url}`)), [], "asked for what is not its own");
    },
  };
}

/** What stands below the first screen comes when somebody begins to use the page. */
export async function lookAround(page) {
  await page.mouse.move(5, 5);
  await page.mouse.move(9, 9);
  await page.waitForSelector("main[data-below]");
}

/** Replaces the text of a tab, as a paste does. */
export async function write(page, name, text) {
  await page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
  await page.waitForSelector(`#panel-${name.toLowerCase()}[data-editor="code"]`);
  const content = page.locator(`#panel-${name.toLowerCase()} .cm-content`);
  await content.focus();
  await page.keyboard.press("Control+a");
  await content.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
}

/** Drops a file on the page, away from the texts. */
export async function drop(page, name, parts) {
  await page.evaluate(([called, contents]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(contents.map((part) => (typeof part === "string" ? part : new Uint8Array(part))), called));
    for (const type of ["dragover", "drop"]) document.querySelector(".orders").dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, [name, parts]);
}

/** What the page says of each segment: { id: [state, instant or null] }. */
export const segmentsOf = (page) => page.locator(".segments tbody tr").evaluateAll((rows) => Object.fromEntries(rows.map((row) => {
  const time = row.querySelector("time");
  return [row.dataset.segment, [row.dataset.state, time ? Date.parse(time.dateTime) : null]];
})));

/** Where the visitor is in the grid, and then: [[cell, instant or "now"]]. */
export const staysOf = (page) => page.locator(".stays li[data-cell]").evaluateAll((items) => items.map((item) => {
  const time = item.querySelector("time");
  return [item.dataset.cell, time ? Date.parse(time.dateTime) : "now"];
}));

/** Waits until something holds, and says what it was instead. */
export async function becomes(find, wanted, message) {
  let found;
  for (let tries = 0; tries < 100; tries++) {
    found = await find();
    try {
      assert.deepEqual(found, wanted);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  assert.deepEqual(found, wanted, message);
}

export const sizesOf = (page) => page.locator(".audience tr[data-size]").evaluateAll((rows) => Object.fromEntries(rows.map((row) => [row.dataset.segment, Number(row.dataset.size)])));
export const totalsOf = (page) => page.locator(".totals [data-total] b").evaluateAll((found) => found.map((element) => Number(element.textContent.replaceAll(",", ""))));
export const nowOf = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("regulars.playground"))?.now ?? null);
