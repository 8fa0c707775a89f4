// The editor in a browser, used as people use it: by pointer, by finger and by keys alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { launchOptions } from "../../tools/lib/browser.mjs";
import { root } from "../../tools/lib/run.mjs";
import { cart, openEditor, orders, serveEditor, settle, staff, until, views, visitor } from "./editor-page.mjs";

let browser, server, context;
const opened = [];

before(async () => {
  server = await serveEditor();
  browser = await chromium.launch(launchOptions());
});
after(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  opened.length = 0;
  context = await browser.newContext({ viewport: { width: 1360, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
});
afterEach(async () => {
  await context.close();
  for (const { complaints } of opened) assert.deepEqual(complaints, []);
});
const open = async (options) => {
  const editor = await openEditor(context, server.url, options);
  opened.push(editor);
  return editor;
};

test("the sentence is the engine's; each phrase leads to its row, and the row marks its phrase", async () => {
  const { page, focused } = await open({ rule: { all: [orders, { any: [cart, staff] }] } });
  const said = await page.evaluate(() => window.engine.plan(JSON.stringify(window.editor.package)).plan.describe("fans").sentence);
  assert.equal((await page.locator("regulars-editor .words").innerText()).replace(/\s+/g, " "), said);
  const phrases = page.getByRole("button", { name: /the number of additions to the cart/ });
  await phrases.click();
  assert.equal(await focused(), "/all/1/any/0");
  assert.deepEqual(await page.evaluate(() => window.selections.at(-1)), { pointer: "/all/1/any/0" });
  await page.locator('regulars-editor [data-row="/all/0"] .chip').focus();
  await settle(page);
  assert.equal(await page.locator("regulars-editor .phrase[data-on]").getAttribute("data-phrase"), "/all/0");
  await page.locator('regulars-editor [data-phrase="/all/1/any/1"]').press("Enter");
  assert.equal(await focused(), "/all/1/any/1");
});

test("groups are All, Any or None; a plain not is shown as None of one and stays one", async () => {
  const { page, rule } = await open({ rule: { all: [orders, { not: cart }] } });
  const group = page.getByRole("group", { name: /^Row 2\. Group: none may be true/ });
  assert.equal(await group.locator("> .row").count(), 1);
  await group.getByRole("radio", { name: "Any" }).click();
  assert.deepEqual((await rule()).all[1], { any: [cart] });
  await page.getByRole("radiogroup", { name: "How the rows are combined" }).first().getByRole("radio", { name: "None" }).click();
  assert.deepEqual(await rule(), { not: { any: [orders, { any: [cart] }] } });
});

test("a row reads as a phrase: condition, modifier, value, period, and the products that count", async () => {
  const { row, field, rule, page } = await open({ rule: { all: [views] } });
  const first = row("/all/0");
  assert.equal(await first.locator("> .body > .line .chip").innerText(), "Products viewed");
  await field("/all/0/events/modifier").selectOption("is_exactly");
  await field("/all/0/events/value").fill("3");
  await field("/all/0/events/period").selectOption("last");
  await field("/all/0/events/period/last").fill("14");
  const box = page.getByRole("group", { name: "Count only products where all of these are true" });
  await box.getByRole("button", { name: "Product rule" }).click();
  await field("/all/0/events/items/all/2/value").fill("shoe");
  await box.getByRole("combobox", { name: "How the rows are combined" }).selectOption("any");
  assert.deepEqual(await rule(), {
    all: [{ events: { of: "item_view", modifier: "is_exactly", value: 3, period: { last: 14, unit: "day" }, items: { any: [...views.events.items.all, { field: "category", modifier: "contains", value: "shoe" }] } } }],
  });
  await row("/all/0/events/items/any/0").getByRole("button", { name: "Remove Nike" }).click();
  await row("/all/0/events/items/any/0").getByRole("textbox", { name: "Add a value" }).fill("Puma, Asics");
  await row("/all/0/events/items/any/0").getByRole("textbox", { name: "Add a value" }).press("Enter");
  assert.deepEqual((await rule()).all[0].events.items.any[0].value, ["Adidas", "Puma", "Asics"]);
});

test("exact lengths and calendar days stand side by side; measure, which events, returns and capitals are behind More", async () => {
  const { row, field, rule } = await open({ rule: { all: [orders] } });
  assert.deepEqual(await field("/all/0/events/period").locator("option").evaluateAll((options) => options.slice(1, 3).map(({ value }) => value)), ["last", "calendar"]);
  await field("/all/0/events/period").selectOption("calendar");
  await row("/all/0").getByRole("button", { name: "More about Number of orders" }).click();
  await field("/all/0/events/only").selectOption("latest");
  await row("/all/0").getByRole("checkbox", { name: "without what was returned" }).check();
  await field("/all/0/events/measure").selectOption("total_value");
  await row("/all/0").getByRole("checkbox", { name: "today included" }).check();
  assert.deepEqual(await rule(), { all: [{ events: { of: "conversion", modifier: "is_at_least", value: 2, period: { calendar: "day", count: 90, current: true }, only: "latest", net: true, measure: "total_value" } }] });
});

test("a sequence has steps; profile, place, cells, weekdays and segments have fields of their own", async () => {
  const near = { context: { near: [52.37, 4.89], withinKm: 5 } };
  const day = { context: { field: "weekday", modifier: "is_one_of", value: ["saturday"] } };
  const { page, row, field, rule } = await open({
    rule: { all: [{ sequence: { steps: [{ of: "item_view" }, { of: "cart_add" }] } }, near, day, { retention: ["loyal"] }, { profile: { field: "newsletter", modifier: "is_exactly", value: true } }, staff] },
  });
  await row("/all/0").getByRole("button", { name: "Step", exact: true }).click();
  await field("/all/0/sequence/steps/2/absent").check();
  await field("/all/0/sequence/steps/1/sameItem").check();
  await field("/all/0/sequence/steps/2/within/last").fill("3");
  await field("/all/1/context/withinKm").fill("7.5");
  await row("/all/2").getByRole("checkbox", { name: "Sunday" }).check({ force: true });
  await row("/all/3").getByRole("checkbox", { name: "Red alert" }).check({ force: true });
  await field("/all/4/profile/value").selectOption("false");
  assert.deepEqual((await rule()).all, [
    { sequence: { steps: [{ of: "item_view" }, { of: "cart_add", sameItem: true }, { of: "conversion", within: { last: 3, unit: "day" }, absent: true }] } },
    { context: { near: [52.37, 4.89], withinKm: 7.5 } }, { context: { field: "weekday", modifier: "is_one_of", value: ["saturday", "sunday"] } }, { retention: ["loyal", "red_alert"] },
    { profile: { field: "newsletter", modifier: "is_exactly", value: false } }, staff,
  ]);
  assert.match(await page.locator("regulars-editor .foot").innerText(), /Used in: Newsletter/);
});

test("a reference that would be a loop is refused, with the way round", async () => {
  const { field, rule, note } = await open({ rule: { all: [orders, staff] } });
  await field("/all/1/segment").selectOption("news");
  assert.deepEqual((await rule()).all[1], staff);
  assert.match(await note(), /That would be a loop: Sneaker fans → Newsletter → Sneaker fans\./);
});

test("the picker has the nine groups, help, and what the present visitor has; it is found by typing", async () => {
  const { page, rule, focused } = await open({ rule: { all: [orders] }, visitor });
  await page.getByRole("button", { name: "Condition", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Choose a condition" });
  await dialog.waitFor();
  assert.equal(await dialog.getByRole("group").count(), 9);
  const option = (name) => dialog.getByRole("option", { name });
  assert.match(await option(/^Total spent All/).innerText(), /All orders together\./);
  await until(page, () => window.editor.shadowRoot.querySelector("#found-total_value i") !== null);
  assert.match(await option(/^Total spent All/).innerText(), /This visitor: 90/);
  assert.match(await option(/^Bought brand/).innerText(), /This visitor: Nike/);
  const search = dialog.getByRole("combobox", { name: "Search conditions" });
  await search.fill("viewed brand");
  assert.equal(await search.getAttribute("aria-activedescendant"), "found-viewed_brand");
  await search.fill("device time");
  assert.equal(await search.getAttribute("aria-activedescendant"), "found-device");
  await search.press("ArrowDown");
  assert.equal(await search.getAttribute("aria-activedescendant"), "found-browser");
  await search.fill("day of the week");
  await search.press("Enter");
  await settle(page);
  assert.deepEqual((await rule()).all[1], { context: { field: "weekday", modifier: "is_one_of", value: ["saturday", "sunday"] } });
  await page.keyboard.press("/");
  assert.equal(await dialog.isVisible(), true);
  await page.keyboard.press("Escape");
  await settle(page);
  assert.equal(await dialog.count(), 0);
  assert.equal(await focused(), "Condition");
});

test("another condition in a row keeps what was typed", async () => {
  const { page, row, field, rule } = await open({ rule: { all: [orders] } });
  await field("/all/0/events/value").fill("7");
  await row("/all/0").getByRole("button", { name: "Change the condition Number of orders" }).click();
  await page.getByRole("combobox", { name: "Search conditions" }).fill("number of visits");
  await page.keyboard.press("Enter");
  await settle(page);
  assert.deepEqual(await rule(), { all: [{ events: { of: "visit", modifier: "is_at_least", value: 7, period: { last: 90, unit: "day" } } }] });
});

test("a recipe of the gallery becomes the rule, and undo brings back what was there", async () => {
  const { page, rule, step } = await open({ rule: { all: [orders] } });
  await page.getByRole("button", { name: "Start from a recipe" }).click();
  await page.getByRole("button", { name: /^Red alert, by brand/ }).click();
  await settle(page);
  const recipe = JSON.parse(readFileSync(join(root, "www/recipes/red-alert-brand.json"), "utf8"));
  assert.deepEqual(await rule(), recipe.segments[0].rule);
  assert.equal(await step("undo").getAttribute("aria-label"), "Undo: recipe Red alert, by brand");
  await step("undo").click();
  assert.deepEqual(await rule(), { all: [orders] });
});

test("rows, groups and the whole rule go through the clipboard as JSON text; what is no rule is refused with a reason", async () => {
  const { page, rule, grip, note, command, said } = await open({ rule: { all: [orders, { any: [cart, staff] }] } });
  await grip("/all/0").focus();
  await page.keyboard.press("Control+c");
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), orders);
  assert.match(await said(), /Number of orders copied\./);
  await grip("/all/1/any/1").focus();
  await page.keyboard.press("Control+v");
  await settle(page);
  assert.deepEqual((await rule()).all[1].any, [cart, staff, orders]);
  await command("/all/1", "cut");
  await until(page, () => window.editor.rule.all.length === 1);
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), { any: [cart, staff, orders] });
  await command("/all/0", "paste");
  await until(page, () => window.editor.rule.all.length === 2);
  await page.evaluate(() => navigator.clipboard.writeText('{"evnts": 1}'));
  const before = await rule();
  await grip("/all/0").focus();
  await page.keyboard.press("Control+v");
  await settle(page);
  assert.match(await note(), /What was pasted is not a rule\./);
  assert.deepEqual(await rule(), before);
  await page.getByRole("button", { name: "Actions for The whole rule" }).click();
  await page.getByRole("menuitem", { name: "Copy the whole rule" }).click();
  await until(page, async (text) => await navigator.clipboard.readText() === text, JSON.stringify(before, null, 2));
});

test("undo and redo name their steps, and typing in one field is one step", async () => {
  const { page, field, step, rule, changes } = await open({ rule: { all: [orders] } });
  await field("/all/0/events/value").click();
  await page.keyboard.press("End");
  await page.keyboard.type("50");
  await field("/all/0/events/period/last").fill("30");
  assert.equal(await step("undo").getAttribute("aria-label"), "Undo: change Number of orders to 30");
  await page.keyboard.press("Control+z");
  assert.equal((await rule()).all[0].events.period.last, 90);
  assert.equal(await step("undo").getAttribute("aria-label"), "Undo: change Number of orders to 250");
  await page.keyboard.press("Control+z");
  assert.deepEqual(await rule(), { all: [orders] });
  await page.keyboard.press("Control+Shift+z");
  await page.keyboard.press("Control+y");
  assert.deepEqual([(await rule()).all[0].events.value, (await rule()).all[0].events.period.last], [250, 30]);
  assert.equal((await changes()).at(-1).step, "Redone: change Number of orders to 30");
});

test("rows are duplicated, wrapped and unwrapped by the menu, which is worked by keys too", async () => {
  const { page, rule, command, focused } = await open({ rule: { all: [orders, cart] } });
  await command("/all/0", "duplicate");
  assert.deepEqual(await rule(), { all: [orders, orders, cart] });
  await command("/all/2", "wrap");
  assert.deepEqual((await rule()).all[2], { any: [cart] });
  await command("/all/2", "unwrap");
  assert.deepEqual(await rule(), { all: [orders, orders, cart] });
  await page.locator('regulars-editor [data-menu="/all/0"]').focus();
  await page.keyboard.press("Enter");
  await settle(page);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await settle(page);
  assert.deepEqual(await rule(), { all: [orders, cart] });
  await page.locator('regulars-editor [data-menu="/all/1"]').press("Enter");
  await settle(page);
  await page.keyboard.press("Escape");
  await settle(page);
  assert.equal(await focused(), "Actions for Put into the cart");
});

test("a row is lifted, moved and dropped by keys, and each step is said; Escape puts it back", async () => {
  const { page, rule, grip, said, focused, step } = await open({ rule: { all: [orders, { any: [cart] }] } });
  await grip("/all/0").focus();
  await page.keyboard.press("Space");
  assert.match(await said(), /Number of orders lifted\./);
  await page.keyboard.press("ArrowDown");
  await settle(page);
  assert.match(await said(), /Number of orders, now 1 of 2 in Group: any must be true\./);
  assert.equal(await focused(), "/all/0/any/0");
  await page.keyboard.press("Enter");
  await settle(page);
  assert.deepEqual(await rule(), { all: [{ any: [orders, cart] }] });
  assert.equal(await step("undo").getAttribute("aria-label"), "Undo: move Number of orders");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  await settle(page);
  await page.keyboard.press("Escape");
  await settle(page);
  assert.deepEqual(await rule(), { all: [{ any: [orders, cart] }] });
  assert.match(await said(), /Moving cancelled/);
});

for (const kind of ["mouse", "finger"]) {
  test(`a row is dragged with the ${kind}; a line shows where it will be`, async () => {
    const { page, rule, grip, row } = await open({ rule: { all: [orders, { any: [cart] }] } });
    const from = await grip("/all/0").boundingBox();
    const to = await row("/all/1/any/0").boundingBox();
    const points = [[from.x + 8, from.y + 10], [from.x + 20, from.y + 60], [to.x + 60, to.y + to.height - 4]];
    const [[x, y], ...path] = points;
    if (kind === "mouse") {
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (const [x, y] of path) await page.mouse.move(x, y, { steps: 4 });
    } else {
      const session = await context.newCDPSession(page);
      const touch = (type, at) => session.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [{ x: at[0], y: at[1] }] : [] });
      await touch("touchStart", [x, y]);
      for (const at of path) await touch("touchMove", at);
      page.lift = () => touch("touchEnd");
    }
    await settle(page);
    assert.equal(await page.locator("regulars-editor .drop").count(), 1);
    assert.equal(await page.locator('regulars-editor [data-group="/all/1"] > .drop').count(), 1);
    if (kind === "mouse") await page.mouse.up();
    else await page.lift();
    await settle(page);
    assert.deepEqual(await rule(), { all: [{ any: [cart, orders] }] });
  });
}

test("the engine's problems stand under their row, described to the field, with a button that mends them", async () => {
  const { page, row, field, rule, step } = await open({ rule: { all: [{ events: { of: "click", modifier: "is_at_least", value: 1, period: { last: 400, unit: "day" } } }] } });
  const warning = row("/all/0").locator(".problem.warning");
  assert.match(await warning.innerText(), /kept for 180 days, and this looks back 400/);
  const described = await field("/all/0/events/period").getAttribute("aria-describedby");
  assert.equal(await page.locator(`regulars-editor #${described}`).count(), 1);
  await row("/all/0").getByRole("button", { name: "Use 180 days" }).click();
  await settle(page);
  assert.equal((await rule()).all[0].events.period.last, 180);
  assert.equal(await warning.count(), 0);
  assert.equal(await step("undo").getAttribute("aria-label"), "Undo: mend Number of clicks");
});

test("what was typed stays as it was typed; a mistake in one row keeps nobody from another", async () => {
  const { page, row, field, rule } = await open({ rule: { all: [orders, cart] } });
  await field("/all/0/events/value").fill("many");
  await settle(page);
  assert.equal(await field("/all/0/events/value").getAttribute("aria-invalid"), "true");
  assert.match(await row("/all/0").locator(".problem.error").innerText(), /not a number/);
  assert.match(await page.locator("regulars-editor .words[data-stale]").innerText(), /at least 2/);
  await field("/all/1/events/value").fill("4");
  await field("/all/1/events/modifier").selectOption("is_known");
  await field("/all/1/events/modifier").selectOption("is_at_most");
  await settle(page);
  assert.equal(await field("/all/0/events/value").inputValue(), "many");
  assert.deepEqual((await rule()).all.map(({ events }) => [events.modifier, events.value]), [["is_at_least", "many"], ["is_at_most", 4]]);
  await field("/all/0/events/value").fill("0.");
  assert.equal(await field("/all/0/events/value").inputValue(), "0.");
});

test("rows and the whole carry numbers when there are some; answers that come late are dropped, and typing waits for none", async () => {
  const { page, row, field } = await open({ rule: { all: [orders, cart] }, visitor });
  await page.evaluate(() => {
    window.counts = ({ rows, package: { segments } }) => ({ all: 18_340, total: segments[0].rule.all[0].events.value * 100, rows: Object.fromEntries(rows.map((row, index) => [row, 1000 + index])) });
    window.editor.now++;
  });
  await settle(page);
  assert.match(await page.locator("regulars-editor .facts").innerText(), /200 of 18,340 visitors \(1\.1%\)/);
  assert.match(await row("/all/0").locator(".count").innerText(), /1,001/);
  assert.equal(await row("/all/0").locator(".verdict").getAttribute("data-yes"), "true");
  assert.match(await page.locator("regulars-editor [data-member]").innerText(), /This visitor is out/);
  await page.evaluate(() => {
    window.late = [];
    window.delay = () => new Promise((resolve) => window.late.push(resolve));
  });
  await field("/all/0/events/value").fill("3");
  await until(page, () => window.late.length === 1);
  await field("/all/0/events/value").fill("4");
  await field("/all/0/events/value").fill("5");
  assert.equal(await field("/all/0/events/value").inputValue(), "5");
  await page.evaluate(() => window.late[0]());
  await until(page, () => window.late.length === 2);
  assert.match(await page.locator("regulars-editor .facts").innerText(), /^200 /, "the answer about 3 came too late");
  await page.evaluate(() => window.late[1]());
  await settle(page);
  assert.match(await page.locator("regulars-editor .facts").innerText(), /^500 /, "4 was never asked about");
});

test("the JSON tab edits the rule, shows the engine's problems, and completes from the catalogue", async () => {
  const { page, rule } = await open({ rule: { all: [orders] } });
  await page.getByRole("radio", { name: "JSON" }).click();
  const code = page.getByRole("textbox", { name: "The rule as JSON" });
  await code.waitFor();
  const write = async (text) => {
    await code.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(text);
    await settle(page);
  };
  await write('{"all":[{"segment":"stafff"}]}');
  assert.deepEqual(await rule(), { all: [{ segment: "stafff" }] });
  await until(page, () => window.editor.shadowRoot.querySelector(".cm-lintRange-error")?.textContent === '"stafff"');
  await write("{ no rule");
  assert.deepEqual(await rule(), { all: [{ segment: "stafff" }] });
  await write('{"all":[{"events":{"of":"conversion","modifier":"is_at_l","value":1}}]}');
  await page.keyboard.press("Control+Home");
  for (let moved = 0; moved < 56; moved++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+Space");
  await page.locator("regulars-editor .cm-tooltip-autocomplete").waitFor();
  assert.match(await page.locator("regulars-editor .cm-tooltip-autocomplete").innerText(), /is_at_least/);
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Rules" }).click();
  await settle(page);
  assert.equal((await rule()).all[0].events.modifier, "is_at_l");
});

test("it speaks Dutch, by the property or by the page, and reads numbers as the Dutch type them", async () => {
  const { page, field, rule } = await open({ rule: { all: [{ events: { ...orders.events, measure: "total_value", value: 1.5 } }] }, language: "nl" });
  assert.match(await page.locator("regulars-editor .editor").innerText(), /In woorden[^]*Een bezoeker hoort bij het segment[^]*Totaal besteed/);
  assert.equal(await field("/all/0/events/value").inputValue(), "1,5");
  await field("/all/0/events/value").fill("12,75");
  assert.equal((await rule()).all[0].events.value, 12.75);
  await page.evaluate(() => { window.editor.language = null; document.documentElement.lang = "en"; });
  await settle(page);
  assert.match(await page.locator("regulars-editor .editor").innerText(), /In words/);
});

test("rule in, rule out: attributes, properties and plain events; a rule that comes back is no news", async () => {
  const { page, field, step, changes } = await open({ rule: { all: [orders] } });
  await page.evaluate(() => window.editor.addEventListener("change", ({ target, detail }) => { target.rule = structuredClone(detail.rule); }));
  await field("/all/0/events/value").fill("9");
  await settle(page);
  assert.equal(await step("undo").getAttribute("aria-disabled"), "false", "the host set what it was told, and undo is still there");
  assert.deepEqual(await changes(), [{ step: "change Number of orders to 9", pointer: "/all/0/events/value" }]);
  await page.evaluate(() => {
    const other = document.createElement("regulars-editor");
    other.setAttribute("rule", '{"segment":"staff"}');
    other.setAttribute("language", "nl");
    other.id = "other";
    other.engine = window.editor.engine;
    document.querySelector("main").append(other);
    return other.updateComplete;
  });
  assert.deepEqual(await page.evaluate(() => document.querySelector("#other").rule), { segment: "staff" });
  await until(page, () => /Lid van een segment/.test(document.querySelector("#other").shadowRoot.textContent));
});

test("a rule is built from nothing by keys alone", async () => {
  const { page, rule, focused } = await open();
  const type = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
    await settle(page);
  };
  const tabTo = async (wanted) => {
    for (let tries = 0; tries < 40 && await focused() !== wanted; tries++) await type("Tab");
    assert.equal(await focused(), wanted);
  };
  await page.locator("h1").click();
  await tabTo("Condition");
  await type("Enter");
  await page.keyboard.type("number of orders");
  await type("Enter");
  assert.equal(await focused(), "/all/0/events/value");
  await page.keyboard.type("2");
  await tabTo("/all/0/events/period");
  await type("ArrowDown");
  await tabTo("/all/0/events/period/last");
  await page.keyboard.type("1");
  await type("Control+a");
  await page.keyboard.type("60");
  await tabTo("Group");
  await type("Enter");
  await page.keyboard.type("viewed brand");
  await type("Enter");
  await page.keyboard.type("Nike");
  await settle(page);
  assert.deepEqual(await rule(), {
    all: [
      { events: { of: "conversion", modifier: "is_at_least", value: 2, period: { last: 60, unit: "day" } } },
      { any: [{ events: { of: "item_view", items: { field: "brand", modifier: "is_exactly", value: "Nike" }, modifier: "is_at_least", value: 1 } }] },
    ],
  });
  assert.match(await page.locator("regulars-editor .words").innerText(), /“Nike”/);
});

const everything = {
  all: [
    orders, views, { any: [cart, { events: { of: "click", where: { field: "campaign", modifier: "is_exactly", value: "autumn-sale" }, modifier: "is_at_least", value: 1, period: { last: 400, unit: "day" } } }] },
    { not: { any: [staff, { retention: ["red_alert"] }] } }, { events: { of: "conversion", modifier: "is_at_least", value: "many" } },
    { sequence: { steps: [{ of: "item_view" }, { of: "cart_add", within: { last: 1, unit: "day" }, sameItem: true }] } }, { context: { near: [52.37, 4.89], withinKm: 5 } },
  ],
};
for (const width of [1360, 390]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`axe finds nothing in the rows, the picker, the gallery, the menu and the JSON, ${colorScheme}, ${width} pixels wide`, async () => {
      await context.close();
      context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, hasTouch: width < 500, bypassCSP: true });
      const { page } = await open({ rule: everything, visitor });
      await page.addScriptTag({ path: join(root, "node_modules/axe-core/axe.min.js") });
      const findings = async () => (await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })))
        .violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(" ")}: ${failureSummary.split("\n").slice(1, 2)}`));
      const shows = async (what, show) => {
        await page.evaluate(show);
        await settle(page);
        assert.deepEqual(await findings(), [], what);
      };
      await shows("the rows", () => {});
      await shows("what is behind More, and a menu", () => window.editor.show({ more: new Set(["/all/0", "/all/1"]), menu: "/all/1" }));
      await shows("the picker", () => { window.editor.show({ menu: null }); window.editor.pick({ into: "", grouped: false }); });
      await shows("the gallery", () => { window.editor.shut(); return window.editor.openShelf(); });
      await shows("the JSON", async () => { window.editor.shut(); window.editor.view = "json"; while (!window.editor.shadowRoot.querySelector(".cm-content")) await new Promise((resolve) => setTimeout(resolve, 20)); });
      await shows("nothing at all", () => { window.editor.view = "rules"; window.editor.rule = { all: [] }; });
    });
  }
}

test("nothing hangs over the edge at 320 pixels, and what is pressed is large enough: 24 pixels, 44 for a finger", async () => {
  await context.close();
  context = await browser.newContext({ viewport: { width: 320, height: 700 }, hasTouch: true, isMobile: true });
  const { page } = await open({ rule: everything, visitor, language: "nl" });
  await page.evaluate(() => window.editor.show({ more: new Set(["/all/0", "/all/1"]) }));
  await settle(page);
  const wide = await page.evaluate(() => {
    const beyond = [...window.editor.shadowRoot.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !element.closest(".said"));
    return [document.documentElement.scrollWidth - innerWidth, beyond.map((element) => element.outerHTML.slice(0, 120))];
  });
  assert.deepEqual(wide, [0, []]);
  const small = await page.evaluate(() => [...window.editor.shadowRoot.querySelectorAll("button, input, select")].flatMap((element) => {
    const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
    return width > 0 && (width < 24 || height < 24) ? [`${Math.round(width)} × ${Math.round(height)} ${element.outerHTML.slice(0, 90)}`] : [];
  }));
  assert.deepEqual(small, []);
  const heights = await page.evaluate(() => [".field", ".chip", ".grip", ".bar .button"].map((selector) => window.editor.shadowRoot.querySelector(selector).getBoundingClientRect().height));
  assert.ok(heights.every((height) => height >= 44), String(heights));
});

