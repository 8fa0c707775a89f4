// One page for each framework, bundled as any project would; the elements come without a wrapper.
import { build } from "esbuild";

const { warnings } = await build({
  entryPoints: ["react.js", "vue.js", "plain.js"], bundle: true, splitting: true, minify: true, format: "esm", outdir: "out", loader: { ".wasm": "file" }, publicPath: "/",
  define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
});
if (warnings.length > 0) process.exitCode = 1;
