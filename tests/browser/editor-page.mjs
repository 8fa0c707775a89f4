// What the editor's tests in a browser share: a page with an editor on it, and ways to its parts.
import { join } from "node:path";
import { root } from "../../tools/lib/run.mjs";
import { serve } from "../../tools/lib/serve.mjs";

export const NOW = Date.UTC(2026, 2, 1, 12);
const DAY = 86_400_000;

export const packageOf = (rule) => ({
  regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR", keepDays: 180,
  segments: [{ id: "fans", name: "Sneaker fans", rule }, { id: "staff", name: "Staff", rule: { profile: { field: "staff", modifier: "is_exactly", value: true } } }, { id: "news", name: "Newsletter", rule: { segment: "fans" } }],
  campaigns: [{ id: "autumn-sale", name: "Autumn sale", slot: "hero", variants: [{ id: "a", content: {} }] }],
});
export const visitor = {
  events: [
    { type: "conversion", id: "1", at: NOW - 40 * DAY, value: 60, items: [{ id: "S1", brand: "Nike", price: 60 }] },
    { type: "conversion", id: "2", at: NOW - 10 * DAY, value: 30 },
    { type: "item_view", at: NOW - 2 * DAY, items: [{ id: "S2", brand: "Nike", price: 90 }] },
  ],
};
export const orders = { events: { of: "conversion", modifier: "is_at_least", value: 2, period: { last: 90, unit: "day" } } };
export const views = { events: { of: "item_view", modifier: "is_at_least", value: 1, items: { all: [{ field: "brand", modifier: "is_one_of", value: ["Nike", "Adidas"] }, { field: "price", modifier: "is_greater_than", value: 80 }] } } };
export const cart = { events: { of: "cart_add", modifier: "is_at_least", value: 1, period: { last: 2, unit: "week" } } };
export const staff = { segment: "staff" };

export const serveEditor = () => serve({ "/": join(root, "tests/browser/editor"), "/regulars/": join(root, "dist") });

/** A page with an editor for `rule`; without one the editor is empty. */
export async function openEditor(context, url, { rule, language, visitor: who } = {}) {
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
  await page.goto(url);
  await until(page, () => window.ready === true);
  await page.evaluate(([rule, given, language, who, now]) => {
    const { editor } = window;
    editor.package = given;
    editor.segment = "fans";
    if (rule) editor.rule = rule;
    if (language) editor.language = language;
    editor.visitor = who ?? null;
    editor.now = now;
  }, [rule, packageOf(rule ?? { all: [] }), language, who, NOW]);
  await settle(page);
  const ui = parts(page);
  return { page, complaints, ...ui };
}

/** Until a function of the page says yes: the page's policy allows no other way of waiting for one. */
export async function until(page, condition, argument) {
  for (let tries = 0; tries < 250; tries++) {
    if (await page.evaluate(condition, argument)) return;
    await page.waitForTimeout(20);
  }
  throw new Error(`This did not come true: ${condition}`);
}

/** Until the editor has drawn itself, and the engine's answer to the rule that is shown. */
export async function settle(page) {
  await page.evaluate(async () => {
    for (let quiet = 0; quiet < 3;) {
      await window.editor.updateComplete;
      await new Promise((resolve) => setTimeout(resolve, 15));
      quiet = window.looking > 0 ? 0 : quiet + 1;
    }
  });
}

function parts(page) {
  return {
    rule: async () => JSON.parse(await page.evaluate(() => JSON.stringify(window.editor.rule))),
    row: (pointer) => page.locator(`regulars-editor [data-row="${pointer}"]`),
    field: (pointer) => page.locator(`regulars-editor [data-at="${pointer}"]:not(.chip)`),
    grip: (pointer) => page.locator(`regulars-editor [data-grip="${pointer}"]`),
    step: (name) => page.locator(`regulars-editor [data-step="${name}"]`),
    said: () => page.locator("regulars-editor p.said[aria-live]").innerText(),
    note: () => page.locator("regulars-editor #note").innerText(),
    changes: () => page.evaluate(() => window.changes.map(({ step, pointer }) => ({ step, pointer }))),
    focused: () => page.evaluate(() => {
      const { activeElement } = window.editor.shadowRoot;
      return activeElement?.dataset.at ?? activeElement?.dataset.grip ?? activeElement?.getAttribute("aria-label") ?? activeElement?.textContent?.trim() ?? null;
    }),
    command: async (pointer, name) => {
      await page.locator(`regulars-editor [data-menu="${pointer}"]`).click();
      await page.locator(`regulars-editor [data-command="${name}"]`).click();
      await settle(page);
    },
    settle: () => settle(page),
  };
}
