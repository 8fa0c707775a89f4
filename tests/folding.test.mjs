// Text is folded by the host as it comes in. Every code point that this JavaScript engine knows, alone and between two
// letters, is folded as the native engine folds it.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { importRaw } from "./builds/bundle.mjs";
import { writtenNatively } from "./builds/native.mjs";

let native, fold;

before(async () => {
  native = new Map(writtenNatively("foldings_are_written_down", "folding.jsonl").map(([point, ...texts]) => [point, texts]));
  ({ fold } = await importRaw());
});

/** Code points that JavaScript may know a version of Unicode earlier than Rust does, or later, are not held against each other. */
const assigned = /^\p{Assigned}$/u;

test(`every code point of Unicode ${process.versions.unicode} is folded as natively`, () => {
  let compared = 0;
  const differ = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const character = String.fromCodePoint(point);
    if (!assigned.test(character)) continue;
    compared++;
    const between = `a${character}b`;
    const [, folded, , foldedBetween] = native.get(point) ?? [character, character, between, between];
    if (fold(character) !== folded || fold(between) !== foldedBetween) differ.push(`U+${point.toString(16)}: ${escape(fold(between))} here, ${escape(foldedBetween)} natively`);
  }
  assert.deepEqual(differ, []);
  assert.ok(compared > 280_000, `only ${compared} were compared`);
});

test("cleaning alone is the same as well", () => {
  for (const [point, [clean, , cleanBetween]] of native) {
    const character = String.fromCodePoint(point);
    if (!assigned.test(character)) continue;
    assert.deepEqual([character.normalize("NFC").trim(), `a${character}b`.normalize("NFC").trim()], [clean, cleanBetween], point.toString(16));
  }
});

test("what matters is among them", () => {
  assert.equal(fold(" ΣΑΣ "), "σασ");
  assert.equal(fold("A\u030aSA"), "åsa");
  assert.equal(fold("\ufeffSTRASSE\u2028"), "strasse");
  for (const point of [0x20, 0x41, 0xa0, 0x130, 0x3c2, 0x212b, 0xfeff, 0x1e900]) assert.ok(native.has(point), point.toString(16));
  assert.ok(!native.has(0x61) && !native.has(0xdf));
});
