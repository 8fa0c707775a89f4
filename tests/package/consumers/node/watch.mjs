// Imports one file of the package and reports every global that changed, and every global function that was called.
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const touched = [];
const watched = ["fetch", "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "addEventListener", "postMessage"];
for (const name of watched) {
  const real = globalThis[name];
  globalThis[name] = (...args) => {
    touched.push(`${name}()`);
    return real?.(...args);
  };
}
const look = () => new Map(Object.getOwnPropertyNames(globalThis).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));

// Some of Node's globals are made when first read; reading is not touching.
for (const name of Object.getOwnPropertyNames(globalThis)) void globalThis[name];
const before = look();
await import(pathToFileURL(join("node_modules/regulars", process.argv[2])).href);
await new Promise((resolve) => process.nextTick(resolve));
for (const [name, now] of look()) {
  const was = before.get(name);
  if (!was || !Object.is(was.value, now.value) || was.get !== now.get || was.set !== now.set) touched.push(name);
}
console.log(JSON.stringify({ touched }));
