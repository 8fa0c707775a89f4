/** A shop's order file: looked at, read as it streams in, counted. */
import type { AudienceSizes, Engine, OrderFileOptions, Plan, Population, Problem, RefusedRow } from "regulars/engine";
import type { Audience, OrdersReport, Peek, ReadProgress } from "../protocol.ts";

/** What the page lists of refused rows; their number is always complete. */
const LISTED = 300;
const PEEK_BYTES = 64 * 1024;
/** Between two looks at whether somebody has cancelled. */
const TURN = 40;

export interface Orders {
  readonly peek: (asked: { file: Blob; columns?: readonly string[] }) => Promise<Peek>;
  readonly read: (asked: Reading, watch: Watch) => Promise<OrdersReport | null>;
  readonly audience: (plan: Plan, now: number) => Audience | null;
  readonly members: (plan: Plan, segment: string, now: number) => Blob | null;
  readonly forget: () => void;
  /** How many there are; `null`: no file is open. */
  readonly customers: () => number | null;
  readonly sizes: (plan: Plan, now: number) => AudienceSizes | null;
  readonly ids: (plan: Plan, segment: string, now: number) => Iterable<string>;
}

export interface Reading {
  readonly file: Blob;
  readonly options: OrderFileOptions;
  /** The device's clock, and the package in whose zone its days are counted. */
  readonly today: number;
  readonly package: string;
}

export interface Watch {
  readonly cancelled: () => boolean;
  readonly progress: (progress: ReadProgress) => void;
}

export function orders(engine: Engine): Orders {
  let population: Population | null = null;
  const forget = (): void => {
    population?.free();
    population = null;
  };

  return {
    forget,
    customers: () => population?.customers ?? null,
    sizes: (plan, now) => population?.sizes(plan, now) ?? null,
    ids: (plan, segment, now) => population?.members(plan, segment, now) ?? [],
    async peek({ file, columns }) {
      const bytes = await beginning(file);
      return { ...engine.peekOrders(bytes, columns ? { columns } : {}), gzip: await isGzip(file) };
    },
    async read(asked, watch) {
      const found = await readAll(engine, asked, watch);
      if (!found) return null;
      forget();
      population = found.population;
      return reportOf(found, asked);
    },
    audience(plan, now) {
      if (!population) return null;
      const { customers, segments } = population.sizes(plan, now);
      const cells = population.grid(plan, now).cells.map(({ cell, customers: here }) => ({ cell, customers: here }));
      return { now, customers, segments, cells };
    },
    members(plan, segment, now) {
      if (!population) return null;
      const lines = ["visitor_id\r\n"];
      for (const id of population.members(plan, segment, now)) lines.push(`${quoted(id)}\r\n`);
      return new Blob(lines, { type: "text/csv;charset=utf-8" });
    },
  };
}

interface Read {
  readonly population: Population | null;
  readonly refused: readonly RefusedRow[];
  readonly refusedRows: number;
  readonly problems: readonly Problem[];
}

/** `null` if it was cancelled. The file is never whole in memory. */
async function readAll(engine: Engine, { file, options }: Reading, { cancelled, progress }: Watch): Promise<Read | null> {
  const reader = engine.readOrders(options);
  const refused: RefusedRow[] = [];
  let refusedRows = 0;
  const keep = (rows: readonly RefusedRow[]): void => {
    refusedRows += rows.length;
    refused.push(...rows.slice(0, LISTED - refused.length));
  };
  const problems: Problem[] = [];
  const broken = (): boolean => problems.some(({ severity }) => severity === "error");
  let bytes = 0;
  const source = (await unpacked(file, (count) => { bytes += count; })).getReader();
  try {
    for (let turn = performance.now(); ;) {
      const { done, value } = await source.read();
      if (done) break;
      const taken = reader.write(value);
      keep(taken.refused);
      problems.push(...taken.problems);
      if (broken()) return { population: null, refused, refusedRows, problems };
      if (performance.now() - turn < TURN) continue;
      progress({ bytes, refusedRows });
      await otherMessages();
      if (cancelled()) return null;
      turn = performance.now();
    }
    progress({ bytes: file.size, refusedRows });
    const end = reader.end();
    keep(end.refused);
    problems.push(...end.problems);
    return { population: end.population, refused, refusedRows, problems };
  } finally {
    reader.free();
    await source.cancel().catch(() => {});
  }
}

function reportOf({ population, refused, refusedRows, problems }: Read, { today, package: source }: Reading): OrdersReport {
  return {
    customers: population?.customers ?? 0,
    orders: population?.orders ?? 0,
    rows: population?.rows ?? 0,
    refusedRows: population?.refused ?? refusedRows,
    refused, problems,
    currencies: population?.currencies ?? [],
    lastOrderDaysAgo: population && lastOrder(population, source, today),
  };
}

/** So that the page can offer to look from the file's own time: an old file at today's date has only lapsed customers. */
function lastOrder(population: Population, source: string, today: number): number | null {
  let fewest: number | null = null;
  const { values } = population.measure(source, { of: "conversion", measure: "days_since_last" }, today);
  for (const { value } of values ?? []) if (value !== null && (fewest === null || value < fewest)) fewest = value;
  return fewest;
}

async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/** The file's bytes, unpacked; `count` hears how many of the file itself were used. */
export async function unpacked(file: Blob, count: (bytes: number) => void): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const counted = file.stream().pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      count(chunk.length);
      controller.enqueue(chunk);
    },
  }));
  return (await isGzip(file)) ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
}

async function beginning(file: Blob): Promise<Uint8Array> {
  const source = (await unpacked(file, () => {})).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0; length < PEEK_BYTES;) {
    const { done, value } = await source.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  await source.cancel().catch(() => {});
  return new Uint8Array(await new Blob(parts).slice(0, PEEK_BYTES).arrayBuffer());
}

/** Lets messages that have arrived be heard; a timer would wait for at least 4 ms. */
function otherMessages(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

const quoted = (cell: string): string => (/[",;\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell);
