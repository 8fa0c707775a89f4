import { readFile } from "node:fs/promises";
import * as audience from "./audience.js";
import * as build from "./build.js";
import * as check from "./check.js";
import * as convert from "./convert.js";
import * as decide from "./decide.js";
import * as describe from "./describe.js";
import * as evaluate from "./evaluate.js";
import * as explain from "./explain.js";
import * as grid from "./grid.js";
import * as measure from "./measure.js";
import { endWithReader, type Output, outputOf } from "./output.js";
import * as recipes from "./recipes.js";
import * as timeline from "./timeline.js";
import { type Arguments, helpOf, isWrongUsage, readArguments, type Usage } from "./usage.js";

interface Command {
  readonly usage: Usage;
  readonly run: (given: Arguments, output: Output) => Promise<void>;
}

const COMMANDS: readonly Command[] = [
  check, build, describe, evaluate, explain, timeline, decide, audience, measure, grid, recipes, convert,
];

/** Runs a command. Returns the exit code: 0 good, 1 problems in the input, 2 wrong usage. */
export async function main([name, ...args]: readonly string[]): Promise<0 | 1 | 2> {
  endWithReader();
  if (name === "--help" || name === "-h" || name === "help") return say(process.stdout, help(), 0);
  if (name === "--version") return say(process.stdout, `${await version()}\n`, 0);
  const command = COMMANDS.find(({ usage }) => usage.name === name);
  if (!command) return say(process.stderr, `${name === undefined ? "A command is needed." : `There is no command ${name}.`}\n\n${help()}`, 2);
  try {
    const given = readArguments(command.usage, args);
    if (!given) return say(process.stdout, helpOf(command.usage), 0);
    const output = outputOf(given.pretty);
    await command.run(given, output);
    return output.failed() ? 1 : 0;
  } catch (error) {
    if (!isWrongUsage(error)) throw error;
    return say(process.stderr, `${error.message}\nregulars ${command.usage.name} --help says more.\n`, 2);
  }
}

function say<Code extends 0 | 2>(stream: NodeJS.WriteStream, text: string, code: Code): Code {
  stream.write(text);
  return code;
}

function help(): string {
  return [
    "regulars COMMAND …", "",
    ...COMMANDS.flatMap(({ usage }) => [`  ${usage.synopsis}`, `      ${usage.about}`]),
    "",
    "Files may be - for standard input. Records are JSON, one a line; problems go to standard error.",
    "Exit code 0: good; 1: problems in the input; 2: called wrongly.",
    "", "Example:", "  regulars check shop.json && regulars build shop.json", "",
  ].join("\n");
}

async function version(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as { version: string };
  return version;
}
