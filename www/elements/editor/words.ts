/** What the editor says, in English. Dutch has the same keys, and comes when it is spoken. `#` stands for a number, `{}` for a name. */
import type { Language } from "../base/language.js";

export const english = {
  inWords: "In words", selectPhrase: "Select a phrase to go to its row", noSentence: "Add a condition, and this says who is meant.",
  staleSentence: "Something below cannot be read yet; this is what it said before.", copySentence: "Copy",
  rules: "Rules", conditions: ["# condition", "# conditions"], rulesView: "Rules", json: "JSON", view: "View",
  undo: "Undo", redo: "Redo", nothingToUndo: "Nothing to undo", nothingToRedo: "Nothing to redo",
  combine: "How the rows are combined", all: "All", any: "Any", none: "None",
  ofThese: { all: "of these must be true", any: "of these must be true", none: "of these may be true" },
  join: { all: "and", any: "or", none: "nor" },
  group: { all: "Group: all must be true", any: "Group: any must be true", none: "Group: none may be true" },
  wholeRule: "The whole rule", row: "Row {}", addCondition: "Condition", addGroup: "Group", fromRecipe: "Start from a recipe", empty: "No conditions yet.",
  emptyHint: "Add the first one, or start from a recipe.",
  grip: "Move {}. Press Space, then the arrow keys", actions: "Actions for {}", more: "More", lessMore: "More about {}",
  visitors: ["# visitor", "# visitors"], alone: "match this by itself", members: "# of {} visitors ({%})", 
  visitorIn: "This visitor is in", visitorOut: "This visitor is out", until: "until {}", holds: "true for this visitor", fails: "not true for this visitor",
  usedIn: "Used in: {}", keys: "Keys", keyMove: "move", keyUndo: "undo", keyCopy: "copy, paste", keyAdd: "add by typing",
  change: "Change the condition {}", modifier: "Comparison", value: "Value", from: "From", to: "to", and: "and", field: "Field", unit: "Unit", yes: "yes", no: "no",
  addValue: "Add a value", removeValue: "Remove {}", other: "Other …", eventType: "Event", measure: "What is measured", howOften: "How often", times: "times",
  which: "Which events", every: "every event", net: "without what was returned", caseSensitive: "capitals count", choose: "Choose …",
  period: "Period", ever: "ever", last: "in the last", between: "between", calendar: "on the last", fixed: "from", ago: "ago", current: "up to today", toDay: "to",
  amount: "How many", whole: "calendar", today: "today included",
  countProducts: "Count only products where", countEvents: "Count only events where", ofTheseTrue: "of these are true",
  addProductRule: "Product rule", addEventRule: "Event rule", how: { all: "all", any: "any", none: "none" },
  segment: "Segment", cells: "Cells", near: "within", km: "km of", latitude: "Latitude", longitude: "Longitude",
  step: "Step {}", first: "first", then: "then", within: "within", anyTime: "any time later", absent: "must not happen", sameItem: "the same product",
  addStep: "Step", removeStep: "Remove step {}", stepUp: "Step {} earlier", stepDown: "Step {} later", limit: "Time limit",
  pick: "Choose a condition", search: "Search conditions", nothingFound: "Nothing is called that. Try another word.", found: ["# condition found", "# conditions found"],
  thisVisitor: "This visitor: {}", close: "Close", recipes: "Start from a recipe", recipesHint: "Its rule takes the place of what is here; undo brings that back.", recipesFail: "The recipes could not be loaded.",
  recipesPart: "Only this segment is taken over; its package has # more.", useRecipe: "Use", loading: "Loading …",
  menu: {
    up: "Move up", down: "Move down", out: "Move out of the group", in: "Move into the group beside it", duplicate: "Duplicate", wrap: "Put into a group", unwrap: "Take out of its group box",
    copy: "Copy", cut: "Cut", paste: "Paste after this", pasteInto: "Paste into the group", remove: "Remove", copyAll: "Copy the whole rule", pasteAll: "Paste over the whole rule", clear: "Begin anew",
  },
  fix: { use: "Use “{}”", useDays: "Use {}", removeRow: "Remove this row", removeGroup: "Remove the group", removeKey: "Remove {}", swap: "Swap them" },
  error: "Error", warning: "Careful",
  /** Names of steps, after “Undo: ”. */
  step_: {
    add: "add {}", remove: "remove {}", change: "change {} to {2}", condition: "choose {}", move: "move {}", duplicate: "duplicate {}", wrap: "put {} into a group", unwrap: "take rows out of a group",
    mode: "combine by “{}”", paste: "paste", cut: "cut {}", fix: "mend {}", recipe: "recipe {}", json: "edit the JSON", clear: "begin anew", period: "period of {}", option: "options of {}", steps: "steps of {}",
  },
  said: {
    lifted: "{} lifted. Arrow keys move it, Enter drops it, Escape cancels.", dropped: "{} dropped.", cancelled: "Moving cancelled; {} is back.", moved: "{}, now {2} of {3} in {4}.",
    copied: "{} copied.", cut: "{} cut.", undone: "Undone: {}", redone: "Redone: {}", removed: "{} removed.", noClipboard: "The clipboard could not be read. Press Ctrl and V on the row instead.",
    noCopy: "The clipboard could not be written.",
  },
  refused: {
    not_there: "That row is no longer there.", inside_itself: "A group cannot be moved into itself.", other_kind: "Conditions, product rules and event rules do not mix: it cannot go there.",
    too_deep: "Rules may nest at most {} levels deep.", too_large: "There may be at most {}.", no_group: "This is not a group.", no_place: "It cannot go further that way.",
    only_one: "Its rows mean something else without the group.", not_json: "What was pasted is not JSON text.", not_a_rule: "What was pasted is not a rule.",
    not_a_predicate: "What was pasted is not a product or event rule.", many_segments: "What was pasted has {} segments; paste one of them.", no_segment: "There is no such segment.",
    loop: "That would be a loop: {}.",
  },
  events: {
    conversion: "order", return: "return", visit: "visit", page_view: "page view", item_view: "product view", category_view: "category view", wishlist_add: "put on wish list", cart_add: "put into cart",
    cart_remove: "taken out of cart", checkout: "checkout", search: "search", impression: "campaign seen", click: "campaign clicked", dismiss: "campaign closed",
  } as Record<string, string>,
  fields: {
    id: "id", name: "name", brand: "brand", category: "category", variant: "variant", price: "price", quantity: "quantity", value: "value", currency: "currency", coupon: "coupon", reason: "reason", term: "search term",
    results: "results", campaign: "campaign", url: "address", path: "page", title: "title", referrer: "referrer", referrer_host: "referring site", utm_source: "UTM source", utm_medium: "UTM medium", utm_campaign: "UTM campaign",
    utm_term: "UTM term", utm_content: "UTM content",
  } as Record<string, string>,
  devices: { mobile: "mobile", tablet: "tablet", desktop: "desktop" } as Record<string, string>,
  noAnswer: "The engine gave no answer; what you edit is kept.", noneCell: "no orders yet", jsonLabel: "The rule as JSON", jsonWrong: "This is not JSON yet; the rule stays as it was.", jsonFail: "The JSON editor could not be loaded; here is the plain text.",
  days: "days", km_: "km",
};

export type Words = typeof english;

const learnt: Record<Language, Words | null> = { en: english, nl: null };

/** Makes sure that a language can be spoken. */
export async function learn(language: Language): Promise<void> {
  learnt[language] ??= (await import("./words-nl.js")).dutch;
}

export const words = (language: Language): Words => learnt[language] ?? english;

/** Fills in what a sentence speaks of: `{}`, then `{2}`, `{3}` … */
export const fill = (text: string, ...about: readonly (string | number)[]): string =>
  text.replace(/\{(\d?)\}/g, (_, place: string) => String(about[place === "" ? 0 : Number(place) - 1] ?? ""));
