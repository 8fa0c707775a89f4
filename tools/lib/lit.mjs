// Lit as the elements bundle it. Some things of it are replaced, so that the elements run on pages with
// `require-trusted-types-for 'script'; trusted-types 'none'`, and so that importing them works without a window and touches no global:
// templates are read by www/elements/base/template.ts instead of `innerHTML`, no policy is made, nothing is left on `globalThis`.
// Lit's version is exact in package.json; one in which a pattern below is not found stops the build.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, stop } from "./run.mjs";

const versions = [/\((\w+)\.(?:litHtmlVersions|litElementVersions|reactiveElementVersions)\?\?=\[\]\)\.push\("[\d.]+"\)/, "0"];
const replaced = {
  "lit-html.js": [
    versions,
    // Its marks become names that every browser lets `setAttribute` use.
    [/="\$lit\$"/, '="-lit-"'],
    [/`lit\$(\$\{Math\.random\(\)\.toFixed\(9\)\.slice\(2\)\})\$`/, "`lit-$1-`"],
    [/(\w)\?\1\.createPolicy\("lit-html",\{createHTML:\w=>\w\}\):void 0/, "void 0"],
    [/(static createElement\((\w),\w\)\{const (\w)=\w+\.createElement\("template"\);return) \3\.innerHTML=\2,\3\}/, "$1 readTemplate($3,$2),$3}"],
    [/=document,/, "=globalThis.document??{createTreeWalker(){}},"],
  ],
  "lit-element.js": [versions],
  "reactive-element.js": [
    versions,
    [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ""],
    [/this\[Symbol\.metadata\]/, "null"],
    [/litPropertyMetadata\.get\(\w\)/, "void 0"],
    [/ extends HTMLElement\{/, " extends(globalThis.HTMLElement??class{}){"],
  ],
};

export function strictLit() {
  return {
    name: "strict-lit",
    setup(build) {
      build.onLoad({ filter: /[\\/](lit-html|lit-element|reactive-element)\.js$/ }, ({ path }) => {
        if (!path.includes("node_modules")) return undefined;
        const name = path.split(/[\\/]/).at(-1);
        let contents = readFileSync(path, "utf8");
        for (const [pattern, by] of replaced[name]) {
          if (!pattern.test(contents)) stop(`${name} of Lit has changed: ${pattern} is not in it; look at tools/lib/lit.mjs.`);
          contents = contents.replace(pattern, by);
        }
        const template = JSON.stringify(join(root, "www/elements/base/template.ts"));
        return { contents: name === "lit-html.js" ? `import{readTemplate}from ${template};${contents}` : contents };
      });
    },
  };
}
