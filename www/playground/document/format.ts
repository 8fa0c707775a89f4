/** JSON as people like to read it: what fits on a line stands on one. */
import type { Json } from "regulars/engine";

const WIDTH = 96;

export function pretty(value: Json | undefined): string {
  return `${written(value ?? null, 0, 0)}\n`;
}

/** `indent`: of the line it stands in; `before`: what stands in front of it on that line. */
function written(value: Json, indent: number, before: number): string {
  const short = flat(value);
  if (indent > 0 && indent + before + short.length <= WIDTH) return short;
  const inner = " ".repeat(indent + 2);
  const end = " ".repeat(indent);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${(value as readonly Json[]).map((part) => inner + written(part, indent + 2, 0)).join(",\n")}\n${end}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value as { readonly [key: string]: Json | undefined }).filter(([, part]) => part !== undefined);
    if (entries.length === 0) return "{}";
    return `{\n${entries.map(([key, part]) => `${inner}${JSON.stringify(key)}: ${written(part as Json, indent + 2, key.length + 4)}`).join(",\n")}\n${end}}`;
  }
  return short;
}

function flat(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[${(value as readonly Json[]).map(flat).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value as { readonly [key: string]: Json | undefined }).filter(([, part]) => part !== undefined);
    return entries.length === 0 ? "{}" : `{ ${entries.map(([key, part]) => `${JSON.stringify(key)}: ${flat(part as Json)}`).join(", ")} }`;
  }
  return JSON.stringify(value);
}
