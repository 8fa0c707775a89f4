// The recipes of www/recipes, one a file, as the package publishes them: each with a whole package around its segments.
// docs/recipes.md, the gallery for people, is written from them; tests/recipes.test.mjs holds the page to them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./run.mjs";

const folder = join(root, "www/recipes");
export const pageFile = join(root, "docs/recipes.md");

/** The nine groups in their order, and what the page calls them. */
export const groups = {
  conversion: "Conversion",
  behaviour: "Behaviour",
  profile_data: "Profile data",
  campaigns: "Campaigns",
  predictive: "Predictive",
  geographic: "Geographic",
  referrer_utm: "Referrer & UTM",
  returns: "Returns",
  device_time: "Device & time",
};

/** Every recipe: what it is called and about, and a package that `check` takes as it is. */
export function recipes() {
  const order = Object.keys(groups);
  return readdirSync(folder).filter((name) => name.endsWith(".json")).sort()
    .map((name) => published(JSON.parse(readFileSync(join(folder, name), "utf8"))))
    .sort((left, right) => order.indexOf(left.group) - order.indexOf(right.group));
}

/** Where the shop is and how it pays are the first things to change. */
function published({ id, name, group, about, note, retention, segments }) {
  const shop = { regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR", ...(retention && { retention }), segments };
  return { id, name, group, about, ...(note && { note }), package: shop };
}

/** The file of the package: a list. */
export function writeRecipes(file) {
  writeFileSync(file, `${JSON.stringify(recipes())}\n`);
}

export function writePage() {
  mkdirSync(dirname(pageFile), { recursive: true });
  writeFileSync(pageFile, page());
}

/** The gallery as a page. */
export function page() {
  const all = recipes();
  const sections = Object.entries(groups).flatMap(([group, title]) => {
    const inside = all.filter((recipe) => recipe.group === group);
    return inside.length === 0 ? [] : [`## ${title}`, ...inside.flatMap(described)];
  });
  return [...opening, ...sections].join("\n\n") + "\n";
}

const opening = [
  "# Recipes",
  "Segments to begin with: the published recipes of well-known segment builders, each tested with visitors who must and who must not be members. "
    + "Where a published recipe contradicts its own text, the recipe here does what the text says, and says so.",
  "`regulars recipes` lists them; `regulars recipes one-time-buyer > shop.json` writes one as a whole package, its examples included, ready for "
    + "`regulars check shop.json`. In a program they are `import recipes from \"regulars/recipes.json\" with { type: \"json\" }`. "
    + "Put your own brands, categories, addresses and numbers where the examples have theirs.",
  "This page is written from `www/recipes` by `npm run recipes`.",
];

function described({ id, name, about, note, package: { retention, segments } }) {
  const rules = segments.map(({ id, rule }) => ({ id, rule }));
  const shown = retention === undefined && rules.length === 1 ? rules[0] : { ...(retention && { retention }), segments: rules };
  return [
    `### ${name.en} · \`${id}\``,
    about.en,
    ...(note ? [`> ${note.en}`] : []),
    ...(segments.length > 1 ? [segments.map(({ id, description }) => `- \`${id}\`: ${description}`).join("\n")] : []),
    ["```json", printed(shown), "```"].join("\n"),
  ];
}

const WIDTH = 110;

/** JSON with as much on a line as fits. */
function printed(value, indent = 0, before = 0) {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, " ").replaceAll("[ ", "[").replaceAll(" ]", "]");
  if (typeof value !== "object" || value === null || indent + before + line.length <= WIDTH) return line;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const named = (key) => (Array.isArray(value) ? "" : `${JSON.stringify(key)}: `);
  const parts = Object.entries(value).map(([key, part]) => `${" ".repeat(indent + 2)}${named(key)}${printed(part, indent + 2, named(key).length)}`);
  return [open, parts.join(",\n"), `${" ".repeat(indent)}${close}`].join("\n");
}
