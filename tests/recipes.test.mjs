// The recipes: every published one is there, its package is good, its examples hold, and they are sharp: a rule with any of its
// numbers changed a little, with a text changed, or with a part left out fails one of them.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { load } from "../dist/engine.node.js";
import { groups, page, pageFile, recipes } from "../tools/lib/recipes.mjs";
import { root } from "../tools/lib/run.mjs";
import { lines, regulars as run } from "./orders/program.mjs";

const engine = await load();
const all = recipes();
const GAP = "retention-five-published";

test("every published recipe is there", () => {
  const published = [
    "one-time-buyer", "no-conversion-in-60-days", "past-collection", "brand-buyer", "category-buyer", "device-buyer", "size-buyer",
    "low-order-value", "order-value-50-100", "order-value-100-150", "high-order-value", "newly-loyal", "drifting-away", "going-to-sleep", "loyals-leaving",
    "loyal", "promising", "sleeper", "red-alert", "red-alert-brand", "retention-five", "retention-five-published", "retention-seven",
    "viewed-brand-not-bought", "viewed-category-not-bought", "cart-abandoned", "engaged-visitor", "clicked-campaign-not-converted",
    "referrer-not-converted", "utm-campaign-not-converted", "returning-visitor", "anniversary", "known-converted-in-six-months",
    "near-a-shop", "from-a-place", "returns-ratio", "frequent-returns",
  ];
  assert.deepEqual(all.map(({ id }) => id).sort(), published.sort());
});

test("the cells of the presets are the segments of the recipes for them", () => {
  for (const [preset, cells] of [["five", 5], ["five-published", 5], ["seven", 7]]) {
    const { package: source } = all.find(({ id }) => id === `retention-${preset}`);
    assert.equal(source.retention, preset.replace("-", "_"));
    const { plan } = engine.plan(source);
    const named = [...new Set(plan.names.cells.map(({ id }) => id))];
    assert.equal(named.length, cells);
    assert.deepEqual(source.segments.map(({ rule }) => rule.retention), named.map((id) => [id]));
  }
});

for (const name of readdirSync(join(root, "www/recipes"))) {
  const recipe = JSON.parse(readFileSync(join(root, "www/recipes", name), "utf8"));

  test(`${name}: what it says`, () => {
    const known = ["id", "name", "group", "about", "note", "retention", "segments"];
    assert.deepEqual(Object.keys(recipe).filter((key) => !known.includes(key)), []);
    assert.equal(name, `${recipe.id}.json`);
    assert.ok(recipe.group in groups);
    for (const text of [recipe.name, recipe.about, recipe.note ?? { en: "-", nl: "-" }]) {
      assert.deepEqual(Object.keys(text), ["en", "nl"]);
      assert.ok(text.en.trim() && text.nl.trim());
    }
    for (const { description, examples } of recipe.segments) {
      assert.ok(description.endsWith("."));
      for (const member of [true, false]) assert.ok(examples.filter((example) => example.member === member).length >= 2, `two with member ${member}`);
      assert.equal(new Set(examples.map((example) => example.name)).size, examples.length);
    }
  });

  test(`${name}: its package is good, its examples hold and are sharp`, () => {
    const { package: source } = all.find(({ id }) => id === recipe.id);
    const { plan, problems } = engine.plan(source, { strict: true });
    assert.deepEqual(problems.map(({ code }) => code), recipe.id === GAP ? ["grid_gap"] : []);
    for (const { id, examples } of source.segments) assert.deepEqual(failing(plan, id, examples), [], id);
    for (const { id, rule, examples } of source.segments) {
      for (const changed of changes(rule)) {
        const { plan } = engine.plan({ ...source, segments: [{ id, rule: changed }] });
        assert.notDeepEqual(failing(plan, id, examples), [], `no example tells ${JSON.stringify(rule)} from ${JSON.stringify(changed)}`);
      }
    }
  });
}

/** The names of the examples that do not hold. */
function failing(plan, id, examples) {
  return examples.filter(({ visitor: source, now, context, member }) => {
    const visitor = plan.visitor(source);
    assert.deepEqual(visitor.problems.filter(({ code }) => code !== "no_rate"), []);
    const { segments } = visitor.evaluate(Date.parse(now), context);
    visitor.free();
    return segments[id].member !== member;
  }).map(({ name }) => name);
}

/** The rule with one of its numbers a little larger or smaller, one of its texts another, or one of its parts left out. */
function* changes(value, key) {
  if (typeof value === "number") {
    const step = key === "withinKm" || key === "near" ? 0.02 : Number.isInteger(value) ? 1 : 0.1;
    for (const other of [value + step, value - step]) if (other >= (key === "last" ? 1 : 0)) yield Math.round(other * 100) / 100;
  } else if (typeof value === "string" && key === "value") yield "something else";
  else if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) for (const changed of changes(part, key)) yield value.with(index, changed);
    const isGroup = (key === "all" || key === "any" || key === "steps") && value.length > 1;
    if (isGroup) for (const index of value.keys()) yield value.toSpliced(index, 1);
  } else if (typeof value === "object" && value !== null) {
    for (const [part, inner] of Object.entries(value)) for (const changed of changes(inner, part)) yield { ...value, [part]: changed };
  }
}

test("the file of the package and the page of the gallery are written from the recipes", () => {
  assert.deepEqual(JSON.parse(readFileSync(join(root, "dist/recipes.json"), "utf8")), all);
  assert.equal(readFileSync(pageFile, "utf8"), page(), "run npm run recipes");
});

const folder = mkdtempSync(join(tmpdir(), "regulars-"));
after(() => rmSync(folder, { recursive: true }));

test("recipes: one line each, and one as a package that check takes", async () => {
  const listed = await run(folder, ["recipes"]);
  assert.deepEqual([listed.code, listed.stderr], [0, ""]);
  assert.deepEqual(lines(listed.stdout), all.map(({ id, name, group, about }) => ({ id, name, group, about })));
  const written = await run(folder, ["recipes", "near-a-shop"]);
  assert.deepEqual([written.code, written.stderr, lines(written.stdout)], [0, "", [all.find(({ id }) => id === "near-a-shop").package]]);
  const checked = await run(folder, ["check", "-"], written.stdout);
  assert.deepEqual([checked.code, checked.stderr], [0, ""]);
  const [{ examples }] = lines(checked.stdout);
  assert.deepEqual(examples.map(({ expected, ok }) => [expected, ok]), [[true, true], [true, true], [false, true], [false, true], [false, true]]);
});

test("recipes: called wrongly, and help", async () => {
  const wrong = await run(folder, ["recipes", "one-time-buyers"]);
  assert.deepEqual([wrong.code, wrong.stdout, wrong.stderr.split("\n")[0]], [2, "", "There is no recipe one-time-buyers: the nearest is one-time-buyer."]);
  assert.equal((await run(folder, ["recipes", "a", "b"])).code, 2);
  assert.match((await run(folder, ["recipes", "--help"])).stdout, /\nExample:\n  regulars recipes /);
});
