// The playground in a real browser: one visitor, two texts, an order file; and nothing leaves the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { root } from "../../tools/lib/run.mjs";
import { accessibilityFaults, launch } from "./shop-page.mjs";
import { becomes, drop, exampleAndEngine, nowOf, openPlayground, segmentsOf, serveBoth, sizesOf, staysOf, totalsOf, write } from "./playground-page.mjs";

const sample = readFileSync(join(root, "www/playground/static/sample-orders.csv"), "utf8");
const zone = "Europe/Amsterdam";

let browser;
let server;
let example;

before(async () => {
  [browser, server, example] = await Promise.all([launch(), serveBoth(), exampleAndEngine()]);
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const open = (options) => openPlayground(browser, server.url, options);
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** What the engine says in Node: the page must say the same. */
function expected(packageText, visitor, now) {
  const { plan } = example.engine.plan(packageText);
  const opened = plan.visitor(JSON.parse(visitor));
  const { segments, retention } = opened.evaluate(now);
  const stays = [[retention.cell ?? "", "now"]];
  for (let until = retention.holdsUntil; until !== null;) {
    const next = opened.evaluate(until).retention;
    stays.push([next.cell ?? "", until]);
    until = next.holdsUntil;
  }
  opened.free();
  return { segments: Object.fromEntries(Object.entries(segments).map(([id, { member, holdsUntil }]) => [id, [member ? "in" : "out", holdsUntil]])), stays };
}

describe("the visitor", () => {
  it("is there without a click: every segment, until when, and the way through the grid", async () => {
    const { page, done } = await open();
    const { segments, stays } = expected(example.package, example.visitor, example.now);
    assert.deepEqual(await segmentsOf(page), segments);
    assert.deepEqual(await staysOf(page), stays);
    assert.deepEqual(stays.map(([cell]) => cell), ["loyal", "at_risk", "red_alert"]);
    assert.equal(Object.values(segments).filter(([state]) => state === "in").length, 6);
    assert.match(await page.locator(".headline").textContent(), /^In 29 hours Mila leaves Cart left behind\..*24 Nov 2026, 20:05/);
    assert.equal(await page.locator(".grid td[data-here=true]").getAttribute("data-cell"), "loyal");
    assert.ok(await page.locator("#tab-package .badge").isHidden());
    await done();
  });

  it("is a table to a screen reader", async () => {
    const { page, done } = await open();
    const tree = await page.locator(".grid").ariaSnapshot();
    assert.match(tree, /columnheader "61 to 90 days"/);
    assert.match(tree, /rowheader "4 or more orders"/);
    assert.match(tree, /cell "Loyal\s?\. The visitor is here"/);
    await done();
  });

  it("goes to the next change, to the millisecond, and back", async () => {
    const { page, done } = await open();
    const { segments } = expected(example.package, example.visitor, example.now);
    let now = example.now;
    for (let steps = 0; steps < 5; steps++) {
      now = Math.min(...Object.values(expected(example.package, example.visitor, now).segments).map(([, until]) => until ?? Infinity));
      await page.locator("#next-change").click();
      const wanted = expected(example.package, example.visitor, now);
      await becomes(() => segmentsOf(page), wanted.segments);
      await becomes(() => staysOf(page), wanted.stays);
      await becomes(() => nowOf(page), now);
    }
    assert.equal(now, Date.parse("2026-12-02T00:00:00+01:00"));
    assert.equal(await page.getByLabel("Seen from").inputValue(), "2026-12-02T00:00");
    for (let steps = 0; steps < 5; steps++) await press(page, "Back");
    await becomes(() => segmentsOf(page), segments);
    assert.ok(await page.getByRole("button", { name: "Back", exact: true }).isDisabled());
    await done();
  });

  it("moves by the field and by days of the package's zone, over a change of the clocks", async () => {
    const { page, done } = await open();
    await page.getByLabel("Seen from").fill("2027-03-27T12:30");
    await page.getByLabel("Seen from").press("Tab");
    await becomes(() => nowOf(page), Date.parse("2027-03-27T12:30:00+01:00"));
    await press(page, "+1 day");
    await becomes(() => nowOf(page), Date.parse("2027-03-28T12:30:00+02:00"));
    await done();
  });

  it("without an order stands beside the grid; in a gap of the grid in no cell", async () => {
    const { page, done } = await open();
    await write(page, "Visitor", '{ "id": "new", "events": [] }');
    await becomes(() => staysOf(page), [["none", "now"]]);
    assert.equal(await page.locator(".grid td[data-here=true]").getAttribute("data-cell"), "none");
    await write(page, "Visitor", example.visitor);
    await write(page, "Package", JSON.stringify({ ...JSON.parse(example.package), retention: [{ id: "few", name: "Few", conversions: [1, 3], days: [0, 90] }], segments: [] }));
    await becomes(() => staysOf(page), [["", "now"]]);
    assert.equal(await page.locator(".grid td[data-here=true].gap").count(), 1);
    await page.getByText("This package has no segments.").waitFor();
    await done();
  });
});

describe("the texts", () => {
  it("change the answers as they are typed", async () => {
    const { page, done } = await open();
    const text = example.package.replace('"value": 500', '"value": 50000');
    await write(page, "Package", text);
    await becomes(() => segmentsOf(page), expected(text, example.visitor, example.now).segments);
    assert.equal((await segmentsOf(page))["big-spender"][0], "out");
    const visitor = example.visitor.replace('"129.95",', '"90000",');
    await write(page, "Visitor", visitor);
    await becomes(() => segmentsOf(page), expected(text, visitor, example.now).segments);
    assert.equal((await segmentsOf(page))["big-spender"][0], "in");
    await done();
  });

  it("show the engine's problems where they are, and what to write instead", async () => {
    const { page, done } = await open();
    const text = example.package.replace('"is_at_least", "value": 500', '"is_at_leest", "value": 500').replace('"looking",', '"looking", "nam": 1,');
    await write(page, "Package", text);
    const problems = page.locator("#panel-package .problem");
    await problems.nth(1).waitFor();
    const lineOf = (part) => text.slice(0, text.indexOf(part)).split("\n").length;
    assert.match(await problems.nth(0).textContent(), new RegExp(`line ${lineOf('"nam"')}There is no key \`nam\` here. Did you mean \`name\`\\?`));
    assert.match(await problems.nth(1).textContent(), new RegExp(`line ${lineOf('"is_at_leest"')}\`is_at_leest\` is not known here. Did you mean \`is_at_least\`\\?`));
    await problems.nth(1).click();
    const marked = page.locator("#panel-package .cm-lintRange-error");
    await becomes(() => marked.filter({ hasText: "leest" }).allTextContents(), ['"is_at_leest"']);
    await page.keyboard.type('"is_at_least"');
    // The other one is of the campaign that names the broken segment.
    await becomes(() => problems.count(), 2);
    await problems.nth(0).click();
    await becomes(() => marked.allTextContents(), ['"nam"']);
    await done();
  });

  it("show a fault in the JSON, and keep the last good answers, marked as such", async () => {
    const { page, done } = await open();
    const before = await segmentsOf(page);
    await write(page, "Package", example.package.replace('"currency": "EUR",', '"currency": "EUR"'));
    await page.locator("#panel-package .problem", { hasText: "line 5A comma is missing before this." }).waitFor();
    assert.equal(await page.locator(".answers").getAttribute("data-stale"), "true");
    await page.getByRole("button", { name: "From the last package that could be used" }).waitFor();
    await page.getByText("The answers are those of the last package that could be used.").waitFor();
    assert.deepEqual(await segmentsOf(page), before);

    // The visitor goes on being answered with the last good package.
    await write(page, "Visitor", '{ "events": [] }');
    await becomes(() => segmentsOf(page), expected(example.package, '{ "events": [] }', example.now).segments);
    await write(page, "Visitor", "[1");
    await page.getByRole("button", { name: "From the last package and visitor that could be used" }).waitFor();
    await becomes(() => segmentsOf(page), expected(example.package, '{ "events": [] }', example.now).segments);
    await write(page, "Visitor", example.visitor);
    await write(page, "Package", example.package);
    await becomes(() => segmentsOf(page), before);
    await becomes(() => page.locator(".answers").getAttribute("data-stale"), "false");
    await done();
  });

  it("with a broken segment leave the others working, and lead to what is wrong", async () => {
    const { page, done } = await open();
    const { segments } = expected(example.package, example.visitor, example.now);
    await write(page, "Package", example.package.replace('"rule": { "retention": ["loyal"] }', '"rule": { "retention": ["loyaal"] }'));
    await becomes(() => segmentsOf(page), { ...segments, loyal: ["broken", null] });
    await page.getByRole("tab", { name: /^Visitor/ }).click();
    await page.getByRole("button", { name: "Show what is wrong with Loyal customers" }).click();
    await becomes(() => page.locator("#panel-package .cm-lintRange-error").allTextContents(), ['"loyaal"']);
    assert.ok(await page.locator("#panel-package").isVisible());
    await done();
  });

  it("are asked about one at a time while the engine is busy, and the latest is answered", async () => {
    const { page, done } = await open();
    // Questions wait as they would before a worker that computes, until they are let go.
    await page.evaluate(() => {
      const { postMessage } = Worker.prototype;
      let waiting = [];
      window.asked = [];
      Worker.prototype.postMessage = function (message) {
        if (message.kind === "case") window.asked.push(message.asked.visitor);
        return waiting ? void waiting.push([this, message]) : postMessage.call(this, message);
      };
      window.letGo = () => {
        for (const [worker, message] of waiting) postMessage.call(worker, message);
        waiting = null;
      };
    });
    const texts = Array.from({ length: 12 }, (_, index) => `{ "id": "number ${index}" }`);
    for (const text of texts) await write(page, "Visitor", text);
    await page.evaluate(() => window.letGo());
    await becomes(() => page.locator("#visitor-title").textContent(), "number 11");
    const asked = await page.evaluate(() => window.asked);
    assert.ok(asked.length <= 3, `${asked.length} questions for 12 texts`);
    assert.equal(asked.at(-1), texts.at(-1));
    await done();
  });

  it("show an event that was refused at its place in the visitor", async () => {
    const { page, done } = await open();
    await write(page, "Visitor", example.visitor.replace("2026-09-02T20:15:00+02:00", "2026-09-02"));
    await page.locator("#panel-visitor .problem", { hasText: "This is no instant" }).click();
    await becomes(() => page.locator("#panel-visitor .cm-lintRange-error").allTextContents(), ['"2026-09-02"']);
    await done();
  });

  it("survive a reload, and give way to the example when asked, which can be undone", async () => {
    const { page, done } = await open();
    await write(page, "Visitor", '{ "id": "kept", "events": [] }');
    await press(page, "+30 days");
    await becomes(() => page.locator("#visitor-title").textContent(), "kept");
    await becomes(() => nowOf(page), Date.parse("2026-12-23T14:20:00+01:00"));
    await page.reload();
    await page.waitForSelector(".answers[data-ready]");
    assert.equal(await page.locator("#visitor-title").textContent(), "kept");
    await press(page, "Start again");
    await becomes(() => page.locator("#visitor-title").textContent(), "Mila");
    await becomes(() => page.evaluate(() => localStorage.length), 0);
    await press(page, "Undo");
    await becomes(() => page.locator("#visitor-title").textContent(), "kept");
    await done();
  });
});

describe("an order file", () => {
  /** Sizes, cells and members as the engine in Node gives them. */
  function counted(text, options, now = example.now) {
    const reader = example.engine.readOrders(options);
    reader.write(new TextEncoder().encode(text));
    const { population } = reader.end();
    const { segments } = population.sizes(example.plan, now);
    const cells = Object.fromEntries(population.grid(example.plan, now).cells.map(({ cell, customers }) => [cell ?? "", customers]));
    const found = { segments, cells, members: [...population.members(example.plan, "loyal", now)], totals: [population.customers, population.orders, population.rows, population.refused] };
    population.free();
    return found;
  }
  const guessed = () => example.engine.peekOrders(new TextEncoder().encode(sample)).guess;
  const asSample = () => counted(sample, { map: guessed(), localTimes: true, timeZone: zone });
  const gridOf = (page) => page.locator(".grid td[data-cell]:has(.area-count)").evaluateAll((cells) => Object.fromEntries(cells.map((cell) => [cell.dataset.cell, Number(cell.querySelector("b").textContent)])));
  const withoutGap = ({ "": gap, ...cells }) => (assert.equal(gap, 0), cells);

  it("that comes with the page is counted in two clicks; members can be kept as CSV", async () => {
    const { page, done } = await open();
    await press(page, "Try the sample file");
    await press(page, "Read the file");
    const wanted = asSample();
    await becomes(() => sizesOf(page), wanted.segments);
    await becomes(() => gridOf(page), withoutGap(wanted.cells));
    assert.deepEqual(await totalsOf(page), wanted.totals);
    assert.ok(wanted.members.length > 2);

    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Members of Loyal customers as CSV" }).click()]);
    assert.equal(download.suggestedFilename(), "loyal-2026-11-23.csv");
    assert.equal(await readFile(await download.path(), "utf8"), ["visitor_id", ...wanted.members, ""].join("\r\n"));

    await press(page, "+30 days");
    await becomes(() => sizesOf(page), counted(sample, { map: guessed(), localTimes: true, timeZone: zone }, Date.parse("2026-12-23T14:20:00+01:00")).segments);
    const text = example.package.replace('"value": 500', '"value": 1');
    await write(page, "Package", text);
    await becomes(async () => (await sizesOf(page))["big-spender"] > wanted.segments["big-spender"], true);
    await press(page, "Close the file");
    await becomes(() => gridOf(page), {});
    await done();
  });

  it("with columns of its own is mapped by hand", async () => {
    const { page, done } = await open();
    const text = "wie,wanneer,bedrag,currency\na,2026-11-01T10:00:00Z,600,EUR\nb,2026-11-02T10:00:00Z,20,USD\n";
    await drop(page, "klanten.csv", [text]);
    await page.getByText("Choose the column of: customer, date or time.").waitFor();
    assert.ok(await page.getByRole("button", { name: "Read the file" }).isDisabled());
    await page.getByLabel("Customer needed").selectOption({ label: "wie" });
    await page.getByLabel("Date or time needed").selectOption({ label: "wanneer" });
    await page.getByLabel("Order value").selectOption({ label: "bedrag" });
    assert.ok(!(await page.getByLabel("Times without an offset").isChecked()));
    await press(page, "Read the file");
    const wanted = counted(text, { map: { visitor_id: "wie", at: "wanneer", value: "bedrag" } });
    await becomes(() => sizesOf(page), wanted.segments);
    assert.equal(wanted.segments["big-spender"], 1);
    await page.getByText("The package has no rate for USD").waitFor();
    await done();
  });

  it("may be packed, pasted, or without names of columns", async () => {
    const { page, done } = await open();
    await drop(page, "orders.csv.gz", [[...gzipSync(sample)]]);
    await page.getByText("packed with gzip").waitFor();
    await press(page, "Read the file");
    await becomes(() => sizesOf(page), asSample().segments);

    await press(page, "Close the file");
    await page.getByText("Paste rows instead").click();
    await page.getByLabel("Rows, the first with").fill("00004 1 20261101 29.33\n00004 2 20261102 29.73\n00005 1 20261103 14.96\n");
    await press(page, "Use these rows");
    await page.getByLabel("The first row names the columns").waitFor();
    assert.ok(!(await page.getByLabel("The first row names the columns").isChecked()));
    await page.getByLabel("Customer needed").selectOption({ label: "column 1" });
    await page.getByLabel("Date or time needed").selectOption({ label: "column 3" });
    assert.ok(await page.getByLabel("Times without an offset").isChecked());
    await press(page, "Read the file");
    await becomes(() => totalsOf(page), [2, 3, 3, 0]);
    await done();
  });

  it("has its bad rows listed by line, column and reason, and the rest counted", async () => {
    const { page, done } = await open();
    const bad = Array.from({ length: 400 }, (_, index) => `x${index},no day,1`);
    await drop(page, "orders.csv", [["customer,date,total", "a,2026-11-01T10:00:00Z,600", ",2026-11-01T10:00:00Z,1", "b,2026-11-02T10:00:00Z,one", "c,2026-11-02T10:00:00Z", ...bad, "d,2026-11-03T10:00:00Z,5", ""].join("\n")]);
    await press(page, "Read the file");
    await page.getByText("403 rows of 405 left out").click();
    const rows = await page.locator(".refused tbody tr").evaluateAll((found) => found.slice(0, 4).map((row) => [row.dataset.code, ...[...row.cells].slice(0, 2).map((cell) => cell.textContent)]));
    assert.deepEqual(rows, [["missing_key", "3", "customer"], ["bad_number", "4", "total"], ["bad_row", "5", "the whole row"], ["bad_instant", "6", "date"]]);
    await page.getByText("and 103 more").waitFor();
    assert.deepEqual(await totalsOf(page), [2, 2, 405, 403]);
    await done();
  });

  it("that is no file of orders is refused in words", async () => {
    const { page, done } = await open();
    await drop(page, "empty.csv", [""]);
    await page.locator(".trouble", { hasText: "There are no rows in this file." }).waitFor();
    await drop(page, "cut.csv.gz", [[...gzipSync(sample).subarray(0, 200)]]);
    await page.locator(".trouble", { hasText: /cannot be read|could not be read/ }).waitFor();
    await done();
  });

  it("of another time offers to be seen from its last day", async () => {
    const { page, done } = await open();
    await drop(page, "old.csv", ["customer,date,total\na,1998-06-30T10:00:00+02:00,10\n"]);
    await press(page, "Read the file");
    await page.getByText("The last order of this file is from Tue 30 Jun 1998").waitFor();
    await press(page, "See it from that day");
    await becomes(() => nowOf(page), Date.parse("1998-06-30T23:59:00+02:00"));
    await becomes(() => gridOf(page).then((cells) => cells.new), 1);
    await done();
  });

  const large = (page) => page.evaluate(() => {
    const part = Array.from({ length: 20_000 }, (_, index) => `c${index},2026-10-01T10:00:00Z,${index}\n`).join("");
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["customer,date,total\n", ...Array.from({ length: 200 }, () => part)], "large.csv"));
    document.querySelector(".orders").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });

  it("shows how far it is read, leaves the texts alive, and can be cancelled", async () => {
    const { page, done } = await open();
    await large(page);
    await press(page, "Read the file");
    await page.getByText(/^[\d.]+ MB of 1\d\d(\.\d)? MB/).waitFor();
    assert.ok(await page.locator("progress").evaluate((meter) => meter.value > 0 && meter.value < meter.max));

    // An answer comes while the file is being read, and typing does not wait for either.
    const delays = page.evaluate(() => new Promise((resolve) => {
      const found = [];
      let last = performance.now();
      const timer = setInterval(() => {
        found.push(performance.now() - last - 10);
        last = performance.now();
        if (found.length === 40) {
          clearInterval(timer);
          resolve(Math.max(...found));
        }
      }, 10);
    }));
    await page.locator("#next-change").click();
    await becomes(() => segmentsOf(page), expected(example.package, example.visitor, Date.parse("2026-11-24T20:05:00+01:00")).segments);
    assert.ok(await page.locator("progress").isVisible(), "the file was read before the answer came: it is too small for this test");
    assert.ok(await delays < 200, `the page stood still for ${await delays} ms`);

    await press(page, "Cancel");
    await page.getByText("Cancelled: nothing was counted.").waitFor();
    assert.equal(await page.locator("progress").count(), 0);
    await page.waitForTimeout(300);
    assert.equal(await page.locator(".audience tr[data-size]").count(), 0);
    await press(page, "Another file");
    await press(page, "Try the sample file");
    await press(page, "Read the file");
    await becomes(() => sizesOf(page), asSample().segments);
    // Had the reading gone on, its customers would be there by now.
    await page.waitForTimeout(4_000);
    await press(page, "Back");
    await becomes(() => nowOf(page), null);
    await page.waitForTimeout(500);
    assert.deepEqual(await sizesOf(page), asSample().segments);
    await done();
  });

  it("is read again when the worker has died, and the page says so", async () => {
    const { page, complaints } = await open();
    await press(page, "Try the sample file");
    await press(page, "Read the file");
    await becomes(() => sizesOf(page), asSample().segments);
    const [worker] = page.workers();
    await worker.evaluate(() => void setTimeout(() => { throw new Error("the end of this worker"); }));
    await page.getByText("The engine stopped and was started again.").waitFor();
    await page.getByText("The engine was started again: read the file once more.").waitFor();
    await page.locator("#next-change").click();
    await becomes(() => segmentsOf(page), expected(example.package, example.visitor, Date.parse("2026-11-24T20:05:00+01:00")).segments);
    await press(page, "Read the file");
    await becomes(async () => (await sizesOf(page)).loyal, asSample().segments.loyal);
    await page.context().close();
    assert.deepEqual(complaints.filter((text) => !text.includes("the end of this worker")), []);
  });
});

describe("the page", () => {
  it("asks for its own files alone, and for nothing more while it is used", async () => {
    const { page, context, requests, done } = await open();
    await page.waitForLoadState("networkidle");
    const first = [...requests];
    const names = first.map((address) => new URL(address.replace(/^blob:/, "")).pathname.replace("/playground/", ""));
    for (const name of names) assert.match(name, /^$|^(main|worker|below-\w+|catalogue-\w+|chunk-\w+(-\w+)?)\.js$|^example-(package|visitor)\.json$|^(playground|answers|orders|workbench)\.css$|^studio\.wasm$|^icon\.svg$|^\/[\da-f-]{36}$/, name);

    await drop(page, "orders.csv", [sample]);
    await press(page, "Read the file");
    await becomes(async () => Object.keys(await sizesOf(page)).length, 8);
    await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Members of Loyal customers as CSV" }).click()]);
    await write(page, "Package", example.package.replace('"value": 500', '"value": 600'));
    await write(page, "Visitor", example.visitor.replace("Mila", "Mo"));
    await becomes(() => page.locator("#visitor-title").textContent(), "Mo");
    await page.locator("#next-change").click();
    await page.waitForTimeout(300);
    // The editor of texts is its own file, which comes when a text is opened; nothing else does.
    assert.deepEqual(requests.slice(first.length).filter((address) => !address.startsWith("blob:") && !/\/playground\/(code|field|place|orders|chunk)-\w+\.js$|\/sample-orders\.csv$/.test(address)), []);
    assert.deepEqual(await context.cookies(), []);
    await done();
  });

  it("could send nothing elsewhere if it wanted to, nor could its worker", async () => {
    const elsewhere = await serveBoth();
    const { page, requests } = await open();
    const attempt = async (address) => {
      try {
        await fetch(address, { mode: "no-cors" });
        return "sent";
      } catch {
        return "refused";
      }
    };
    assert.equal(await page.evaluate(attempt, elsewhere.url), "refused");
    assert.equal(await page.workers()[0].evaluate(attempt, elsewhere.url), "refused");
    assert.deepEqual(requests.filter((address) => address.startsWith(elsewhere.url)), []);
    const outcomes = await page.evaluate(() => {
      const element = document.createElement("p");
      const acts = [() => { element.innerHTML = "<b>no</b>"; }, () => new Worker("worker.js"), () => trustedTypes.createPolicy("another", {})];
      return acts.map((act) => {
        try {
          act();
          return "allowed";
        } catch {
          return "refused";
        }
      });
    });
    assert.deepEqual(outcomes, ["refused", "refused", "refused"]);
    await page.context().close();
    await elsewhere.close();
  });

  it("is left alone by the shop's service worker", async () => {
    const { page, context } = await open();
    await page.goto(server.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.goto(`${server.url}playground/`);
    await page.waitForSelector(".answers[data-ready]");
    const kept = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat());
    assert.ok(kept.length > 5);
    assert.deepEqual(kept.filter((address) => address.includes("/playground")), []);
    await context.close();
  });

  it("serves the keyboard alone", async () => {
    const { page, done } = await open();
    const name = () => page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active.labels?.[0]?.textContent ?? active.getAttribute("aria-label") ?? active.textContent.trim();
    });
    const reach = async (start) => {
      for (let steps = 0; steps < 80; steps++) {
        await page.keyboard.press("Tab");
        const found = await name();
        if (found.startsWith(start)) {
          const ringed = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== "none" || document.activeElement.matches(".code"));
          assert.ok(ringed, `"${start}" shows no focus`);
          return;
        }
      }
      assert.fail(`"${start}" cannot be reached`);
    };
    await reach("Skip to the answers");
    await page.keyboard.press("Enter");
    await reach("Next change");
    await page.keyboard.press("Enter");
    await becomes(() => nowOf(page), Date.parse("2026-11-24T20:05:00+01:00"));
    await reach("30 Nov, 19:42");
    await page.keyboard.press("Enter");
    await becomes(() => nowOf(page), Date.parse("2026-11-30T19:42:00+01:00"));
    await reach("Try the sample file");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".mapping");
    await reach("Read the file");
    await page.keyboard.press("Enter");
    await becomes(async () => Object.keys(await sizesOf(page)).length, 8);
    await reach("Members of €500");
    await page.locator(".skip").focus();
    await reach("Rules");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await name(), "Visitor");
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector('#panel-package[data-editor="code"]');
    await reach("Package as JSON");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("x");
    await page.locator("#panel-package .problem").waitFor();
    await reach("Problem, line");
    await page.keyboard.press("Enter");
    assert.equal(await name(), "Package as JSON");
    await done();
  });

  for (const width of [1360, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      it(`has nothing for axe to find, ${colorScheme}, ${width} px`, async () => {
        const { page, done } = await open({ width, colorScheme });
        const check = async (where) => {
          assert.deepEqual(await accessibilityFaults(page), [], where);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${where}: scrolls sideways`);
        };
        await page.getByText("Every event as a list").click();
        await check("first screen");
        await write(page, "Package", example.package.replace('"loyal"]', '"loyaal"]').replace('"last": 14', '"last": 0'));
        await page.locator("#panel-package .problem").nth(1).waitFor();
        await check("problems");
        await write(page, "Package", "{");
        await page.locator(".answers[data-stale=true]").waitFor();
        await check("fault in the JSON");
        await write(page, "Package", example.package);
        await drop(page, "orders.csv", [`${sample}zoe;1\n`]);
        await page.getByText("The first rows as they are").click();
        await check("columns");
        await page.getByLabel("The first row names the columns").click();
        await page.getByText("Choose the column of: customer, date or time.").waitFor();
        await check("columns without names");
        await page.getByLabel("The first row names the columns").click();
        await page.locator("#read-orders:enabled").waitFor();
        await press(page, "Read the file");
        await page.getByText("1 row of 149 left out").click();
        await check("sizes");
        await done();
      });
    }
  }
});
