import { el } from "../dom.ts";
import { departments, goesWith, isPast, type Product } from "../catalogue.ts";
import { basketHref, departmentHref, homeHref } from "../routes.ts";
import { add } from "../store.ts";
import { trackItem } from "../visitor.ts";
import { picture, price, shelf } from "./cards.ts";
import type { Page } from "./home.ts";

function sizes(product: Product): HTMLElement | null {
  if (!product.sizes) return null;
  return el("fieldset", { class: "sizes" },
    el("legend", {}, "Size"),
    el("div", { class: "sizes-row" }, ...product.sizes.map((size, place) => el("label", {},
      el("input", { type: "radio", name: "size", value: size, required: true, checked: place === 2 }),
      el("span", {}, size)))));
}

export function productPage(product: Product, onBasket: () => void): Page {
  const department = departments.find(({ id }) => id === product.department);
  const said = el("p", { class: "added", role: "status" });

  function buy(event: Event): void {
    event.preventDefault();
    const size = new FormData(event.target as HTMLFormElement).get("size");
    const line = { product: product.id, quantity: 1, ...(size ? { size: String(size) } : {}) };
    add(line);
    trackItem("cart_add", product, line);
    onBasket();
    said.replaceChildren(`${product.name} is in your basket. `, el("a", { href: basketHref }, "View basket"));
  }

  return {
    title: product.name,
    onShown: () => trackItem("item_view", product),
    content: [
      el("nav", { class: "crumbs", "aria-label": "You are here" }, el("ol", {},
        el("li", {}, el("a", { href: homeHref }, "Shop")),
        department ? el("li", {}, el("a", { href: departmentHref(department.id) }, department.name)) : null,
        el("li", { "aria-current": "page" }, product.name))),
      el("article", { class: "product" },
        picture(product, "product-tile", true),
        el("div", { class: "product-words" },
          el("p", { class: "product-kind" }, `${product.brand} · ${product.kind}`),
          el("h1", { tabindex: -1 }, product.name),
          el("p", { class: "product-price" }, price(product),
            isPast(product) && el("span", { class: "badge" }, product.collection)),
          el("p", { class: "product-text" }, product.text),
          el("form", { onsubmit: buy }, sizes(product), el("button", { class: "button wide", type: "submit" }, "Add to basket")),
          said,
          el("dl", { class: "facts" }, ...product.facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
            el("div", {}, el("dt", {}, "Collection"), el("dd", {}, product.collection))))),
      el("section", { class: "list", "aria-labelledby": "near-title" },
        el("div", { class: "list-head" }, el("h2", { id: "near-title" }, "Goes with it")), shelf(goesWith(product))),
    ],
  };
}
