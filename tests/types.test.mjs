// The types of a package take what the engine takes, and a mistake in a literal does not compile. What is compiled stands in tests/types.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "../tools/lib/run.mjs";

const folder = join(root, "tests/types");
const MARK = "// @ts-expect-error";

/** `[file, line]` of each error. */
async function errorsOf(project) {
  const printed = await promisify(execFile)(join(root, "node_modules/.bin/tsc"), ["-p", project, "--pretty", "false"], { cwd: root })
    .then(({ stdout }) => stdout, ({ stdout }) => stdout);
  return printed.split("\n").filter((line) => /error TS\d+/.test(line)).map((line) => {
    const [, file, number] = /([\w.-]+)\((\d+),\d+\): error/.exec(line) ?? assert.fail(line);
    return [file, Number(number)];
  });
}

test("what is right compiles, and every mark stands before an error", async () => {
  assert.deepEqual(await errorsOf(folder), []);
});

test("without its mark each wrong line is an error, and no other line is", async () => {
  const lines = readFileSync(join(folder, "wrong.ts"), "utf8").split("\n");
  const wanted = lines.flatMap((line, index) => (line.startsWith(MARK) ? [["wrong.ts", index + 2]] : []));
  assert.ok(wanted.length > 50 && wanted.every(([, number]) => lines[number - 1].length > 10));
  // Beside the other files, so that all paths are what they were.
  const copy = mkdtempSync(join(root, "tests/.types-"));
  try {
    writeFileSync(join(copy, "wrong.ts"), lines.map((line) => line.replace(MARK, "//")).join("\n"));
    writeFileSync(join(copy, "tsconfig.json"), readFileSync(join(folder, "tsconfig.json")));
    const found = await errorsOf(copy);
    assert.deepEqual([...new Set(found.map(String))], wanted.map(String));
  } finally {
    rmSync(copy, { recursive: true });
  }
});
