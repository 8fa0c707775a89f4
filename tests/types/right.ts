// Compiled, not run: what a shop writes.
import { start } from "regulars";
import { type Campaign, type Engine, load, type Package, type Period, type Rule, type Segment, type UncheckedPackage } from "regulars/engine";
import imported from "./imported.json";

const lastMonth: Period = { calendar: "month" };
const rules: Rule[] = [
  { events: { of: "conversion", modifier: "is_exactly", value: 1, period: { last: 90, unit: "day" } } },
  { events: { of: ["visit", "newsletter_signup"], measure: "active_days", modifier: "is_between", value: [2, "7"], period: { between: [0, 30], unit: "week" } } },
  { events: { of: "conversion", measure: "total_value", modifier: "is_one_of", value: [10, "20.50"], period: lastMonth, net: true } },
  { events: { of: "conversion", modifier: "is_unknown", period: { from: "2026-01-01" }, net: false } },
  { events: { of: "return", measure: "ratio", modifier: "is_at_least", value: 0.5, period: { to: "2026-03-31" } } },
  { events: { of: "conversion", modifier: "is_at_least", value: 1, only: "latest",
    where: { any: [{ field: "coupon", modifier: "is_known" }, { not: { field: "value", modifier: "is_less_than", value: "50" } }] },
    items: { all: [{ field: "brand", modifier: "is_none_of", value: ["Acme", "Bolt"], caseSensitive: true }, { field: "collection", modifier: "starts_with", value: "SS" }] } } },
  { profile: { field: "newsletter", modifier: "is_exactly", value: true } },
  { profile: { field: "birthday", measure: "days_until_anniversary", modifier: "is_at_most", value: 7 } },
  { context: { field: "device", modifier: "is_exactly", value: "mobile" } },
  { context: { near: [45.46, "9.19"], withinKm: 5 } },
  { sequence: { steps: [{ of: "item_view" }, { of: "cart_add", sameItem: true }, { of: "conversion", within: { last: 3, unit: "day" }, absent: true }], period: { last: 2, unit: "week" } } },
  { any: [{ segment: "loyal" }, { retention: ["red_alert", "none"] }] },
];
/** Rules are often made by programs. */
const brands: Rule = { any: ["Acme", "Bolt"].map((brand): Rule => ({ events: { of: "item_view", modifier: "is_at_least", value: 1, items: { field: "brand", modifier: "is_exactly", value: brand } } })) };
const segment: Segment = {
  id: "a", name: "A", rule: brands, keep: { last: 30, unit: "day" },
  examples: [{ visitor: { events: [{ type: "item_view", at: 0, items: [{ brand: "Acme" }] }] }, now: "2026-03-01T12:00:00Z", member: true }],
};
const campaign: Campaign = { id: "c", slot: "hero", when: { not: { segment: "a" } }, partial: "allow", coverage: 0.5, variants: [{ id: "v", weight: "2", content: { title: "Hello", tags: ["x"] } }] };
export const whole: Package = {
  $schema: "node_modules/regulars/dist/package.schema.json", regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR", rates: { USD: "0.92" }, weekStartsOn: "sunday",
  visitTimeoutMinutes: 30, keepDays: { page_view: 90 }, retention: [{ id: "loyal", conversions: [4, null], days: [0, 90] }],
  segments: [segment, ...rules.map((rule, index): Segment => ({ id: `s${index}`, rule }))], campaigns: [campaign],
};

/** Every way in which a package reaches the engine. */
export async function ways(engine: Engine, text: string, unchecked: UncheckedPackage, record: Record<string, unknown>): Promise<string[]> {
  const plans = [
    engine.plan(whole),
    engine.plan({ regulars: 1, timeZone: "UTC", currency: "EUR", retention: "seven" }, { strict: true }),
    engine.plan(imported),
    engine.plan(JSON.parse(text)),
    engine.plan(text),
    engine.plan(new Uint8Array()),
    engine.plan(unchecked),
    engine.plan(record),
  ];
  await start({ package: whole });
  await start({ package: imported, storage: "memory" });
  await start({ package: JSON.parse(text) });
  await start({ package: "/shop.json" });
  await start({ package: new URL("https://shop.example/shop.json") });
  const { conditions } = await (await load()).catalogue();
  const first: Rule | undefined = conditions[0]?.rule;
  return [...plans.flatMap(({ problems }) => problems.map(({ code }) => code)), JSON.stringify(first)];
}
