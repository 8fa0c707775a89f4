// `node serve.mjs dev|preview`: starts Vite's own server and prints where it is.
import { build, createServer, preview } from "vite";

const common = { configFile: false, logLevel: "warn" };
const server = process.argv[2] === "dev"
  ? await (await createServer({ ...common, server: { port: 0 } })).listen()
  : (await build(common), await preview({ ...common, preview: { port: 0 } }));
console.log(server.resolvedUrls?.local[0] ?? `http://localhost:${server.httpServer.address().port}/`);
