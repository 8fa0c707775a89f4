import { el } from "../dom.ts";
import { departments, inDepartment, products } from "../catalogue.ts";
import { homeHref } from "../routes.ts";
import { shelf } from "./cards.ts";

export type Page = { title: string; content: Node[]; onShown?: () => void };

export function homePage(hero: HTMLElement, mine: HTMLElement): Page {
  return {
    title: "Clothes and devices that last",
    content: [
      el("h1", { class: "hidden", tabindex: -1 }, "Veld & Volt, clothes and devices that last"),
      hero, mine,
      el("section", { class: "list", "aria-labelledby": "list-title" },
        el("div", { class: "list-head" }, el("h2", { id: "list-title" }, "Everything"), el("p", { class: "intro" }, "All twelve of them.")),
        shelf(products)),
    ],
  };
}

export function departmentPage(id: string): Page | null {
  const department = departments.find((candidate) => candidate.id === id);
  if (!department) return null;
  return {
    title: department.name,
    content: [
      el("section", { class: "list", "aria-labelledby": "list-title" },
        el("div", { class: "list-head" },
          el("h1", { id: "list-title", tabindex: -1 }, department.name), el("p", { class: "intro" }, department.intro)),
        shelf(inDepartment(id))),
    ],
  };
}

export function notFoundPage(): Page {
  return {
    title: "Not found",
    content: [el("section", { class: "plain" },
      el("h1", { tabindex: -1 }, "There is nothing here."),
      el("p", {}, "The page you asked for is not in this shop, or not any more."),
      el("p", {}, el("a", { class: "button", href: homeHref }, "Back to the shop")))],
  };
}
