// The sizes that are promised: each file within its budget, and near the committed text.
// `npm run sizes` writes that text anew; its diff is then part of the change.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { budgets, fromText, measure, sizesFile, tolerance } from "../tools/lib/sizes.mjs";

const now = measure();
const committed = fromText(readFileSync(sizesFile, "utf8"));

for (const [name, budget] of Object.entries(budgets)) {
  test(`${name} is within its budget of ${budget} bytes (brotli)`, () => {
    const { brotli } = now.find((size) => size.name === name);
    assert.ok(brotli <= budget, `${name} has ${brotli} bytes, ${brotli - budget} too many`);
  });
}

test(`tests/sizes.txt is right to ${tolerance * 100} %`, () => {
  assert.deepEqual(committed.map((size) => size.name), now.map((size) => size.name), "run npm run sizes");
  for (const [i, size] of now.entries()) {
    for (const kind of ["raw", "gzip", "brotli"]) {
      const was = committed[i][kind];
      assert.ok(Math.abs(size[kind] - was) <= was * tolerance, `${size.name} ${kind}: ${was} is committed, ${size[kind]} was built; run npm run sizes`);
    }
  }
});
