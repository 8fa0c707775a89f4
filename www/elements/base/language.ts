/** Which language an element speaks, and how numbers, money, dates and lists read in it. */

/** A language of the elements. */
export type Language = "en" | "nl";

/** The language that is asked for, or else that of the nearest `lang` around the element. */
export function languageOf(element: Element, asked: string | null | undefined): Language {
  let said = asked || undefined;
  for (let at: Element | null = element; said === undefined && at !== null; ) {
    said = at.getAttribute("lang") || undefined;
    const root: Node = at.getRootNode();
    at = at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
  return said?.toLowerCase().startsWith("nl") ? "nl" : "en";
}

/** Formats of one language, made once. */
export interface Formats {
  readonly language: Language;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly money: (value: number, currency: string) => string;
  readonly list: (parts: readonly string[], kind?: "and" | "or") => string;
  /** Day and hour, in the package's time zone. */
  readonly moment: (at: number, timeZone: string) => string;
  readonly day: (at: number, timeZone: string) => string;
  /** One of two texts, by how many there are; `#` in it is the number. */
  readonly plural: (count: number, one: string, other: string) => string;
}

const known = new Map<Language, Formats>();

export function formats(language: Language): Formats {
  const found = known.get(language);
  if (found) return found;
  const locale = language === "en" ? "en-GB" : "nl-NL";
  const plurals = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const lists = { and: new Intl.ListFormat(locale), or: new Intl.ListFormat(locale, { type: "disjunction" }) };
  const dates = new Map<string, Intl.DateTimeFormat>();
  const date = (timeZone: string, timeStyle?: "short"): Intl.DateTimeFormat => {
    const key = `${timeZone} ${timeStyle}`;
    const made = dates.get(key) ?? new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone, ...(timeStyle && { timeStyle }) });
    dates.set(key, made);
    return made;
  };
  const made: Formats = {
    language,
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    money: (value, currency) => new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: Number.isInteger(value) ? 0 : 2 }).format(value),
    list: (parts, kind = "and") => lists[kind].format(parts),
    moment: (at, timeZone) => date(timeZone, "short").format(at),
    day: (at, timeZone) => date(timeZone).format(at),
    plural: (count, one, other) => (plurals.select(count) === "one" ? one : other).replace("#", number.format(count)),
  };
  known.set(language, made);
  return made;
}
