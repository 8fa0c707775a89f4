// What the playground does to packages, visitors and links: pure functions, asked without a browser.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../../tools/lib/run.mjs";

const load = async (name) => {
  const { outputFiles } = await build({ entryPoints: [join(root, "www/playground/document", `${name}.ts`)], bundle: true, write: false, format: "esm" });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
};
const [link, parts, edits, visitors, { pretty }, snippets] = await Promise.all(["link", "package", "edits", "visitor", "format", "snippets"].map(load));
const documents = { ...parts, ...edits };
const packed = (text) => `#v1.${deflateRawSync(text).toString("base64url")}`;

describe("a link", () => {
  const shared = { package: { regulars: 1, segments: [{ id: "é", name: "日本", rule: {} }] }, segment: "é", now: 1795440000000, context: { device: "mobile" }, visitor: { events: [] } };

  it("gives back what was put in, and is what the format says", async () => {
    const fragment = await link.fragmentOf(shared);
    assert.match(fragment, /^#v1\.[\w-]+$/);
    assert.deepEqual(JSON.parse(inflateRawSync(Buffer.from(fragment.slice(4), "base64url"))), shared);
    assert.deepEqual(await link.readFragment(fragment), shared);
    assert.deepEqual(await link.readFragment(packed(JSON.stringify(shared))), shared);
  });

  it("may hold texts that are no JSON yet, and may leave the visitor out", async () => {
    const text = { package: "{ \"regulars\": 1,", segment: "", now: 0 };
    assert.deepEqual(await link.readFragment(await link.fragmentOf(text)), text);
  });

  it("of another version, cut, damaged or far too large is refused with the reason", async () => {
    const good = await link.fragmentOf(shared);
    const cases = [
      ["#v2.abc", "version"], ["", "version"], ["#v1.", "damaged"], ["#v1.!!!", "damaged"], ["#v1.____", "damaged"], [good.slice(0, -9), "damaged"],
      [`#v1.${"A".repeat(400_001)}`, "long"], [packed("x".repeat(5_000_000)), "large"], [packed("[]"), "contents"], [packed("nonsense"), "contents"],
      [packed(JSON.stringify({ ...shared, now: "soon" })), "contents"], [packed(JSON.stringify({ ...shared, now: 1e300 })), "contents"],
      [packed(JSON.stringify({ ...shared, package: 3 })), "contents"], [packed(JSON.stringify({ ...shared, visitor: [] })), "contents"],
      [packed(JSON.stringify({ ...shared, context: "here" })), "contents"], [packed(Buffer.from([0x22, 0xff, 0x22])), "contents"],
    ];
    for (const [fragment, refused] of cases) assert.deepEqual(await link.readFragment(fragment), { refused }, fragment.slice(0, 60));
  });

  it("with a key called __proto__ changes nothing but itself", async () => {
    const read = await link.readFragment(packed('{"package":{"__proto__":{"polluted":true}},"segment":"","now":0,"__proto__":{"now":5}}'));
    assert.equal(read.now, 0);
    assert.equal({}.polluted, undefined);
  });
});

describe("a package", () => {
  const rule = (segment) => ({ all: [{ not: { segment } }, { events: { of: "conversion", modifier: "is_at_least", value: 1, where: { field: "segment", modifier: "is_exactly", value: segment } } }] });
  const source = {
    regulars: 1, timeZone: "UTC", currency: "EUR",
    segments: [
      { id: "a", name: "A", rule: { retention: ["loyal"] }, examples: [{ visitor: { profile: { segment: "a" } }, now: 0, member: false }] },
      { id: "b", name: "B", rule: rule("a") }, { id: "c", rule: { segment: "b" } },
    ],
    campaigns: [{ id: "k", name: "K", slot: "s", when: { any: [{ segment: "b" }] }, variants: [] }],
  };

  it("says where a segment is used", () => {
    assert.deepEqual(documents.usesOf(source, "a"), [{ kind: "segment", id: "b", name: "B" }]);
    assert.deepEqual(documents.usesOf(source, "b").map(({ kind, id }) => `${kind} ${id}`), ["segment c", "campaign k"]);
    assert.deepEqual(documents.usesOf(source, "c"), []);
    assert.deepEqual([...documents.reachOf(source, { segment: "c" })].sort(), ["a", "b", "c"]);
  });

  it("does not let go of a segment that is used, and says by whom", () => {
    assert.deepEqual(documents.deleteSegment(source, "a"), { refused: "used", uses: [{ kind: "segment", id: "b", name: "B" }] });
    const { source: left, segment } = documents.deleteSegment(source, "c");
    assert.deepEqual(left.segments.map(({ id }) => id), ["a", "b"]);
    assert.equal(segment, "b");
  });

  it("renames a segment wherever its id stands as a reference, and nowhere else", () => {
    const { source: renamed, segment } = documents.renameSegment(source, "a", "New A", "new-a");
    assert.equal(segment, "new-a");
    assert.deepEqual(renamed.segments[0], { ...source.segments[0], id: "new-a", name: "New A" });
    assert.deepEqual(renamed.segments[1].rule, { all: [{ not: { segment: "new-a" } }, rule("a").all[1]] });
    assert.equal(documents.renameSegment(source, "b", "B", "b2").source.campaigns[0].when.any[0].segment, "b2");
    assert.deepEqual(documents.renameSegment(source, "a", "A", "c"), { refused: "taken", uses: [] });
    assert.deepEqual(documents.renameSegment(source, "a", " ", "z"), { refused: "empty", uses: [] });
  });

  it("takes copies and new segments under ids that are free", () => {
    const { source: more, segment } = documents.duplicateSegment(source, "a", "A, a copy");
    assert.equal(segment, "a-2");
    assert.deepEqual(more.segments.map(({ id }) => id), ["a", "a-2", "b", "c"]);
    assert.deepEqual(more.segments[1].rule, source.segments[0].rule);
    assert.equal(documents.addSegment(source, "Ça va, A!").segment, "ca-va-a");
    assert.deepEqual(source.segments.length, 3);
  });

  it("without its tests has no visitor in it", () => {
    assert.ok(!JSON.stringify(documents.withoutTests(source)).includes("visitor"));
  });

  it("for a page holds the segment and those it refers to", () => {
    assert.deepEqual(snippets.packageFor(source, "b").segments.map(({ id }) => id), ["a", "b"]);
    assert.equal(snippets.packageFor(source, "b").campaigns, undefined);
    assert.ok(!snippets.snippetsFor('"</script><script>alert(1)//').some(({ kind, code }) => kind === "script" && code.includes("alert(1)//\"")  && code.includes("</script><script>alert")));
  });

  it("is written so that it reads the same, short parts on a line", () => {
    for (const value of [source, {}, [], { a: [[], {}], b: "ü\n", c: -0.5 }]) assert.deepEqual(JSON.parse(pretty(value)), value);
    assert.ok(pretty(source).split("\n").every((line) => line.length <= 130));
    assert.ok(pretty(source).split("\n").length < JSON.stringify(source, null, 2).split("\n").length);
  });
});

describe("a visitor", () => {
  it("gets, changes, moves and loses events, and the rest stays", () => {
    const visitor = { id: "v", events: [{ type: "a", at: 1, odd: true }, { type: "b", at: 2 }] };
    assert.deepEqual(visitors.putEvent(visitor, { type: "c" }).events.length, 3);
    assert.deepEqual(visitors.putEvent(visitor, { type: "c" }, 0).events, [{ type: "c" }, { type: "b", at: 2 }]);
    assert.deepEqual(visitors.moveEvent(visitor, 0, "2026-01-01T00:00:00Z").events[0], { type: "a", at: "2026-01-01T00:00:00Z", odd: true });
    assert.deepEqual(visitors.dropEvent(visitor, 1), { id: "v", events: [visitor.events[0]] });
    assert.deepEqual(visitors.putEvent({}, { type: "c" }), { events: [{ type: "c" }] });
  });
});
