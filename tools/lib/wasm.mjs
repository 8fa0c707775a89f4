// The two wasm files and the JavaScript that wasm-bindgen writes for each: cargo, wasm-bindgen, wasm-opt.
// Wasm goes to dist/, the JavaScript to www/glue/, from where the package's own source imports it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { wasmTarget } from "./machine.mjs";
import { ask, must, root, stop } from "./run.mjs";
import { wbg } from "./setup.mjs";
import { step } from "./stamp.mjs";

const builds = [
  // Downloaded by every visitor: bytes count. The passes and the limit were found by trying; brotli judges. No data lies
  // in low memory, which is the far end of the stack.
  { name: "page", optimise: ["-Oz", "--flatten", "--rereloop", "-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--low-memory-unused", "--one-caller-inline-max-function-size=24", "--reorder-locals", "--reorder-functions"] },
  { name: "studio", optimise: ["-Oz", "--converge"] }, // its hot parts are made fast by the profile
];

export async function buildWasm() {
  const compiler = ask("rustc", ["--version"]);
  for (const { name, optimise } of builds) {
    await step(`${name}.wasm`, {
      inputs: ["Cargo.toml", "Cargo.lock", "src", "tools/lib/wasm.mjs", "tools/wbg/Cargo.lock"],
      extra: [compiler],
      outputs: [`dist/${name}.wasm`, `www/glue/${name}.js`, `www/glue/${name}.d.ts`],
    }, () => build(name, optimise));
  }
}

async function build(name, optimise) {
  const flags = { CARGO_ENCODED_RUSTFLAGS: pathsLeftOut().join("\x1f") };
  await must("cargo", ["build", "--locked", "--profile", name, "-p", `regulars-${name}`, "--target", wasmTarget], { env: flags });
  const target = process.env.CARGO_TARGET_DIR ?? "target";
  const out = `.build/bindgen/${name}`;
  await must(wbg, ["bindgen", "--target", "web", "--experimental-reset-state-function", "--remove-name-section", "--remove-producers-section",
    "--out-name", name, "--out-dir", out, `${target}/${wasmTarget}/${name}/regulars_${name}.wasm`]);
  mkdirSync(join(root, "dist"), { recursive: true });
  mkdirSync(join(root, "www/glue"), { recursive: true });
  await must("node_modules/.bin/wasm-opt", [...optimise, "--strip-producers", "--strip-target-features", `${out}/${name}_bg.wasm`, "-o", `dist/${name}.wasm`]);
  const glue = readFileSync(join(root, out, `${name}.js`), "utf8");
  writeFileSync(join(root, `www/glue/${name}.js`), withoutDefaultPath(glue, name));
  const types = readFileSync(join(root, out, `${name}.d.ts`), "utf8");
  // Once there is an instance, initSync gives it without being told the module again.
  writeFileSync(join(root, `www/glue/${name}.d.ts`), types.replace("initSync(module: ", "initSync(module?: "));
}

/** A published file names no folder of the machine that built it. */
function pathsLeftOut() {
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
  const folders = readdirSync(registry, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...folders.map((folder) => `${join(registry, folder.name)}=crates`), `${root}=regulars`].flatMap((pair) => ["--remap-path-prefix", pair]);
}

/** The package always says where its wasm is; the default would make bundlers copy the file a second time. */
function withoutDefaultPath(glue, name) {
  const cut = glue.replace(`module_or_path = new URL('${name}_bg.wasm', import.meta.url);`, "throw new TypeError('module_or_path is missing');");
  if (cut === glue) stop(`wasm-bindgen's ${name}.js no longer has the default path that tools/lib/wasm.mjs cuts out.`);
  return cut;
}
