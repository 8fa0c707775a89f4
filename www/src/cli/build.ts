import { rename, writeFile } from "node:fs/promises";
import type { Output } from "./output.js";
import { compile } from "./package.js";
import { type Arguments, PRETTY, STRICT, type Usage, wrongUsage } from "./usage.js";

export const usage: Usage = {
  name: "build",
  synopsis: "build PACKAGE [--out FILE.plan] [--strict] [--pretty]",
  about: "Writes the plan that pages load, and FILE.plan.map: the package, tied to the plan by its hash.",
  options: [{ name: "out", value: "FILE.plan", about: "where to; beside the package unless given" }, STRICT, PRETTY],
  example: "regulars build shop.json --out public/shop.plan",
};

export async function run({ package: file, strict, out }: Arguments, output: Output): Promise<void> {
  if (file === "-" && out === undefined) throw wrongUsage("--out FILE.plan is needed when the package comes from standard input.");
  const { source, plan, problems } = await compile(file, strict);
  for (const problem of problems) await output.problem(problem);
  if (!plan) return;
  const path = out ?? `${file.replace(/\.json$/, "")}.plan`;
  const map = `${path}.map`;
  await write(map, `${JSON.stringify({ regulars: 1, plan: plan.hash, package: source })}\n`);
  await write(path, plan.bytes);
  await output.record({ plan: path, map, hash: plan.hash, bytes: plan.bytes.length });
}

/** Whole or not at all: a page never loads half a plan. */
async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(`${path}.part`, content);
    await rename(`${path}.part`, path);
  } catch (error) {
    throw wrongUsage(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
