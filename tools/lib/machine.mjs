// What this machine lacks, said in one sentence each before anything is built.
// The network is asked for only when something has to be fetched.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { ask, root, say, stop } from "./run.mjs";
import { packagesAreFresh } from "./packages.mjs";

export const wasmTarget = "wasm32-unknown-unknown";
const rustupHome = "https://rustup.rs";

/** Looks at the machine and ends the command when something is missing. `components`: parts of Rust beyond the compiler that will be used. */
export function checkMachine({ components = [] } = {}) {
  findCargo();
  const missing = [];
  const rust = ask("rustc", ["--version"])?.match(/\d+\.\d+/)?.[0];
  const wanted = readFileSync(join(root, "Cargo.toml"), "utf8").match(/rust-version = "([\d.]+)"/)?.[1] ?? "1.85";
  if (!rust || !ask("cargo", ["--version"])) missing.push(`Rust is missing: install it from ${rustupHome}.`);
  else if (isOlder(rust, wanted)) missing.push(`Rust ${wanted} or later is needed, this is ${rust}: run "rustup update stable".`);
  if (!ask("cc", ["--version"])) missing.push("A C linker (cc) is missing: install gcc or clang.");
  if (!ask("npm", ["--version"])) missing.push("npm is missing: it comes with Node 20 or later.");
  if (missing.length > 0) stop(...missing);

  const toFetch = { target: !hasTarget(), components: components.filter((name) => !hasComponent(name)), npm: !packagesAreFresh(), crates: !hasCrates() };
  const rustupNeeded = toFetch.target || toFetch.components.length > 0;
  if (rustupNeeded && !ask("rustup", ["--version"])) {
    stop(`This Rust lacks ${[...(toFetch.target ? [wasmTarget] : []), ...toFetch.components].join(", ")}, and rustup, which could add it, is missing: install it from ${rustupHome}.`);
  }
  const what = [...(rustupNeeded ? ["parts of Rust"] : []), ...(toFetch.crates ? ["Rust crates"] : []), ...(toFetch.npm ? ["npm packages"] : [])];
  if (what.length > 0) {
    say(`to be fetched: ${what.join(", ")}`);
    if (!hasNetwork()) stop(`The network cannot be reached, and ${what.join(" and ")} must be fetched once.`);
  }
  return toFetch;
}

function findCargo() {
  const home = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");
  if (!ask("cargo", ["--version"]) && existsSync(home)) process.env.PATH = `${home}${delimiter}${process.env.PATH}`;
}

function isOlder(version, wanted) {
  const [a, b] = [version, wanted].map((text) => text.split(".").map(Number));
  return a[0] !== b[0] ? a[0] < b[0] : a[1] < b[1];
}

function hasTarget() {
  const folder = ask("rustc", ["--print", "target-libdir", "--target", wasmTarget]);
  return folder !== undefined && existsSync(folder);
}

function hasComponent(name) {
  return ask("cargo", [name === "rustfmt" ? "fmt" : name, "--version"]) !== undefined;
}

/** The machine's own target, for which tests and tools are compiled. */
export function hostTarget() {
  return ask("rustc", ["-vV"])?.match(/^host: (.*)$/m)?.[1];
}

/** The arguments that fetch only what these two targets need. */
export function fetchArguments(manifest) {
  return ["fetch", "--locked", "--manifest-path", manifest, "--target", wasmTarget, "--target", hostTarget()];
}

function hasCrates() {
  return ["Cargo.toml", "tools/wbg/Cargo.toml"].every((manifest) => ask("cargo", [...fetchArguments(manifest), "--offline", "--quiet"]) !== undefined);
}

function hasNetwork() {
  // Any answer at all, even a refusal, means that there is a network.
  const ping = spawnSync("npm", ["ping", "--fetch-retries=0", "--fetch-timeout=15000"], { cwd: root, encoding: "utf8" });
  return ping.status === 0 || !/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ECONNRESET|SOCKET_TIMEOUT/.test(ping.stderr);
}
