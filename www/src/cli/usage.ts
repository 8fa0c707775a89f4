import { parseArgs } from "node:util";
import { parseInstant } from "../instant.js";
import { cellsOf } from "./csv.js";

/** What a command was told. */
export interface Arguments {
  readonly package: string;
  readonly pretty: boolean;
  readonly strict: boolean;
  readonly out: string | undefined;
  readonly visitors: string | undefined;
  readonly slot: string | undefined;
  readonly context: string | undefined;
  /** In milliseconds. */
  readonly now: number | undefined;
  readonly orders: string | undefined;
  /** The columns of an order file without a header. */
  readonly columns: readonly string[] | undefined;
  /** By canonical name: the column of the order file. */
  readonly map: { readonly [canonical: string]: string } | undefined;
  readonly localTimes: boolean;
  readonly segment: string | undefined;
  readonly language: "en" | "nl";
  /** A measure, as JSON text. */
  readonly of: string | undefined;
  /** The format that a foreign rule is in; or the first instant, as it was written. */
  readonly from: string | undefined;
  /** The format that a rule is written in; or the first instant after, as it was written. */
  readonly to: string | undefined;
}

/** What a command takes, as its help says it. */
export interface Usage {
  readonly name: string;
  readonly synopsis: string;
  readonly about: string;
  /** What stands for the first argument where it may be left out. */
  readonly unlessGiven?: string;
  /** A segment is named after the package. */
  readonly takesSegment?: "optional" | "required";
  readonly options: readonly Option[];
  readonly example: string;
}

/** An option of a command. */
export interface Option {
  readonly name:
    | "out" | "visitors" | "slot" | "now" | "context" | "strict" | "pretty" | "help"
    | "orders" | "columns" | "map" | "local-times" | "segment" | "of" | "from" | "to" | "language";
  /** What its value is called; absent: it has none. */
  readonly value?: string;
  readonly about: string;
  readonly required?: true;
}

export const PRETTY: Option = { name: "pretty", about: "for reading: indented records, problems as text" };
export const STRICT: Option = { name: "strict", about: "refuse the package for any error" };
export const VISITORS: Option = { name: "visitors", value: "FILE.jsonl", about: "the visitors, one JSON object a line; - is standard input", required: true };
export const NOW: Option = { name: "now", value: "T", about: "the instant asked about: milliseconds, or 2026-03-01T12:00:00+01:00; the clock unless given" };
export const CONTEXT: Option = { name: "context", value: "FILE", about: "what the page knows: a JSON object" };
/** What is said of an order file. */
export const ORDER_FILE: readonly Option[] = [
  { name: "orders", value: "FILE.csv", about: "the orders, a row a line item, plain or gzip; - is standard input", required: true },
  { name: "map", value: "NAME=COLUMN,…", about: "which column of the file is visitor_id, at, value, …; may be repeated" },
  { name: "columns", value: "A,B,…", about: "the columns of a file that has no header" },
  { name: "local-times", about: "read times without an offset in the package's time zone; without this such rows are refused" },
];
export const ORDER_FILE_SYNOPSIS = "--orders FILE.csv [--map NAME=COLUMN,…] [--columns A,B,…] [--local-times]";
const HELP: Option = { name: "help", about: "this text" };

/** The command was called wrongly: exit code 2, and a sentence. */
export const wrongUsage = (message: string): Error => Object.assign(new Error(message), { wrongUsage: true });

export const isWrongUsage = (error: unknown): error is Error => error instanceof Error && "wrongUsage" in error;

/** Reads the arguments of a command; `null`: help was asked for. */
export function readArguments(usage: Usage, args: readonly string[]): Arguments | null {
  const options = Object.fromEntries(
    [...usage.options, HELP].map(({ name, value }) => [name, { type: value === undefined ? "boolean" : "string", multiple: name === "map" } as const]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values["help"]) return null;
  const [source = usage.unlessGiven, ...rest] = positionals;
  const [named, ...others] = usage.takesSegment ? rest : [undefined, ...rest];
  if (source === undefined) throw wrongUsage("A package is needed: the name of a JSON file, or - for standard input.");
  if (usage.takesSegment === "required" && named === undefined) throw wrongUsage("A segment is needed after the package: its id.");
  if (others.length > 0) {
    const most = usage.takesSegment ? "package and one segment" : usage.unlessGiven === undefined ? "package" : "argument";
    throw wrongUsage(`One ${most} at a time: ${others.join(" ")} is too much.`);
  }
  const text = (name: Option["name"]): string | undefined => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  for (const { name, required, value } of usage.options) {
    if (required && text(name) === undefined) throw wrongUsage(`--${name} ${value} is needed.`);
  }
  if ([source, text("visitors"), text("context"), text("orders")].filter((file) => file === "-").length > 1) {
    throw wrongUsage("Standard input can be read only once.");
  }
  const [now, columns, language = "en"] = [text("now"), text("columns"), text("language")];
  if (language !== "en" && language !== "nl") throw wrongUsage(`--language ${language} is neither en nor nl.`);
  const map = values["map"];
  return {
    package: source,
    pretty: values["pretty"] === true,
    strict: values["strict"] === true,
    out: text("out"),
    visitors: text("visitors"),
    slot: text("slot"),
    context: text("context"),
    now: now === undefined ? undefined : instantOf("now", now),
    orders: text("orders"),
    columns: columns === undefined ? undefined : columnsOf(columns),
    map: Array.isArray(map) ? mapOf(map.map(String)) : undefined,
    localTimes: values["local-times"] === true,
    segment: named ?? text("segment"),
    language,
    of: text("of"),
    from: text("from"),
    to: text("to"),
  };
}

function columnsOf(text: string): readonly string[] {
  if (text.trim() === "") throw wrongUsage("--columns A,B,… names no column.");
  return cellsOf(text);
}

function mapOf(texts: readonly string[]): { readonly [canonical: string]: string } {
  const map = new Map<string, string>();
  for (const entry of texts.flatMap(cellsOf)) {
    const [name = "", ...rest] = entry.split("=");
    const [canonical, column] = [name.trim(), rest.join("=")];
    if (rest.length === 0 || column.trim() === "") throw wrongUsage(`--map takes NAME=COLUMN, such as visitor_id=Customer; ${entry || "an empty entry"} is no such pair.`);
    if (map.has(canonical)) throw wrongUsage(`--map says twice what ${canonical} is: ${map.get(canonical)}, and ${column}.`);
    map.set(canonical, column);
  }
  return Object.fromEntries(map);
}

/** An instant that an option says. */
export function instantOf(name: string, text: string): number {
  const instant = parseInstant(/^-?\d+$/.test(text) ? Number(text) : text);
  if (instant === null) throw wrongUsage(`--${name} ${text} is neither milliseconds since 1970 nor a date and time with an offset, such as 2026-03-01T12:00:00+01:00.`);
  return instant;
}

/** The help of one command. */
export function helpOf({ synopsis, about, options, example }: Usage): string {
  const rows = [...options, HELP].map((option) => [`--${option.name}${option.value ? ` ${option.value}` : ""}`, option.about]);
  const width = Math.max(...rows.map(([left = ""]) => left.length));
  return [
    `regulars ${synopsis}`, "", about, "",
    ...rows.map(([left = "", right = ""]) => `  ${left.padEnd(width)}  ${right}`),
    "", "Example:", `  ${example}`, "",
  ].join("\n");
}
