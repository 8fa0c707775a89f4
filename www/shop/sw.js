// Keeps a copy of the whole shop, which is small, and answers from it when the network does not.
// `FILES` is written in by the build: every file of the shop but this one.

const cacheName = "veld-volt";
const patience = 3_000;
const page = new URL("./", self.location.href).href;
// What else lives on this host, below this address or not, is none of its business.
const own = new Set([page, ...FILES.map((file) => new URL(file, page).href)]);

async function keepAll() {
  const cache = await caches.open(cacheName);
  await cache.addAll(["./", ...FILES].map((file) => new Request(file, { cache: "no-cache" })));
  await self.skipWaiting();
}

async function fromNetwork(request, key) {
  const response = await fetch(request);
  if (response.ok && response.type === "basic") {
    const cache = await caches.open(cacheName);
    await cache.put(key, response.clone());
  }
  return response;
}

function addressOf({ url }) {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

// All addresses of the page are one file: what differs is in the query.
// The network first, so that a new version is seen at once; the copy when it fails or is slow.
async function answer(event) {
  const { request } = event;
  const key = addressOf(request);
  const network = fromNetwork(request, key);
  event.waitUntil(network.catch(() => {}));
  const copy = await caches.match(key);
  if (!copy) return network;
  const late = new Promise((resolve) => setTimeout(() => resolve(copy), patience));
  return Promise.race([network.catch(() => copy), late]);
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && own.has(addressOf(request))) event.respondWith(answer(event));
});
