// What the native engine wrote down for the tests in JavaScript.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "../../tools/lib/run.mjs";

/** Runs one test of tests/parity.rs, which writes `file`; its lines, parsed. After `cargo test` there is nothing left to build. */
export function writtenNatively(testName, file) {
  const { status, stdout, stderr } = spawnSync("cargo", ["test", "--locked", "--quiet", "--test", "parity", testName], { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, `${stdout}\n${stderr}`);
  const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
  return readFileSync(join(target, "tmp", file), "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
}
