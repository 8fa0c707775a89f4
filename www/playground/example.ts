/**
 * What the page shows before anybody has typed: a loyal customer who has a coat in mind and is about to drift, so that something
 * changes in each of the next days. The texts are files of the page.
 */

/** 23 November 2026, 14:20 in Amsterdam. */
export const exampleNow = Date.UTC(2026, 10, 23, 13, 20);

/** The one that is looked at first. */
export const exampleSegment = "coat-in-mind";

/** If they cannot be loaded, there is nothing to begin with, and the page works all the same. */
export async function exampleTexts(): Promise<{ readonly package: string; readonly visitor: string }> {
  const [source, visitor] = await Promise.all(["package", "visitor"].map(async (name) => {
    const response = await fetch(new URL(`example-${name}.json`, document.baseURI));
    return response.ok ? response.text() : "{}\n";
  }));
  return { package: source ?? "", visitor: visitor ?? "" };
}
