// Every name that the npm package publishes stands in tests/public_names.txt, and nothing else does: entries, what each
// exports when it runs, and the types beside them. The names of the crate are held against it by tests/public_names.rs.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../tools/lib/run.mjs";

const listed = readFileSync(join(root, "tests/public_names.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const named = (kind) => listed.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));

/** Entries with code, by the word the list uses for them. */
const entries = { regulars: ".", "regulars/engine": "./engine", "regulars/elements": "./elements", "regulars/define": "./define" };

test("the list has no line of an unknown kind, and none twice", () => {
  const kinds = ["crate", "entry", "script", ...Object.keys(entries), ...Object.keys(entries).map((name) => `${name} type`)];
  for (const line of listed) assert.ok(kinds.some((kind) => line.startsWith(`${kind} `)), line);
  assert.equal(new Set(listed).size, listed.length);
});

test("the entries of the package", () => {
  assert.deepEqual(Object.keys(exports).map((path) => path.replace(/^\./, "regulars")).sort(), named("entry").sort());
  const files = Object.values(exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));
  for (const file of files) assert.ok(existsSync(join(root, file)), file);
});

for (const [name, path] of Object.entries(entries)) {
  for (const condition of ["node", "default"]) {
    // An entry that is the same everywhere has no file of its own for Node.
    if (!exports[path][condition]) continue;
    test(`${name}, imported (${condition})`, async () => {
      const module = await import(pathToFileURL(join(root, exports[path][condition])));
      assert.deepEqual(Object.keys(module).sort(), namedValues(name));
    });
  }
  test(`${name}, its types`, () => {
    const { values, types } = declared(join(root, exports[path].types));
    assert.deepEqual(values, namedValues(name), "what runs is declared, and nothing more");
    assert.deepEqual(types, named(`${name} type`).sort());
  });
}

test("the global of the script", () => {
  const script = readFileSync(join(root, "dist/regulars.script.js"), "utf8");
  assert.deepEqual(Object.keys(new Function(`${script}; return Regulars;`)()).sort(), named("script").sort());
});

function namedValues(name) {
  return named(name).filter((line) => !line.startsWith("type ")).sort();
}

/** The names that a declaration file exports, those it passes on among them. */
function declared(file) {
  const text = readFileSync(file, "utf8").replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, "");
  const [values, types] = [new Set(), new Set()];
  let exported = 0;
  const each = (pattern, take) => {
    for (const [, ...found] of text.matchAll(pattern)) {
      exported++;
      take(...found);
    }
  };
  each(/\bexport (type )?\{([^}]*)\}/g, (isType, list) => {
    for (const part of list.split(",").map((part) => part.trim()).filter(Boolean)) {
      (isType || part.startsWith("type ") ? types : values).add(part.split(/\s+/).at(-1));
    }
  });
  each(/\bexport (?:declare )?(?:interface|type) (\w+)/g, (name) => types.add(name));
  each(/\bexport declare (?:async )?(?:function|const|class|let|var) (\w+)/g, (name) => values.add(name));
  each(/\bexport (type )?\* from "([^"]+)"/g, (isType, path) => {
    const further = declared(join(dirname(file), path.replace(/\.js$/, ".d.ts")));
    for (const name of isType ? [] : further.values) values.add(name);
    for (const name of further.types) types.add(name);
  });
  assert.equal(exported, (text.match(/\bexport\b/g) ?? []).length, `${file} exports in a form that this test does not read`);
  return { values: [...values].sort(), types: [...types].sort() };
}
