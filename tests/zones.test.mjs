// The tables of offsets that `Intl` is asked for when a package is compiled in JavaScript.
// Each table is held against `Intl` itself, step by step; ALL_ZONES=1 takes steps of 6 hours in every zone (minutes).
import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

const { outputFiles } = await build({ entryPoints: ["www/src/zone.ts"], bundle: true, format: "esm", write: false });
const { zoneTable } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

const HOUR = 3_600_000;
const END = Date.UTC(2101, 0, 1);
const odd = [
  "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Monrovia", "America/Argentina/San_Luis", "America/New_York", "America/Santiago",
  "America/St_Johns", "Antarctica/Casey", "Antarctica/Troll", "Asia/Gaza", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang", "Asia/Tehran",
  "Australia/Lord_Howe", "Europe/Amsterdam", "Pacific/Apia", "Pacific/Kiritimati", "UTC",
];
const all = [...new Set([...Intl.supportedValuesOf("timeZone"), ...odd])];

for (const name of all) {
  // 125 hours: no weekday and no hour of the day is favoured.
  const step = process.env.ALL_ZONES || odd.includes(name) ? 6 * HOUR : 125 * HOUR;
  test(`${name}, every ${step / HOUR} hours from 1970 to 2100`, () => compare(name, step));
}

function compare(name, step) {
  const { initial, transitions } = zoneTable(name);
  assert.deepEqual(transitions, transitions.toSorted(([a], [b]) => a - b));
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, hourCycle: "h23", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const two = (number) => String(number).padStart(2, "0");
  let offset = initial;
  let next = 0;
  for (let instant = 0; instant < END; instant += step) {
    while (next < transitions.length && transitions[next][0] <= instant) offset = transitions[next++][1];
    const local = new Date(instant + offset);
    const expected = `${local.getUTCDate()}, ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
    if (format.format(instant) !== expected) assert.equal(format.format(instant), expected, new Date(instant).toISOString());
  }
}

test("changes are found to the second", () => {
  const { initial, transitions } = zoneTable("Africa/Monrovia");
  assert.deepEqual({ initial, transitions }, { initial: -2_670_000, transitions: [[Date.UTC(1972, 0, 7, 0, 44, 30), 0]] });
  const amsterdam = zoneTable("Europe/Amsterdam").transitions;
  assert.deepEqual(amsterdam.filter(([at]) => new Date(at).getUTCFullYear() === 2026), [
    [Date.UTC(2026, 2, 29, 1), 2 * HOUR],
    [Date.UTC(2026, 9, 25, 1), HOUR],
  ]);
  assert.deepEqual(zoneTable("UTC").transitions, []);
});

test("names that are none of IANA's have no table", () => {
  for (const name of ["", "utc", "europe/amsterdam", "Europe/amsterdam", "+01:00", "Europe/Atlantis", "Amsterdam", "constructor"]) assert.equal(zoneTable(name), null, name);
  for (const name of ["Europe/Amsterdam", "Asia/Kolkata", "Asia/Calcutta", "Etc/GMT+5", "GMT", "UTC", "Etc/UTC", "US/Eastern"]) assert.notEqual(zoneTable(name), null, name);
});
