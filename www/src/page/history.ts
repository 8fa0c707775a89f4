/**
 * The visitor's history as this tab knows it: what the database held, what was tracked here, what other tabs have
 * written since. Never written back as a whole: tabs append, and the database folds (see `storage.ts`).
 */
import { readEvents } from "../read.js";
import type { Refusal } from "../types.js";
import type { Brain } from "./brain.js";
import { earliest } from "./changes.js";
import type { Tracked } from "./options.js";
import { newPerson } from "./person.js";
import { reason, type Report } from "./report.js";
import { type Found, type Kept, keyOf, type Person, type Row, type Store } from "./storage.js";
import { within } from "./within.js";

/** What a history is made of. */
export interface Parts {
  /** `null`: nothing can be evaluated; what is tracked is kept for a page that can. */
  readonly brain: Brain | null;
  /** What the history begins with. */
  readonly found: Found;
  /** A database that is still being opened, to be taken in when it is open; it gives `null` if it cannot be. */
  readonly late: Promise<Found | null> | null;
  /** How to open the database; `null`: no database is wanted. */
  readonly open: (() => Promise<Store>) | null;
  /** The shop's own id for the visitor, in place of the stored one. */
  readonly id: string | undefined;
  readonly now: () => number;
  readonly report: Report;
}

/** A history that grows. */
export interface History {
  readonly person: () => Person;
  readonly storage: () => "indexeddb" | "memory";
  /**
   * Takes events. They count at once; resolves when they are committed. `stamp` is the instant of those that have none. With all
   * of them the history is complete from `since` on; coverage only moves back.
   */
  readonly take: (events: readonly unknown[], stamp?: number, since?: number) => Promise<Tracked>;
  /** Lets in what was kept apart and whose time has come. Returns when the next one comes. */
  readonly admit: (now: number) => number | null;
  /** Takes in what other tabs have written. */
  readonly sync: () => Promise<void>;
  readonly erase: () => Promise<boolean>;
  readonly close: () => void;
}

/** Events further ahead of the clock than this are kept apart. */
const AHEAD = 600_000;
/** A log longer than this is folded at the start. */
const LONG_LOG = 64;
/** Nobody waits longer than this for the database, which may still do later what it was asked for. */
const PATIENCE = 10_000;

/** The history of `parts`. `grown` is called when more of the past has come in. */
export function historyOf({ brain, found, late, open, id, now, report }: Parts, grown: () => void): History {
  let { store } = found;
  let stored = found.kept.person;
  let closed = false;
  /** Erased before the database was open: what it holds is to be deleted, not taken in. */
  let erased = false;
  let epoch = 0;
  /** Events that the brain has taken or that are kept apart, by key. */
  let known = new Set<string>();
  let apart: Row[] = [];
  /** Events that are not committed (yet). */
  const unsaved = new Map<string, Row>();
  /** Of these, the ones whose commit failed: they are tried again with the next ones. */
  const failed = new Map<string, Row>();
  let retrying = false;
  const said = new Set<string>();

  const person = (): Person => (id === undefined ? stored : { ...stored, id });
  const once = (subject: string, code: string, message: string): void => {
    if (said.has(code + subject)) return;
    said.add(code + subject);
    report(code, message, { severity: "warning" });
  };
  /** The rows that count already; the others are put apart. */
  const due = (rows: readonly Row[], instant: number): Uint8Array[] => {
    for (const row of rows) known.add(row.key);
    const isLater = ({ apart = instant }: Row): boolean => apart > instant;
    apart = apart.concat(rows.filter(isLater));
    return rows.filter((row) => !isLater(row)).map((row) => row.bytes);
  };

  /** Begins with what the database holds. */
  const begin = (from: Kept): void => {
    const instant = now();
    // What another visitor's history could not keep is not for this one.
    if (from.person.id !== stored.id) for (const key of failed.keys()) unsaved.delete(key);
    if (from.person.id !== stored.id) failed.clear();
    stored = from.person;
    epoch = from.snapshot?.epoch ?? 0;
    known = new Set();
    apart = [];
    const code = brain ? brain.begin(from.snapshot?.bytes ?? null) : 0;
    if (code !== 0) {
      // The past is not seen: the history is complete only from here on.
      stored = { ...stored, coveredSince: instant };
      if (code === 2) {
        once("", "newer_history", "The stored history was written by another version; this page view goes on without it.");
      } else if (code !== null) {
        report("damaged_history", "The stored history is damaged and lost; it begins again here.");
        store?.giveUp(epoch, instant).catch(() => undefined);
      }
    }
    const rows = from.rows.filter(({ key }) => !unsaved.has(key)).concat([...unsaved.values()]);
    brain?.meet(person());
    brain?.add(due(rows, instant));
  };
  /** Begins, and folds a log that has become long. */
  const beginAndFold = (from: Kept): void => {
    begin(from);
    if (!store || !brain || from.rows.length <= LONG_LOG) return;
    store
      .fold(now(), (snapshot, rows) => brain.fold(snapshot, rows.map(({ bytes }) => bytes)))
      .catch((error: unknown) => report("not_stored", `The history could not be folded (${reason(error)}).`, { severity: "warning" }));
  };

  /** Reads events: those that were taken, as rows; what was refused; and whether there is an order among them. */
  const take = (events: readonly unknown[], stamp: number | undefined): { rows: Row[]; refused: Refusal[]; precious: boolean } => {
    const instant = now();
    const { read, refused } = readEvents(events, stamp);
    const rows = read.map(({ bytes, at }): Row => ({ key: keyOf(bytes), bytes, ...(at > instant + AHEAD ? { apart: at } : {}) }));
    for (const { currency } of read) {
      if (currency === "" || !brain || brain.names.currencies.includes(currency)) continue;
      const shown = currency.toUpperCase();
      once(shown, "no_rate", `There is no rate for ${shown}: values in it take no part in value measures.`);
    }
    const counted = rows.filter(({ apart }) => apart === undefined);
    const fails = brain !== null && !brain.gone() && !brain.add(counted.map(({ bytes }) => bytes));
    const lost = read.filter((_, place) => fails && rows[place]?.apart === undefined);
    const failed = { code: "engine_fault", pointer: "", message: "The engine failed on these events; they were not taken." };
    return {
      rows: fails ? rows.filter(({ apart }) => apart !== undefined) : rows,
      refused: [...refused, ...lost.map(({ index }) => ({ index, ...failed }))].sort((a, b) => a.index - b.index),
      // Orders and returns are on the disk before they are acknowledged.
      precious: read.some(({ type }) => type === "conversion" || type === "return"),
    };
  };

  /** What this tab has seen is complete from `since` on; coverage only moves back. */
  const cover = (since: number): void => {
    if (stored.coveredSince === undefined || stored.coveredSince <= since) return;
    stored = { ...stored, coveredSince: since };
    brain?.meet(person());
  };

  const saved = (rows: readonly Row[]): void => {
    for (const { key } of rows) {
      unsaved.delete(key);
      failed.delete(key);
    }
  };
  /** Tries once more what could not be stored; by itself, so that it cannot take down what comes after it. */
  const retry = async (): Promise<void> => {
    if (!store || failed.size === 0 || retrying) return;
    retrying = true;
    const rows = [...failed.values()];
    // If it is another visitor's history by now, they are stored nowhere: theirs was erased.
    await store.append(rows, true, { id: stored.id }).then(() => saved(rows), () => undefined);
    retrying = false;
  };

  /** Commits rows, and with them, all or nothing, that the history is complete from `since` on. */
  const keep = async (rows: readonly Row[], strict: boolean, since?: number): Promise<boolean> => {
    for (const row of rows) unsaved.set(row.key, row);
    if (since !== undefined && !store) cover(since);
    if (rows.length === 0 && since === undefined) return store !== null;
    if (waiting) {
      const committed = await waiting;
      if (committed && since !== undefined) await keep([], true, since);
      return committed;
    }
    if (!store) return false;
    try {
      const all = since === undefined ? rows : [...failed.values(), ...rows];
      const mine = await store.append(all, strict, since === undefined ? undefined : { id: stored.id, coveredSince: since });
      // Another tab has begun a new visitor: the events are that one's, how complete its history is has nothing to do with them.
      if (!mine) await store.append(rows, strict);
      saved(all);
      if (mine && since !== undefined) cover(since);
      void retry();
      return true;
    } catch (error) {
      for (const row of rows) failed.set(row.key, row);
      report("not_stored", `Events could not be stored (${reason(error)}); they last as long as this page.`);
      return false;
    }
  };

  /** The database is open at last: the past comes in, and what was tracked meanwhile goes out. Whether that is committed. */
  const adopt = async (opened: Found | null): Promise<boolean> => {
    try {
      if (erased) await opened?.store?.erase(stored);
    } catch {
      opened?.store?.close();
      opened = null;
    }
    waiting = null;
    if (!opened) return false;
    ({ store } = opened);
    if (!closed) {
      beginAndFold(erased ? { person: stored, snapshot: null, rows: [] } : opened.kept);
      grown();
    }
    const committed = await keep([...unsaved.values()], true);
    if (closed) store?.close();
    return committed;
  };
  let waiting: Promise<boolean> | null = late && late.then(adopt);
  beginAndFold(found.kept);

  return {
    person,
    storage: () => (store ? "indexeddb" : "memory"),
    async take(events, stamp, since) {
      const { rows, refused, precious } = take(events, stamp);
      for (const { code, pointer, message, index } of refused) report(code, message, { pointer: `/${index}${pointer}` });
      for (const row of rows) known.add(row.key);
      const later = rows.filter((row) => row.apart !== undefined);
      apart = [...apart, ...later];
      if (later.length > 0) once("", "ahead_of_clock", "An event is more than 10 minutes ahead of the clock; it is kept apart until its time has come.");
      const whole = refused.length === 0 ? since : undefined;
      const stored = await within(PATIENCE, keep(rows, precious || whole !== undefined, whole)).catch((error: unknown) => {
        once("", "not_stored", `Events are not stored yet (${reason(error)}); they last as long as this page until they are.`);
        return false;
      });
      if (since !== undefined && (whole === undefined || (store && !stored))) {
        report("not_covered", "Not every event of this import was taken and stored: coveredSince is left as it was.", { severity: "warning" });
      }
      return { accepted: rows.length, refused, stored };
    },
    admit(instant) {
      let next: number | null = null;
      let ready = false;
      for (const { apart: until = 0 } of apart) {
        if (until <= instant) ready = true;
        else next = earliest(next, until);
      }
      if (ready) {
        const held = apart;
        apart = [];
        brain?.add(due(held, instant));
      }
      return next;
    },
    async sync() {
      if (!store || !brain) return;
      try {
        const found = await store.read(stored);
        void retry();
        if (found.person.id !== stored.id || (found.snapshot?.epoch ?? 0) !== epoch) return begin(found);
        const fresh = due(found.rows.filter(({ key }) => !known.has(key)), now());
        if (fresh.length > 0) brain.add(fresh);
        if (found.person.coveredSince !== undefined) cover(found.person.coveredSince);
      } catch {
        // The database does not answer; this tab goes on with what it has.
      }
    },
    async erase() {
      unsaved.clear();
      failed.clear();
      begin({ person: newPerson(), snapshot: null, rows: [] });
      if (open === null) return true;
      try {
        if (waiting) {
          erased = true;
          if (await within(PATIENCE, waiting)) return true;
          throw new Error("the database cannot be used");
        }
        // Without a connection there may still be a past to delete.
        const target = store ?? (await open());
        await target.erase(stored);
        if (!store) target.close();
        return true;
      } catch (error) {
        report("not_erased", `The stored history could not be deleted (${reason(error)}).`);
        return false;
      }
    },
    close() {
      closed = true;
      store?.close();
      brain?.free();
    },
  };
}
