// The shop page: draws at once from the catalogue, and asks the visitor's history as soon as it is open.

import { byId, el } from "./dom.ts";
import { findProduct } from "./catalogue.ts";
import * as clock from "./clock.ts";
import { createHero } from "./hero.ts";
import { createSegmentsPanel } from "./segments-panel.ts";
import { createTimeMachine } from "./time-machine.ts";
import { basketPage, checkoutPage, thanksPage } from "./pages/basket.ts";
import { departmentPage, homePage, notFoundPage, type Page } from "./pages/home.ts";
import { productPage } from "./pages/product.ts";
import { listen, navigate, homeHref, routeOf } from "./routes.ts";
import { basket, count, findOrder, forgetAll } from "./store.ts";
import { open, trackDepartment, trackPageView, type Problem, type Shop } from "./visitor.ts";

const main = byId("main");
const hero = createHero();
const mine = createSegmentsPanel();
const machine = createTimeMachine({
  onMove: () => {
    shop?.refresh();
    draw();
  },
  onStartOver: () => void startOver(),
});
let shop: Shop | null = null;

function draw(): void {
  if (!shop) return;
  hero.draw(shop);
  mine.draw(shop);
  machine.draw(shop);
}

function drawBasket(): void {
  const pieces = count(basket());
  const badge = byId("basket-count");
  badge.replaceChildren(String(pieces), el("span", { class: "hidden" }, pieces === 1 ? " piece" : " pieces"));
  badge.hidden = pieces === 0;
}

function pageFor(search: string): Page {
  const route = routeOf(search);
  switch (route.page) {
    case "home": return homePage(hero.element, mine.element);
    case "department": return departmentPage(route.id) ?? notFoundPage();
    case "product": {
      const product = findProduct(route.id);
      return product ? productPage(product, drawBasket) : notFoundPage();
    }
    case "basket": return basketPage(drawBasket);
    case "checkout": return checkoutPage();
    case "thanks": {
      const order = findOrder(route.order);
      return order ? thanksPage(order) : notFoundPage();
    }
  }
}

function markCurrent(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("header a")) {
    if (link.search === location.search && link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function showPage(): void {
  const page = pageFor(location.search);
  main.replaceChildren(...page.content);
  document.title = `${page.title} · Veld & Volt`;
  markCurrent();
  drawBasket();
  trackPageView(document.title);
  const route = routeOf(location.search);
  if (route.page === "department") trackDepartment(route.id);
  page.onShown?.();
}

async function startOver(): Promise<void> {
  forgetAll();
  clock.reset();
  await shop?.erase();
  navigate(homeHref);
  draw();
}

const report = ({ message }: Problem): void => machine.report(`Regulars reports: ${message}`);

// A page of its own registers the worker: this one's policy lets no script address through (see offline.html).
function workOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  document.body.append(el("iframe", { src: "offline.html", hidden: true, title: "Registers the offline copy of this shop", tabindex: -1 }));
}

document.body.append(machine.element);
const opening = open(report);
listen(() => {
  showPage();
  scrollTo(0, 0);
  main.querySelector("h1")?.focus({ preventScroll: true });
});
showPage();

void opening.then((found) => {
  if (!found.names) return hero.drawWithout();
  shop = found;
  shop.subscribe(draw);
  draw();
});

if (document.readyState === "complete") workOffline();
else addEventListener("load", workOffline, { once: true });
