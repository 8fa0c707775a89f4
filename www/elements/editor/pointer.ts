/** JSON pointers, and reading and writing at them. Nothing is changed in place: what is not touched stays the very same object. */

/** Anything JSON can say, as it is edited. */
export type Value = unknown;
/** An object of JSON. */
export type Fields = { readonly [key: string]: Value };

export const isFields = (value: Value): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

export function parts(pointer: string): string[] {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function join(pointer: string, ...keys: (string | number)[]): string {
  return pointer + keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

export const parent = (pointer: string): string => pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
export const last = (pointer: string): string => parts(pointer).at(-1) ?? "";
export const isInside = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);

const isIndex = (list: readonly Value[], key: string): boolean => /^(?:0|[1-9]\d*)$/.test(key) && Number(key) < list.length;

/** What stands there; `undefined` if nothing does. */
export function get(value: Value, pointer: string): Value {
  let at = value;
  for (const key of parts(pointer)) {
    if (Array.isArray(at)) at = isIndex(at, key) ? at[Number(key)] : undefined;
    else at = isFields(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

/** The value with something else there; `undefined` takes it away. A place that is not there is made only as a new key of an object. */
export function set(value: Value, pointer: string, to: Value): Value {
  const write = (at: Value, keys: readonly string[]): Value => {
    const [key, ...rest] = keys;
    if (key === undefined) return to;
    if (Array.isArray(at)) {
      if (!isIndex(at, key)) return at;
      const copy = [...at];
      const written = write(at[Number(key)], rest);
      if (written === undefined) copy.splice(Number(key), 1);
      else copy[Number(key)] = written;
      return copy;
    }
    if (!isFields(at)) return at;
    const written = write(Object.hasOwn(at, key) ? at[key] : rest.length > 0 ? {} : undefined, rest);
    if (written !== undefined) return { ...at, [key]: written };
    const { [key]: _gone, ...left } = at;
    return left;
  };
  return write(value, parts(pointer));
}

/** Where this very object stands; `null` if it does not. */
export function find(value: Value, wanted: object, pointer = ""): string | null {
  if (value === wanted) return pointer;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = find(inner, wanted, join(pointer, key));
    if (found !== null) return found;
  }
  return null;
}
