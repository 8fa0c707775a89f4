/** The engine at work, beside the page: typing never waits for it. */
import { load } from "regulars/engine";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { cases } from "./worker/case.ts";
import { looks } from "./worker/look.ts";
import { runAll, whyOf } from "./worker/tests.ts";
import type { Orders } from "./worker/orders.ts";

const cancelled = new Set<number>();
const say = (message: FromWorker): void => self.postMessage(message);

const ready = load({ wasm: new URL("./studio.wasm", import.meta.url) }).then((engine) => ({ engine, cases: cases(engine), looks: looks(engine, () => customers) }));

/** Once there was an order file. What reads such files is loaded when the first one comes. */
let customers: Orders | null = null;
async function orders(): Promise<Orders> {
  const { engine } = await ready;
  const { orders: begin } = await import("./worker/orders.ts");
  customers ??= begin(engine);
  return customers;
}

async function answered(message: Exclude<ToWorker, { cancel: number }>): Promise<Extract<FromWorker, { answer: unknown }>["answer"]> {
  const { engine, cases, looks } = await ready;
  const { id, kind, asked } = message;
  const good = cases.good();
  switch (kind) {
    case "case": return cases.answer(asked);
    case "catalogue": return engine.catalogue();
    case "look": return looks.answer(asked);
    case "tests": return good ? runAll(good) : { passed: 0, failed: 0, first: null };
    case "why": return good ? whyOf(good, asked.segment, asked.test) : { explanation: null, events: [] };
    case "compare": return (await import("./worker/compare.ts")).compare(engine, customers, asked);
    case "plan": return engine.plan(asked).plan?.bytes ?? null;
    case "list":
      if (!good) throw new Error("There is no package to ask with.");
      return (await import("./worker/lists.ts")).hashedList(await orders(), good.plan, asked);
    case "peek": return (await orders()).peek(asked);
    case "read": return (await orders()).read({ ...asked, package: good?.text ?? "" }, {
      cancelled: () => cancelled.has(id),
      progress: (progress) => say({ id, progress }),
    }).finally(looks.forget);
    case "audience": return good && customers && customers.audience(good.plan, asked.now);
    case "members": return good && customers && customers.members(good.plan, asked.segment, asked.now);
    case "forget": return (customers?.forget(), looks.forget(), null);
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("cancel" in data) return void cancelled.add(data.cancel);
  const { id } = data;
  answered(data)
    .then((answer) => say({ id, answer }), (error: unknown) => say({ id, failure: error instanceof Error ? error.message : String(error) }))
    .finally(() => cancelled.delete(id));
});
