// Order files as the tests read them: with no code of the product.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The rows of a gzipped CSV file, each an object with its `line` in the file; no cell of these files holds a line break. */
export function rowsOf(path) {
  const [header, ...rows] = gunzipSync(readFileSync(path)).toString("utf8").split(/\r?\n/).filter(Boolean).map(cells);
  return rows.map((row, index) => {
    if (row.length !== header.length) throw new Error(`${path}:${index + 2} has ${row.length} cells`);
    return { line: index + 2, ...Object.fromEntries(row.map((cell, column) => [header[column], cell])) };
  });
}

function cells(line) {
  if (!line.includes('"')) return line.split(",");
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

export function csvOf(rows) {
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => `${row.map((cell) => quoted(String(cell ?? ""))).join(",")}\n`).join("");
}

/** A plain decimal in ten-thousandths; null where the text is not one. */
export function tenThousandths(text) {
  const parts = text.match(/^(-?)(\d+)(?:\.(\d{1,4}))?$/);
  if (!parts) return null;
  const [, sign, whole, fraction = ""] = parts;
  return Number(`${sign}${whole}${fraction.padEnd(4, "0")}`);
}
