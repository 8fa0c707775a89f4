// A package compiled natively takes its zone's table from chrono-tz, one compiled in JavaScript from `Intl`: they are the
// same for every zone that both know, but where the time zone data themselves are of different versions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";
import { writtenNatively } from "./builds/native.mjs";

const { outputFiles } = await build({ entryPoints: ["www/src/zone.ts"], bundle: true, format: "esm", write: false });
const { zoneTable } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

/** chrono-tz has no clock changes of the year 2100; `Intl` has. */
const END = Date.UTC(2100, 0, 1);
/** Version 2025c of the data corrected what 2025b says of these zones' past. */
const CORRECTED = new Set(["America/Tijuana"]);

test("every zone has the same table natively and from Intl", () => {
  const known = new Set(Intl.supportedValuesOf("timeZone"));
  const differ = [];
  let compared = 0;
  for (const [name, , initial, transitions] of writtenNatively("zone_tables_are_written_down", "zones.jsonl")) {
    if (!known.has(name)) continue;
    compared++;
    const table = zoneTable(name);
    const shown = table.transitions.filter(([at]) => at < END);
    if (JSON.stringify([table.initial, shown]) !== JSON.stringify([initial, transitions])) differ.push(name);
  }
  assert.ok(compared > 350, `only ${compared} zones were compared`);
  assert.deepEqual(differ.filter((name) => !CORRECTED.has(name)), []);
});
