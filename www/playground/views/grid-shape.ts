/** How the cells of a retention grid lie: where they cut the two axes, and which rectangles they fill. */
import type { Cell } from "../protocol.ts";

/** Both bounds included; `null` is open. */
export interface Range {
  readonly low: number;
  readonly high: number | null;
}

export interface Area {
  /** Place in the list of cells; `null`: conversions but no cell. */
  readonly cell: number | null;
  /** Counted from the top, where the most conversions are. */
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export interface Shape {
  /** Conversions, the most first. */
  readonly rows: readonly Range[];
  /** Days since the last one, the fewest first. */
  readonly columns: readonly Range[];
  readonly areas: readonly Area[];
}

type Bounds = readonly [low: number, high: number | null];
const inside = ([low, high]: Bounds, range: Range): boolean => low <= range.low && (high === null || (range.high !== null && range.high <= high));

export function shapeOf(cells: readonly Cell[]): Shape {
  const columns = cut(0, cells.map(({ days }) => days));
  const rows = cut(1, cells.map(({ conversions }) => conversions)).reverse();
  // The first cell that fits is the one; the cuts are such that a cell has all of a square or nothing of it.
  const squares = rows.map((row) => columns.map((column) => {
    const found = cells.findIndex(({ conversions, days }) => inside(conversions, row) && inside(days, column));
    return found < 0 ? null : found;
  }));
  return { rows, columns, areas: rectangles(squares) };
}

function cut(first: number, bounds: readonly Bounds[]): Range[] {
  const begins = new Set([first]);
  for (const [low, high] of bounds) {
    if (low > first) begins.add(low);
    if (high !== null && high + 1 > first) begins.add(high + 1);
  }
  const sorted = [...begins].sort((a, b) => a - b);
  return sorted.map((low, index) => ({ low, high: index + 1 < sorted.length ? (sorted[index + 1] ?? 0) - 1 : null }));
}

/** Squares of one cell that form a rectangle are drawn as one. */
function rectangles(squares: readonly (readonly (number | null)[])[]): Area[] {
  const areas: Area[] = [];
  const taken = squares.map((row) => row.map(() => false));
  const free = (row: number, column: number, cell: number | null): boolean =>
    squares[row]?.[column] === cell && taken[row]?.[column] === false;
  squares.forEach((line, row) => line.forEach((cell, column) => {
    if (!free(row, column, cell)) return;
    let columns = 1;
    while (free(row, column + columns, cell)) columns++;
    let rows = 1;
    while (Array.from({ length: columns }, (_, step) => free(row + rows, column + step, cell)).every(Boolean)) rows++;
    for (let y = row; y < row + rows; y++) for (let x = column; x < column + columns; x++) (taken[y] ?? [])[x] = true;
    areas.push({ cell, row, column, rows, columns });
  }));
  return areas;
}

/** Where a value lies along an axis on which every range is 1 long; an open range is approached and never left. */
export function along(ranges: readonly Range[], value: number): number {
  const index = ranges.findIndex(({ low, high }) => low <= value && (high === null || value <= high));
  const range = ranges[index];
  if (!range) return 0;
  const inside = value - range.low + 0.5;
  const part = range.high === null ? inside / (inside + Math.max(30, range.low / 2)) : inside / (range.high - range.low + 1);
  return index + part;
}

export const rowOf = (rows: readonly Range[], conversions: number): number =>
  Math.max(0, rows.findIndex(({ low, high }) => low <= conversions && (high === null || conversions <= high)));

/** "31 to 60", "91 or more", "1". */
export const rangeText = ({ low, high }: Range): string => (high === null ? `${low}+` : low === high ? String(low) : `${low}–${high}`);
export const rangeWords = ({ low, high }: Range): string => (high === null ? `${low} or more` : low === high ? String(low) : `${low} to ${high}`);
