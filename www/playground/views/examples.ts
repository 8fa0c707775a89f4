/** Examples to begin with: the page's own, and the published recipes. */
import type { Recipe } from "regulars/elements";
import { pretty } from "../document/format.ts";
import { segmentsIn, testsOf } from "../document/package.ts";
import { isTree, type Tree } from "../document/tree.ts";
import { el } from "../dom.ts";
import { recipes } from "../recipes.ts";
import { speech, t } from "../speech.ts";
import { example, type State } from "../state.ts";
import { openDialog } from "./dialog.ts";

/** Those that stand on the first screen, by id, with their names: the file of recipes comes when one is chosen. */
const FIRST = [
  ["cart-abandoned", "Cart left behind"], ["category-buyer", "Bought a category"], ["loyals-leaving", "Loyals about to leave"],
  ["utm-campaign-not-converted", "Came from an ad, never bought"], ["anniversary", "Anniversary"],
] as const;

export interface Examples {
  readonly element: HTMLElement;
  /** Which example is open, if one is. */
  readonly draw: (state: State) => void;
}

export function examplesView(onOpen: (state: State, name: string) => void, onTrouble: (text: string) => void): Examples {
  const opened = new Map<string, string>([["", example.package]]);
  const chip = (id: string, text: string, act: () => void): HTMLElement => el("button", { type: "button", class: "chip", "data-example": id, onclick: act }, text);
  const load = (id: string): void => {
    recipes().then((all) => {
      const found = all.find((recipe) => recipe.id === id);
      if (found) open(found);
    }).catch(() => onTrouble(t("The examples could not be loaded.")));
  };
  const open = (recipe: Recipe): void => {
    const state = stateOfRecipe(recipe);
    opened.set(recipe.id, state.package);
    onOpen(state, recipe.name[speech]);
  };
  const own = chip("", t("A coat in mind"), () => onOpen(example, t("A coat in mind")));
  const element = el("nav", { class: "examples", "aria-label": t("Examples") }, el("span", { class: "sub", "aria-hidden": "true" }, t("Examples")),
    own, ...FIRST.map(([id, name]) => chip(id, t(name), () => load(id))),
    el("button", { type: "button", class: "chip", id: "all-examples", onclick: () => {
      recipes().then((all) => gallery(all, open)).catch(() => onTrouble(t("The examples could not be loaded.")));
    } }, t("All examples …")));

  return {
    element,
    draw(state) {
      for (const one of element.querySelectorAll<HTMLElement>("[data-example]")) {
        one.setAttribute("aria-current", String(opened.get(one.dataset["example"] ?? "?") === state.package));
      }
    },
  };
}

function gallery(all: readonly Recipe[], open: (recipe: Recipe) => void): void {
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
