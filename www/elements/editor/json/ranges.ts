/** Where in a JSON text the value of a pointer stands. */
import { findNodeAtLocation, parseTree } from "jsonc-parser";
import { parts } from "../pointer.js";

/** `null`: the text is no JSON. A place that is not there is that of what is around it; a key is marked together with its value. */
export function rangeOf(text: string, pointer: string): { readonly from: number; readonly to: number } | null {
  const root = parseTree(text);
  if (root === undefined) return null;
  for (let path: (string | number)[] = parts(pointer).map((part) => (/^\d+$/.test(part) ? Number(part) : part)); ; path = path.slice(0, -1)) {
    const node = findNodeAtLocation(root, path);
    if (node !== undefined) return { from: node.offset, to: node.offset + node.length };
    if (path.length === 0) return { from: root.offset, to: root.offset + root.length };
  }
}
