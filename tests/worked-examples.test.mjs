// docs/worked-examples.md: what its commands print is what stands there.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { dataset } from "../tools/lib/datasets.mjs";
import { root } from "../tools/lib/run.mjs";
import { lines, regulars } from "./orders/program.mjs";

const page = readFileSync(join(root, "docs/worked-examples.md"), "utf8");
const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([^]*?)^```$/gm)].map(([, language, file, text]) => ({ language, file, text }));
const files = {
  "CDNOW_sample.txt.gz": [dataset("cdnow"), "CDNOW_sample.txt.gz"],
  "transactions.csv.gz": [dataset("complete-journey"), "transactions_hh_mod8_eq1.csv.gz"],
};
const folder = mkdtempSync(join(tmpdir(), "regulars-worked-"));
after(() => rmSync(folder, { recursive: true }));
for (const { file, text } of blocks) if (file) writeFileSync(join(folder, file), text);
for (const [name, [data, original]] of Object.entries(files)) if (data) symlinkSync(join(data, original), join(folder, name));

/** The words of a command line, single quotes taken off. */
const words = (command) => [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);

describe("worked examples", () => {
  test("its packages are good", async () => {
    const packages = blocks.filter(({ language }) => language === "json");
    assert.equal(packages.length, 2);
    for (const { file } of packages) {
      const { code, stderr } = await regulars(folder, ["check", file]);
      assert.deepEqual([code, stderr], [0, ""], file);
    }
  });

  for (const { text } of blocks.filter(({ language }) => language === "console")) {
    const [, command, printed] = text.match(/^\$ npx regulars (.*)\n([^]*)$/);
    const data = Object.keys(files).find((name) => command.includes(name));
    test(command.slice(0, 60), { skip: existsSync(join(folder, data)) ? false : `${data} is not at hand (REGULARS_DATA)` }, async () => {
      const { stdout, stderr } = await regulars(folder, words(command));
      assert.equal(stdout, printed);
      const refused = lines(stderr).map(({ code, column }) => `${code} ${column}`);
      assert.deepEqual(refused, data === "transactions.csv.gz" ? ["bad_number sales_value"] : []);
    });
  }

  test("what it quotes of describe is what describe says", async () => {
    const { stdout } = await regulars(folder, ["describe", "grocer.json", "often"]);
    assert.ok(page.includes(`"${JSON.parse(stdout).sentence}"`));
  });
});
