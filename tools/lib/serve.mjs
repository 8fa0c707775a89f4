// A small server of files for the demo shop and for the browser tests.
// It has no rule of its own but the media types: what works here works on any plain host.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".json": "application/json; charset=utf-8", ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".ico": "image/x-icon",
  ".wasm": "application/wasm", ".plan": "application/octet-stream",
};

/** Serves `folders` ({ "/": "path", "/lib/": "path" }; the longest matching start wins) on `port`, 0 for any free one. */
export function serve(folders, port = 0) {
  const starts = Object.keys(folders).sort((a, b) => b.length - a.length);
  const server = createServer((request, response) => {
    const path = normalize(decodePath(request.url));
    // As hosts do: a folder's address ends in a slash.
    if (starts.includes(`${path}/`)) {
      response.writeHead(301, { location: `${path}/` }).end();
      return;
    }
    const start = starts.find((candidate) => path.startsWith(candidate));
    const file = start === undefined ? undefined : fileAt(join(folders[start], path.slice(start.length)));
    if (file === undefined) {
      response.writeHead(404, { "content-type": types[".txt"] }).end("not found\n");
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "cache-control": "no-cache" });
    if (request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve({ url: `http://localhost:${server.address().port}/`, close: () => closeNow(server) });
    });
  });
}

function closeNow(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

function decodePath(url) {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return "/.unreadable";
  }
}

function fileAt(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) return path;
  const index = join(path, "index.html");
  return stats?.isDirectory() && statSync(index, { throwIfNoEntry: false }) ? index : undefined;
}
