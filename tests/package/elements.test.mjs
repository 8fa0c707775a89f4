// The elements of the packed package in plain HTML, React 19 and Vue, without a wrapper: rule in, rule out.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { launchOptions } from "../../tools/lib/browser.mjs";
import { serve } from "../../tools/lib/serve.mjs";
import { project, run } from "./project.mjs";

let folder, server, browser;
before(async () => {
  folder = await project("frameworks");
  await run(process.execPath, ["build.mjs"], { cwd: folder });
  server = await serve({ "/": join(folder, "out"), ...Object.fromEntries(["plain", "react", "vue"].map((name) => [`/${name}.html`, join(folder, `${name}.html`)])) });
  browser = await chromium.launch(launchOptions());
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const name of ["plain", "react", "vue"]) {
  test(`a rule goes into the editor and comes out changed, ${name}`, async () => {
    const page = await browser.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${server.url}${name}.html`);
    const value = page.getByRole("textbox", { name: "Waarde" });
    await value.click();
    assert.equal(await value.inputValue(), "2");
    await page.keyboard.press("End");
    await page.keyboard.type("50");
    await page.getByRole("button", { name: "Ongedaan maken: Aantal orders veranderen in 250" }).waitFor();
    assert.deepEqual(await page.evaluate(() => window.heard), { all: [{ events: { of: "conversion", modifier: "is_at_least", value: 250 } }] });
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => window.heard.all[0].events.value === 2);
    assert.deepEqual(complaints, []);
    await page.close();
  });
}
