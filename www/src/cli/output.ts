import { once } from "node:events";
import type { Problem } from "../types.js";

/** A problem, and where in which file it is. */
export type Located = Problem & { readonly file?: string; readonly line?: number; readonly column?: string };

/** Where records and problems go. */
export interface Output {
  /** A record to standard output, one a line unless `--pretty`. */
  readonly record: (value: unknown) => Promise<void>;
  /** The same for many. */
  readonly records: (values: Iterable<unknown>) => Promise<void>;
  /** Lines of plain text to standard output. */
  readonly lines: (lines: Iterable<string>) => Promise<void>;
  /** A problem to standard error. */
  readonly problem: (problem: Located) => Promise<void>;
  /** The same for many. */
  readonly problems: (problems: Iterable<Located>) => Promise<void>;
  /** A line that stands at the bottom of the terminal until the next one, or `null`, replaces it; nothing where there is no terminal. */
  readonly status: (line: string | null) => void;
  /** Whether any problem was an error. */
  readonly failed: () => boolean;
}

export function outputOf(pretty: boolean): Output {
  let failed = false;
  let shown = false;
  const { stdout, stderr } = process;
  /** Takes the line of `status` away, so that what follows stands on a line of its own. */
  const clear = (): void => {
    if (shown) stderr.write(CLEAR);
    shown = false;
  };
  const recordOf = (value: unknown): string => `${JSON.stringify(value, null, pretty ? 2 : 0)}\n`;
  const textOf = (problem: Located): string => {
    failed ||= problem.severity === "error";
    return pretty ? readable(problem) : `${JSON.stringify(problem)}\n`;
  };
  const print = async (stream: NodeJS.WriteStream, texts: Iterable<string>): Promise<void> => {
    for (const text of inPieces(texts)) {
      clear();
      await write(stream, text);
    }
  };
  return {
    record: (value) => print(stdout, [recordOf(value)]),
    records: (values) => print(stdout, mapped(values, recordOf)),
    lines: (lines) => print(stdout, mapped(lines, (line) => `${line}\n`)),
    problem: (problem) => print(stderr, [textOf(problem)]),
    problems: (problems) => print(stderr, mapped(problems, textOf)),
    status(line) {
      if (line === null || !hasStatus()) return clear();
      stderr.write(CLEAR + line.slice(0, (stderr.columns || 80) - 1));
      shown = true;
    },
    failed: () => failed,
  };
}

/** Whether there is a terminal on which a line can be replaced. */
export const hasStatus = (): boolean => process.stderr.isTTY === true && process.env["TERM"] !== "dumb";

/** To the beginning of the line, and everything behind it away. */
const CLEAR = "\r\u001B[K";
/** Characters that are written at once; a million short lines, each by itself, would be slow. */
const PIECE = 1 << 16;

/** The same text in pieces of a good size. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}

function* mapped<T>(values: Iterable<T>, map: (value: T) => string): Generator<string> {
  for (const value of values) yield map(value);
}

/** An error about the whole of something. */
export const errorOf = (code: string, message: string, pointer = ""): Problem => ({ code, severity: "error", pointer, message });

function readable({ code, severity, pointer, message, fix, file, line, column }: Located): string {
  const place = line === undefined ? file : `${file}:${line}`;
  const where = [place, pointer].filter(Boolean).join(" ") + (column ? `, column ${column}` : "");
  return `${severity}${where && ` at ${where}`}: ${message} (${code})\n${fix ? `  ${fix}\n` : ""}`;
}

/** Waits for a slow reader, so that a long output does not pile up in memory. */
async function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}

/** A reader that has seen enough (`| head`) ends the program quietly. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
}
