import { rename, rm, writeFile } from "node:fs/promises";
import { inPieces } from "./output.js";
import { wrongUsage } from "./usage.js";

/** Writes a file whole or not at all: a page never loads half a plan, a mailing never goes to half an audience. */
export async function writeWhole(path: string, content: string | Uint8Array | Iterable<string>): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, typeof content === "string" || content instanceof Uint8Array ? content : inPieces(content));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw wrongUsage(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
