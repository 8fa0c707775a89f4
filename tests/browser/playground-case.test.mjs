// The playground in a browser: why, tests, events, segments, campaigns, comparison, links, code, lists.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, copyFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { inflateRawSync, deflateRawSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../../tools/lib/run.mjs";
import { serve } from "../../tools/lib/serve.mjs";
import { launch } from "./shop-page.mjs";
import { becomes, drop, exampleAndEngine, lookAround, nowOf, openPlayground, segmentsOf, serveBoth, sizesOf, write } from "./playground-page.mjs";

let browser;
let server;
let example;

before(async () => {
  [browser, server, example] = await Promise.all([launch(), serveBoth(), exampleAndEngine()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const open = (options) => openPlayground(browser, server.url, options);
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const kept = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("regulars.playground")));
const keptPackage = async (page) => JSON.parse((await kept(page))?.package ?? example.package);
const segmentIn = async (page, id) => (await keptPackage(page)).segments.find((segment) => segment.id === id);
const look = async (page, name) => {
  await page.locator("#segment").selectOption({ label: name });
  await becomes(async () => (await page.locator("#why-title").textContent()).includes(name), true);
};
const explained = (packageText, visitor, segment, now, context) => {
  const opened = example.engine.plan(packageText).plan.visitor(JSON.parse(visitor));
  const found = opened.explain(segment, now, context);
  opened.free();
  return found;
};

describe("the rules", () => {
  it("show which of All, Any and None is chosen, in the page's own colours", async () => {
    const { page, done } = await open();
    const shown = await page.locator("regulars-editor").evaluate((editor) => [...editor.shadowRoot.querySelectorAll(".choice input")].map((input) => [input.checked, getComputedStyle(input.nextElementSibling).backgroundColor]));
    const accent = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = "var(--accent)";
      return getComputedStyle(probe).color;
    });
    assert.ok(shown.some(([checked]) => checked));
    for (const [checked, colour] of shown) assert.equal(colour, checked ? accent : "rgba(0, 0, 0, 0)");
    await done();
  });
});

describe("the explanation", () => {
  it("says in a paragraph the state, what changes first, and when", async () => {
    const { page, done } = await open();
    assert.equal(await page.locator("#why-title").textContent(), "Why Mila is in A coat in mind");
    assert.equal(await page.locator(".why-text").textContent(), "All 4 parts are true. The first to change is Product views: Mila leaves on 24 Nov, 21:10, in 30 hours.");
    await look(page, "Win them back");
    assert.match(await page.locator(".why-text").textContent(), /^1 of 2 parts are true|^0 of 2 parts are true/);
    await done();
  });

  it("is a table of every part: needs, has, counted, left out and why, until when", async () => {
    const { page, done } = await open();
    const wanted = explained(example.package, example.visitor, "coat-in-mind", example.now);
    const flat = (part) => [part, ...(part.children ?? []).flatMap(flat)];
    const rows = await page.locator(".parts tbody tr").evaluateAll((found) => found.map((row) => [row.dataset.path, row.dataset.matched, row.querySelector("time")?.dateTime ?? null]));
    assert.deepEqual(rows, wanted.children.flatMap(flat).map(({ path, matched, holdsUntil }) => [path, String(matched), holdsUntil === null ? null : new Date(holdsUntil).toISOString()]));
    const cells = await page.locator('.parts tr[data-path="/segments/0/rule/all/1"]').evaluate((row) => [...row.cells].slice(1, 4).map((cell) => cell.textContent));
    assert.deepEqual(cells, ["at least 3 in 14 days, where category exactly Coats and price more than €150.00", "3", "10 Nov, 19 Nov, 21 Novleft out: 2 with other products"]);
    await done();
  });

  it("names the smallest change that keeps the visitor in, and the one that gets them in", async () => {
    const { page, done } = await open();
    assert.equal(await page.locator('[data-change="keeps"]').textContent(), "What keeps Mila in: one more product view (category Coats, price €150.0001 or more) by 24 Nov, 21:10.");
    await look(page, "Win them back");
    assert.equal(await page.locator('[data-change="flips"]').textContent(), "What gets Mila in: waiting until 2 Dec, 00:00.");
    await done();
  });

  it("leads from a part to its row in the rules", async () => {
    const { page, done } = await open();
    await page.getByRole("tab", { name: /^Package/ }).click();
    await page.locator('.parts tr[data-path="/segments/0/rule/all/1"] .part').click();
    assert.ok(await page.locator("#panel-rules").isVisible());
    await becomes(() => page.evaluate(() => document.activeElement?.localName), "regulars-editor");
    await done();
  });
});

describe("tests", () => {
  it("keep the present moment as an example of the segment, and run as `regulars check` runs them", async () => {
    const { page, done } = await open();
    await press(page, "Add this moment as a test");
    await becomes(() => page.locator(".tests li").evaluateAll((rows) => rows.map((row) => row.dataset.passes)), ["true", "true", "true", "true"]);
    await becomes(async () => (await kept(page)) !== null, true);
    const { examples } = await segmentIn(page, "coat-in-mind");
    assert.deepEqual(examples[3], { name: "Mila on Mon 23 Nov 2026, 14:20", visitor: JSON.parse(example.visitor), now: "2026-11-23T14:20:00+01:00", member: true });
    await done();
  });

  it("that fail open their own explanation", async () => {
    const { page, done } = await open();
    const text = example.package.replace('"modifier": "is_at_least", "value": 2,', '"modifier": "is_at_least", "value": 3,');
    await write(page, "Package", text);
    await becomes(() => page.locator(".tests li").evaluateAll((rows) => rows.map((row) => row.dataset.passes)), ["false", "true", "true"]);
    await press(page, "Run all");
    await page.getByRole("heading", { name: "Why the test “two orders, three coats looked at, a click” fails" }).waitFor();
    await page.getByText("1 of 3 tests of all segments fail.").waitFor();
    assert.equal(await page.locator(".why-verdict").textContent(), "The test expects a member, and this visitor is none.");
    assert.deepEqual(await page.locator('.parts tr[data-path="/segments/0/rule/all/0"]').evaluate((row) => [row.dataset.matched, row.cells[2].textContent]), ["false", "2"]);
    await press(page, "Back to the visitor");
    await page.getByRole("heading", { name: "Why Mila is in A coat in mind" }).waitFor();
    await page.getByRole("button", { name: /^That is right ?: two orders/ }).click();
    await becomes(() => page.locator("#tests-title + .pill").textContent(), "3 of 3 pass");
    await done();
  });

  it("can be looked at as the visitor they hold, and deleted; both can be undone", async () => {
    const { page, done } = await open();
    await page.getByRole("button", { name: /^Look at it ?: the same, three days later/ }).click();
    await becomes(() => nowOf(page), Date.parse("2026-11-26T20:00:00+01:00"));
    await becomes(() => page.locator("#visitor-state").textContent(), "not in A coat in mind");
    await press(page, "Undo");
    await becomes(() => page.locator("#visitor-title").textContent(), "Mila");
    await page.getByRole("button", { name: /^Delete ?: nobody yet/ }).click();
    await becomes(() => page.locator(".tests li").count(), 2);
    await press(page, "Undo");
    await becomes(() => page.locator(".tests li").count(), 3);
    await done();
  });
});

describe("events", () => {
  it("are added with a form, and count at once", async () => {
    const { page, done } = await open();
    await press(page, "Add an event");
    await page.locator(".dialog").getByLabel("What happened").selectOption({ label: "Order" });
    await page.locator(".dialog").getByLabel("When, Amsterdam time").fill("2026-11-22T10:00");
    await page.locator(".dialog").getByLabel("Its id").fill("2001");
    await page.locator(".dialog").getByLabel("Value").fill("249");
    await press(page, "Add a product");
    await page.locator(".dialog").getByLabel("Product", { exact: true }).fill("Dune coat");
    await page.locator(".dialog").getByLabel("Category").fill("Clothes > Coats");
    await press(page, "Add the event");
    await becomes(async () => JSON.parse((await kept(page))?.visitor ?? "{}").events?.at(-1), {
      type: "conversion", at: "2026-11-22T10:00:00+01:00", id: "2001", value: "249", items: [{ name: "Dune coat", category: ["Clothes", "Coats"] }],
    });
    await becomes(async () => (await segmentsOf(page))["cart-left-behind"][0], "out");
    await done();
  });

  it("are changed and deleted; what the form does not know stays", async () => {
    const { page, done } = await open();
    await page.getByText("Every event as a list").click();
    await page.getByRole("button", { name: "Cart", exact: true }).click();
    await page.locator(".dialog").getByLabel("When, Amsterdam time").fill("2026-11-10T20:05");
    await press(page, "Change the event");
    await becomes(async () => JSON.parse((await kept(page))?.visitor ?? "{}").events?.at(-1), { ...JSON.parse(example.visitor).events.at(-1), at: "2026-11-10T20:05:00+01:00" });
    await becomes(async () => (await segmentsOf(page))["cart-left-behind"][0], "out");
    await page.getByRole("button", { name: "Cart", exact: true }).click();
    await press(page, "Delete the event");
    await becomes(() => page.locator(".events .cart").count(), 0);
    await press(page, "Undo");
    await becomes(() => page.locator(".events .cart").count(), 1);
    await done();
  });
});

describe("segments", () => {
  it("are duplicated, renamed with whatever names them, and not deleted where they are used", async () => {
    const { page, done } = await open();
    await look(page, "Cart left behind");
    assert.match(await page.locator('.segments [data-segment="cart-left-behind"] .used-by').textContent(), /the segment Win them back and the campaign Your cart is waiting/);
    await press(page, "Delete");
    await page.getByText("This segment is used by the segment Win them back and the campaign Your cart is waiting: take it out of there first.").waitFor();
    await press(page, "Rename");
    await page.locator(".dialog").getByLabel("Name").fill("Cart forgotten");
    await page.locator(".dialog").getByLabel("Id", { exact: true }).fill("cart-forgotten");
    await page.locator(".dialog").getByRole("button", { name: "Rename", exact: true }).click();
    await becomes(async () => (await segmentIn(page, "win-back")).rule.all[1], { not: { segment: "cart-forgotten" } });
    assert.equal((await keptPackage(page)).campaigns[0].when.all[0].segment, "cart-forgotten");
    await becomes(async () => (await segmentsOf(page))["cart-forgotten"]?.[0], "in");
    await press(page, "Duplicate");
    await becomes(async () => (await segmentIn(page, "cart-forgotten-2"))?.name, "Cart forgotten, a copy");
    await press(page, "Delete");
    await becomes(async () => (await segmentIn(page, "cart-forgotten-2")) ?? null, null);
    await done();
  });

  it("are edited by the rule editor, and the answers follow", async () => {
    const { page, done } = await open();
    const value = page.locator('regulars-editor [data-at="/all/0/events/value"]:not(.chip)');
    await value.fill("9");
    await value.press("Tab");
    await becomes(async () => (await segmentIn(page, "coat-in-mind")).rule.all[0].events.value, 9);
    await becomes(async () => (await segmentsOf(page))["coat-in-mind"][0], "out");
    await done();
  });
});

describe("campaigns", () => {
  it("show what each slot shows this visitor, and why every other one lost", async () => {
    const { page, done } = await open();
    const reasons = () => page.locator('.slot[data-slot="hero"] .candidates li').evaluateAll((rows) => Object.fromEntries(rows.map((row) => [row.dataset.campaign, row.dataset.reason])));
    await becomes(reasons, { "cart-reminder": "when", "warm-coats": "shown", "new-in": "priority" });
    assert.match(await page.locator('.slot[data-slot="hero"] .preview').textContent(), /^That coat, this week/);
    await page.getByText("What the page knows: nothing yet").click();
    await press(page, "Add a fact");
    await page.locator(".context").getByLabel("Fact", { exact: true }).fill("device");
    await page.locator(".context").getByLabel("Value", { exact: true }).fill("mobile");
    await page.locator(".context").getByLabel("Value", { exact: true }).press("Tab");
    await becomes(reasons, { "cart-reminder": "shown", "warm-coats": "priority", "new-in": "priority" });
    await page.getByText("What the page knows: device mobile").waitFor();
    await done();
  });
});

describe("a comparison with the saved version", () => {
  const rows = (page) => page.locator(".compared tbody tr").evaluateAll((found) => found.map((row) => [row.dataset.segment, row.dataset.compared, row.cells[1].querySelector("b").textContent, row.cells[2].querySelector("b").textContent]));

  it("says who enters, who leaves, and what is proved; saving ends it", async () => {
    const { page, done } = await open();
    await press(page, "Compare with saved");
    await page.getByText("No segment has changed").waitFor();
    await press(page, "Close");
    await write(page, "Package", example.package.replace('"value": 500', '"value": 600'));
    await press(page, "Compare with saved");
    await becomes(() => rows(page), [["big-spender", "narrower", "0", "1"]]);
    assert.match(await page.locator(".compared tbody").textContent(), /Mila.*narrower: nobody can enter/);
    await press(page, "Save this version");
    await press(page, "Compare with saved");
    await page.getByText("No segment has changed").waitFor();
    await done();
  });

  it("asks the customers of an order file where one is open", async () => {
    const { page, done } = await open();
    await drop(page, "orders.csv", ["visitor_id,at,value\n", ...Array.from({ length: 20 }, (_, index) => `c${index},2026-11-01T10:00:00Z,${index * 50}\n`)]);
    await press(page, "Read the file");
    await becomes(async () => (await sizesOf(page))["big-spender"], 10);
    await write(page, "Package", example.package.replace('"value": 500', '"value": 400'));
    await becomes(async () => (await sizesOf(page))["big-spender"], 12);
    await press(page, "Compare with saved");
    await becomes(() => rows(page), [["big-spender", "wider", "2", "0"]]);
    assert.match(await page.locator(".compared tbody").textContent(), /c8 and c9/);
    await page.getByText("Asked of the 20 customers of the order file.").waitFor();
    await done();
  });
});

describe("a link", () => {
  const linkOf = async (page, visitors) => {
    await page.locator("#copy-link").click();
    if (visitors) await page.getByLabel("With the visitor").check();
    await becomes(async () => (await page.locator("#share-link").inputValue()).includes("#v1."), true);
    if (visitors) await page.waitForTimeout(200);
    const text = await page.locator("#share-link").inputValue();
    await press(page, "Close");
    return text;
  };
  const contents = (text) => JSON.parse(inflateRawSync(Buffer.from(text.slice(text.indexOf("#v1.") + 4), "base64url")));

  it("holds the whole case, and visitors only when that is ticked", async () => {
    const { page, done } = await open();
    const without = await linkOf(page, false);
    const { visitor, ...rest } = contents(without);
    assert.equal(visitor, undefined);
    assert.ok(!JSON.stringify(rest).includes("two orders, three coats"), "the visitors of tests are visitors");
    assert.deepEqual([rest.segment, rest.now], ["coat-in-mind", example.now]);
    const all = contents(await linkOf(page, true));
    assert.deepEqual(all.package, JSON.parse(example.package));
    assert.deepEqual(all.visitor, JSON.parse(example.visitor));
    await done();
  });

  it("opens the case, says so, leaves one's own as it is, and gives it back", async () => {
    const first = await open();
    await write(first.page, "Visitor", example.visitor.replace('"Mila"', '"Sent"'));
    await write(first.page, "Package", example.package.replace('"value": 500', '"value": 50000'));
    await becomes(async () => (await segmentsOf(first.page))["big-spender"][0], "out");
    const text = await linkOf(first.page, true);
    await first.done();

    const { page, done } = await open();
    await write(page, "Visitor", example.visitor.replace('"Mila"', '"Mine"'));
    await becomes(() => page.locator("#visitor-title").textContent(), "Mine");
    await becomes(async () => (await kept(page)) !== null, true);
    await page.goto("about:blank");
    await page.goto(`${server.url}playground/${text.slice(text.indexOf("#"))}`);
    await page.waitForSelector(".answers[data-ready]");
    await page.getByText("This case was opened from a link, with its visitor. Your own is still kept.").waitFor();
    assert.equal(await page.locator("#visitor-title").textContent(), "Sent");
    await lookAround(page);
    assert.equal((await segmentsOf(page))["big-spender"][0], "out");
    await press(page, "+30 days");
    await page.waitForTimeout(400);
    assert.match((await kept(page)).visitor, /"Mine"/);
    await page.reload();
    await page.waitForSelector(".answers[data-ready]");
    assert.equal(await page.getByLabel("Seen from").inputValue(), "2026-12-23T14:20", "what was changed since is not lost by a reload");
    await press(page, "Keep mine");
    await becomes(() => page.locator("#visitor-title").textContent(), "Mine");
    assert.equal(await page.evaluate(() => location.hash), "");
    await done();
  });

  it("that is hostile, damaged or too large is refused with the reason, and one's own case is shown", async () => {
    const cases = [["#v1.%3Cscript%3E", "damaged"], [`#v1.${deflateRawSync("x".repeat(6_000_000)).toString("base64url")}`, "too large"], ["#v9.abc", "not one of this playground"], [`#v1.${deflateRawSync("[1]").toString("base64url")}`, "no case"]];
    for (const [path, reason] of cases) {
      const { page, done } = await open({ path });
      await page.getByText(reason).waitFor();
      assert.equal(await page.locator("#visitor-title").textContent(), "Mila");
      await done();
    }
  });
});

describe("the code", () => {
  /** A page of a shop that uses what the playground gives: the plan, and a snippet. */
  async function run(kind) {
    const { page, done } = await open();
    await look(page, "€500 in a year");
    await press(page, "Get the code");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download-plan").click()]);
    if (kind === "npm") await page.getByRole("tab", { name: "npm" }).click();
    const code = await page.locator(`[data-snippet="${kind}"]`).textContent();
    const folder = mkdtempSync(join(tmpdir(), "playground-code-"));
    copyFileSync(await download.path(), join(folder, "regulars.plan"));
    await done();
    if (kind === "script") {
      copyFileSync(join(root, "dist/regulars.script.js"), join(folder, "regulars.script.js"));
      writeFileSync(join(folder, "index.html"), `<!doctype html><html lang="en"><title>Shop</title>${code}`);
    } else {
      await build({ stdin: { contents: `${code}\nwindow.shop = shop;`, resolveDir: root }, alias: { regulars: join(root, "dist/index.js") }, bundle: true, format: "esm", target: "es2022", outfile: join(folder, "main.js"), logLevel: "error" });
      copyFileSync(join(root, "dist/page.wasm"), join(folder, "page.wasm"));
      writeFileSync(join(folder, "index.html"), '<!doctype html><html lang="en"><title>Shop</title><script type="module" src="main.js"></script>');
    }
    const shop = await serve({ "/": folder });
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(shop.url);
    const member = () => tab.evaluate(() => document.documentElement.dataset.member ?? null);
    await becomes(member, "false");
    await tab.evaluate(() => window.shop.track({ type: "conversion", id: "1", value: "500" }).then(() => {}));
    await becomes(member, "true");
    await context.close();
    await shop.close();
    rmSync(folder, { recursive: true });
  }

  it("as a script tag works on a page as it is given", () => run("script"));
  it("for npm works in a bundle as it is given", () => run("npm"));

  it("for React is code that a bundler takes", async () => {
    const { page, done } = await open();
    await press(page, "Get the code");
    await page.getByRole("tab", { name: "React" }).click();
    const code = await page.locator('[data-snippet="react"]').textContent();
    const { outputFiles } = await build({ stdin: { contents: code, loader: "jsx", resolveDir: root }, bundle: true, format: "esm", write: false, external: ["react", "regulars", "react/jsx-runtime"], jsx: "automatic", logLevel: "error" });
    assert.match(outputFiles[0].text, /useSegment\("coat-in-mind"\)/);
    await done();
  });
});

describe("an ad list", () => {
  const sha = (text) => createHash("sha256").update(text).digest("hex");
  const file = ["visitor_id;order_id;at;value;Email\n", 'a;1;2026-11-01T10:00:00Z;600;" Ann.B+x@Example.COM "\n', "a;2;2026-11-02T10:00:00Z;10;\n", "b;3;2026-11-02T10:00:00Z;700;not an address\n", "c;4;2026-11-02T10:00:00Z;20;c@example.com\n", "d;5;2026-11-02T10:00:00Z;900;d@example.com\n"];
  const openList = async (page) => {
    await press(page, "Read the file");
    await becomes(async () => (await sizesOf(page))["big-spender"], 3);
    await page.getByRole("button", { name: "Ad list of €500 in a year" }).click();
  };

  for (const [kind, title, head] of [["google", "Google Ads, Customer Match", "Email"], ["meta", "Meta, customer list", "email"]]) {
    it(`for ${title} has the members' addresses, trimmed, in lower case and hashed, and no one else's`, async () => {
      const { page, done } = await open();
      await drop(page, "orders.csv", file);
      await openList(page);
      const [download] = await Promise.all([page.waitForEvent("download"), press(page, title)]);
      assert.equal(download.suggestedFilename(), `big-spender-${kind}-2026-11-23.csv`);
      assert.equal(await readFile(await download.path(), "utf8"), [head, ...[sha("ann.b+x@example.com"), sha("d@example.com")].sort(), ""].join("\r\n"));
      await page.getByText("2 addresses of 2 of 3 members. 1 cells are no address and were left out.").waitFor();
      await done();
    });
  }

  it("is refused where the file has no addresses", async () => {
    const { page, done } = await open();
    await drop(page, "orders.csv", file.map((line) => line.slice(0, line.lastIndexOf(";")) + "\n"));
    await openList(page);
    await page.getByText("This order file has no column with e-mail addresses").waitFor();
    assert.equal(await page.getByRole("button", { name: "Google Ads, Customer Match" }).count(), 0);
    await done();
  });
});

describe("examples", () => {
  it("are the published recipes, each opened with its own visitor, tests and moment; the case before can be had back", async () => {
    const { page, done } = await open();
    const all = JSON.parse(readFileSync(join(root, "dist/recipes.json"), "utf8"));
    await press(page, "All examples …");
    await becomes(() => page.locator(".gallery [data-recipe]").evaluateAll((items) => items.map((item) => item.dataset.recipe)), all.map(({ id }) => id));
    await page.locator('.gallery [data-recipe="cart-abandoned"]').click();
    const recipe = all.find(({ id }) => id === "cart-abandoned");
    await becomes(() => page.locator("#segment option").allTextContents(), recipe.package.segments.map(({ name }) => name));
    await becomes(() => page.locator("#tests-title + .pill").textContent(), `${recipe.package.segments[0].examples.length} of ${recipe.package.segments[0].examples.length} pass`);
    await becomes(() => page.locator("#visitor-state").textContent(), `in ${recipe.package.segments[0].name}`);
    await press(page, "Undo");
    await becomes(() => page.locator("#visitor-title").textContent(), "Mila");
    await done();
  });
});

describe("in Dutch", () => {
  it("the page, the editor and the sentences speak it to who prefers it, and English when that is chosen", async () => {
    const { page, done } = await open({ locale: "nl-NL" });
    assert.equal(await page.evaluate(() => document.documentElement.lang), "nl");
    assert.equal(await page.locator("#why-title").textContent(), "Waarom Mila in A coat in mind zit");
    assert.match(await page.locator(".why-text").textContent(), /^Alle 4 onderdelen zijn waar\. Het eerst verandert Producten bekeken: Mila gaat eruit op 24 nov/);
    assert.match(await page.locator("regulars-editor .words").innerText(), /Een bezoeker/);
    await page.locator("#language").selectOption("en");
    await page.waitForFunction(() => document.documentElement.lang === "en" && document.querySelector(".answers[data-ready]") !== null);
    assert.equal(await page.locator("#why-title").textContent(), "Why Mila is in A coat in mind");
    await done();
  });
});
