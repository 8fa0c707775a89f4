// `node tools/screenshot.mjs`: takes the picture of README.md from the built demo shop, www/shop/screenshot.png.
// The clock of the page stands still at a chosen instant, so the same shop gives the same picture.
import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { findBrowser, launchOptions } from "./lib/browser.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { root, say, stop } from "./lib/run.mjs";
import { serve } from "./lib/serve.mjs";
import { shopFolder } from "./lib/shop.mjs";

const picture = join(root, "www/shop/screenshot.png");
const now = "2026-11-23T14:20:00+01:00";

checkNode();
if (!existsSync(join(root, shopFolder, "index.html"))) stop("The demo shop is not built: run npm run build.");
if (!findBrowser()) stop("A browser is missing: install Chromium or Chrome, or name one in the environment variable CHROMIUM.");

const { chromium } = await import("playwright-core");
const [browser, server] = await Promise.all([chromium.launch(launchOptions()), serve({ "/": join(root, shopFolder) })]);
try {
  await take(await browser.newPage({ viewport: { width: 1360, height: 850 }, colorScheme: "light", reducedMotion: "reduce", locale: "en-GB", timezoneId: "Europe/Amsterdam" }));
} finally {
  await Promise.all([browser.close(), server.close()]);
}
say(`${relative(root, picture)}: ${statSync(picture).size} bytes`);

/** A visitor who has just placed a first order, back on the front page. */
async function take(page) {
  await page.clock.setFixedTime(now);
  await page.goto(`${server.url}?product=ebb-sweater`);
  const button = (name) => page.getByRole("button", { name, exact: true });
  const link = (name) => page.getByRole("link", { name, exact: true });
  await button("Add to basket").click();
  await link("View basket").click();
  await link("To checkout").click();
  await button("Place order").click();
  await page.waitForSelector('.note[data-kept="stored"]');
  await link("Back to the front page").click();
  await page.waitForSelector('.banner[data-campaign="second-order"]');
  // No focus ring, and every image there.
  await page.evaluate(() => document.activeElement?.blur());
  await page.waitForFunction(() => [...document.querySelectorAll(".banner img")].every((image) => image.complete && image.naturalWidth > 0));
  await page.screenshot({ path: picture });
}
