/** The page's own texts in two languages. English stands in the code; the other language is looked up by it, and loaded only where it is spoken. */

export type Speech = "en" | "nl";

const key = "regulars.playground.language";
const locales = { en: "en-GB", nl: "nl-NL" } as const;

let dictionary: { readonly [english: string]: string } = {};

export const speech: Speech = chosen();
/** For numbers and dates. */
export const locale: string = locales[speech];

function chosen(): Speech {
  try {
    const kept = localStorage.getItem(key);
    if (kept === "en" || kept === "nl") return kept;
  } catch {
    // No storage: the browser's own language it is.
  }
  return globalThis.navigator?.language?.startsWith("nl") ? "nl" : "en";
}

/** To be awaited before anything is drawn. */
export async function beginSpeech(): Promise<void> {
  document.documentElement.lang = speech;
  if (speech !== "en") dictionary = (await import("./dutch.ts")).dutch;
}

/** Takes effect when the page is loaded anew. */
export function speak(next: Speech): void {
  try {
    localStorage.setItem(key, next);
  } catch {
    return;
  }
  location.reload();
}

/** `t("{name} on {day}", { name: "Mila", day: "23 Nov" })` */
export function t(english: string, values: { readonly [name: string]: string | number } = {}): string {
  const text = dictionary[english] ?? english;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** One text for one, another for all other numbers; `{count}` stands for the number. */
export const several = (count: number, one: string, many: string, shown: string): string => t(count === 1 ? one : many, { count: shown });
