/**
 * Members as lists of hashed e-mail addresses, as Google Ads (Customer Match) and Meta (customer lists) take them: one column, named
 * `Email` or `email`, of lower-case hexadecimal SHA-256. Of an address the blanks around it are taken away and it is written in lower case;
 * dots and what follows a plus stay.
 */
import type { Plan } from "regulars/engine";
import type { ListAsked, ListKind, ListMade } from "../protocol.ts";
import { readRows } from "./csv.ts";
import { type Orders, unpacked } from "./orders.ts";

const HEADS: Record<ListKind, string> = { google: "Email", meta: "email" };
const ADDRESS = /^[^\s@,;"<>]+@[^\s@,;"<>]+\.[^\s@,;"<>]+$/;
/** Digests that are made at once. */
const AT_ONCE = 2000;

export const normalised = (address: string): string => address.trim().toLowerCase();

export async function hashedList(orders: Orders, plan: Plan, { segment, now, kind, file, delimiter, header, visitor, email }: ListAsked): Promise<ListMade> {
  if (!globalThis.crypto?.subtle) throw new Error("This browser hashes only on pages served over https or from this machine.");
  const members = new Set(orders.ids(plan, segment, now));
  const found = new Set<string>();
  const reached = new Set<string>();
  let unreadable = 0;
  let first = header;
  await readRows(await unpacked(file, () => {}), delimiter, (cells) => {
    if (first) return void (first = false);
    const id = cells[visitor]?.trim() ?? "";
    if (!members.has(id)) return;
    const address = normalised(cells[email] ?? "");
    if (ADDRESS.test(address)) {
      found.add(address);
      reached.add(id);
    } else if (address !== "") unreadable++;
  });
  const addresses = [...found];
  const lines = [`${HEADS[kind]}\r\n`];
  for (let from = 0; from < addresses.length; from += AT_ONCE) {
    const hashes = await Promise.all(addresses.slice(from, from + AT_ONCE).map(sha256));
    for (const hash of hashes) lines.push(`${hash}\r\n`);
  }
  // In an order of their own: that of the file would tell which customer is which.
  const sorted = [lines[0] ?? "", ...lines.slice(1).sort()];
  return { list: new Blob(sorted, { type: "text/csv;charset=utf-8" }), members: members.size, withAddress: reached.size, addresses: addresses.length, unreadable };
}

async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
