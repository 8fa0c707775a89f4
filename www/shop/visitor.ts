// The visitor's history, through the published package. It never throws: whatever goes wrong, the shop goes on selling.

import { start, type Item, type Problem, type Shop, type VisitorEvent } from "regulars";
import { now } from "./clock.ts";
import { decimal } from "./words.ts";
import { productOf, type Line, type Order } from "./store.ts";
import { type Product } from "./catalogue.ts";

export type { Problem, Shop };

const address = (name: string): string => new URL(name, document.baseURI).href;

let opened: Promise<Shop> | undefined;

export function open(onProblem: (problem: Problem) => void): Promise<Shop> {
  opened = start({ plan: address("regulars.plan"), wasm: address("page.wasm"), now, onProblem });
  return opened;
}

// "stored": committed; "memory": it counts until the page is left; "refused": it does not count.
export type Kept = "stored" | "memory" | "refused";

async function track(event: VisitorEvent): Promise<Kept> {
  const tracked = await (await opened)?.track(event);
  if (!tracked || tracked.refused.length > 0) return "refused";
  return tracked.stored ? "stored" : "memory";
}

function item(product: Product, line?: Line): Item {
  return {
    id: product.id, name: product.name, brand: product.brand, category: product.categories,
    collection: product.collection, price: decimal(product.price), quantity: line?.quantity ?? 1,
    ...(line?.size ? { variant: line.size } : {}),
  };
}

export function trackPageView(title: string): void {
  void track({ type: "page_view", at: now(), properties: { url: location.href, title } });
}

export function trackItem(type: "item_view" | "cart_add" | "cart_remove", product: Product, line?: Line): void {
  void track({ type, at: now(), items: [item(product, line)] });
}

export function trackDepartment(name: string): void {
  void track({ type: "category_view", at: now(), properties: { list: name } });
}

export function trackCheckout(lines: Line[]): void {
  void track({ type: "checkout", at: now(), items: lines.map((line) => item(productOf(line), line)) });
}

// Sent by every view of the thank-you page, as shops do; the order's id makes all of them one order.
export function trackOrder(order: Order): Promise<Kept> {
  return track({
    type: "conversion", id: order.id, at: order.at, value: decimal(order.goods), currency: "EUR",
    items: order.lines.map((line) => item(productOf(line), line)),
    properties: { shipping: decimal(order.shipping) },
  });
}
