/** The engine at work, beside the page: typing never waits for it. */
import { load } from "regulars/engine";
import type { FromWorker, ToWorker } from "./protocol.ts";
import { cases } from "./worker/case.ts";
import { orders } from "./worker/orders.ts";

const cancelled = new Set<number>();
const say = (message: FromWorker): void => self.postMessage(message);

const ready = load({ wasm: new URL("./studio.wasm", import.meta.url) }).then((engine) => ({ cases: cases(engine), orders: orders(engine) }));

async function answered(message: Exclude<ToWorker, { cancel: number }>): Promise<Extract<FromWorker, { answer: unknown }>["answer"]> {
  const { cases, orders } = await ready;
  const { id, kind, asked } = message;
  const good = cases.good();
  switch (kind) {
    case "case": return cases.answer(asked);
    case "peek": return orders.peek(asked);
    case "read": return orders.read({ ...asked, package: good?.text ?? "" }, {
      cancelled: () => cancelled.has(id),
      progress: (progress) => say({ id, progress }),
    });
    case "audience": return good && orders.audience(good.plan, asked.now);
    case "members": return good && orders.members(good.plan, asked.segment, asked.now);
    case "forget": return (orders.forget(), null);
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("cancel" in data) return void cancelled.add(data.cancel);
  const { id } = data;
  answered(data)
    .then((answer) => say({ id, answer }), (error: unknown) => say({ id, failure: error instanceof Error ? error.message : String(error) }))
    .finally(() => cancelled.delete(id));
});
