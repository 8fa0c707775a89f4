// Brings in everything the build needs: Rust's wasm target, crates, npm packages, the wasm-bindgen program.
// All fetching comes before any building, so that a missing network is known at once.
import { checkMachine, fetchArguments, wasmTarget } from "./machine.mjs";
import { installPackages } from "./packages.mjs";
import { ask, must, say } from "./run.mjs";
import { step } from "./stamp.mjs";

export const wbg = "tools/wbg/target/debug/wbg";

export async function setup(options) {
  const toFetch = checkMachine(options);
  if (toFetch.target) await must("rustup", ["target", "add", wasmTarget]);
  if (toFetch.components.length > 0) await must("rustup", ["component", "add", ...toFetch.components]);
  if (toFetch.crates) {
    say("Rust crates …");
    await must("cargo", fetchArguments("Cargo.toml"));
    await must("cargo", fetchArguments("tools/wbg/Cargo.toml"));
  }
  await installPackages();
  await step("wasm-bindgen tool", {
    inputs: ["tools/wbg/Cargo.toml", "tools/wbg/Cargo.lock", "tools/wbg/src"],
    extra: [ask("rustc", ["--version"])],
    outputs: [wbg],
  }, () => must("cargo", ["build", "--locked", "--manifest-path", "tools/wbg/Cargo.toml", "--target-dir", "tools/wbg/target",
    "--config", "future-incompat-report.frequency='never'"]));
}
