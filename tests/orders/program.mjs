// The program as a user calls it.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Runs the program in a folder; `input` is what it finds on standard input. */
export function regulars(folder, args, input = "") {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder });
    const printed = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) child[name].setEncoding("utf8").on("data", (text) => { printed[name] += text; });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...printed }));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

export function lines(text) {
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}
