// Too old a Node fails on the syntax of the other files before they can say why.
// So this file is written for any Node that knows `import`, and every command looks here first.
export function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 20) return;
  console.error("Node 20 or later is needed; this is " + process.versions.node + ".");
  process.exit(1);
}
