/**
 * The visitor's history as this tab knows it: what the database held, what was tracked here, what other tabs have
 * written since. Never written back as a whole: tabs append, and the database folds (see `storage.ts`).
 */
import type { Refusal } from "../types.js";
import { encodeEvent } from "../wire.js";
import type { Brain, Report as Read } from "./brain.js";
import { instantOf } from "./instant.js";
import type { Tracked } from "./options.js";
import { newPerson } from "./person.js";
import { reason, type Report } from "./report.js";
import { type Kept, keyOf, type Person, type Row, type Store } from "./storage.js";

/** What a history is made of. */
export interface Parts {
  /** `null`: nothing can be evaluated; what is tracked is kept for a page that can. */
  readonly brain: Brain | null;
  readonly store: Store | null;
  readonly kept: Kept;
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
  /** Takes events. They count at once; resolves when they are committed. `stamp` is the instant of those that have none. */
  readonly take: (events: readonly unknown[], stamp?: number) => Promise<Tracked>;
  /** The history is complete from then on; coverage only moves back. */
  readonly cover: (since: number) => Promise<void>;
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

export function historyOf({ brain, store, kept, open, id, now, report }: Parts): History {
  let stored = kept.person;
  let epoch = 0;
  /** Events that the brain has taken or that are kept apart, by key. */
  let known = new Set<string>();
  let apart: Row[] = [];
  /** Events that are not committed (yet). */
  const unsaved = new Map<string, Row>();
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
    const later = rows.filter((row) => row.apart !== undefined && row.apart > instant);
    apart = [...apart, ...later];
    return rows.filter((row) => !later.includes(row)).map((row) => row.wire);
  };
  const heard = (read: Read | null): Read | null => {
    for (const currency of read?.unrated ?? []) {
      const shown = currency.toUpperCase();
      once(shown, "no_rate", `There is no rate for ${shown}: values in it take no part in value measures.`);
    }
    return read;
  };

  /** Begins with what the database holds. */
  const begin = (from: Kept): void => {
    const instant = now();
    stored = from.person;
    epoch = from.snapshot?.epoch ?? 0;
    known = new Set();
    apart = [];
    let bytes = from.snapshot?.bytes ?? null;
    const code = bytes && brain ? brain.readable(bytes) : 0;
    if (code !== 0) {
      bytes = null;
      // The past is not seen: the history is complete only from here on.
      stored = { ...stored, coveredSince: instant };
      if (code === 2) {
        once("", "newer_history", "The stored history was written by another version; this page view goes on without it.");
      } else if (code !== null) {
        report("damaged_history", "The stored history is damaged and lost; it begins again here.");
        store?.setPerson(stored, epoch).catch(() => undefined);
      }
    }
    const rows = from.rows.filter(({ key }) => !unsaved.has(key)).concat([...unsaved.values()]);
    heard(brain?.begin(person(), bytes, due(rows, instant)) ?? null);
  };
  begin(kept);
  if (store && brain && kept.rows.length > LONG_LOG) {
    store
      .fold(now(), (snapshot, rows) => brain.fold(snapshot, rows.map(({ wire }) => wire)))
      .catch((error: unknown) => report("not_stored", `The history could not be folded (${reason(error)}).`, { severity: "warning" }));
  }

  /** Reads events: those that were taken as rows, and what was refused. */
  const read = (events: readonly unknown[], stamp: number | undefined): { rows: Row[]; refused: Refusal[] } => {
    const instant = now();
    const rows = events.map((event): Row => {
      const wire = encodeEvent(event, stamp);
      const at = happened(event);
      return { key: keyOf(wire), wire, ...(at > instant + AHEAD ? { apart: at } : {}) };
    });
    const refused: Refusal[] = [];
    for (const later of [false, true]) {
      const places = [...rows.keys()].filter((place) => (rows[place]?.apart !== undefined) === later);
      const wires = places.flatMap((place) => rows[place]?.wire ?? []);
      if (wires.length === 0 || !brain || brain.gone()) continue;
      const answer = heard(later ? brain.check(wires) : brain.ingest(wires));
      const failed = { code: "engine_fault", pointer: "", message: "The engine failed on these events; they were not taken." };
      refused.push(
        ...(answer
          ? answer.refused.map((refusal) => ({ ...refusal, index: places[refusal.index] ?? refusal.index }))
          : places.map((index) => ({ index, ...failed }))),
      );
    }
    const lost = new Set(refused.map(({ index }) => index));
    return { rows: rows.filter((_, place) => !lost.has(place)), refused: refused.sort((a, b) => a.index - b.index) };
  };

  const keep = async (rows: readonly Row[], strict: boolean): Promise<boolean> => {
    for (const row of rows) unsaved.set(row.key, row);
    if (!store || rows.length === 0) return store !== null;
    try {
      await store.append(rows, strict);
      for (const row of rows) unsaved.delete(row.key);
      return true;
    } catch (error) {
      report("not_stored", `Events could not be stored (${reason(error)}); they last as long as this page.`);
      return false;
    }
  };

  return {
    person,
    async take(events, stamp) {
      const { rows, refused } = read(events, stamp);
      for (const { code, pointer, message, index } of refused) report(code, message, { pointer: `/${index}${pointer}` });
      for (const row of rows) known.add(row.key);
      const later = rows.filter((row) => row.apart !== undefined);
      apart = [...apart, ...later];
      if (later.length > 0) once("", "ahead_of_clock", "An event is more than 10 minutes ahead of the clock; it is kept apart until its time has come.");
      const stored = await keep(rows, events.some(isPrecious));
      return { accepted: rows.length, refused, stored };
    },
    async cover(since) {
      if (stored.coveredSince === undefined || stored.coveredSince <= since) return;
      stored = { ...stored, coveredSince: since };
      brain?.meet(person());
      await store?.setPerson(stored).catch((error: unknown) => report("not_stored", `Coverage could not be stored (${reason(error)}).`));
    },
    admit(instant) {
      const ready = apart.filter((row) => (row.apart ?? 0) <= instant);
      if (ready.length > 0) {
        apart = apart.filter((row) => !ready.includes(row));
        brain?.ingest(ready.map(({ wire }) => wire));
      }
      return apart.length > 0 ? Math.min(...apart.map((row) => row.apart ?? Infinity)) : null;
    },
    async sync() {
      if (!store || !brain) return;
      try {
        const found = await store.read(stored);
        if (found.person.id !== stored.id || (found.snapshot?.epoch ?? 0) !== epoch) return begin(found);
        const fresh = due(found.rows.filter(({ key }) => !known.has(key)), now());
        if (fresh.length > 0) brain.ingest(fresh);
      } catch {
        // The database does not answer; this tab goes on with what it has.
      }
    },
    async erase() {
      unsaved.clear();
      begin({ person: newPerson(), snapshot: null, rows: [] });
      if (open === null) return true;
      try {
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
      store?.close();
      brain?.free();
    },
  };
}

/** When an event says it happened; −∞ where it does not say so readably. */
function happened(event: unknown): number {
  try {
    return instantOf((event as { at?: unknown }).at) ?? -Infinity;
  } catch {
    return -Infinity;
  }
}

/** Orders and returns are on the disk before they are acknowledged. */
function isPrecious(event: unknown): boolean {
  try {
    return /^\s*(conversion|return)\s*$/.test(String((event as { type?: unknown }).type));
  } catch {
    return false;
  }
}
