import { nothingFor } from "../answers.js";
import { readInstant, readKnown } from "../read.js";
import type { Context, Decision, Evaluation } from "../types.js";
import { alarmOf, onShown } from "./alarm.js";
import { differences, earliest, NO_ANSWER, shownBy } from "./changes.js";
import { historyOf, type Parts } from "./history.js";
import type { Change, Shop, Tracked } from "./options.js";
import { withPage } from "./moment.js";
import { reason } from "./report.js";

/** The object that `start` hands out. Every call answers, whatever has gone wrong. */
export function shopOf(parts: Parts, begin: Parameters<Shop["know"]>[0]): Shop {
  const { brain, now, report } = parts;
  const history = historyOf(parts, () => plan());
  const listeners = new Set<(change: Change) => void>();
  /** The slots that were asked for, with what they showed. */
  const watched = new Map<string, string>();
  const unknown = new Set<string>();
  let last: Evaluation | null = null;
  let planned = false;
  let stopped = false;

  const evaluate = (instant: number): Evaluation | null => {
    if (!brain || stopped) return null;
    history.admit(instant);
    return brain.evaluate(instant);
  };
  const decide = (slot: string, instant: number): Decision => {
    if (!brain || stopped) return nothingFor(slot);
    history.admit(instant);
    return brain.decide(slot, instant) ?? nothingFor(slot);
  };

  /** Looks at every answer; tells the listeners what is different, and waits for what comes next. */
  const update = (): void => {
    planned = false;
    if (stopped || listeners.size === 0) return;
    const instant = now();
    const answer = evaluate(instant);
    if (!answer) return;
    let next = earliest(answer.holdsUntil, history.admit(instant));
    const slots: string[] = [];
    for (const [slot, before] of watched) {
      const decision = decide(slot, instant);
      const shown = shownBy(decision);
      if (shown !== before) slots.push(slot);
      watched.set(slot, shown);
      next = earliest(next, decision.holdsUntil);
    }
    const change = last && differences(last, answer, slots, instant);
    last = answer;
    alarm.set(next);
    if (change) for (const listener of [...listeners]) tell(listener, change);
  };
  const tell = (listener: (change: Change) => void, change: Change): void => {
    try {
      listener(change);
    } catch (error) {
      report("listener_failed", `A listener of shop.subscribe failed (${reason(error)}).`);
    }
  };
  /** Looks soon, once, after whatever is happening now. */
  const plan = (): void => {
    if (planned || listeners.size === 0) return;
    planned = true;
    queueMicrotask(update);
  };
  const alarm = alarmOf(now, update);
  const forget = onShown(() => {
    update();
    void history.sync().then(plan);
  });

  let context: Context | undefined;
  const consider = (person: boolean, given: unknown): void => {
    const { fields, refused } = readKnown(given, [person ? "profile" : "context"], !person);
    for (const { code, pointer, message } of refused) report(code, message, { pointer });
    if (!stopped) brain?.know(person, fields);
  };
  const know: Shop["know"] = (known) => {
    if (known?.profile !== undefined) consider(true, known.profile);
    if (known?.context !== undefined) ({ context } = known);
    consider(false, withPage(context));
    plan();
  };
  know(begin);

  const take = async (events: unknown, stamp?: number, since?: number): Promise<Tracked> => {
    const none = { accepted: 0, refused: [], stored: false };
    if (stopped) return none;
    try {
      const committed = history.take(Array.isArray(events) ? events : [events], stamp, since);
      plan();
      const tracked = await committed;
      if (since !== undefined) plan();
      return tracked;
    } catch (error) {
      report("engine_fault", `These events could not be taken (${reason(error)}).`);
      return none;
    }
  };

  return {
    get id() {
      return history.person().id;
    },
    names: brain?.names ?? null,
    get storage() {
      return history.storage();
    },
    track: (events) => take(events, now()),
    is(segment) {
      const segments = evaluate(now())?.segments;
      if (!segments) return false;
      const name = reason(segment);
      if (Object.hasOwn(segments, name)) return segments[name]?.member ?? false;
      if (!unknown.has(name)) report("unknown_segment", `The plan has no segment ${name}; nobody is in it.`, { severity: "warning" });
      unknown.add(name);
      return false;
    },
    evaluate: () => evaluate(now()) ?? NO_ANSWER,
    decide(slot) {
      const decision = decide(reason(slot), now());
      watched.set(decision.slot, shownBy(decision));
      plan();
      return decision;
    },
    subscribe(listener) {
      last ??= evaluate(now());
      listeners.add(listener);
      plan();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        last = null;
        alarm.set(null);
      };
    },
    know,
    refresh() {
      consider(false, withPage(context));
      update();
    },
    async import(events, options) {
      const coveredSince = options?.coveredSince;
      const since = coveredSince === undefined ? null : readInstant(coveredSince);
      if (coveredSince !== undefined && since === null) report("bad_instant", "coveredSince is neither milliseconds nor a date and time with an offset.", { pointer: "/coveredSince" });
      return take(events, undefined, since ?? undefined);
    },
    async erase() {
      const erased = history.erase();
      plan();
      return erased;
    },
    stop() {
      if (stopped) return;
      stopped = true;
      listeners.clear();
      alarm.set(null);
      forget();
      history.close();
    },
  };
}
