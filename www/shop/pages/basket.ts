import { el } from "../dom.ts";
import { checkoutHref, homeHref, navigate, productHref, thanksHref } from "../routes.ts";
import { basket, count, lineTotal, mostOfOne, placeOrder, productOf, setQuantity, type Line, type Order } from "../store.ts";
import { trackCheckout, trackItem, trackOrder, type Kept } from "../visitor.ts";
import { money } from "../words.ts";
import { now } from "../clock.ts";
import { orderLines, picture, totalLines } from "./cards.ts";
import type { Page } from "./home.ts";

const emptyBasket = (): Node => el("section", { class: "plain" },
  el("h1", { tabindex: -1 }, "Your basket is empty."),
  el("p", {}, "Nothing chosen yet. There are only twelve things in the shop, so it will not take long."),
  el("p", {}, el("a", { class: "button", href: homeHref }, "Back to the shop")));

function basketLine(line: Line, redraw: (focus: string) => void): HTMLElement {
  const product = productOf(line);
  const name = line.size ? `${product.name}, size ${line.size}` : product.name;
  const key = `${line.product}-${line.size ?? ""}`;
  const quantity = el("select", { id: `quantity-${key}`, "aria-label": `Quantity of ${name}`, onchange: () => {
    const wanted = Number(quantity.value);
    const change = wanted - line.quantity;
    setQuantity(line, wanted);
    trackItem(change > 0 ? "cart_add" : "cart_remove", product, { ...line, quantity: Math.abs(change) });
    redraw(quantity.id);
  } }, ...Array.from({ length: mostOfOne }, (_, place) =>
    el("option", { value: place + 1, selected: place + 1 === line.quantity }, String(place + 1))));
  return el("li", { class: "basket-line" },
    picture(product, "basket-tile", true),
    el("div", { class: "basket-words" },
      el("a", { href: productHref(product.id) }, product.name),
      el("span", { class: "card-kind" }, [product.brand, product.kind, line.size && `size ${line.size}`].filter(Boolean).join(" · "))),
    quantity,
    el("span", { class: "amount" }, money(lineTotal(line))),
    el("button", { class: "quiet", type: "button", "aria-label": `Remove ${name}`, onclick: () => {
      setQuantity(line, 0);
      trackItem("cart_remove", product, line);
      redraw("");
    } }, "Remove"));
}

export function basketPage(onBasket: () => void): Page {
  const element = el("div", { class: "basket-page" });

  function draw(): void {
    const lines = basket();
    if (lines.length === 0) return element.replaceChildren(emptyBasket());
    element.replaceChildren(
      el("h1", { tabindex: -1 }, "Your basket"),
      el("div", { class: "two" },
        el("ul", { class: "basket-lines" }, ...lines.map((line) => basketLine(line, redraw))),
        el("section", { class: "sum", "aria-label": "Total" },
          totalLines(lines),
          el("a", { class: "button wide", href: checkoutHref }, "To checkout"),
          el("p", { class: "small" }, "Free shipping from €50, free returns within 30 days."))));
  }

  function redraw(focus: string): void {
    draw();
    onBasket();
    (document.getElementById(focus) ?? element.querySelector("h1"))?.focus();
  }

  draw();
  return { title: "Basket", content: [element] };
}

function field(name: string, label: string, value: string, autocomplete: string, type = "text"): HTMLElement {
  return el("div", { class: `field field-${name}` },
    el("label", { for: `field-${name}` }, label),
    el("input", { id: `field-${name}`, name, type, value, autocomplete, required: true }));
}

export function checkoutPage(): Page {
  const lines = basket();
  if (lines.length === 0) return { title: "Checkout", content: [emptyBasket()] };

  function place(event: Event): void {
    event.preventDefault();
    navigate(thanksHref(placeOrder(now()).id));
  }

  return {
    title: "Checkout",
    onShown: () => trackCheckout(lines),
    content: [
      el("h1", { tabindex: -1 }, "Checkout"),
      el("form", { class: "two", onsubmit: place },
        el("div", { class: "checkout" },
          el("p", { class: "note" }, "This is a demonstration: nothing is sent or charged. We filled in an address for you."),
          el("fieldset", {}, el("legend", {}, "Where to"),
            field("name", "Name", "Mila Jansen", "name"),
            field("email", "E-mail", "mila@example.com", "email", "email"),
            field("street", "Street and number", "Prinsengracht 12", "street-address"),
            field("postcode", "Postcode", "1015 DX", "postal-code"),
            field("city", "City", "Amsterdam", "address-level2")),
          el("fieldset", {}, el("legend", {}, "Pay with"),
            el("div", { class: "choices" }, ...["iDEAL", "Card", "Invoice"].map((way, place) => el("label", {},
              el("input", { type: "radio", name: "pay", value: way, checked: place === 0 }), el("span", {}, way)))))),
        el("section", { class: "sum", "aria-label": "Your order" },
          el("h2", {}, `${count(lines)} ${count(lines) === 1 ? "piece" : "pieces"}`),
          orderLines(lines), totalLines(lines),
          el("button", { class: "button wide", type: "submit" }, "Place order"))),
    ],
  };
}

const outcome: Record<Kept, string> = {
  stored: "The order is now in your history, which is kept in this browser and nowhere else. The banner on the front page knows.",
  memory: "The order is now in your history. This browser keeps nothing, so it is forgotten when you close the page.",
  refused: "The order could not be written into your history, so the banner on the front page does not know of it.",
};

export function thanksPage(order: Order): Page {
  const said = el("p", { class: "note", role: "status" }, "Writing the order into your history …");
  return {
    title: "Thank you",
    onShown: () => {
      void trackOrder(order).then((kept) => {
        said.textContent = outcome[kept];
        said.dataset["kept"] = kept;
      });
    },
    content: [
      el("div", { class: "two" },
        el("section", { class: "thanks" },
          el("p", { class: "kicker" }, `Order ${order.id}`),
          el("h1", { tabindex: -1 }, "Thank you. It is being wrapped."),
          said,
          el("p", {}, el("a", { class: "button", href: homeHref }, "Back to the front page"))),
        el("section", { class: "sum", "aria-label": "Your order" }, orderLines(order.lines), totalLines(order.lines))),
    ],
  };
}
