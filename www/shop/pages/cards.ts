// A product as it stands in a list, and the lines of an order.

import { el } from "../dom.ts";
import { isPast, pictureUrl, type Product } from "../catalogue.ts";
import { productHref } from "../routes.ts";
import { lineTotal, productOf, totals, type Line } from "../store.ts";
import { money } from "../words.ts";

export function picture(product: Product, className: string, eager = false): HTMLElement {
  return el("span", { class: `tile ${className}`, "data-tint": product.tint },
    el("img", { src: pictureUrl(product.picture), alt: "", width: 400, height: 400, loading: eager ? undefined : "lazy", decoding: "async" }));
}

export function price(product: Product): HTMLElement {
  if (product.before === undefined) return el("span", { class: "price" }, money(product.price));
  return el("span", { class: "price" },
    el("span", { class: "hidden" }, "now "), el("span", { class: "price-now" }, money(product.price)), " ",
    el("s", {}, el("span", { class: "hidden" }, "before "), money(product.before)));
}

export function card(product: Product): HTMLElement {
  return el("li", { class: "card" },
    el("a", { href: productHref(product.id) },
      picture(product, "card-tile"),
      isPast(product) && el("span", { class: "badge" }, product.collection),
      el("span", { class: "card-words" },
        el("span", { class: "card-name" }, product.name),
        el("span", { class: "card-kind" }, `${product.brand} · ${product.kind}`),
        price(product))));
}

export const shelf = (shown: Product[]): HTMLElement => el("ul", { class: "shelf" }, ...shown.map(card));

export function orderLines(lines: Line[]): HTMLElement {
  return el("ul", { class: "order-lines" }, ...lines.map((line) => {
    const product = productOf(line);
    return el("li", {},
      picture(product, "order-tile", true),
      el("span", { class: "order-name" }, product.name,
        el("span", { class: "order-detail" }, [line.size && `size ${line.size}`, `${line.quantity} ×  ${money(product.price)}`].filter(Boolean).join(" · "))),
      el("span", { class: "amount" }, money(lineTotal(line))));
  }));
}

export function totalLines(lines: Line[]): HTMLElement {
  const { goods, shipping, total } = totals(lines);
  const row = (name: string, amount: string, className?: string): HTMLElement =>
    el("div", { class: className }, el("dt", {}, name), el("dd", { class: "amount" }, amount));
  return el("dl", { class: "totals" },
    row("Goods", money(goods)),
    row("Shipping", shipping === 0 ? "free" : money(shipping)),
    row("Total", money(total), "totals-last"));
}
