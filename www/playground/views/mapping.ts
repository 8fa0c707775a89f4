/** Which column of an order file is what: guessed by the engine, corrected here. */
import { button, el, unseen } from "../dom.ts";
import { t } from "../speech.ts";
import type { OrderFileOptions, Peek } from "../protocol.ts";

type Meaning = readonly [canonical: string, name: string, note?: string];

const required: Meaning[] = [["visitor_id", "Customer", "who ordered"], ["at", "Date or time", "when they ordered"]];
const optional: Meaning[] = [
  ["order_id", "Order number", "rows with the same one are one order"],
  ["value", "Order value", "of the whole order, in each of its rows"],
  ["currency", "Currency"],
  ["item_id", "Product id"],
  ["item_name", "Product name"],
  ["item_brand", "Brand"],
  ["item_category", "Category", "several are separated by “ > ”"],
  ["item_variant", "Variant"],
  ["item_price", "Price of one"],
  ["item_quantity", "Quantity"],
  ["item_total", "Price of the row", "if the file has no price of one"],
];
const delimiters: Record<Peek["delimiter"], string> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces" };

export interface Mapping {
  readonly element: HTMLElement;
  readonly options: (timeZone: string) => OrderFileOptions;
  readonly missing: () => readonly string[];
  /** How the file is read, and which columns have the customer and the e-mail address; −1: none has. */
  readonly layout: () => Layout;
}

export interface Layout {
  readonly delimiter: Peek["delimiter"];
  readonly header: boolean;
  readonly columns: readonly string[];
  readonly visitor: number;
  readonly email: number;
}

export interface MappingInput {
  readonly peek: Peek;
  /** The first row is not data. */
  readonly header: boolean;
  readonly timeZone: string;
  readonly onHeader: (header: boolean) => void;
  readonly onRead: () => void;
  readonly onClose: () => void;
}

export function mappingView({ peek, header, timeZone, onHeader, onRead, onClose }: MappingInput): Mapping {
  const { columns, guess, rows } = peek;
  const chosen = new Map(Object.entries(guess));
  const others = el("div", { class: "others" });
  const wanted = el("p", { class: "map-missing", role: "status" });
  const read = button(t("Read the file"), onRead, { class: "button primary", id: "read-orders" });
  const local = el("input", { type: "checkbox", id: "local-times" });
  local.checked = peek.localTimes;

  function changed(): void {
    const rest = columns.filter((column) => ![...chosen.values()].includes(column));
    others.hidden = rest.length === 0;
    others.replaceChildren(el("h3", {}, t("Other columns")), el("ul", {}, ...rest.map((column) => {
      const field = /^item_(.+)$/.exec(column.trim());
      return el("li", {}, el("code", {}, column), " ", field ? "becomes the product's field " : "becomes the order's property ", el("code", {}, field?.[1] ?? column));
    })));
    const missing = missingNames();
    wanted.textContent = missing.length === 0 ? "" : `Choose the column of: ${missing.join(", ").toLowerCase()}.`;
    read.disabled = missing.length > 0;
  }

  const hasOffsets = (): boolean => {
    const place = columns.indexOf(chosen.get("at") ?? "");
    return rows.some((cells) => /(?:Z|[+-]\d\d:?\d\d)$/i.test(cells[place]?.trim() ?? ""));
  };

  const missingNames = (): string[] => required.filter(([canonical]) => !chosen.has(canonical)).map(([, name]) => name);

  const row = ([canonical, name, note]: Meaning, must: boolean): HTMLElement => {
    const id = `map-${canonical}`;
    const sample = el("td", { class: "map-sample" });
    const draw = (): void => {
      const place = columns.indexOf(chosen.get(canonical) ?? "");
      sample.replaceChildren(...(place < 0 ? [] : rows.slice(0, 3).map((cells) => el("code", {}, cells[place] ?? ""))));
    };
    const select = el("select", {
      id, class: "field", "data-canonical": canonical, required: must,
      onchange: () => {
        if (select.value === "") chosen.delete(canonical);
        else chosen.set(canonical, columns[Number(select.value)] ?? "");
        if (canonical === "at") local.checked = !hasOffsets();
        draw();
        changed();
      },
      // A column that bears the very name is that, or another one is; it cannot be nothing.
    }, !columns.includes(canonical) && el("option", { value: "" }, must ? "choose a column" : "not in the file"), ...columns.map((column, index) => el("option", { value: index }, column || `column ${index + 1}`)));
    const place = columns.indexOf(chosen.get(canonical) ?? "");
    select.value = place < 0 ? "" : String(place);
    draw();
    return el("tr", {},
      el("th", { scope: "row" }, el("label", { for: id }, t(name), must && el("span", { class: "must" }, t(" needed"))), note && el("span", { class: "row-note" }, t(note))),
      el("td", {}, select), sample);
  };

  const first = el("input", { type: "checkbox", id: "has-header", onchange: () => onHeader(first.checked) });
  first.checked = header;
  const element = el("div", { class: "mapping" },
    el("p", {}, `Separated by ${delimiters[peek.delimiter]}${peek.gzip ? ", packed with gzip" : ""}. Check that each column is taken for what it is; what was recognised is filled in.`),
    el("div", { class: "checks" },
      el("label", {}, first, el("span", {}, t("The first row names the columns"))),
      el("label", {}, local, el("span", {}, t("Times without an offset are local times in {zone}", { zone: timeZone })))),
    el("details", { class: "raw-rows", open: missingNames().length > 0 }, el("summary", {}, t("The first rows as they are")), rawRows(columns, rows)),
    el("table", { class: "lines map" },
      el("caption", { class: "unseen" }, "What the columns mean"),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Meaning")), el("th", { scope: "col" }, t("Column")), el("th", { scope: "col" }, t("First rows")))),
      el("tbody", {}, ...required.map((meaning) => row(meaning, true)), ...optional.map((meaning) => row(meaning, false)))),
    others,
    el("div", { class: "actions" }, read, button(t("Another file"), onClose), wanted));
  changed();

  const columnOf = (canonical: string): number => columns.indexOf(chosen.get(canonical) ?? "\u0000");
  return {
    element,
    layout: () => {
      const visitor = columnOf("visitor_id");
      return { delimiter: peek.delimiter, header, columns, visitor, email: emailColumn(peek, visitor) };
    },
    missing: missingNames,
    options: (zone) => ({
      map: Object.fromEntries(chosen),
      ...(local.checked ? { localTimes: true, timeZone: zone } : {}),
      ...(header ? {} : { columns }),
    }),
  };
}

function rawRows(columns: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "The first rows of the file" },
    el("table", { class: "raw" },
      el("caption", { class: "unseen" }, "The first rows of the file"),
      el("thead", {}, el("tr", {}, ...columns.map((column) => el("th", { scope: "col" }, column || unseen("no name"))))),
      el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...columns.map((_, index) => el("td", {}, cells[index] ?? "")))))));
}

/** The column whose name says that it has addresses, or all of whose first cells are some; the customers themselves may be known by them. */
function emailColumn({ columns, rows }: Peek, visitor: number): number {
  const named = columns.findIndex((column) => /e-?mail/i.test(column));
  if (named >= 0) return named;
  const has = (index: number): boolean => rows.length > 0 && rows.every((cells) => /^\S+@\S+\.\S+$/.test(cells[index]?.trim() ?? ""));
  return visitor >= 0 && has(visitor) ? visitor : columns.findIndex((_, index) => has(index));
}
