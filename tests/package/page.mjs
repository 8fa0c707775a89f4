// One page in Chromium, and everything it complained about.
// Used by every test here that ends in a browser.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { launchOptions } from "../../tools/lib/browser.mjs";

/** Opens `url` in a new browser profile, waits for the answer, gives { answer, complaints, requests, html }. */
export async function answerOf(url, { timeout = 60_000 } = {}) {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    const complaints = [];
    const requests = [];
    page.on("console", (message) => { if (["error", "warning"].includes(message.type())) complaints.push(message.text()); });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    // Browsers ask for this by themselves; no test page has one.
    await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
    const response = await page.goto(url);
    const html = await response.text();
    await page.waitForSelector("[data-answer]", { state: "attached", timeout }).catch((error) => {
      throw new Error(`${error.message}\n${complaints.join("\n")}`);
    });
    const answer = JSON.parse(await page.locator("[data-answer]").getAttribute("data-answer"));
    return { answer, complaints, requests, html };
  } finally {
    await browser.close();
  }
}

/** What the shared program answers when all is well. */
export const wanted = { page: [false, true], engine: [false, true], problems: [] };

export async function assertWorks(url) {
  const seen = await answerOf(url);
  assert.deepEqual(seen.answer, wanted);
  assert.deepEqual(seen.complaints, []);
  return seen;
}
