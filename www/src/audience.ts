/** Order files and populations, as they look from outside: many customers at once, read from one file. */
import type { Plan } from "./engine.js";
import type { Package } from "./rules.js";
import type { Json, Problem, UncheckedPackage } from "./types.js";

/**
 * How an order file is to be read. A file has a row a line item; its own columns are `visitor_id`, `order_id`, `at`, `value`, `currency`,
 * `item_id`, `item_name`, `item_brand`, `item_category`, `item_variant`, `item_price`, `item_quantity` and `item_total`. Further columns
 * named `item_…` are item fields, all others properties of the order. Only `visitor_id` and `at` are required.
 *
 * @example engine.readOrders({ map: { visitor_id: "Customer ID", at: "Invoice date" }, localTimes: true, timeZone: "Europe/London" })
 */
export interface OrderFileOptions {
  /** The zone of times without an offset (IANA); needed with `localTimes`. */
  readonly timeZone?: string;
  /** Reads `at` without an offset (`2026-03-01`, `20260301`, `2026-03-01 12:00:00`) in `timeZone`; without this such rows are refused. */
  readonly localTimes?: boolean;
  /** The columns of a file that has no header, in their order. */
  readonly columns?: readonly string[];
  /** By the name above: which of the file's columns it is. */
  readonly map?: { readonly [canonical: string]: string };
}

/**
 * What the beginning of an order file looks like.
 *
 * @example const { guess, localTimes } = engine.peekOrders(bytes); engine.readOrders({ map: guess, localTimes, timeZone: "Europe/Amsterdam" });
 */
export interface OrderFilePeek {
  readonly delimiter: "," | ";" | "\t" | "|" | " ";
  /** As in the header, or as they were given. */
  readonly columns: readonly string[];
  /** What each column probably is; to be shown, corrected, and passed on as `map`. */
  readonly guess: { readonly [canonical: string]: string };
  /** The times in the column that is probably `at` have no offset. */
  readonly localTimes: boolean;
  /** The cells of the first complete rows, five at most. */
  readonly rows: readonly (readonly string[])[];
}

/** A row that was not taken, and why. With it the whole order is left out; the order's other rows are not named. */
export interface RefusedRow {
  /** Where the row begins in the file, from 1. */
  readonly line: number;
  /** A word for programs: `bad_row`, `not_utf8`, `missing_key`, `no_offset`, `bad_instant`, `bad_number`, `different_value`, … */
  readonly code: string;
  /** The column that it is about, as the file calls it; empty for the whole row. */
  readonly column: string;
  /** One sentence. */
  readonly message: string;
}

/** What was found wrong. Each row and each problem is said once. */
export interface OrdersTaken {
  readonly refused: readonly RefusedRow[];
  /** About the file as a whole (a column that is not there, …). After an error nothing more is read. */
  readonly problems: readonly Problem[];
}

/**
 * Reads one order file, piece by piece. Holds memory until `end()` or `free()`.
 *
 * @example
 * const reader = engine.readOrders();
 * for await (const bytes of file) reader.write(bytes);
 * const { population, refused, problems } = reader.end();
 */
export interface OrderReader {
  /** Takes the next bytes of the file, cut anywhere: UTF-8, or UTF-16 with a byte order mark; not compressed. */
  readonly write: (bytes: Uint8Array) => OrdersTaken;
  /** After the last bytes: the customers, or `null` if anything was wrong with the file as a whole. The reader is spent. */
  readonly end: () => OrdersTaken & { readonly population: Population | null };
  /** Gives up, and the memory back. After `end()` it does nothing. */
  readonly free: () => void;
}

/** How many customers are in each segment. */
export interface AudienceSizes {
  /** The instant asked about, in milliseconds. */
  readonly now: number;
  /** All customers, members of any segment or of none. */
  readonly customers: number;
  /** Members by segment id, in the order of the package. */
  readonly segments: { readonly [id: string]: number };
  /** Rows of the file that were refused. */
  readonly refused: number;
}

/** What is in one cell of the retention grid. */
export interface CellCounts {
  /** The cell's id; `"none"` without any conversion yet, `null` where no cell fits. */
  readonly cell: string | null;
  readonly name: string | null;
  readonly customers: number;
  /** Their conversions up to `now`. */
  readonly conversions: number;
  /** What those were worth, in the package's currency; values without a rate left out. */
  readonly value: number;
}

/** Who is where in the retention grid. */
export interface GridCounts {
  /** The instant asked about, in milliseconds. */
  readonly now: number;
  readonly customers: number;
  /** `"none"` first, then the package's cells (those that share an id are one), then `null`. */
  readonly cells: readonly CellCounts[];
  /** Rows of the file that were refused. */
  readonly refused: number;
}

/** One measure of one customer. */
export interface Measured {
  readonly visitor: string;
  /** `null`: missing, such as the days since the last order of somebody who has none yet. */
  readonly value: number | null;
}

/**
 * All customers of an order file. Holds memory until `free()`.
 *
 * @example
 * const { segments } = population.sizes(plan, Date.now());
 * for (const id of population.members(plan, "loyal", Date.now())) console.log(id);
 */
export interface Population {
  /** Customers with at least one order that was taken. */
  readonly customers: number;
  /** Orders that were taken. */
  readonly orders: number;
  /** Rows of the file, refused ones among them, without the header and blank lines. */
  readonly rows: number;
  /** Rows that were refused. */
  readonly refused: number;
  /** Currencies that the file names, in upper case. */
  readonly currencies: readonly string[];
  /** How many customers are in each segment at `now` (milliseconds). */
  readonly sizes: (plan: Plan, now: number) => AudienceSizes;
  /** The visitor ids of a segment's members at `now` (milliseconds), in the order in which the file first names them; fetched as they are walked through. */
  readonly members: (plan: Plan, segment: string, now: number) => Iterable<string>;
  /** Customers, conversions and value in each cell of the retention grid at `now` (milliseconds). */
  readonly grid: (plan: Plan, now: number) => GridCounts;
  /**
   * One measure for each customer at `now` (milliseconds). `of` is what stands under `events` in a condition, or the condition itself; its
   * `modifier` and `value` may be left out, and play no part. The package gives time zone, currency and rates. `values` is `null` if the
   * package or `of` has an error; pointers of problems with `of` point into `of`.
   *
   * @example population.measure(shop, { of: "conversion", measure: "days_since_last" }, Date.now())
   */
  readonly measure: (source: Package | UncheckedPackage | string, of: Json, now: number) => { readonly problems: Problem[]; readonly values: Iterable<Measured> | null };
  /** Gives the memory back. Using the population afterwards is an error. */
  readonly free: () => void;
}
