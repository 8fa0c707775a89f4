/** Getting bytes and wasm modules from wherever they are: a URL, a response, or memory. */
import { request } from "./request.js";

/** Bytes, or where to get them. */
export type Source = string | URL | Response | ArrayBuffer | Uint8Array;

/** Bytes of a source. Rejects with a sentence if there are none. */
export async function bytesOf(source: Source): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  return new Uint8Array(await (await answered(source)).arrayBuffer());
}

/** The module of a source, compiled while it arrives where the server names its type. */
export async function moduleOf(source: Source | WebAssembly.Module): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) return WebAssembly.compile(source as BufferSource);
  const response = await answered(source);
  const named = response.headers.get("content-type")?.startsWith("application/wasm");
  return named ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

async function answered(source: string | URL | Response): Promise<Response> {
  const response = typeof source === "string" || source instanceof URL ? await request(source) : source;
  if (!response.ok) throw new Error(`${response.url || "the server"} answered ${response.status}`);
  return response;
}
