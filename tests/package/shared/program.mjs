// The same small program for every project: one order, asked of the page and of the engine.
// It answers { page, engine }: whether the visitor is a one-time buyer, before and after the order.
import { start } from "regulars";
import { load } from "regulars/engine";
import rules from "./rules.mjs";

export async function program({ plan, wasm = {} }) {
  const problems = [];
  const shop = await start({ plan, onProblem: (problem) => problems.push(problem), ...(wasm.page && { wasm: wasm.page }) });
  const before = shop.is("one-time-buyer");
  const order = { type: "conversion", id: "1001", at: Date.now(), value: "59.90" };
  await shop.track(order);
  const page = [before, shop.is("one-time-buyer")];

  const engine = await load(wasm.studio && { wasm: wasm.studio });
  const visitor = engine.plan(rules).plan.visitor({ events: [order] });
  const member = (now) => visitor.evaluate(now).segments["one-time-buyer"].member;
  const answer = { page, engine: [member(order.at - 1), member(order.at)], problems };
  visitor.free();
  return answer;
}
