// The packed package in a Next project: rendered on the server, brought to life in the browser without a complaint.
// Both of Next's bundlers are tried.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { assertWorks } from "./page.mjs";
import { project, run } from "./project.mjs";

const next = "node_modules/next/dist/bin/next";
const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };

for (const bundler of ["--turbopack", "--webpack"]) {
  test(`Next, ${bundler}`, async () => {
    const folder = await project("next");
    await run(process.execPath, [next, "build", bundler], { cwd: folder, env });
    const server = spawn(process.execPath, [next, "start", "--port", "0"], { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((resolve) => server.on("close", resolve));
    try {
      const { html } = await assertWorks(await addressOf(server));
      assert.match(html, /<p data-banner[^>]*>not yet known<\/p>/, "the server rendered the banner");
    } finally {
      server.kill();
      await ended;
    }
  });
}

async function addressOf(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const address = line.match(/http:\/\/localhost:\d+/)?.[0];
    if (!address) continue;
    server.stdout.resume();
    return `${address}/`;
  }
  throw new Error("next start ended without an address");
}
