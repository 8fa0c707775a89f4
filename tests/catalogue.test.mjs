// What the engine offers an editor: every condition of the nine groups, with every modifier it allows, compiles as it stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../dist/engine.node.js";

const engine = await load();
const catalogue = await engine.catalogue();
const { groups, conditions, modifiers } = catalogue;

/** What is wrong with some rules, together. */
const problemsOf = (rules) => engine.plan({
  regulars: 1, timeZone: "UTC", currency: "EUR",
  segments: [{ id: "one-time-buyer", rule: { retention: ["none"] } }, ...rules.map((rule, index) => ({ id: `s${index}`, rule }))],
}).problems.filter(({ severity }) => severity === "error");

test("there are nine groups, each with conditions, in order", () => {
  assert.equal(groups.length, 9);
  assert.deepEqual([...new Set(conditions.map(({ group }) => group))], groups.map(({ id }) => id));
  assert.ok(conditions.length > 50);
});

test("everything has a label in both languages and a line of help", () => {
  const said = (text) => typeof text === "string" && text.trim() === text && text.length > 1 && !text.includes("\n");
  const { weekdays, retention, eventTypes, eventFields, itemFields, profileFields, contextFields, ...labelled } = catalogue;
  for (const [list, words] of Object.entries(labelled)) {
    for (const { id, label, help } of words) assert.ok([label.en, label.nl, help.en, help.nl].every(said), `${list}: ${id}`);
    assert.equal(new Set(words.map(({ id }) => id)).size, words.length, list);
  }
  for (const { id, help } of [eventTypes, eventFields, itemFields, profileFields, contextFields].flat()) assert.ok(said(id) && said(help), id);
  assert.deepEqual([weekdays.length, retention], [7, ["five", "five_published", "seven"]]);
});

test("no two conditions of a group have one label", () => {
  for (const language of ["en", "nl"]) {
    const labels = conditions.map(({ group, label }) => `${group}: ${label[language]}`);
    assert.deepEqual(labels.filter((label, index) => labels.indexOf(label) !== index), []);
  }
});

const SAMPLES = { number: 1, text: "a", date: "2026-01-01", boolean: true };

for (const { id, condition, value, words, modifiers: allowed, period, part, rule, of, measure, field } of conditions) {
  test(`${id} works with all that it allows`, () => {
    assert.deepEqual(Object.keys(rule), [condition]);
    const at = (source) => part.split("/").slice(1).reduce((inner, key) => inner[key], source);
    if (condition === "events") assert.deepEqual([of, measure], [rule.events.of, rule.events.measure ?? "count"]);
    assert.equal(field, at(rule).field);
    if (allowed.length > 0) assert.ok(allowed.includes(at(rule).modifier), "the rule's own modifier is allowed");
    const sample = SAMPLES[value] ?? words?.[0];
    const all = allowed.map((word) => {
      const { takes } = modifiers.find((modifier) => modifier.id === word);
      const changed = structuredClone(rule);
      const place = at(changed);
      place.modifier = word;
      delete place.value;
      if (takes !== "none") place.value = { one: sample, two: [sample, sample], many: [sample] }[takes];
      return changed;
    });
    assert.deepEqual(problemsOf([rule, ...all]), []);
    const inside = rule[condition];
    if (typeof inside !== "object" || Array.isArray(inside)) return;
    const timed = { [condition]: { ...inside, period: { last: 7, unit: "day" } } };
    assert.equal(problemsOf([timed]).length === 0, period, "a period is allowed or not");
  });
}
