import { once } from "node:events";
import type { Problem } from "../types.js";

/** A problem, and the line of the file that it is about. */
export type Located = Problem & { readonly file?: string; readonly line?: number };

/** Where records and problems go. */
export interface Output {
  /** A record to standard output, one a line unless `--pretty`. */
  readonly record: (value: unknown) => Promise<void>;
  /** A problem to standard error. */
  readonly problem: (problem: Located) => Promise<void>;
  /** Whether any problem was an error. */
  readonly failed: () => boolean;
}

export function outputOf(pretty: boolean): Output {
  let failed = false;
  return {
    record: (value) => write(process.stdout, `${JSON.stringify(value, null, pretty ? 2 : 0)}\n`),
    problem(problem) {
      failed ||= problem.severity === "error";
      return write(process.stderr, pretty ? readable(problem) : `${JSON.stringify(problem)}\n`);
    },
    failed: () => failed,
  };
}

/** An error about the whole of something. */
export const errorOf = (code: string, message: string, pointer = ""): Problem => ({ code, severity: "error", pointer, message });

function readable({ code, severity, pointer, message, fix, file, line }: Located): string {
  const place = line === undefined ? file : `${file}:${line}`;
  const where = [place, pointer].filter(Boolean).join(" ");
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
