// `npm run bench`: what 50 rules cost, beside plain JavaScript that gives the same answers. Medians of one run on one machine: only their ratios mean anything.
import assert from "node:assert/strict";
import { load } from "regulars/engine";
import { afresh, again, append, used } from "./answers.mjs";
import { downloads, held } from "./bytes.mjs";
import { first, inNewProcess } from "./first.mjs";
import { buildPage, subject } from "./subject.mjs";

const QUICK = process.argv.includes("--quick");
const times = (rounds) => (QUICK ? Math.ceil(rounds / 10) : rounds);

const rows = [];
/** A row: what, whose numbers, and the bar: a number beside another, times a factor. */
function row(what, cells, bar, good) {
  rows.push([what, cells, bar, good]);
}
const micro = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1));

await buildPage();
const subjects = [];
for (const count of [100, 1000, 10_000]) subjects.push(await subject(count));
const [small, middle, large] = subjects;

for (const one of [middle, large]) {
  const { engine, page } = again(one);
  row(`asked again, nothing changed, ${one.count} orders (µs)`, { engine, page }, "≤ 0.1", Math.max(engine, page) <= 0.1);
}
const fresh = afresh(subjects, times(3000));
for (const { orders, engine, page, indexed, until, naive, changed, held: share } of fresh) {
  row(`afresh at a random instant, ${orders} orders (µs)`, { engine, page, indexed, "with until": until, naive }, "≤ 3 × indexed", Math.max(engine, page) <= 3 * indexed);
  row(`  answers changed, true (%)`, { changed: 100 * changed, true: 100 * share }, "", true);
}
const flat = (list, who) => list.at(-1)[who] / list[0][who];
row("  10 000 orders by 100 orders", { engine: flat(fresh, "engine"), page: flat(fresh, "page") }, "≤ 1.5", Math.max(flat(fresh, "engine"), flat(fresh, "page")) <= 1.5);

const opened = [middle, large].map((one) => first(one, times(30)));
for (const { orders, engine, page, naive, indexed } of opened) {
  row(`stored bytes → first answer, ${orders} orders (ms)`, { engine, page, "parse + indexed": indexed, "parse + naive": naive }, "≤ 1/10 of parse + naive", Math.max(engine, page) <= naive / 10);
}
{
  const { orders, engine, page, naive } = inNewProcess(middle, times(21));
  row(`new process → first answer, ${orders} orders (ms)`, { page, engine, naive }, "< naive", page < naive);
}
const appended = [];
for (const one of subjects) appended.push(await append(one, times(400)));
for (const { orders, engine, page, indexed, until } of appended) {
  row(`one order appended and evaluated, ${orders} orders (µs)`, { engine, page, indexed, "with until": until }, "≤ 5 × indexed", Math.max(engine, page) <= 5 * indexed);
}
row("  10 000 orders by 100 orders", { engine: flat(appended, "engine"), page: flat(appended, "page") }, "≤ 1.5", Math.max(flat(appended, "engine"), flat(appended, "page")) <= 1.5);

const sizes = downloads();
row("page.wasm (bytes, brotli)", { size: sizes["page.wasm"] }, "≤ 18 000", sizes["page.wasm"] <= 18_000);
row("studio.wasm (bytes, brotli)", { size: sizes["studio.wasm"] }, "≤ 150 000", sizes["studio.wasm"] <= 150_000);
const { stored, memory, json } = await held(await load(), large.pageOf, 10_000);
row("stored, an order of 3 items (bytes)", { stored, "as JSON": json }, "≤ 120", stored <= 120);
row("wasm memory beyond the stored bytes, 10 000 orders (KiB)", { memory: memory / 1024 }, "≤ 1 024", memory <= 1 << 20);

for (const [what, cells, bar, good] of rows) {
  const numbers = Object.entries(cells).map(([who, value]) => `${who} ${micro(value)}`).join(" · ");
  console.log(`${what.padEnd(58)} ${numbers.padEnd(72)} ${bar}${bar && !good ? "  MISSED" : ""}`);
}
assert.ok(used() > 0);
process.exit();
