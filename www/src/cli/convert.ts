import { exportFormats, exportRule, importFormats, importRule } from "../interchange.js";
import type { Problem } from "../types.js";
import { parseJson, textOf } from "./input.js";
import { errorOf, type Output } from "./output.js";
import { type Arguments, PRETTY, type Usage, wrongUsage } from "./usage.js";

export const usage: Usage = {
  name: "convert",
  synopsis: "convert --from FORMAT | --to FORMAT [FILE] [--pretty]",
  about: "A rule of another rule builder as a rule of a package, or the other way round; what does not fit is refused, with the reason.",
  unlessGiven: "-",
  options: [
    { name: "from", value: "FORMAT", about: `the file holds a rule in this format: ${importFormats.join(", ")}` },
    { name: "to", value: "FORMAT", about: `the file holds a rule of a package; it is written as ${exportFormats.join(", ")}` },
    PRETTY,
  ],
  example: "regulars convert --from react-querybuilder query.json",
};

export async function run({ package: file, from, to }: Arguments, output: Output): Promise<void> {
  const convert = converter(from, to);
  const read = parseJson(await textOf(file));
  if ("message" in read) return output.problem({ ...errorOf("not_json", read.message), file });
  const { answer, problems } = convert(read.value);
  await output.problems(problems.map((problem) => ({ ...problem, file })));
  if (answer !== null) await output.record(answer);
}

type Converter = (given: unknown) => { readonly answer: unknown; readonly problems: readonly Problem[] };

function converter(from: string | undefined, to: string | undefined): Converter {
  if ((from === undefined) === (to === undefined)) throw wrongUsage("Either --from FORMAT or --to FORMAT is needed.");
  const [source, target] = [importFormats.find((format) => format === from), exportFormats.find((format) => format === to)];
  if (source !== undefined) return (given) => {
    const { rule, problems } = importRule(source, given);
    return { answer: rule, problems };
  };
  if (target !== undefined) return (given) => {
    const { query, problems } = exportRule(target, given);
    return { answer: query, problems };
  };
  throw from === undefined
    ? wrongUsage(`--to ${to}: rules are written as ${exportFormats.join(", ")}.`)
    : wrongUsage(`--from ${from}: rules are read from ${importFormats.join(", ")}.`);
}
