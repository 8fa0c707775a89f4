// The demo shop in a browser, as the tests of it use it.
import assert from "node:assert/strict";
import { join } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { launchOptions } from "../../tools/lib/browser.mjs";
import { root } from "../../tools/lib/run.mjs";
import { serve } from "../../tools/lib/serve.mjs";
import { shopFolder } from "../../tools/lib/shop.mjs";

export const dayLength = 86_400_000;
const quiet = ["--disable-gpu", "--disable-background-networking", "--no-first-run"];

export function launch() {
  const { executablePath, args } = launchOptions();
  return chromium.launch({ executablePath, args: [...args, ...quiet] });
}

export const serveShop = () => serve({ "/": join(root, shopFolder) });

/** A new visitor in a window of their own. `done` fails if the page complained or asked for what it may not have. */
export async function openShop(browser, url, { width = 1360, height = 900, colorScheme = "light", path = "" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  context.on("request", (request) => requests.push(request.url()));
  await page.goto(url + path);
  return {
    page, context, requests,
    async done() {
      await context.close();
      assert.deepEqual(complaints, []);
      assert.deepEqual(requests.filter((address) => !address.startsWith(url)), [], "asked another host");
      assert.deepEqual(requests.filter((address) => /studio|\.json|\.map\b/.test(address)), [], "asked for what only authors need");
    },
  };
}

export async function showsBanner(page, campaign) {
  await page.waitForSelector(".banner[data-campaign]");
  await page.waitForFunction((wanted) => document.querySelector(".banner").dataset.campaign === wanted, campaign, { timeout: 5_000 })
    .catch(async () => assert.equal(await page.locator(".banner").getAttribute("data-campaign"), campaign));
}

/** The banner, also after a reload; the line under it names the same instant both times. */
export async function staysBanner(page, campaign) {
  await showsBanner(page, campaign);
  const before = await holdsUntil(page);
  await page.reload();
  await showsBanner(page, campaign);
  assert.equal(await holdsUntil(page), before);
  return before;
}

/** The instant in the line under the banner; null where it says that nothing changes by itself. */
export async function holdsUntil(page) {
  const line = page.locator(".why");
  const text = await line.textContent();
  if (text.includes("Does not change by itself in the next 400 days.")) return null;
  assert.match(text, /Holds until \d/);
  return Date.parse(await line.locator("time").getAttribute("datetime"));
}

export const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** By the field of the time machine: a date and time in Amsterdam. */
export async function goTo(page, text) {
  await page.getByLabel("Date and time in Amsterdam").fill(text);
  await press(page, "Go");
}

export async function buy(page, product) {
  await page.locator(`main a[href="?product=${product}"]`).first().click();
  await press(page, "Add to basket");
  await page.getByRole("link", { name: "View basket" }).click();
  await page.getByRole("link", { name: "To checkout" }).click();
  await press(page, "Place order");
  await page.waitForSelector(".note[data-kept]");
  assert.equal(await page.locator(".note[data-kept]").getAttribute("data-kept"), "stored");
}

export async function backHome(page) {
  await page.getByRole("link", { name: "Back to the front page" }).click();
  await page.waitForSelector(".hero");
}

/** When the latest order was placed, by the shop's clock. */
export const lastOrderAt = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("veld-volt.orders")).at(-1).at);

/** What axe finds on the page, in short. */
export async function accessibilityFaults(page) {
  const violations = await page.evaluate(`${axe.source}; axe.run(document, { iframes: false }).then(({ violations }) => violations)`);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}
