/** The gallery of recipes: a rule to begin with. */
import type { Catalogue } from "regulars/engine";
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../base/icons.js";
import type { Formats, Language } from "../../base/language.js";
import type { DraftSegment, Recipe } from "../../types.js";
import type { Words } from "../words.js";

export interface GalleryOptions {
  readonly recipes: readonly Recipe[] | "loading" | "failed";
  readonly catalogue: Catalogue | null;
  readonly words: Words;
  readonly formats: Formats;
  readonly language: Language;
  readonly choose: (recipe: Recipe, segment: DraftSegment) => void;
  readonly close: () => void;
}

export function gallery({ recipes, catalogue, words, formats, language, choose, close }: GalleryOptions): TemplateResult {
  const list = typeof recipes === "string" ? [] : recipes.flatMap((recipe) => (recipe.package.segments ?? []).slice(0, 1).map((segment) => ({ recipe, segment, more: (recipe.package.segments?.length ?? 1) - 1 })));
  const groups = (catalogue?.groups ?? []).filter(({ id }) => list.some(({ recipe }) => recipe.group === id));
  return html`<div class="seek"><h2>${words.recipes}</h2><span class="spacer"></span><button type="button" class="button plain square" aria-label=${words.close} @click=${close}>${icon("close")}</button></div>
    <div class="found" tabindex="0" role="region" aria-label=${words.recipes}>
      <p class="quiet">${recipes === "loading" ? words.loading : recipes === "failed" ? words.recipesFail : words.recipesHint}</p>
      ${groups.map((group) => html`<section data-family=${group.id} aria-labelledby="recipes-${group.id}"><h3 id="recipes-${group.id}">${icon(group.id)}${group.label[language]}</h3>
        <ul>${list.filter(({ recipe }) => recipe.group === group.id).map(({ recipe, segment, more }) => html`<li><button type="button" class="recipe" data-recipe=${recipe.id} @click=${() => choose(recipe, segment)}>
          <b>${recipe.name[language]}</b><span>${recipe.about[language]}</span>${more > 0 ? html`<i>${formats.plural(more, words.recipesPart, words.recipesPart)}</i>` : nothing}</button></li>`)}</ul></section>`)}
    </div>`;
}
