// Rows of the table about bytes: what is downloaded, what an order takes when stored, and what memory a page with a long history takes.
import { fifty } from "./fifty.mjs";
import { measure } from "../tools/lib/sizes.mjs";
import { pageWasm } from "./subject.mjs";
import { orders } from "./visitors.mjs";

export const downloads = () => Object.fromEntries(measure().map(({ name, brotli }) => [name, brotli]));

/** Of so many orders of three lines each: stored bytes an order, and the wasm memory that a page has beyond them after its first answer. */
export async function held(engine, pageOf, count) {
  const events = orders(4 * count, 2).map((order) => ({ ...order, items: order.items.slice(0, 3) })).filter(({ items }) => items.length === 3).slice(0, count);
  const { plan } = engine.plan(fifty(events), { strict: true });
  const visitor = plan.visitor({ events });
  const snapshot = visitor.snapshot();
  visitor.free();
  const { brain, bytes } = pageOf(pageWasm(), plan.bytes);
  brain.begin(snapshot);
  brain.evaluate(events.at(-1).at);
  return { orders: events.length, stored: snapshot.length / events.length, memory: bytes() - snapshot.length, json: JSON.stringify(events).length / events.length };
}
