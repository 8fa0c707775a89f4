/** Numbers and names as people read them. */
import { locale, t } from "./speech.ts";

const whole = new Intl.NumberFormat(locale);
const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const list = new Intl.ListFormat(locale, { type: "conjunction" });
const sizes = ["byte", "kilobyte", "megabyte", "gigabyte"].map((unit) =>
  new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: unit === "byte" || unit === "kilobyte" ? 0 : 1 }));

export const count = (value: number): string => whole.format(value);
export const share = (part: number, all: number): string => percent.format(all === 0 ? 0 : part / all);
export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${t(value === 1 ? one : many)}`;
export const listed = (names: readonly string[]): string => list.format(names);

export function bytes(value: number): string {
  const step = Math.min(sizes.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
  return sizes[step]?.format(value / 1000 ** step) ?? "";
}

export function money(value: string, currency: string): string {
  if (value === "" || Number.isNaN(Number(value))) return value;
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency, minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(Number(value));
  } catch {
    return `${value} ${currency}`.trim();
  }
}

const events: { readonly [type: string]: readonly [one: string, many: string] } = {
  conversion: ["Order", "Orders"], return: ["Return", "Returns"], visit: ["Visit", "Visits"], page_view: ["Page view", "Page views"],
  item_view: ["Product view", "Product views"], category_view: ["Category view", "Category views"], wishlist_add: ["Wishlist", "Wishlist"],
  cart_add: ["Cart", "Cart"], cart_remove: ["Cart removal", "Cart removals"], checkout: ["Checkout", "Checkouts"], search: ["Search", "Searches"],
  impression: ["Banner seen", "Banners seen"], held_out: ["Held out", "Held out"], click: ["Banner click", "Banner clicks"], dismiss: ["Banner closed", "Banners closed"],
};

export const eventName = (type: string): string => t(events[type]?.[0] ?? type);
export const eventNames = (type: string): string => t(events[type]?.[1] ?? type);

/** Which of the five colours of a page: one for each family of events, as everywhere in the product. */
export function eventFamily(type: string): string {
  if (type === "conversion" || type === "return") return "buy";
  if (/^(item_view|category_view|page_view|visit|search)$/.test(type)) return "see";
  if (/^(cart_add|cart_remove|checkout|wishlist_add)$/.test(type)) return "cart";
  return /^(impression|held_out|click|dismiss)$/.test(type) ? "campaign" : "other";
}

/** What stands in a column for the place "no cell". */
export const cellName = (cell: string | null, cells: readonly { id: string; name: string }[]): string =>
  cell === null ? t("No cell") : cell === "none" ? t("No order yet") : (cells.find(({ id }) => id === cell)?.name ?? cell);
