/** The engine at work, beside the page: typing never waits for it. */
import { load } from "regulars/engine";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { cases } from "./worker/case.ts";
import { compare } from "./worker/compare.ts";
import { hashedList } from "./worker/lists.ts";
import { looks } from "./worker/look.ts";
import { orders } from "./worker/orders.ts";
import { runAll, whyOf } from "./worker/tests.ts";

const cancelled = new Set<number>();
const say = (message: FromWorker): void => self.postMessage(message);

const ready = load({ wasm: new URL("./studio.wasm", import.meta.url) }).then((engine) => {
  const read = orders(engine);
  return { engine, cases: cases(engine), orders: read, looks: looks(engine, read) };
});

async function answered(message: Exclude<ToWorker, { cancel: number }>): Promise<Extract<FromWorker, { answer: unknown }>["answer"]> {
  const { engine, cases, orders, looks } = await ready;
  const { id, kind, asked } = message;
  const good = cases.good();
  switch (kind) {
    case "case": return cases.answer(asked);
    case "catalogue": return engine.catalogue();
    case "look": return looks.answer(asked);
    case "tests": return good ? runAll(good) : { passed: 0, failed: 0, first: null };
    case "why": return good ? whyOf(good, asked.segment, asked.test) : { explanation: null, events: [] };
    case "compare": return compare(engine, orders, asked);
    case "plan": return engine.plan(asked).plan?.bytes ?? null;
    case "list":
      if (!good) throw new Error("There is no package to ask with.");
      return hashedList(orders, good.plan, asked);
    case "peek": return orders.peek(asked);
    case "read": return orders.read({ ...asked, package: good?.text ?? "" }, {
      cancelled: () => cancelled.has(id),
      progress: (progress) => say({ id, progress }),
    }).finally(looks.forget);
    case "audience": return good && orders.audience(good.plan, asked.now);
    case "members": return good && orders.members(good.plan, asked.segment, asked.now);
    case "forget": return (orders.forget(), looks.forget(), null);
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("cancel" in data) return void cancelled.add(data.cancel);
  const { id } = data;
  answered(data)
    .then((answer) => say({ id, answer }), (error: unknown) => say({ id, failure: error instanceof Error ? error.message : String(error) }))
    .finally(() => cancelled.delete(id));
});
