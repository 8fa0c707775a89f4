import bytes from "regulars:page.wasm";

/** The page build itself, inside the script. */
export const pageWasm = (): Uint8Array => bytes;
