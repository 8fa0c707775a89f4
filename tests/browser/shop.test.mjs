// The demo shop in a real browser: what a visitor sees as orders are placed and time goes by.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  accessibilityFaults, backHome, buy, dayLength, goTo, holdsUntil, lastOrderAt, launch, openShop, press, serveShop, showsBanner, staysBanner,
} from "./shop-page.mjs";

let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launch(), serveShop()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

describe("the banner", () => {
  it("follows a visitor from the first view to a red alert", async () => {
    const { page, done } = await openShop(browser, server.url);
    await goTo(page, "2026-11-23T14:20");
    assert.equal(await staysBanner(page, "newcomer"), null);

    await buy(page, "ebb-sweater");
    await page.reload();
    await page.waitForSelector(".note[data-kept]");
    await backHome(page);
    assert.equal(await staysBanner(page, "second-order"), (await lastOrderAt(page)) + 30 * dayLength);
    await page.locator(".mine summary").click();
    await page.getByText("1 order, the last one today.").waitFor();

    await press(page, "+61 days");
    assert.equal(await staysBanner(page, "sixty-days"), Date.parse("2027-02-22T00:00:00+01:00"));
    await press(page, "+30 days");
    assert.equal(await staysBanner(page, "sleeper"), null);

    for (const product of ["ebb-sweater", "runner-02", "lantern-lamp"]) {
      await buy(page, product);
      await backHome(page);
    }
    assert.equal(await staysBanner(page, "loyal"), (await lastOrderAt(page)) + 60 * dayLength);
    await press(page, "+91 days");
    assert.equal(await staysBanner(page, "red-alert"), null);

    await press(page, "Back to today");
    await press(page, "Start over");
    assert.equal(await staysBanner(page, "newcomer"), null);
    await done();
  });

  for (const [campaign, ...orders] of [
    ["new-season", "strand-shirt"],
    ["sound", "kist-speaker"],
    ["hundred-plus", "runner-02"],
    ["promising", "ebb-sweater", "lantern-lamp"],
  ]) {
    it(`is "${campaign}" after ${orders.join(" and ")}`, async () => {
      const { page, done } = await openShop(browser, server.url);
      for (const product of orders) {
        await buy(page, product);
        await backHome(page);
      }
      await staysBanner(page, campaign);
      assert.deepEqual(await accessibilityFaults(page), []);
      await done();
    });
  }

  it("changes exactly at the instant under it", async () => {
    const { page, done } = await openShop(browser, server.url);
    await goTo(page, "2026-11-23T14:20");
    await buy(page, "ebb-sweater");
    await backHome(page);
    await showsBanner(page, "second-order");
    const until = await holdsUntil(page);

    await press(page, "1 ms before it");
    await page.waitForTimeout(300);
    await showsBanner(page, "second-order");
    assert.equal(await holdsUntil(page), until);
    await page.reload();
    await showsBanner(page, "second-order");
    await press(page, "To the next change");
    await showsBanner(page, "one-time-buyer");
    assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem("veld-volt.clock")).stopped), until);
    await done();
  });

  it("changes by the package's timer alone", async () => {
    const { page, done } = await openShop(browser, server.url);
    await goTo(page, "2026-11-23T14:20");
    await buy(page, "ebb-sweater");
    await backHome(page);
    await showsBanner(page, "second-order");
    const until = await holdsUntil(page);
    await page.evaluate(() => {
      const banner = document.querySelector(".banner");
      const shift = () => JSON.parse(localStorage.getItem("veld-volt.clock")).shift;
      new MutationObserver(() => {
        window.changed ??= { at: Date.now() + shift(), to: banner.dataset.campaign };
      }).observe(banner, { attributeFilter: ["data-campaign"] });
    });

    await goTo(page, inAmsterdam(until - 1_500));
    await showsBanner(page, "second-order");
    await page.waitForFunction(() => window.changed, undefined, { timeout: 10_000 });
    const first = await page.evaluate(() => window.changed);
    assert.equal(first.to, "one-time-buyer");
    assert.ok(first.at >= until && first.at < until + 1_000, `changed ${first.at - until} ms after the instant`);

    await press(page, "1 ms before it");
    await page.waitForTimeout(200);
    await showsBanner(page, "one-time-buyer");
    await press(page, "Let time run");
    await showsBanner(page, "sixty-days");
    await done();
  });
});

describe("the page", () => {
  it("sells to the keyboard alone", async () => {
    const { page, done } = await openShop(browser, server.url);
    await showsBanner(page, "newcomer");
    const reach = async (name) => {
      for (let steps = 0; steps < 80; steps++) {
        await page.keyboard.press("Tab");
        const found = await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim());
        if (found.startsWith(name)) return;
      }
      assert.fail(`"${name}" cannot be reached`);
    };
    for (const name of ["Ebb sweater", "Add to basket", "View basket", "To checkout", "Place order"]) {
      await reach(name);
      await page.keyboard.press("Enter");
      await page.waitForTimeout(50);
    }
    await page.waitForSelector('.note[data-kept="stored"]');
    await reach("Back to the front page");
    await page.keyboard.press("Enter");
    await showsBanner(page, "second-order");
    await done();
  });

  it("changes a basket, and an order of the new amount counts", async () => {
    const { page, done } = await openShop(browser, server.url, { path: "?product=lantern-lamp" });
    await press(page, "Add to basket");
    await page.getByRole("link", { name: "Basket 1 piece" }).click();
    await page.getByLabel("Quantity of Lantern").selectOption("2");
    await page.getByRole("link", { name: "Basket 2 pieces" }).waitFor();
    await page.getByRole("link", { name: "To checkout" }).click();
    await press(page, "Place order");
    await backHome(page);
    await showsBanner(page, "hundred-plus");
    await done();
  });

  it("keeps its policy", async () => {
    const { page, done } = await openShop(browser, server.url);
    assert.equal(
      await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content"),
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'",
    );
    assert.equal(await page.evaluate(() => {
      try {
        document.createElement("p").innerHTML = "<b>no</b>";
        return "allowed";
      } catch {
        return "refused";
      }
    }), "refused");
    await page.context().close();
    await assert.rejects(done(), /TrustedHTML|assignment/, "the refusal above is the only complaint");
  });

  for (const width of [1360, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      it(`has nothing for axe to find, ${colorScheme}, ${width} px`, async () => {
        const { page, done } = await openShop(browser, server.url, { width, height: 800, colorScheme });
        const check = async (where) => assert.deepEqual(await accessibilityFaults(page), [], where);
        await showsBanner(page, "newcomer");
        if (width < 900) await press(page, "Show the time machine's controls");
        await page.locator(".mine summary").click();
        await check("newcomer");
        await page.goto(`${server.url}?category=last-season`);
        await check("department");
        await page.goto(`${server.url}?product=flood-raincoat`);
        await press(page, "Add to basket");
        await check("product");
        await page.goto(`${server.url}?page=basket`);
        await check("basket");
        await page.goto(`${server.url}?page=checkout`);
        await check("checkout");
        await press(page, "Place order");
        await page.waitForSelector(".note[data-kept]");
        await check("thank-you");
        await backHome(page);
        await showsBanner(page, "new-season");
        await check("new-season");
        for (const [days, banner] of [["+30 days", "one-time-buyer"], ["+30 days", "sixty-days"], ["+61 days", "sleeper"]]) {
          await press(page, days);
          await showsBanner(page, banner);
          await check(banner);
        }
        await done();
      });
    }
  }

  it("fits every width without scrolling sideways", async () => {
    for (const width of [320, 390, 600, 768, 1000, 1360]) {
      const { page, done } = await openShop(browser, server.url, { width, height: 800 });
      const check = async (where) => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(over, 0, `${where} at ${width} px`);
      };
      await showsBanner(page, "newcomer");
      if (width < 900) await press(page, "Show the time machine's controls");
      await page.locator(".mine summary").click();
      await check("home");
      for (const path of ["?category=audio", "?product=runner-02"]) {
        await page.goto(server.url + path);
        await check(path);
      }
      await press(page, "Add to basket");
      for (const path of ["?page=basket", "?page=checkout"]) {
        await page.goto(server.url + path);
        await check(path);
      }
      await press(page, "Place order");
      await check("thank-you");
      await done();
    }
  });

  it("works offline after the first load, without the HTTP cache", async () => {
    const own = await serveShop();
    const { page, context, done } = await openShop(browser, own.url);
    const session = await context.newCDPSession(page);
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    await showsBanner(page, "newcomer");
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await own.close();

    await page.reload();
    await showsBanner(page, "newcomer");
    await page.goto(`${own.url}?category=clothes`);
    await buy(page, "ebb-sweater");
    await page.goto(own.url);
    await showsBanner(page, "second-order");
    const broken = await page.locator("img").evaluateAll((images) => images.filter((image) => image.complete && image.naturalWidth === 0).length);
    assert.equal(broken, 0);
    await done();
  });
});

function inAmsterdam(instant) {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam", dateStyle: "short", timeStyle: "medium" }).format(instant);
  return `${text.replace(" ", "T")}.${String(instant % 1000).padStart(3, "0")}`;
}
