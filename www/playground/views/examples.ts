/** Examples to begin with: the page's own, and the published recipes. */
import type { Recipe } from "regulars/elements";
import { el } from "../dom.ts";
import { recipes } from "../recipes.ts";
import { speech, t } from "../speech.ts";
import { example, type State } from "../state.ts";

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
    recipes().then(async (all) => {
      const found = all.find((recipe) => recipe.id === id);
      if (found) await open(found);
    }).catch(() => onTrouble(t("The examples could not be loaded.")));
  };
  const open = async (recipe: Recipe): Promise<void> => {
    const { stateOfRecipe } = await import("./gallery.ts");
    const state = stateOfRecipe(recipe);
    opened.set(recipe.id, state.package);
    onOpen(state, recipe.name[speech]);
  };
  const own = chip("", t("A coat in mind"), () => onOpen(example, t("A coat in mind")));
  const element = el("nav", { class: "examples", "aria-label": t("Examples") }, el("span", { class: "sub", "aria-hidden": "true" }, t("Examples")),
    own, ...FIRST.map(([id, name]) => chip(id, t(name), () => load(id))),
    el("button", { type: "button", class: "chip", id: "all-examples", onclick: () => {
      recipes().then(async (all) => (await import("./gallery.ts")).openGallery(all, (recipe) => void open(recipe))).catch(() => onTrouble(t("The examples could not be loaded.")));
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
