// esbuild copies no file that code names by `new URL`; so the wasm files are imported and passed by their addresses.
import { build } from "esbuild";

const { warnings } = await build({ entryPoints: ["with-addresses.js"], bundle: true, minify: true, format: "esm", outdir: "out", loader: { ".wasm": "file" }, publicPath: "/" });
if (warnings.length > 0) process.exitCode = 1;
