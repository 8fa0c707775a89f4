/**
 * The history in IndexedDB: a log of events as they came, and a snapshot into which the log is folded from time
 * to time. Tabs only ever append to the log, and fold it inside one transaction, so none loses what another wrote.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from "idb";

/** An event in the log. */
export interface Row {
  /** The same content gets the same key: an event written twice is there once. */
  readonly key: string;
  /** As `read.ts` gives it. */
  readonly bytes: Uint8Array;
  /** Kept apart until this instant: it came from a clock that runs ahead. */
  readonly apart?: number;
}

/** Who the history belongs to. */
export interface Person {
  readonly id: string;
  /** From when the history is complete; absent: it is. */
  readonly coveredSince?: number;
}

/** All that is kept. */
export interface Kept {
  readonly person: Person;
  readonly snapshot: Snapshot | null;
  readonly rows: readonly Row[];
}

/** Where the history is, and what is in it. */
export interface Found {
  /** `null`: in memory. */
  readonly store: Store | null;
  readonly kept: Kept;
}

/** Events folded together. */
export interface Snapshot {
  /** Counts the foldings. */
  readonly epoch: number;
  readonly bytes: Uint8Array;
}

/** An open store. Every promise may reject: what is rejected is not kept. */
export interface Store {
  /** Everything, as of one moment. A store that is new begins with `fresh`. */
  readonly read: (fresh: Person) => Promise<Kept>;
  /**
   * Resolves when the rows are committed; `strict`: when they are on the disk. With `only` they are committed if the history is
   * (still) that person's, and with them that it is complete from `coveredSince` on, if it says so; coverage only moves back.
   * Gives whether they were.
   */
  readonly append: (rows: readonly Row[], strict: boolean, only?: Person) => Promise<boolean>;
  /** Folds the events that were not kept apart at `now` into the snapshot. `fold` may answer `null` to leave everything as it is. */
  readonly fold: (now: number, fold: (snapshot: Uint8Array | null, rows: readonly Row[]) => Uint8Array | null) => Promise<void>;
  /** The snapshot of that epoch cannot be read, and is given up: the history is complete only from `since` on. */
  readonly giveUp: (epoch: number, since: number) => Promise<void>;
  /** Deletes everything; what follows belongs to `person`. */
  readonly erase: (person: Person) => Promise<void>;
  readonly close: () => void;
}

interface Schema extends DBSchema {
  events: { key: string; value: Omit<Row, "key"> };
  state: { key: string; value: Person | Snapshot };
}
type Name = "events" | "state";
type Transaction = IDBPTransaction<Schema, Name[], "readwrite">;

const STORES: Name[] = ["events", "state"];

/** Opens the database `name`. Its version stays 1 for ever: an older tab must be able to open what a newer one wrote. */
export async function openStore(name: string): Promise<Store> {
  let database: IDBPDatabase<Schema> | null = await open(name);

  /** One transaction. A connection that the browser has dropped is opened again, once. */
  const transact = async <T>(run: (transaction: Transaction) => Promise<T>, durability: IDBTransactionDurability): Promise<T> => {
    let transaction: Transaction;
    try {
      transaction = (database as IDBPDatabase<Schema>).transaction(STORES, "readwrite", { durability });
    } catch {
      database = await open(name);
      transaction = database.transaction(STORES, "readwrite", { durability });
    }
    // Listened to from the start: an abort rejects `done`, and that must not go unhandled.
    const done = transaction.done;
    done.catch(() => undefined);
    const result = await run(transaction);
    // Only a completed transaction is kept; a request's success is not.
    await done;
    return result;
  };

  return {
    read: (fresh) =>
      transact(async (transaction) => {
        const state = transaction.objectStore("state");
        const [person, snapshot, rows] = await Promise.all([
          state.get("person") as Promise<Person | undefined>,
          state.get("snapshot") as Promise<Snapshot | undefined>,
          rowsOf(transaction),
        ]);
        if (!person) await state.put(fresh, "person");
        return { person: person ?? fresh, snapshot: snapshot ?? null, rows };
      }, "relaxed"),

    append: (rows, strict, only) =>
      transact(async (transaction) => {
        const [events, state] = [transaction.objectStore("events"), transaction.objectStore("state")];
        const person = only && ((await state.get("person")) as Person | undefined);
        if (person?.id !== only?.id) return false;
        await Promise.all(rows.map(({ key, ...value }) => events.put(value, key)));
        const { coveredSince = Infinity } = only ?? {};
        if (person?.coveredSince !== undefined && coveredSince < person.coveredSince) await state.put({ ...person, coveredSince }, "person");
        return true;
      }, strict ? "strict" : "relaxed"),

    fold: (now, fold) =>
      transact(async (transaction) => {
        const state = transaction.objectStore("state");
        const [snapshot, rows] = await Promise.all([state.get("snapshot") as Promise<Snapshot | undefined>, rowsOf(transaction)]);
        const due = rows.filter(({ apart = now }) => apart <= now);
        const bytes = fold(snapshot?.bytes ?? null, due);
        if (bytes === null) return;
        const events = transaction.objectStore("events");
        await Promise.all([
          state.put({ epoch: (snapshot?.epoch ?? 0) + 1, bytes }, "snapshot"),
          ...due.map(({ key }) => events.delete(key)),
        ]);
      }, "strict"),

    giveUp: (epoch, since) =>
      transact(async (transaction) => {
        const state = transaction.objectStore("state");
        const [snapshot, person] = await Promise.all([state.get("snapshot") as Promise<Snapshot | undefined>, state.get("person") as Promise<Person | undefined>]);
        // Another tab may have given it up before, or begun a new visitor.
        if (!person || snapshot?.epoch !== epoch) return;
        await Promise.all([state.delete("snapshot"), state.put({ ...person, coveredSince: since }, "person")]);
      }, "strict"),

    erase: (person) =>
      transact(async (transaction) => {
        await Promise.all(STORES.map((store) => transaction.objectStore(store).clear()));
        await transaction.objectStore("state").put(person, "person");
      }, "strict"),

    close: () => database?.close(),
  };
}

/** The whole log. */
async function rowsOf(transaction: Transaction): Promise<Row[]> {
  const events = transaction.objectStore("events");
  const [keys, values] = await Promise.all([events.getAllKeys(), events.getAll()]);
  return values.map((value, index) => ({ ...value, key: keys[index] ?? "" }));
}

async function open(name: string): Promise<IDBPDatabase<Schema>> {
  const database = await openDB<Schema>(name, 1, {
    upgrade(created) {
      for (const store of STORES) created.createObjectStore(store);
    },
    // Another tab wants to delete or upgrade: step aside, and open again when needed.
    blocking: () => database.close(),
  });
  return database;
}

/** A key for content: 106 bits of two hashes (cyrb53, by bryc; public domain) over the same bytes. */
export function keyOf(bytes: Uint8Array): string {
  return hash(bytes, 0) + hash(bytes, 1);
}

function hash(bytes: Uint8Array, seed: number): string {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 2654435761);
    b = Math.imul(b ^ byte, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (b >>> 0).toString(16).padStart(8, "0") + (a >>> 0).toString(16).padStart(8, "0");
}
