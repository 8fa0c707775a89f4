import { createReadStream } from "node:fs";
import type { Json } from "../types.js";
import { wrongUsage } from "./usage.js";

/** A line of a file, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of a file (`-`: of standard input), as they come; blank ones are left out. */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let rest = "";
  let number = 0;
  // Not node:readline: it also breaks lines at U+2028, which JSON texts may hold.
  for await (const piece of piecesOf(file)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      number++;
      if (text.trim() !== "") yield { number, text };
    }
  }
  if (rest.trim() !== "") yield { number: number + 1, text: rest };
}

/** A whole file (`-`: standard input). */
export async function textOf(file: string): Promise<string> {
  let text = "";
  for await (const piece of piecesOf(file)) text += piece;
  return text;
}

async function* piecesOf(file: string): AsyncGenerator<string> {
  const stream: AsyncIterable<string> = file === "-" ? process.stdin.setEncoding("utf8") : createReadStream(file, "utf8");
  let first = true;
  try {
    for await (const piece of stream) {
      // A byte order mark says nothing.
      yield first && piece.startsWith("\uFEFF") ? piece.slice(1) : piece;
      first = false;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw wrongUsage(code === "ENOENT" ? `There is no file ${file}.` : `${file} cannot be read: ${message}.`);
  }
}

/** JSON, or a sentence that says what is wrong with it. */
export function parseJson(text: string): { value: Json } | { message: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    return { message: `This is not JSON: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
