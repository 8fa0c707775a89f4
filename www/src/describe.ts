/** Segments of a package in words. */
import { describe } from "../glue/studio.js";
import { NO_SOURCE } from "./explain.js";
import type { Build } from "./glue.js";
import { guarded, problem } from "./guard.js";
import type { Description, Language, Problem } from "./types.js";

/** What the studio build says of a segment. */
type Said = Omit<Description, "sentence">;

/** What describes the segments of a package. All of them are described at once, when the first is asked for in a language. */
export function describerOf(build: Build, source: string | null): (segment: string, options?: { readonly language?: Language }) => Description | null | { readonly problem: Problem } {
  const known = new Map<Language, ReadonlyMap<string, Description>>();
  return (segment, { language = "en" } = {}) => {
    if (typeof segment !== "string") throw new TypeError("plan.describe takes the id of a segment.");
    if (language !== "en" && language !== "nl") throw new TypeError("plan.describe speaks en and nl.");
    if (source === null) return { problem: problem("no_source", "", NO_SOURCE) };
    let described = known.get(language);
    if (!described) {
      const said = guarded(build, () => describe(source, language) as Said[]);
      described = new Map(said.map((one) => [one.segment, { ...one, sentence: one.phrases.map(({ text }) => text).join("") }]));
      known.set(language, described);
    }
    return described.get(segment.trim()) ?? null;
  };
}
