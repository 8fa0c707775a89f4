import { readFile } from "node:fs/promises";

/** One request; Node's own fetch reads no files. */
export async function request(source: string | URL): Promise<Response> {
  if (!String(source).startsWith("file:")) return fetch(source);
  return new Response(new Uint8Array(await readFile(new URL(source))));
}
