import { readFile } from "node:fs/promises";
import type { UncheckedPackage } from "../types.js";
import { nearest } from "./nearest.js";
import type { Output } from "./output.js";
import { type Arguments, PRETTY, type Usage, wrongUsage } from "./usage.js";

export const usage: Usage = {
  name: "recipes",
  synopsis: "recipes [NAME] [--pretty]",
  about: "The recipes for segments, one a line; with a name, that recipe as a whole package with its examples.",
  unlessGiven: "",
  options: [PRETTY],
  example: "regulars recipes one-time-buyer > shop.json",
};

/** A recipe, as the package publishes it. */
interface Recipe {
  readonly id: string;
  readonly name: { readonly en: string; readonly nl: string };
  readonly group: string;
  readonly about: { readonly en: string; readonly nl: string };
  readonly package: UncheckedPackage;
}

export async function run({ package: wanted }: Arguments, output: Output): Promise<void> {
  const recipes = JSON.parse(await readFile(new URL("./recipes.json", import.meta.url), "utf8")) as readonly Recipe[];
  if (wanted === "") return output.records(recipes.map(({ id, name, group, about }) => ({ id, name, group, about })));
  const recipe = recipes.find(({ id }) => id === wanted);
  if (recipe === undefined) throw wrongUsage(`There is no recipe ${wanted}: the nearest is ${nearest(wanted, recipes.map(({ id }) => id))}.`);
  await output.record(recipe.package);
}
