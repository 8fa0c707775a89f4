// audience, measure and grid as a user calls them: what they print where, what they write, and with which exit code they end.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { lines, regulars as run } from "./orders/program.mjs";

const program = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "regulars-"));
after(() => rmSync(folder, { recursive: true }));

const regulars = (args, input) => run(folder, args, input);
const codes = (text) => lines(text).map(({ code }) => code);
const read = (name) => readFileSync(join(folder, name), "utf8");
const file = (name, content) => {
  writeFileSync(join(folder, name), typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content));
  return name;
};

const NOW = Date.parse("2026-04-01T00:00:00Z");
const of = "conversion";
const shop = {
  regulars: 1, timeZone: "Europe/Amsterdam", currency: "EUR", rates: { USD: "0.5" },
  segments: [
    { id: "buyer", rule: { events: { of, modifier: "is_at_least", value: 1 } } },
    { id: "twice", rule: { events: { of, modifier: "is_at_least", value: 2 } } },
  ],
};
const good = file("shop.json", shop);
const halfBroken = file("half-broken.json", { ...shop, segments: [...shop.segments, { id: "broken", rule: { all: [] } }] });
const refusedShop = file("refused.json", { ...shop, timeZone: "Europe/Atlantis" });
const text = [
  "visitor_id,order_id,at,value,currency",
  "zoe,1,2026-03-01T12:00:00Z,10,EUR",
  '"adam, jr",2,2026-03-02T12:00:00Z,20,USD',
  "zoe,3,2026-03-31T12:00:00Z,30,",
  "late,4,2026-05-01T12:00:00Z,40,EUR",
  "",
].join("\n");
const orders = file("orders.csv", text);
const sizes = { now: NOW, customers: 3, segments: { buyer: 2, twice: 1 }, refused: 0 };
const at = ["--now", String(NOW)];
const audience = (more, input) => regulars(["audience", good, ...more, ...at], input);

test("audience: the sizes of all segments, in one record", async () => {
  const { code, stdout, stderr } = await audience(["--orders", orders]);
  assert.deepEqual([code, stderr, stdout], [0, "", `${JSON.stringify(sizes)}\n`]);
});

test("audience: the members of one segment, an id a line", async () => {
  const { code, stdout, stderr } = await audience(["--orders", orders, "--segment", "buyer"]);
  assert.deepEqual([code, stderr, stdout], [0, "", "zoe\nadam, jr\n"]);
  const none = await regulars(["audience", good, "--orders", orders, "--segment", "twice", "--now", "0"]);
  assert.deepEqual([none.code, none.stdout], [0, ""]);
});

test("audience --out: members and sizes as CSV, written whole", async () => {
  const members = await audience(["--orders", orders, "--segment", "buyer", "--out", "buyers.csv"]);
  assert.deepEqual([members.code, members.stderr, lines(members.stdout)], [0, "", [{ ...sizes, segments: { buyer: 2 } }]]);
  assert.equal(read("buyers.csv"), 'visitor_id\nzoe\n"adam, jr"\n');
  const all = await audience(["--orders", orders, "--out", "sizes.csv"]);
  assert.deepEqual([all.code, lines(all.stdout)], [0, [sizes]]);
  assert.equal(read("sizes.csv"), "segment,customers\nbuyer,2\ntwice,1\n");
  assert.deepEqual(readdirSync(folder).filter((name) => name.endsWith(".part")), []);
});

test("measure: a line a customer, in the order of the file", async () => {
  const call = (of, more = []) => regulars(["measure", good, "--orders", orders, "--of", JSON.stringify(of), ...at, ...more]);
  const { code, stdout, stderr } = await call({ of, measure: "days_since_last" });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(stdout, '{"visitor":"zoe","value":1}\n{"visitor":"adam, jr","value":30}\n{"visitor":"late","value":null}\n');
  const pasted = await call({ events: { of, measure: "total_value", modifier: "is_at_least", value: 50 } });
  assert.deepEqual(lines(pasted.stdout).map(({ value }) => value), [40, 10, 0]);
});

test("measure: what is wrong with --of is said before the file is read", async () => {
  const call = (of) => regulars(["measure", good, "--orders", "missing.csv", "--of", of]);
  const wrong = await call('{"of":"conversion","measure":"unit"}');
  assert.deepEqual([wrong.code, wrong.stdout], [1, ""]);
  assert.deepEqual(lines(wrong.stderr).map(({ code, pointer, file }) => [code, pointer, file]), [["unknown_value", "/measure", "--of"]]);
  const text = await call("{of:");
  assert.deepEqual([text.code, text.stdout], [2, ""]);
  assert.match(text.stderr, /^--of \{of:: This is not JSON/);
});

test("grid: customers, conversions and value in each cell", async () => {
  const { code, stdout, stderr } = await regulars(["grid", good, "--orders", orders, ...at]);
  assert.deepEqual([code, stderr], [0, ""]);
  const empty = (cell, name) => ({ cell, name, customers: 0, conversions: 0, value: 0 });
  assert.equal(stdout, `${JSON.stringify({ now: NOW, customers: 3, cells: [
    { cell: "none", name: null, customers: 1, conversions: 0, value: 0 },
    { cell: "one_time_buyer", name: "One-time buyer", customers: 1, conversions: 1, value: 10 },
    { cell: "promising", name: "Promising", customers: 1, conversions: 2, value: 40 },
    empty("sleeper", "Sleeper"), empty("loyal", "Loyal"), empty("red_alert", "Red alert"), empty(null, null),
  ], refused: 0 })}\n`);
});

test("now is the clock unless given", async () => {
  const before = Date.now();
  const [{ now }] = lines((await regulars(["audience", good, "--orders", orders])).stdout);
  assert.ok(now >= before && now <= Date.now());
});

const utf16 = Buffer.from(`\uFEFF${text.replaceAll(/,(?! jr)/g, "\t").replaceAll("\n", "\r\n")}`, "utf16le");
const forms = {
  "standard input": ["-", text],
  "gzip on standard input": ["-", gzipSync(text)],
  "gzip, whatever its name": [file("zipped.csv", gzipSync(text))],
  "gzip of several members": [file("members.gz", Buffer.concat([gzipSync(text.slice(0, 70)), gzipSync(text.slice(70))]))],
  "plain, whatever its name": [file("plain.csv.gz", text)],
  "UTF-16 with tabs, as spreadsheets write it": [file("utf16.txt", utf16)],
  "the same, gzip": [file("utf16.gz", gzipSync(utf16))],
  "a byte order mark, CRLF and semicolons": [file("bom.csv", `\uFEFF${text.replaceAll(/,(?! jr)/g, ";").replaceAll("\n", "\r\n")}`)],
};
for (const [name, [path, input]] of Object.entries(forms)) {
  test(`the order file: ${name}`, async () => {
    const { code, stdout, stderr } = await audience(["--orders", path], input);
    assert.deepEqual([code, stderr, lines(stdout)], [0, "", [sizes]]);
  });
}

test("a compressed file that is cut off or damaged is said, and answers nothing", async () => {
  const zipped = gzipSync(text);
  const damaged = Buffer.from(zipped);
  damaged[30] ^= 0xff;
  for (const [name, content] of [["cut.gz", zipped.subarray(0, -12)], ["damaged.gz", damaged]]) {
    const { code, stdout, stderr } = await audience(["--orders", file(name, content), "--out", "never.csv"]);
    assert.deepEqual([code, stdout, codes(stderr), lines(stderr)[0].file], [1, "", ["damaged_gzip"], name]);
  }
  assert.equal(existsSync(join(folder, "never.csv")), false);
});

test("rows that are refused go to standard error by line and column; the rest is used, and the exit code says so", async () => {
  const bad = file("bad.csv", [
    "visitor_id,order_id,at,value",
    "a,1,2026-03-01T12:00:00Z,10",
    "b,2,yesterday,10",
    "c,3,2026-03-01T12:00:00Z",
    'd,4,2026-03-01T12:00:00Z,"two',
    'lines"',
    "e,5,2026-03-01T12:00:00Z,10",
  ].join("\n"));
  const { code, stdout, stderr } = await audience(["--orders", bad]);
  assert.equal(code, 1);
  assert.deepEqual(lines(stdout), [{ now: NOW, customers: 2, segments: { buyer: 2, twice: 0 }, refused: 3 }]);
  assert.deepEqual(lines(stderr).map(({ code, severity, file, line, column }) => [code, severity, file, line, column]), [
    ["bad_instant", "error", "bad.csv", 3, "at"],
    ["bad_row", "error", "bad.csv", 4, ""],
    ["bad_number", "error", "bad.csv", 5, "value"],
  ]);
  for (const { message } of lines(stderr)) assert.match(message, /\.$/);
  const pretty = await audience(["--orders", bad, "--pretty"]);
  assert.match(pretty.stderr, /^error at bad\.csv:3, column at: .+ \(bad_instant\)\nerror at bad\.csv:4: /);
  assert.match(pretty.stdout, /^\{\n  "now": /);
  const members = await audience(["--orders", bad, "--segment", "buyer", "--out", "rest.csv"]);
  assert.deepEqual([members.code, read("rest.csv")], [1, "visitor_id\na\ne\n"]);
});

test("every one of very many refused rows is named", async () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => `v${index},${index % 3 === 0 ? "2026-03-01T12:00:00Z" : "never"}\n`);
  const { code, stdout, stderr } = await audience(["--orders", "-"], `visitor_id,at\n${rows.join("")}`);
  assert.equal(code, 1);
  assert.deepEqual([lines(stdout)[0].customers, lines(stdout)[0].refused], [10_000, 20_000]);
  const expected = rows.flatMap((row, index) => (index % 3 === 0 ? [] : [index + 2]));
  assert.deepEqual(lines(stderr).map(({ line }) => line), expected);
});

test("a currency without a rate is a warning, once", async () => {
  const pounds = file("pounds.csv", `${text}late,5,2026-05-01T12:00:00Z,1,GBP\nlate,6,2026-05-01T12:00:00Z,1,gbp\n`);
  const { code, stderr } = await audience(["--orders", pounds]);
  assert.equal(code, 0);
  assert.deepEqual(lines(stderr).map(({ code, severity, file }) => [code, severity, file]), [["no_rate", "warning", "pounds.csv"]]);
  assert.match(stderr, /GBP/);
});

const foreign = file("foreign.csv", 'Customer ID;Invoice;InvoiceDate;"Price, EUR"\n17850;1;2026-03-29 12:00:00;2.5\n17850;2;20260301;1\n');

test("--map and --local-times: a file with names and times of its own", async () => {
  const map = 'visitor_id=Customer ID,order_id=Invoice,at=InvoiceDate,"value=Price, EUR"';
  const call = (more) => regulars(["measure", good, "--orders", foreign, "--of", '{"of":"conversion","measure":"total_value","period":{"from":"2026-03-29T10:00:00Z","to":"2026-03-29T10:00:00.001Z"}}', ...more, ...at]);
  const { code, stdout, stderr } = await call(["--map", map, "--local-times"]);
  assert.deepEqual([code, stderr, lines(stdout)], [0, "", [{ visitor: "17850", value: 2.5 }]], "noon in summer time, which began that night");
  const twice = await call(["--map", "visitor_id=Customer ID,order_id=Invoice", "--map", "at=InvoiceDate", "--local-times"]);
  assert.deepEqual([twice.code, lines(twice.stdout)], [0, [{ visitor: "17850", value: 0 }]]);
  const without = await call(["--map", map]);
  assert.deepEqual([without.code, without.stdout, lines(without.stderr).map(({ code, line, column }) => [code, line, column])], [1, "", [["no_offset", 2, "InvoiceDate"], ["no_offset", 3, "InvoiceDate"]]]);
});

test("a file whose columns have other names: they are named, and the call that is probably right", async () => {
  const { code, stdout, stderr } = await audience(["--orders", foreign]);
  assert.deepEqual([code, stdout], [1, ""]);
  const problems = lines(stderr);
  assert.ok(problems.length > 0 && problems.every(({ code, file }) => code === "missing_column" && file === foreign));
  const { fix } = problems.at(-1);
  for (const name of ["Customer ID", "Invoice", "InvoiceDate", "Price, EUR"]) assert.ok(fix.includes(name), fix);
  const [, map] = fix.match(/--map '([^']+)'/);
  const again = await audience(["--orders", foreign, "--map", map, ...(fix.includes("--local-times") ? ["--local-times"] : [])]);
  assert.deepEqual([again.code, again.stderr, lines(again.stdout)[0].customers], [0, "", 1]);
  const wrong = await audience(["--orders", orders, "--map", "value=Total"]);
  assert.deepEqual([wrong.code, wrong.stdout, codes(wrong.stderr)], [1, "", ["unknown_column"]]);
});

test("--columns: a file without a header", async () => {
  const bare = file("bare.csv", text.slice(text.indexOf("\n") + 1));
  const { code, stdout, stderr } = await audience(["--orders", bare, "--columns", "visitor_id,order_id,at,value,currency"]);
  assert.deepEqual([code, stderr, lines(stdout)], [0, "", [sizes]]);
  const own = await audience(["--orders", bare, "--columns", "Kunde,order_id,at,value,currency", "--map", "visitor_id=Kunde"]);
  assert.deepEqual([own.code, lines(own.stdout)], [0, [sizes]]);
});

test("a broken segment has no members, and its error is in the exit code; of a refused package nothing is read", async () => {
  const broken = await regulars(["audience", halfBroken, "--orders", orders, ...at]);
  assert.deepEqual([broken.code, codes(broken.stderr), lines(broken.stdout)], [1, ["empty_group"], [{ ...sizes, segments: { ...sizes.segments, broken: 0 } }]]);
  for (const args of [["audience", refusedShop], ["grid", refusedShop], ["measure", refusedShop, "--of", '{"of":"conversion"}'], ["audience", halfBroken, "--strict"]]) {
    const { code, stdout, stderr } = await regulars([...args, "--orders", "missing.csv"]);
    assert.deepEqual([code, stdout, codes(stderr).length], [1, "", 1], args.join(" "));
  }
});

test("a file without customers, and one without anything", async () => {
  const header = await audience(["--orders", "-"], "visitor_id,at\n");
  assert.deepEqual([header.code, lines(header.stdout)], [0, [{ now: NOW, customers: 0, segments: { buyer: 0, twice: 0 }, refused: 0 }]]);
  const empty = await audience(["--orders", "-"], "");
  assert.deepEqual([empty.code, empty.stdout, codes(empty.stderr)], [1, "", ["empty_file"]]);
});

test("a reader that has seen enough ends the program quietly", async () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => `visitor-${index},2026-03-01T12:00:00Z\n`);
  const many = file("many.csv", `visitor_id,at\n${rows.join("")}`);
  const child = spawn(process.execPath, [program, "audience", good, "--orders", many, "--segment", "buyer", ...at], { cwd: folder });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text) => { stderr += text; });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual([code, stderr], [0, ""]);
});

const hasTerminal = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;
test("on a terminal one line says how far it is, and never stands in the way of what is printed", { skip: !hasTerminal && "script, which makes terminals, is not here" }, async () => {
  file("first.csv", "visitor_id,at\na,2026-03-01T12:00:00Z\n");
  file("second.csv", "b,never\nc,2026-03-01T12:00:00Z\nd,never\n");
  const command = `(cat first.csv; sleep 1; cat second.csv) | "${process.execPath}" "${program}" audience ${good} --orders - --now ${NOW}`;
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: folder, env: { ...process.env, TERM: "xterm" } });
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text) => { shown += text; });
  assert.equal(await new Promise((resolve) => child.on("close", resolve)), 1);
  const clear = "\r\u001B[K";
  assert.match(shown, /-  5 lines  \d+\.\d MB\/s/);
  const left = shown.split("\n").map((line) => line.split(clear).at(-1).trim()).filter(Boolean);
  assert.deepEqual(left.map((line) => JSON.parse(line).line ?? "record"), [3, 5, "record"], "each on a line of its own");
});

test("--help, with an example", async () => {
  for (const name of ["audience", "measure", "grid"]) {
    const { code, stdout, stderr } = await regulars([name, "--help"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /\nExample:\n  regulars /);
  }
});

test("wrong usage is one sentence, and exit code 2", async () => {
  const file = ["--orders", orders];
  const wrong = {
    "--orders FILE.csv is needed": ["audience", good],
    "There is no file missing.csv": ["audience", good, "--orders", "missing.csv"],
    "cannot be read": ["audience", good, "--orders", "."],
    "the nearest is buyer": ["audience", good, ...file, "--segment", "byer"],
    "--of JSON is needed": ["measure", good, ...file],
    "Use visitor_id": ["grid", good, ...file, "--map", "visiter=x"],
    "says twice what at is: x, and y": ["grid", good, ...file, "--map", "at=x,at=y"],
    "at is no such pair": ["grid", good, ...file, "--map", "at"],
    "names no column": ["grid", good, ...file, "--columns", ""],
    "Standard input can be read only once": ["grid", "-", "--orders", "-"],
    "cannot be written": ["audience", good, ...file, "--out", "no/such/folder.csv"],
    "--now tomorrow": ["audience", good, ...file, "--now", "tomorrow"],
  };
  for (const [sentence, args] of Object.entries(wrong)) {
    const { code, stdout, stderr } = await regulars(args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.ok(stderr.split("\n")[0].includes(sentence), `${args.join(" ")}: ${stderr}`);
    assert.doesNotMatch(stderr, /\n +at /, "no stack");
  }
});
