/** All recipes to choose from, and a recipe as a case. */
import type { Recipe } from "regulars/elements";
import { pretty } from "../document/format.ts";
import { segmentsIn, testsOf } from "../document/package.ts";
import { isTree, type Tree } from "../document/tree.ts";
import { el } from "../dom.ts";
import { speech, t } from "../speech.ts";
import { example, type State } from "../state.ts";
import { openDialog } from "./dialog.ts";

export function openGallery(all: readonly Recipe[], open: (recipe: Recipe) => void): void {
  const dialog = openDialog(t("Examples"), el("p", { class: "sub" }, t("Each is a whole package with its tests, and takes the place of what is open; that can be undone.")),
    el("ul", { class: "gallery" }, ...all.map((recipe) => el("li", {}, el("button", {
      type: "button", class: "gallery-item", "data-recipe": recipe.id, onclick: () => {
        dialog.close();
        open(recipe);
      },
    }, el("b", {}, recipe.name[speech]), el("span", {}, recipe.about[speech]))))));
}

/** The first test of the recipe that expects a member is the visitor to begin with. */
export function stateOfRecipe({ package: source }: Recipe): State {
  const tree = source as unknown as Tree;
  const [first] = segmentsIn(tree);
  const segment = first?.id ?? "";
  const tests = testsOf(tree, segment);
  const test = tests.find(({ member }) => member === true) ?? tests[0] ?? {};
  const now = typeof test["now"] === "number" ? test["now"] : Date.parse(String(test["now"] ?? ""));
  const text = pretty(tree);
  return {
    package: text, saved: text, segment, now: Number.isNaN(now) ? example.now : now,
    visitor: pretty(isTree(test["visitor"]) ? test["visitor"] : { events: [] }),
    context: isTree(test["context"]) ? test["context"] : {},
  };
}
