// Compiled, not run: what a user writes, and what must not compile.
import { start } from "regulars";
import { load, type Rule } from "regulars/engine";

const shop = await start({ plan: "/regulars.plan" });
await shop.track({ type: "conversion", id: "1001", at: Date.now(), value: "59.90", items: [{ id: "SKU1", brand: "Acme", price: 59.9 }] });
const member: boolean = shop.is("one-time-buyer");
const { campaign, holdsUntil } = shop.decide("hero");
const text: string = `${member} ${campaign ?? "none"} ${holdsUntil ?? 0}`;

const engine = await load();
const { plan, problems } = engine.plan({ regulars: 1, timeZone: "UTC", currency: "EUR" });
const sentences: string[] = problems.map((problem) => problem.message);
const visitor = plan?.visitor({ events: [{ type: "conversion", at: "2026-03-01T12:00:00Z" }] });
const until: number | null | undefined = visitor?.evaluate(Date.now()).holdsUntil;

// @ts-expect-error a package has a time zone
engine.plan({ regulars: 1, currency: "EUR" });
// @ts-expect-error a misspelt modifier
const rule: Rule = { events: { of: "conversion", modifier: "is_exacty", value: 1 } };
// @ts-expect-error an event has a type
await shop.track({ id: "1001" });
// @ts-expect-error a plan is an address or bytes
await start({ plan: 7 });
// @ts-expect-error now is a number
visitor?.evaluate("2026-03-01");

export { rule, text, sentences, until };
