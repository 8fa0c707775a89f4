/** What a page knows of itself now, under what the shop says: `url`, `title`, `language`. Anything else than an object is returned as it is. */
export function withPage(context: unknown): unknown {
  if (context !== undefined && (typeof context !== "object" || context === null || Array.isArray(context))) return context;
  const { location, document, navigator } = globalThis as Partial<Pick<typeof globalThis, "location" | "document" | "navigator">>;
  return { url: location?.href, title: document?.title, language: navigator?.language, ...context };
}
