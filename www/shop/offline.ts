// Registers the service worker. Under `require-trusted-types-for 'script'` its address must come from a policy, and the
// shop's page allows none; this small page, which does nothing else, allows one that knows a single address.

type Policy = { createScriptURL: (address: string) => string };
type Factory = { createPolicy: (name: string, rules: Policy) => Policy };

const worker = "sw.js";
const factory = (window as unknown as { trustedTypes?: Factory }).trustedTypes;
const address = factory
  ? factory.createPolicy("offline", { createScriptURL: () => worker }).createScriptURL(worker)
  : worker;

navigator.serviceWorker.register(address).catch(() => {
  // Private windows and old browsers: the shop then needs the network, and says nothing about it.
});
