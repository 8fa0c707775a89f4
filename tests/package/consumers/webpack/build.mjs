// webpack as it is, with no setting beyond where things are.
import webpack from "webpack";

webpack({ mode: "production", entry: "./page.mjs", performance: { hints: false } }, (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors() || stats.hasWarnings()) {
    console.error(stats.toString());
    process.exitCode = 1;
  }
});
