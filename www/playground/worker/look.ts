/** What the editor asks about a rule that is being edited, with the rows counted over the customers of an order file. */
import type { Counts, LookAnswer, LookRequest } from "regulars/elements";
import type { Engine, Json, Package, Problem } from "regulars/engine";
import { reachOf, segmentsIn } from "../document/package.ts";
import { at, isTree, type Tree } from "../document/tree.ts";
import type { Orders } from "./orders.ts";

/** Counts that are remembered: a rule that was counted once is not counted again while only others change. */
const REMEMBERED = 4000;

export interface Looks {
  readonly answer: (asked: LookRequest) => LookAnswer;
  /** The customers are others now. */
  readonly forget: () => void;
}

export function looks(engine: Engine, orders: () => Orders | null): Looks {
  const remembered = new Map<string, number>();

  /** Members of each rule; what cannot be counted is left out. */
  function counted(source: Tree, rules: ReadonlyMap<string, Json>, now: number): Map<string, number> {
    const settings = Object.fromEntries(["regulars", "timeZone", "currency", "rates", "weekStartsOn", "retention"].flatMap((key) => (source[key] === undefined ? [] : [[key, source[key]]])));
    const found = new Map<string, number>();
    const asked: { pointer: string; key: string; rule: Json }[] = [];
    const needed = new Set<string>();
    for (const [pointer, rule] of rules) {
      const reached = reachOf(source, rule);
      const others = segmentsIn(source).filter(({ id }) => reached.has(id)).map((segment) => [segment.id, segment.source["rule"], segment.source["keep"]]);
      const key = JSON.stringify([now, settings, rule, others]);
      const known = remembered.get(key);
      if (known !== undefined) found.set(pointer, known);
      else {
        asked.push({ pointer, key, rule });
        for (const id of reached) needed.add(id);
      }
    }
    if (asked.length === 0) return found;
    // Ids that nobody types.
    const rows = asked.map(({ rule }, index) => ({ id: `\u0001${index}`, rule }));
    const others = segmentsIn(source).filter(({ id }) => needed.has(id)).map((segment) => ({ id: segment.id, rule: segment.source["rule"], keep: segment.source["keep"] }));
    const { plan, problems } = engine.plan(JSON.stringify({ ...settings, segments: [...rows, ...others] }));
    const sizes = plan && orders()?.sizes(plan, now);
    if (!sizes) return found;
    asked.forEach(({ pointer, key }, index) => {
      if (hasError(problems, `/segments/${index}`)) return;
      const size = sizes.segments[plan.names.segments[index] ?? ""] ?? 0;
      found.set(pointer, size);
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(key, size);
    });
    return found;
  }

  function counts({ package: given, segment, rows, now }: LookRequest): Counts | null {
    const all = orders()?.customers() ?? null;
    const source = given as unknown as Tree;
    const whole = segmentsIn(source).find(({ id }) => id === segment);
    if (all === null || !whole) return null;
    const rules = new Map(rows.flatMap((pointer): [string, Json][] => {
      const rule = at(source, pointer);
      return isTree(rule) ? [[pointer, rule]] : [];
    }));
    const own = `/segments/${whole.place}/rule`;
    if (whole.source["keep"] === undefined && isTree(whole.source["rule"])) rules.set(own, whole.source["rule"]);
    const found = counted(source, rules, now);
    return { all, total: found.get(own) ?? 0, rows: Object.fromEntries([...found].filter(([pointer]) => rows.includes(pointer))) };
  }

  return {
    forget: () => remembered.clear(),
    answer(asked) {
      const { package: given, segment, language, visitor, now, context } = asked;
      const { plan, problems } = engine.plan(JSON.stringify(given) as Package | string);
      const described = plan?.describe(segment, { language }) ?? null;
      let explanation: LookAnswer["explanation"] = null;
      if (plan && visitor) {
        const opened = plan.visitor(visitor);
        const found = opened.explain(segment, now, context);
        opened.free();
        if (!("problem" in found)) explanation = found;
      }
      return { problems, description: described && "phrases" in described ? described : null, explanation, counts: counts(asked), cells: plan?.names.cells ?? [] };
    },
  };
}

const hasError = (problems: readonly Problem[], place: string): boolean =>
  problems.some(({ severity, pointer }) => severity === "error" && (pointer === place || pointer.startsWith(`${place}/`)));
