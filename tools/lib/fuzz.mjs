// Builds a target of fuzz/ with cargo-fuzz, gives it the seeds, and runs it on one core for so many minutes. Stable Rust
// is enough: nothing here is unsafe, so that no sanitizer is needed.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ask, must, root, run, say, stop } from "./run.mjs";

/**
 * Bytes of a plan or a snapshot may say any number, and a page's arithmetic wraps: these are built as a page is. The
 * others hold what was checked, and must never overflow.
 */
const targets = { plan: ["-O"], snapshot: ["-O"], package: [], event: [], orders: [] };

const TEN_MINUTES = 10;
const NIGHT = 8 * 60;

export async function fuzz(args) {
  const nightly = args.includes("--nightly");
  const at = args.indexOf("--minutes");
  const minutes = at >= 0 ? Number(args[at + 1]) : nightly ? NIGHT : TEN_MINUTES;
  const wanted = args.filter((arg, index) => !arg.startsWith("--") && (at < 0 || index !== at + 1));
  const names = wanted.length === 0 && nightly ? Object.keys(targets) : wanted;
  if (names.length === 0 || !names.every((name) => name in targets) || !(minutes > 0)) {
    stop(`Usage: node tools/fuzz.mjs TARGET [--minutes N] [--nightly], where TARGET is one of: ${Object.keys(targets).join(", ")}.`);
  }
  if (ask("cargo", ["fuzz", "--version"]) === undefined) {
    stop("cargo-fuzz is not installed.", "Run `cargo install cargo-fuzz --locked`, then this command again.");
  }
  const folder = join(root, "fuzz");
  await must("cargo", ["run", "--locked", "--release", "--example", "seeds", "corpus"], { cwd: folder });
  for (const name of names) await feed(name, (minutes * 60) / (nightly ? names.length : 1), folder);
}

async function feed(name, seconds, folder) {
  const built = targets[name].length > 0 ? "target/page" : "target/checked";
  const options = [...targets[name], "--sanitizer", "none", "--target-dir", built];
  say(`${name}: ${Math.round(seconds / 60)} minutes`);
  const found = join(folder, "corpus", name);
  mkdirSync(found, { recursive: true });
  const limits = [`-max_total_time=${Math.round(seconds)}`, "-timeout=10", "-rss_limit_mb=2048", "-max_len=16384", "-print_final_stats=1"];
  const code = await run("cargo", ["fuzz", "run", ...options, name, found, "--", ...limits], { cwd: folder });
  if (code !== 0) stop(`${name} found something; the input is in fuzz/artifacts/${name}. Make a case of it in tests/ before mending it.`);
}
