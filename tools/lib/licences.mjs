// dist/third-party.txt: the licence of everything that is compiled or bundled into the published files.
// Their authors ask for that, and the published files carry no other trace of them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { wasmTarget } from "./machine.mjs";
import { ask, root, stop } from "./run.mjs";

/** Writes the file. `bundled`: paths of the files that esbuild took, relative to the clone. */
export function writeLicences(bundled) {
  const parts = [...crates(), ...npmPackages(bundled)].sort((a, b) => (a.title < b.title ? -1 : 1));
  const byText = grouped(parts);
  const blocks = [...byText].map(([text, named]) => `${named.map(({ title }) => title).join("\n")}\n\n${text.trim()}\n`);
  const heading = "The published files contain code of these projects, under these licences.\n";
  writeFileSync(join(root, "dist/third-party.txt"), [heading, ...blocks].join(`\n${"-".repeat(78)}\n\n`));
}

function grouped(parts) {
  const groups = new Map();
  for (const part of parts) groups.set(part.text, [...(groups.get(part.text) ?? []), part]);
  return groups;
}

/** The crates that the two wasm builds are made of, other than ours and those that only run while building. */
function crates() {
  const printed = ask("cargo", ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform", wasmTarget]);
  if (!printed) stop("cargo metadata gave no list of crates.");
  const { packages, resolve } = JSON.parse(printed);
  const byId = new Map(packages.map((crate) => [crate.id, crate]));
  const uses = new Map(resolve.nodes.map(({ id, deps }) => [id, deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null)).map(({ pkg }) => pkg)]));
  const reached = new Set();
  const follow = (id) => {
    const isMacro = byId.get(id).targets.some(({ kind }) => kind.includes("proc-macro"));
    if (reached.has(id) || isMacro) return;
    reached.add(id);
    uses.get(id).forEach(follow);
  };
  packages.filter(({ name }) => name === "regulars-page" || name === "regulars-studio").forEach(({ id }) => follow(id));
  return [...reached].map((id) => byId.get(id)).filter(({ source }) => source !== null)
    .map(({ name, version, license, manifest_path }) => part(`${name} ${version} (crate, ${license})`, dirname(manifest_path), license));
}

function npmPackages(bundled) {
  const marker = `node_modules${sep}`;
  const folders = new Set(bundled.filter((path) => path.includes(marker)).map((path) => path.split(marker)[1].match(/^(@[^\\/]+[\\/])?[^\\/]+/)[0]));
  return [...folders].map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return part(`${name} ${version} (npm, ${license})`, folder, license);
  });
}

/** Where there is a choice of licences, the MIT one is taken. */
function part(title, folder, license) {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying)/i.test(name)).sort();
  const file = files.find((name) => /mit/i.test(name)) ?? files[0];
  const text = file ? readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n") : `Licence: ${license}. The project ships no text of it.`;
  return { title, text };
}
