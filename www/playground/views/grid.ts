/**
 * The retention grid. It is a table, and drawn as one: cells that fill a rectangle span its rows and columns. The visitor's
 * place and way are laid over it, and said again in words below.
 */
import { el, redraw, styled, unseen } from "../dom.ts";
import { t } from "../speech.ts";
import type { Audience, Case, Cell, CellCount, Stay } from "../protocol.ts";
import { away, moment, nearDay } from "../time.ts";
import { cellName, count, plural, share } from "../words.ts";
import { along, type Area, rangeText, rangeWords, rowOf, type Shape, shapeOf } from "./grid-shape.ts";

const nobody = { customers: 0 };

export interface Grid {
  readonly element: HTMLElement;
  readonly draw: (found: Case, audience: Audience | null) => void;
}

export function gridView(): Grid {
  const picture = el("div", { class: "grid-scroll", role: "region", "aria-label": "Retention grid, picture", tabindex: 0 });
  const way = el("ol", { class: "stays" });
  const element = el("section", { class: "card grid-card", "aria-labelledby": "grid-title" },
    el("header", { class: "card-head" }, el("h2", { id: "grid-title" }, t("Retention grid")), el("p", { class: "sub" }, t("Orders by days since the last one"))),
    picture, way);
  let drawn: { cells: readonly Cell[]; shape: Shape } | null = null;

  return {
    element,
    draw(found, audience) {
      if (drawn?.cells !== found.cells) drawn = { cells: found.cells, shape: shapeOf(found.cells) };
      const { shape } = drawn;
      redraw(picture, frame(shape, found, audience));
      redraw(way, ...found.stays.map((stay, index) => stayRow(stay, index, found)), lastRow(found));
    },
  };
}

function frame(shape: Shape, found: Case, audience: Audience | null): HTMLElement {
  const { rows, columns } = shape;
  const present = found.stays[0]?.retention;
  const inNone = present?.cell === "none";
  const counts = new Map(audience?.cells.map((count) => [count.cell, count]));
  const table = el("table", { class: "grid" },
    el("caption", { class: "unseen" }, `Retention grid: a row for each number of orders, a column for each number of days since the last one.${audience ? " The numbers are customers of the order file." : ""}`),
    el("thead", {}, el("tr", {},
      el("td", { class: "grid-corner" }),
      ...columns.map((range) => el("th", { scope: "col" }, el("span", { "aria-hidden": "true" }, rangeText(range)), unseen(`${rangeWords(range)} days`))))),
    el("tbody", {},
      ...rows.map((range, row) => el("tr", {},
        el("th", { scope: "row" }, el("span", { "aria-hidden": "true" }, rangeText(range)), unseen(`${rangeWords(range)} ${range.high === 1 ? "order" : "orders"}`)),
        ...shape.areas.filter((area) => area.row === row).map((area) => square(area, shape, found, audience, counts)))),
      el("tr", { class: "grid-none" },
        el("th", { scope: "row" }, el("span", { "aria-hidden": "true" }, "0"), unseen("No order")),
        el("td", { colspan: columns.length, "data-cell": "none", "data-here": inNone },
          el("span", { class: "area-name" }, t("No order yet")), inNone && here("is here"),
          audience && number(counts.get("none") ?? nobody, audience.customers)))));
  const overlay = el("div", { class: "grid-way", "aria-hidden": "true" });
  if (!inNone && present) overlay.append(...drawnWay(shape, found));
  return styled(el("div", { class: "grid-frame" }, table, overlay, el("p", { class: "grid-axis", "aria-hidden": "true" }, t("Days since the last order →"))),
    { "--rows": rows.length, "--columns": columns.length });
}

function square(area: Area, shape: Shape, found: Case, audience: Audience | null, counts: Map<string | null, CellCount>): HTMLElement {
  const cell = area.cell === null ? null : (found.cells[area.cell] ?? null);
  const id = cell?.id ?? null;
  const isHere = covers(area, shape, found.stays[0]);
  const biggest = isBiggest(area, shape, found.cells);
  const td = el("td", { colspan: area.columns, rowspan: area.rows, "data-cell": id ?? "", "data-here": isHere, class: cell ? "area" : "area gap" },
    el("span", { class: "area-name" }, cellName(id, found.cells)),
    isHere && unseen(". The visitor is here"),
    audience && (biggest ? number(counts.get(id) ?? nobody, audience.customers, area.columns > 1) : unseen(`. Counted where ${cellName(id, found.cells)} is larger`)));
  return cell ? styled(td, { "--cell": cell.color }) : td;
}

/** Customers of a cell that lies in several places are told once, in the largest of them. */
function isBiggest(area: Area, { areas }: Shape, cells: readonly Cell[]): boolean {
  const idOf = ({ cell }: Area): string | null => (cell === null ? null : (cells[cell]?.id ?? null));
  const size = ({ rows, columns }: Area): number => rows * columns;
  const same = areas.filter((other) => idOf(other) === idOf(area));
  return same.every((other) => size(other) <= size(area)) && same.find((other) => size(other) === size(area)) === area;
}

/** In a narrow cell the share is only spoken. */
const number = ({ customers }: { customers: number }, all: number, wide = true): HTMLElement =>
  el("span", { class: "area-count" }, unseen(". "), el("b", {}, count(customers)), unseen(customers === 1 ? " customer," : " customers,"), " ", el("small", { class: wide ? "" : "unseen" }, share(customers, all)));

const here = (text: string): HTMLElement => el("span", { class: "here" }, unseen("The visitor "), text);

function covers(area: Area, { rows, columns }: Shape, stay: Stay | undefined): boolean {
  if (!stay || stay.retention.conversions === 0 || stay.retention.daysSinceLast === null) return false;
  const row = rowOf(rows, stay.retention.conversions);
  const column = Math.floor(along(columns, stay.retention.daysSinceLast));
  return row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns;
}

/** The visitor's place now, the line along which they drift, and the day of each crossing. */
function drawnWay({ rows, columns }: Shape, { stays, now, timeZone }: Case): Node[] {
  const points = stays.filter(({ retention }) => retention.daysSinceLast !== null).map(({ from, retention }) => ({
    from,
    x: (along(columns, retention.daysSinceLast ?? 0) / columns.length) * 100,
    y: ((rowOf(rows, retention.conversions) + 0.66) / rows.length) * 100,
  }));
  const first = points[0];
  if (!first) return [];
  const at = (element: HTMLElement, { x, y }: { x: number; y: number }): HTMLElement => styled(element, { "--x": x, "--y": y });
  const last = points.at(-1) ?? first;
  const end = { x: Math.min(100, last.x + (points.length > 1 ? 7 : 0)), y: last.y };
  const place = at(el("span", { class: "way-now" }), first);
  const crossings = points.slice(1).flatMap((point) => [at(el("span", { class: "way-mark" }), point), at(el("span", { class: "way-day" }, nearDay(point.from, now, timeZone).replace(/^\d+ (\w+ \d{4})$/, "$1")), point)]);
  return points.length > 1 ? [line([...points, end]), at(el("span", { class: "way-end" }), end), place, ...crossings] : [place];
}

function line(points: readonly { x: number; y: number }[]): SVGElement {
  const make = (name: string, attributes: Record<string, string>): SVGElement => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = make("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", class: "way-line" });
  svg.append(make("polyline", { points: points.map(({ x, y }) => `${x},${y}`).join(" "), "vector-effect": "non-scaling-stroke" }));
  return svg;
}

function stayRow({ from, retention }: Stay, index: number, { cells, now, timeZone }: Case): HTMLElement {
  const { cell, conversions, daysSinceLast } = retention;
  const color = cells.find(({ id }) => id === cell)?.color;
  const mark = el("span", { class: "stay-mark", "aria-hidden": "true" });
  if (color) styled(mark, { "--cell": color });
  const facts = conversions === 0 ? "no order so far" : `${plural(conversions, "order")}, the last one ${daysSinceLast === 0 ? "today" : `${plural(daysSinceLast ?? 0, "day")} ago`}`;
  return el("li", { "data-cell": cell ?? "" }, mark,
    el("span", { class: "stay-name" }, cellName(cell, cells)),
    index === 0
      ? el("span", { class: "stay-when" }, el("b", {}, "now"), `, ${facts}`)
      : el("span", { class: "stay-when" }, el("time", { datetime: new Date(from).toISOString() }, moment(from, timeZone)), `, ${away(from, now)}`));
}

function lastRow({ stays, now }: Case): HTMLElement | null {
  const last = stays.at(-1);
  if (!last || last.retention.holdsUntil !== null) return null;
  return el("li", { class: "stay-last" }, last.from === now ? "Does not move by itself in the next 400 days." : "Does not move by itself in the 400 days after that.");
}
