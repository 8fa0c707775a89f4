// Finds a Chromium for the tests, or installs Debian's where that is allowed.
// chromedriver comes with it: wasm-bindgen's own test runner drives the browser through it.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, say, stop } from "./run.mjs";

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const onMac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** The path of a program on PATH, or undefined. */
export function find(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

export function findBrowser() {
  const asked = process.env.CHROMIUM;
  if (asked && !existsSync(asked)) stop(`CHROMIUM names ${asked}, which is not there.`);
  return asked || find(...browsers) || (existsSync(onMac) ? onMac : undefined);
}

/** Finds or installs the browser, and leaves its path in CHROMIUM for the tests. */
export async function ensureBrowser() {
  if (!findBrowser()) {
    const mayInstall = process.getuid?.() === 0 && find("apt-get");
    if (!mayInstall) stop("A browser is missing: install Chromium or Chrome, or name one in the environment variable CHROMIUM.");
    say("installing Chromium …");
    const quiet = { env: { DEBIAN_FRONTEND: "noninteractive" } };
    const installed = await run("apt-get", ["update", "-q"], quiet) === 0
      && await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium", "chromium-driver"], quiet) === 0;
    if (!installed || !findBrowser()) stop("Chromium could not be installed: install it by hand, or name a browser in the environment variable CHROMIUM.");
  }
  process.env.CHROMIUM = findBrowser();
  say(`browser: ${process.env.CHROMIUM}`);
}

/** How playwright-core starts it; root may only run it without its sandbox. */
export function launchOptions() {
  const executablePath = process.env.CHROMIUM || findBrowser();
  if (!executablePath) throw new Error("no browser: run npm test, which finds or installs one, or set CHROMIUM");
  return { executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] };
}
