// `npm run screenshots`: takes a picture of every view of the built playground, into docs/pictures.
// The example has its own instant, so the same page gives the same pictures.
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { findBrowser, launchOptions } from "./lib/browser.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { playgroundFolder } from "./lib/playground.mjs";
import { root, say, stop } from "./lib/run.mjs";
import { serve } from "./lib/serve.mjs";

const folder = join(root, "docs/pictures");
const button = (page, name) => page.getByRole("button", { name, exact: true });

/** File → how the page is opened, what is done there, and what of it is taken: the screen, or one part. */
const pictures = {
  "playground": {},
  "playground-dark": { colorScheme: "dark" },
  "playground-narrow": { width: 390, height: 844 },
  "playground-dutch": { locale: "nl-NL" },
  "explanation": { part: ".why" },
  "failing-test": {
    part: ".why",
    async act(page) {
      await page.locator('regulars-editor [data-at="/all/0/events/value"]:not(.chip)').fill("3");
      await page.waitForSelector('.tests li[data-passes="false"]');
      await button(page, "Run all").click();
      await page.waitForSelector(".why-verdict");
    },
  },
  "segments-and-grid": { part: ".pair" },
  "campaigns": { part: ".campaigns" },
  "event": {
    async act(page) {
      await page.getByText("Every event as a list").click();
      await button(page, "Cart").click();
      await page.waitForSelector("#event-form");
    },
  },
  "comparison": {
    async act(page) {
      await page.locator("#segment").selectOption({ label: "€500 in a year" });
      await page.locator('regulars-editor [data-at="/events/value"]:not(.chip)').fill("600");
      await page.waitForTimeout(500);
      await button(page, "Compare with saved").click();
      await page.waitForSelector(".compared");
    },
  },
  "code": {
    async act(page) {
      await button(page, "Get the code").click();
      await page.waitForSelector("#code-script");
    },
  },
  "link": {
    async act(page) {
      await page.locator("#copy-link").click();
      await page.waitForFunction(() => document.querySelector("#share-link")?.value.includes("#v1."));
    },
  },
  "examples": {
    async act(page) {
      await page.locator("#all-examples").click();
      await page.waitForSelector(".gallery");
    },
  },
  "order-file": {
    part: ".orders",
    async act(page) {
      await button(page, "Try the sample file").click();
      await button(page, "Read the file").click();
      await page.waitForSelector(".audience tr[data-size]");
    },
  },
  "package-as-json": {
    async act(page) {
      await page.getByRole("tab", { name: /^Package/ }).click();
      await page.waitForSelector('#panel-package[data-editor="code"]');
    },
  },
};

checkNode();
if (!existsSync(join(root, playgroundFolder, "index.html"))) stop("The playground is not built: run npm run build.");
if (!findBrowser()) stop("A browser is missing: install Chromium or Chrome, or name one in the environment variable CHROMIUM.");
mkdirSync(folder, { recursive: true });

const { chromium } = await import("playwright-core");
const [browser, server] = await Promise.all([chromium.launch(launchOptions()), serve({ "/": join(root, playgroundFolder) })]);
try {
  for (const [name, { width = 1360, height: given = 900, colorScheme = "light", locale = "en-GB", part, act }] of Object.entries(pictures)) {
    // A part may be longer than the screen, and the head of the page would lie over it.
    const height = part ? 2400 : given;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale, timezoneId: "Europe/Amsterdam", reducedMotion: "reduce" });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForSelector(".answers[data-ready]");
    await page.mouse.move(5, 5);
    await page.mouse.move(9, 9);
    await page.waitForSelector("main[data-below]");
    await page.waitForTimeout(800);
    await act?.(page);
    // No focus ring, and everything in its place.
    await page.evaluate(() => document.activeElement?.blur());
    await page.waitForTimeout(400);
    const path = join(folder, `${name}.png`);
    await (part ? page.locator(part).first().screenshot({ path }) : page.screenshot({ path }));
    say(`${relative(root, path)}: ${statSync(path).size} bytes`);
    await context.close();
  }
} finally {
  await Promise.all([browser.close(), server.close()]);
}
