import type { Person } from "./storage.js";

/** A new visitor, whose history is complete unless something says otherwise. */
export const newPerson = (): Person => ({ id: randomId() });

/** 122 random bits; also on pages without https, where `randomUUID` is missing. */
function randomId(): string {
  const { crypto } = globalThis;
  if (crypto?.randomUUID) return crypto.randomUUID();
  const bytes = new Uint8Array(16);
  if (crypto?.getRandomValues) crypto.getRandomValues(bytes);
  else bytes.forEach((_, index) => (bytes[index] = Math.random() * 256));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
