// One document, one address a page: everything is in the query, so any static server will do.

export type Route =
  | { page: "home" }
  | { page: "department"; id: string }
  | { page: "product"; id: string }
  | { page: "basket" }
  | { page: "checkout" }
  | { page: "thanks"; order: string };

export function routeOf(search: string): Route {
  const query = new URLSearchParams(search);
  const product = query.get("product");
  if (product) return { page: "product", id: product };
  const category = query.get("category");
  if (category) return { page: "department", id: category };
  switch (query.get("page")) {
    case "basket": return { page: "basket" };
    case "checkout": return { page: "checkout" };
    case "thanks": return { page: "thanks", order: query.get("order") ?? "" };
    default: return { page: "home" };
  }
}

export const homeHref = "./";
export const productHref = (id: string): string => `?product=${encodeURIComponent(id)}`;
export const departmentHref = (id: string): string => `?category=${encodeURIComponent(id)}`;
export const basketHref = "?page=basket";
export const checkoutHref = "?page=checkout";
export const thanksHref = (order: string): string => `?page=thanks&order=${encodeURIComponent(order)}`;

let show: () => void = () => {};

export function navigate(href: string): void {
  history.pushState(null, "", href);
  show();
}

// Plain clicks on the shop's own links stay in this document; everything else is left to the browser.
export function listen(onShow: () => void): void {
  show = onShow;
  addEventListener("popstate", onShow);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest("a");
    if (!link || link.target || link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
    event.preventDefault();
    navigate(link.href);
  });
}
