/** A shop's order file: chosen, its columns named, read, and counted. */
import { button, el } from "../dom.ts";
import { t } from "../speech.ts";
import { type Asked, type Engine, WorkerDied } from "../engine.ts";
import type { Audience, Case, OrdersReport, Peek, SegmentAnswer } from "../protocol.ts";
import { save } from "../save.ts";
import { day, endOfDay } from "../time.ts";
import { bytes, count, listed, plural } from "../words.ts";
import { audienceView, refusedView } from "./audience.ts";
import { chooser } from "./chooser.ts";
import { type Mapping, mappingView } from "./mapping.ts";

const DAY = 86_400_000;

export interface OrdersView {
  readonly element: HTMLElement;
  /** A file that was dropped somewhere on the page. */
  readonly open: (file: File) => void;
  readonly isOpen: () => boolean;
  readonly draw: (found: Case, audience: Audience | null) => void;
  /** The worker was started again and knows nothing of the file. */
  readonly lost: () => void;
}

export interface OrdersHost {
  readonly engine: Engine;
  readonly found: () => Case | null;
  /** The file was read, or closed. */
  readonly onOrders: () => void;
  readonly onMove: (now: number) => void;
}

export function ordersView({ engine, found, onOrders, onMove }: OrdersHost): OrdersView {
  const body = el("div", { class: "orders-body" });
  const trouble = el("p", { class: "trouble", role: "alert" });
  const facts = el("p", { class: "sub" }, t("What one visitor gets, counted over all your customers"));
  const element = el("section", { class: "card orders", "aria-labelledby": "orders-title" },
    el("header", { class: "card-head" }, el("h2", { id: "orders-title", tabindex: -1 }, t("All customers")), facts), trouble, body);

  /** Only the latest of what was begun may still draw. */
  let turn = 0;
  let file: File | null = null;
  let mapping: Mapping | null = null;
  let reading: Asked<"read"> | null = null;
  let report: OrdersReport | null = null;
  const audience = audienceView((segment) => void members(segment), (segment) => void list(segment));

  const say = (text: string): void => {
    trouble.textContent = text;
  };
  const zone = (): string => found()?.timeZone ?? "UTC";
  const problem = (reason: unknown): string => (reason instanceof WorkerDied ? t("The engine stopped while it was at work on this.") : reason instanceof Error ? reason.message : String(reason));
  const focus = (): void => document.getElementById("orders-title")?.focus({ preventScroll: true });

  function showChooser(): void {
    facts.textContent = t("What one visitor gets, counted over all your customers");
    body.replaceChildren(chooser((chosen) => void look(chosen), say));
  }

  function close(): void {
    turn++;
    reading?.cancel();
    [file, mapping, reading] = [null, null, null];
    if (report) void engine.ask("forget", null).answer.catch(() => {});
    report = null;
    say("");
    showChooser();
    onOrders();
    focus();
  }

  async function look(chosen: File, header?: boolean): Promise<void> {
    const mine = ++turn;
    reading?.cancel();
    reading = null;
    say("");
    file = chosen;
    try {
      const named = await engine.ask("peek", { file: chosen }).answer;
      const hasHeader = header ?? looksLikeHeader(named);
      const peek = hasHeader ? named : await engine.ask("peek", { file: chosen, columns: named.columns.map((_, index) => `column ${index + 1}`) }).answer;
      if (mine !== turn) return;
      if (peek.columns.length === 0 || (peek.rows.length === 0 && peek.columns.every((column) => column.trim() === ""))) {
        say(t("There are no rows in this file."));
        return showChooser();
      }
      facts.textContent = `${chosen.name}, ${bytes(chosen.size)}`;
      mapping = mappingView({ peek, header: hasHeader, timeZone: zone(), onHeader: (next) => void look(chosen, next), onRead: () => void read(), onClose: close });
      body.replaceChildren(mapping.element);
      if (header === undefined) focus();
      else document.getElementById("has-header")?.focus();
    } catch (reason) {
      if (mine !== turn) return;
      say(t("This file cannot be read: {reason}", { reason: problem(reason) }));
      showChooser();
    }
  }

  async function read(): Promise<void> {
    if (!file || !mapping) return;
    const [from, chosen, mine] = [mapping, file, ++turn];
    say("");
    const meter = el("progress", { max: Math.max(1, chosen.size), value: 0, "aria-label": t("How much of the file is read") });
    const text = el("p", { class: "sub", role: "status" }, "Reading …");
    const stop = button(t("Cancel"), () => {
      turn++;
      reading?.cancel();
      reading = null;
      body.replaceChildren(from.element);
      say(t("Cancelled: nothing was counted."));
      document.getElementById("read-orders")?.focus();
    }, { id: "cancel-reading" });
    body.replaceChildren(el("div", { class: "reading" }, meter, el("div", { class: "actions" }, stop, text)));
    stop.focus();
    reading = engine.ask("read", { file: chosen, options: from.options(zone()), today: Date.now() }, ({ bytes: done, refusedRows }) => {
      if (mine !== turn) return;
      meter.value = done;
      text.textContent = done >= chosen.size ? t("Putting the orders together …") : `${bytes(done)} of ${bytes(chosen.size)}${refusedRows > 0 ? `, ${plural(refusedRows, "row")} left out so far` : ""}`;
    });
    try {
      const answer = await reading.answer;
      if (mine !== turn || !answer) return;
      reading = null;
      say(answer.problems.map(({ message, fix }) => (fix ? `${message} ${fix}` : message)).join(" "));
      if (answer.problems.some(({ severity }) => severity === "error")) return body.replaceChildren(from.element);
      report = answer;
      showResults(chosen, answer);
      onOrders();
      focus();
    } catch (reason) {
      if (mine !== turn) return;
      reading = null;
      body.replaceChildren(from.element);
      say(t("The file could not be read to its end: {reason}", { reason: problem(reason) }));
    }
  }

  const older = el("p", { class: "hint", hidden: true });
  const unrated = el("p", { class: "hint", hidden: true });

  function showResults(chosen: File, answer: OrdersReport): void {
    const { customers, orders, rows, refusedRows } = answer;
    facts.textContent = chosen.name;
    body.replaceChildren(
      el("div", { class: "totals" },
        ...([[customers, "customer"], [orders, "order"], [rows, "row"], [refusedRows, "left out", "left out"]] as const).map(([value, one, many]) =>
          el("p", { "data-total": one.replace(" ", "-") }, el("b", {}, count(value)), ` ${value === 1 ? one : (many ?? `${one}s`)}`)),
        el("div", { class: "totals-actions" }, button(t("Columns"), showMapping, { class: "button small" }), button(t("Close the file"), close, { class: "button small" }))),
      older,
      unrated,
      audience.element,
      ...[refusedView(answer)].filter((view) => view !== null),
    );
  }

  /** The file stays counted until it is read anew. */
  function showMapping(): void {
    if (mapping) body.replaceChildren(mapping.element);
    focus();
  }

  async function members({ id, name }: SegmentAnswer): Promise<void> {
    const now = found()?.now;
    if (now === undefined) return;
    try {
      const blob = await engine.ask("members", { segment: id, now }).answer;
      if (blob) save(blob, `${id || "members"}-${new Date(now).toISOString().slice(0, 10)}.csv`);
    } catch (reason) {
      say(t("The members of {name} could not be listed: {reason}", { name, reason: problem(reason) }));
    }
  }

  async function list(segment: SegmentAnswer): Promise<void> {
    const now = found()?.now;
    if (now === undefined || !file || !mapping) return;
    const { openList } = await import("./lists.ts");
    const [from, layout] = [file, mapping.layout()];
    openList({ segment, now, layout, make: (kind, email) => engine.ask("list", { segment: segment.id, now, kind, file: from, ...layout, email }).answer });
  }

  function drawOlder({ now, timeZone }: Case): void {
    const ago = report?.lastOrderDaysAgo ?? null;
    if (ago === null) return void (older.hidden = true);
    const at = endOfDay(Date.now(), ago, timeZone);
    older.hidden = Math.abs(now - at) < 45 * DAY;
    if (older.hidden) return;
    older.replaceChildren(
      t("The last order of this file is from {day}; it is seen from {now}. ", { day: day(at, timeZone), now: day(now, timeZone) }),
      button(t("See it from that day"), () => onMove(at), { class: "link", "data-key": "older" }));
  }

  function drawUnrated({ currencies }: Case): void {
    const missing = report?.currencies.filter((currency) => !currencies.includes(currency.toLowerCase())) ?? [];
    unrated.hidden = missing.length === 0;
    unrated.textContent = t("The package has no rate for {what}: values in it take no part in what counts values.", { what: listed(missing) });
  }

  showChooser();
  return {
    element,
    open: (chosen) => void look(chosen),
    isOpen: () => report !== null,
    draw(shown, counted) {
      if (!report) return;
      drawOlder(shown);
      drawUnrated(shown);
      if (counted) audience.draw(shown, counted);
    },
    lost() {
      const was = report ?? reading;
      [report, reading] = [null, null];
      turn++;
      if (!was || !mapping) return;
      body.replaceChildren(mapping.element);
      say(t("The engine was started again: read the file once more."));
      onOrders();
    },
  };
}

/** A first row of names has no cell that is a number or a date, and something in it is recognised or says what it is. */
function looksLikeHeader({ columns, guess }: Peek): boolean {
  return Object.keys(guess).length > 0 || !columns.some((column) => /^[\d\s.,:/+-]+$/.test(column.trim()));
}
