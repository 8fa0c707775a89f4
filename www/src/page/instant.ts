/**
 * An instant as the page needs it: milliseconds, a date object, or a text with an offset. The engine reads it again,
 * and strictly, wherever an answer depends on it.
 */
export function instantOf(value: unknown): number | null {
  const instant = typeof value === "string" && /(z|[+-]\d\d:\d\d)\s*$/i.test(value) ? Date.parse(value) : value instanceof Date ? value.getTime() : value;
  return typeof instant === "number" && Number.isFinite(instant) ? Math.floor(instant) : null;
}
