/** The published recipes: a file of the page's own, fetched when somebody looks at examples. */
import type { Recipe } from "regulars/elements";

let asked: Promise<readonly Recipe[]> | null = null;

export function recipes(): Promise<readonly Recipe[]> {
  asked ??= fetch(new URL("recipes.json", document.baseURI)).then(async (response) => {
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as readonly Recipe[];
  }).catch((reason: unknown) => {
    asked = null;
    throw reason;
  });
  return asked;
}
