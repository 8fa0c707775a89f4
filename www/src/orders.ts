/** Order files: bytes in, customers out. The studio build reads them; here are the call's own errors, text encodings and time zones. */
import { begin_orders, drop_orders, end_orders, peek_orders, take_orders } from "../glue/studio.js";
import type { OrderFileOptions, OrderFilePeek, OrderReader, OrdersTaken, RefusedRow } from "./audience.js";
import type { Build } from "./glue.js";
import { guarded, problem } from "./guard.js";
import { type Customers, populationOf } from "./population.js";
import type { Problem } from "./types.js";
import { type ZoneTable, zoneTable } from "./zone.js";

/** Bytes that are looked at to tell what a file is: its header and first rows are in them. */
const PEEKED = 1 << 17;
/** Bytes that are copied into the engine at once, however many were handed over. */
const PIECE = 1 << 18;

/** What the studio build says of the end of a file. */
interface Ended extends OrdersTaken, Omit<Customers, "refused"> {
  /** How many rows were refused. */
  readonly refusedRows: number;
}

/** Looks at the beginning of an order file. */
export function peekOrders(build: Build, bytes: Uint8Array, options: { readonly columns?: readonly string[] } = {}): OrderFilePeek {
  if (!(bytes instanceof Uint8Array)) throw new TypeError("engine.peekOrders takes bytes.");
  const columns = checked(options, "engine.peekOrders").columns ?? null;
  const text = utf8Of().next(bytes.subarray(0, PEEKED));
  return guarded(build, () => peek_orders(text, columns) as OrderFilePeek);
}

/** Begins to read an order file. */
export function readOrders(build: Build, options: OrderFileOptions = {}): OrderReader {
  const { columns = null, localTimes = false, map = {}, timeZone } = checked(options, "engine.readOrders");
  const instance = build.instance();
  const found = localTimes ? zoneOf(timeZone) : null;
  /** What is said with the next bytes. */
  const due: Problem[] = found !== null && "code" in found ? [found] : [];
  const zone = found !== null && "code" in found ? null : found;
  /** An address; 0: nothing more is read. */
  let orders = due.length > 0 ? 0 : guarded(build, () => begin_orders({ zone, localTimes, columns, map: Object.entries(map) }));
  const text = utf8Of();
  let spent = false;

  const alive = (): void => {
    if (spent) throw new TypeError("This order file was read to its end, or freed; begin another with engine.readOrders().");
    if (instance !== build.instance()) throw new Error("The engine was restarted after a fault; read the file again with engine.readOrders().");
  };
  const taken = (): { refused: RefusedRow[]; problems: Problem[] } => ({ refused: [], problems: due.splice(0) });
  const take = (bytes: Uint8Array, { refused, problems }: ReturnType<typeof taken>): void => {
    if (bytes.length === 0) return;
    const now = guarded(build, () => take_orders(orders, bytes) as OrdersTaken);
    // Not by spreading: a piece may hold more rows than a call takes arguments.
    for (const row of now.refused) refused.push(row);
    problems.push(...now.problems);
    if (!problems.some(isError)) return;
    guarded(build, () => drop_orders(orders));
    orders = 0;
  };

  return {
    write(bytes) {
      if (!(bytes instanceof Uint8Array)) throw new TypeError("reader.write takes bytes.");
      alive();
      const said = taken();
      for (let at = 0; at < bytes.length && orders !== 0; at += PIECE) take(text.next(bytes.subarray(at, at + PIECE)), said);
      return said;
    },
    end() {
      alive();
      spent = true;
      const said = taken();
      if (orders !== 0) take(text.rest(), said);
      if (orders === 0) return { population: null, ...said };
      const { refused, problems, refusedRows, ...customers } = guarded(build, () => end_orders(orders) as Ended);
      for (const row of refused) said.refused.push(row);
      said.problems.push(...problems);
      const population = customers.population === 0 ? null : populationOf(build, { ...customers, refused: refusedRows });
      return { population, ...said };
    },
    free() {
      if (!spent && orders !== 0 && instance === build.instance()) guarded(build, () => drop_orders(orders));
      spent = true;
    },
  };
}

const isError = ({ severity }: Problem): boolean => severity === "error";

/** The table of the zone that times are read in, or what is wrong with its name. */
function zoneOf(name: string | undefined): ZoneTable | Problem {
  const trimmed = name?.trim() ?? "";
  if (trimmed === "") return problem("missing_time_zone", "", "Times without an offset can be read only in a time zone, and none is given.");
  return zoneTable(trimmed) ?? problem("unknown_time_zone", "", `There is no time zone ${trimmed}. Names are those of IANA, such as Europe/Amsterdam.`);
}

/** Options of the right kinds; what they say is the file's business. */
function checked<T extends OrderFileOptions>(options: T, call: string): T {
  const wrong = (sentence: string): TypeError => new TypeError(`${call}: ${sentence}`);
  if (typeof options !== "object" || options === null) throw wrong("the options are an object.");
  const { columns, localTimes, map, timeZone } = options;
  const areTexts = (values: readonly unknown[]): boolean => values.every((value) => typeof value === "string");
  if (columns !== undefined && !(Array.isArray(columns) && areTexts(columns))) throw wrong("columns is a list of names.");
  if (localTimes !== undefined && typeof localTimes !== "boolean") throw wrong("localTimes is true or false.");
  if (timeZone !== undefined && typeof timeZone !== "string") throw wrong("timeZone is the name of a zone.");
  const isMap = map === undefined || (typeof map === "object" && map !== null && !Array.isArray(map) && areTexts(Object.values(map)));
  if (!isMap) throw wrong("map is an object of columns by the name of what they are.");
  return options;
}

/** Passes UTF-8 on; UTF-16, which spreadsheets write with a byte order mark, becomes UTF-8. */
function utf8Of(): { readonly next: (bytes: Uint8Array) => Uint8Array; readonly rest: () => Uint8Array } {
  const encoder = new TextEncoder();
  /** The first byte, while the second has not come. */
  let first = new Uint8Array();
  /** `null`: it is UTF-8; `undefined`: not known yet. */
  let decoder: TextDecoder | null | undefined;
  return {
    next(bytes) {
      let all = bytes;
      if (decoder === undefined) {
        if (first.length > 0) {
          all = new Uint8Array(first.length + bytes.length);
          all.set(first);
          all.set(bytes, first.length);
        }
        if (all.length < 2) {
          // Not `slice`: that of Node's buffers copies nothing.
          first = new Uint8Array(all);
          return new Uint8Array();
        }
        const mark = all[0] === 0xff && all[1] === 0xfe ? "utf-16le" : all[0] === 0xfe && all[1] === 0xff ? "utf-16be" : null;
        decoder = mark === null ? null : new TextDecoder(mark);
      }
      return decoder === null ? all : encoder.encode(decoder.decode(all, { stream: true }));
    },
    rest: () => (decoder ? encoder.encode(decoder.decode()) : decoder === null ? new Uint8Array() : first),
  };
}
