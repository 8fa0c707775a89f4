// How the tools speak and how they run other programs: one place, so that all of them look alike.
// Programs write straight to the terminal: a long build shows that it moves.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The folder of the clone. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

const started = Date.now();

/** Prints one line, with the seconds since the command began. */
export function say(text) {
  console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${text}`);
}

/** Ends the command with one sentence for each thing that is wrong. */
export function stop(...sentences) {
  for (const sentence of sentences) console.error(sentence);
  process.exit(1);
}

/** Runs a program to its end, its output shown. Gives its exit code; 127 when it is not there. */
export function run(program, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", () => resolve(127));
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** The same, but whoever asks cannot go on when it fails. */
export async function must(program, args, options) {
  const code = await run(program, args, options);
  if (code !== 0) stop(`This failed (exit ${code}): ${[program, ...args].join(" ")}`);
}

/** What a program prints, or undefined when it fails or is not there. */
export function ask(program, args, { env = {}, cwd = root, timeout = 60_000 } = {}) {
  const done = spawnSync(program, args, { cwd, env: { ...process.env, ...env }, encoding: "utf8", timeout });
  return done.status === 0 ? done.stdout.trim() : undefined;
}
