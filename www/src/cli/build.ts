import { writeWhole } from "./files.js";
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
  await writeWhole(map, `${JSON.stringify({ regulars: 1, plan: plan.hash, package: source })}\n`);
  await writeWhole(path, plan.bytes);
  await output.record({ plan: path, map, hash: plan.hash, bytes: plan.bytes.length });
}
