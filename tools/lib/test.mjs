// Every test there is, in order; a failure does not keep the next from running.
// The last line counts the steps; each runner has counted its own tests above it.
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { build } from "./build.mjs";
import { forgetUse, report } from "./datasets.mjs";
import { wasmTarget } from "./machine.mjs";
import { run, say } from "./run.mjs";
import { filesBelow } from "./stamp.mjs";

export async function test() {
  await build({ components: ["rustfmt", "clippy"] });
  await ensureBrowser();
  forgetUse();
  const results = [];
  for (const { title, program, args, env } of steps()) {
    console.log(`\n=== ${title}`);
    const code = await run(program, args, { env });
    results.push({ title, passed: code === 0 });
    say(`${title}: ${code === 0 ? "passed" : `FAILED (exit ${code})`}`);
  }
  summarise(results);
}

function steps() {
  const lints = ["--", "-D", "warnings"];
  const wasm = ["--target", wasmTarget];
  return [
    { title: "formatting", program: "cargo", args: ["fmt", "--all", "--check"] },
    { title: "lints", program: "cargo", args: ["clippy", "--locked", "--workspace", "--all-targets", ...lints] },
    // One by one: together they would share features, and with them the standard library's panic handler.
    { title: "lints of page.wasm", program: "cargo", args: ["clippy", "--locked", "-p", "regulars-page", ...wasm, ...lints] },
    { title: "lints of studio.wasm", program: "cargo", args: ["clippy", "--locked", "-p", "regulars-studio", "--all-targets", ...wasm, ...lints] },
    { title: "Rust", program: "cargo", args: ["test", "--locked", "--workspace"] },
    // In Node, by the runner that .cargo/config.toml names.
    { title: "studio.wasm from within", program: "cargo", args: ["test", "--locked", "-p", "regulars-studio", ...wasm] },
    ...node("JavaScript", testsIn("tests")),
    ...node("browser", testsIn("tests/browser"), ["--test-concurrency=1"]),
    ...node("the packed package", testsIn("tests/package"), ["--test-concurrency=1"]),
  ];
}

function testsIn(folder) {
  return filesBelow(folder).filter((file) => file.endsWith(".test.mjs") && join(folder, file.split(/[\\/]/).at(-1)) === file);
}

function node(title, files, options = []) {
  return files.length === 0 ? [] : [{ title, program: process.execPath, args: ["--test", "--test-reporter=spec", ...options, ...files] }];
}

function summarise(results) {
  console.log("\n=== summary");
  for (const line of report()) console.log(line);
  for (const { title, passed } of results) console.log(`${passed ? "passed" : "FAILED"}  ${title}`);
  const failed = results.filter(({ passed }) => !passed).length;
  console.log(`\n${results.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
