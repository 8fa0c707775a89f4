// README.md, held to what it says: its files are written to a fresh folder, its commands are run there, its pages are
// opened in Chromium, and its numbers, folders and names of tests are looked up. A block with a name behind its language
// is a file; a `console` block is a command and what it prints, where … stands for anything.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { load } from "../dist/engine.node.js";
import { launchOptions } from "../tools/lib/browser.mjs";
import { root } from "../tools/lib/run.mjs";
import { serve } from "../tools/lib/serve.mjs";
import { fromText, sizesFile, tolerance } from "../tools/lib/sizes.mjs";

const DAY = 86_400_000;
const read = (path) => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const manifest = JSON.parse(read("package.json"));
const blocks = [...readme.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(([, language, name, text]) => ({ language, name, text }));
const section = (title) => readme.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? assert.fail(`there is no section "${title}"`);
const rows = (title) => [...section(title).matchAll(/^\| (.*) \|$/gm)].slice(2).map(([, row]) => row.split(" | "));

const folder = mkdtempSync(join(tmpdir(), "regulars-readme-"));
let browser;
let server;

before(async () => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/regulars"), "dir");
  for (const { name, text } of blocks) if (name) writeFileSync(join(folder, name), text);
  await run("npx regulars build segments.json --out regulars.plan");
  [browser, server] = await Promise.all([chromium.launch(launchOptions()), serve({
    "/": folder,
    "/regulars.script.js": join(root, manifest.exports["./regulars.script.js"]),
  })]);
});

after(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  rmSync(folder, { recursive: true });
});

/** Runs a command of the page as it stands there; npx finds the program that package.json names. */
async function run(command) {
  const words = command.replace(/^npx regulars /, `node ${join("node_modules/regulars", manifest.bin.regulars)} `).match(/'[^']*'|\S+/g);
  const [program, ...args] = words.map((word) => word.replace(/^'(.*)'$/, "$1"));
  assert.equal(program, "node", command);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  assert.equal(stderr, "", command);
  return stdout;
}

/** A page whose clock can be moved; `done` fails if it complained. */
async function open(path) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.clock.install();
  await page.goto(server.url + path);
  const done = async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  };
  return { page, done };
}

const shows = (page, title) => page.waitForFunction((wanted) => document.querySelector("#hero").textContent === wanted, title, { timeout: 10_000 })
  .catch(async () => assert.equal(await page.locator("#hero").textContent(), title));

/** What "3. Use it on a page" promises. */
async function keepsThePromise(page) {
  await shows(page, "New this week");
  await page.locator("#order").click();
  await shows(page, "Your second order ships free");
  await page.reload();
  await shows(page, "Your second order ships free");
  await page.clock.fastForward(90 * DAY);
  await shows(page, "New this week");
}

test("the script tag", async () => {
  const { page, done } = await open("index.html");
  await keepsThePromise(page);
  assert.equal(await page.locator("#hero").getAttribute("href"), "/new");
  await done();
});

test("the module", async () => {
  // An import map does here what a bundler does; tests/package has the bundlers.
  writeFileSync(join(folder, "module.html"), `<!doctype html><html lang="en"><title>Shop</title><p id="hero"></p><button id="order">Order</button>
    <script type="importmap">{ "imports": { "regulars": "/node_modules/regulars/${manifest.exports["."].default}" } }</script>
    <script type="module" src="main.js"></script></html>`);
  const { page, done } = await open("module.html");
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  const before = await page.evaluate(() => Date.now());
  await keepsThePromise(page);
  assert.deepEqual(said.slice(0, 2), ["true", "true"]);
  const until = Number(said[2]) - 90 * DAY;
  assert.ok(until >= before && until < before + 60_000, `${said[2]} is not 90 days later`);
  await done();
});

test("the rule editor", async () => {
  const { page, done } = await open("editor.html");
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  await page.getByRole("spinbutton").or(page.getByRole("textbox")).first().fill("3");
  for (const end = Date.now() + 10_000; said.length === 0 && Date.now() < end;) await page.clock.runFor(100);
  assert.deepEqual(JSON.parse(said.at(-1)), { events: { of: "conversion", modifier: "is_at_least", value: 3 } });
  await done();
});

test("what the commands print is what is written here", async () => {
  const transcripts = blocks.filter(({ language }) => language === "console");
  assert.ok(["node engine.mjs", "node why.mjs", "check", "build", "evaluate", "decide", "explain", "timeline", "audience", "measure", "grid"].every((word) => transcripts.some(({ text }) => text.includes(`${word} `) || text.includes(`${word}\n`))));
  for (const { text } of transcripts) {
    const [, command, wanted] = text.match(/^\$ (.*)\n([^]*)$/);
    const printed = await run(command);
    const pattern = wanted.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[^\",}]+");
    if (!new RegExp(`^${pattern}$`).test(printed)) assert.equal(printed, wanted, command);
  }
});

test("the commands of sh blocks are there", () => {
  for (const { text } of blocks.filter(({ language }) => language === "sh")) {
    for (const [command, , script] of text.matchAll(/^npm (run )?(\w+)/gm)) {
      assert.ok(script in manifest.scripts || script === "install", command);
    }
  }
  for (const [, script] of readme.matchAll(/`npm run (\w+)`/g)) assert.ok(script in manifest.scripts, script);
  assert.ok(readme.includes(`/${manifest.name}-${manifest.version}.tgz\n`), "npm pack writes another file");
  for (const [, command] of readme.matchAll(/^npx regulars (\w+ .*)$/gm)) assert.ok(readme.includes(`$ npx regulars ${command}`), `${command} is not run`);
  for (const [, cases] of readme.matchAll(/([\d ]+)\s+generated cases/g)) assert.ok(read("tests/differential.rs").includes(`"REGULARS_CASES", ${cases.trim().replaceAll(" ", "_")}`), cases);
  const [rust] = read("Cargo.toml").match(/(?<=^rust-version = ")[\d.]+/m);
  const [node] = manifest.engines.node.match(/\d+/);
  assert.ok(readme.includes(`need Rust ${rust} (with rustup), Node ${node},`));
});

test("the sizes are those of tests/sizes.txt", () => {
  const spaced = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, " ");
  const kept = fromText(readFileSync(sizesFile, "utf8")).map(({ name, raw, gzip, brotli }) => [`\`${name}\``, ...[raw, gzip, brotli].map(spaced)]);
  assert.deepEqual(rows("Sizes").map(([name, , ...numbers]) => [name, ...numbers]), kept);
  assert.ok(readme.includes(`more than ${tolerance * 100} %`));
});

test("what is named is there: the picture, folders, files and tests", () => {
  for (const [, path] of readme.matchAll(/\]\(([^):]+)\)/g)) assert.ok(existsSync(join(root, path)), path);
  for (const [path] of rows("Code map")) assert.ok(existsSync(join(root, path.replaceAll("`", ""))), path);
  for (const [, path] of readme.matchAll(/`((?:src|www|tests|tools)\/[\w./-]+)`/g)) assert.ok(existsSync(join(root, path)), path);
  const invariants = section("Invariants").split(/^- /m).slice(1);
  for (const invariant of invariants) {
    assert.match(invariant, /\bnever\b/);
    const named = [...invariant.matchAll(/`(tests\/[^`]+)`|"([^"]+)"/g)];
    assert.ok(named.length >= 2, `no test is named: ${invariant}`);
    let file;
    for (const [, path, name] of named) {
      if (path) file = path;
      else assert.ok([`test("${name}"`, `it("${name}"`, `fn ${name}(`].some((start) => read(file).includes(start)), `${file} has no test "${name}"`);
    }
  }
});

test("what it does not do yet is refused by name", async () => {
  const engine = await load();
  const shop = { regulars: 1, timeZone: "UTC", currency: "EUR" };
  const ruled = (rule) => ({ ...shop, segments: [{ id: "s", rule }] });
  const campaign = (more) => ({ ...shop, campaigns: [{ id: "c", slot: "hero", variants: [{ id: "a", content: {} }], ...more }] });
  const later = {
    prediction: ruled({ prediction: {} }), predictions: { ...shop, predictions: {} },
    schedule: campaign({ schedule: {} }), cap: campaign({ cap: {} }), purpose: campaign({ purpose: "personalisation" }), holdout: { ...shop, holdout: {} },
  };
  const [list] = section("What it does not do yet").match(/Refused by name[^]*?(?=^Accepted)/m);
  const named = [...list.matchAll(/`(\w+)`/g)].map(([, word]) => word);
  assert.deepEqual(named.toSorted(), ["not_built", ...Object.keys(later)].toSorted());
  for (const [word, source] of Object.entries(later)) {
    const problems = engine.plan(source).problems.map(({ code }) => code);
    assert.ok(problems.includes("not_built"), `${word}: ${problems.join(", ") || "no problem"}`);
  }
  for (const word of ["keepDays", "visitTimeoutMinutes"]) assert.deepEqual(engine.plan({ ...shop, [word]: 30 }).problems, [], word);
});
