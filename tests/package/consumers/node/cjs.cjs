const { readFileSync } = require("node:fs");

async function main() {
  const { program } = await import("./program.mjs");
  const { start } = await import("regulars");
  const { load } = await import("regulars/engine");
  if (typeof start !== "function" || typeof load !== "function") throw new Error("an entry gives nothing");
  console.log(JSON.stringify(await program({ plan: readFileSync("public/regulars.plan") })));
}

main();
