/** Two packages, asked of the customers of an order file, or else of the visitors at hand. */
import type { Context, Engine, Package, Plan, Visitor } from "regulars/engine";
import { segmentsIn, testsOf } from "../document/package.ts";
import { isTree, textOf, treeIn, type Tree } from "../document/tree.ts";
import type { Comparison, Turned } from "../protocol.ts";
import type { Orders } from "./orders.ts";

const NAMED = 3;

interface Asked {
  readonly before: string;
  readonly after: string;
  readonly visitor: string;
  readonly now: number;
  readonly context: Context;
}

export function compare(engine: Engine, orders: Orders | null, { before, after, visitor, now, context }: Asked): Comparison {
  const [old, changed] = [treeIn(before), treeIn(after)];
  const customers = orders?.customers() ?? null;
  const people = customers === null ? visitorsIn(changed, visitor) : [];
  const plans = [engine.plan(before).plan, engine.plan(after).plan] as const;
  const [was, is] = plans;
  const base = { over: customers === null ? "visitors" : "customers", all: customers ?? people.length } as const;
  if (!was || !is) return { ...base, refused: was ? "after" : "before", segments: [] };
  const found = engine.diff(before as Package | string, after, people, { now, context });
  const namesOf = (source: Tree | null): Map<string, string> => new Map(segmentsIn(source).map(({ id, name }) => [id, name]));
  const [oldNames, newNames] = [namesOf(old), namesOf(changed)];
  const segments = Object.entries(found.segments).map(([id, { entered, left, compared }]): Turned => {
    const only = !was.names.segments.includes(id) ? "after" : !is.names.segments.includes(id) ? "before" : null;
    const turned = orders && base.over === "customers" && compared !== "equal" ? turnedOf(orders, was, is, id, now) : { entered, left };
    return {
      id, name: newNames.get(id) ?? oldNames.get(id) ?? id, compared, only,
      entered: turned.entered.length, left: turned.left.length,
      enteredNames: turned.entered.slice(0, NAMED), leftNames: turned.left.slice(0, NAMED),
    };
  });
  return { ...base, refused: null, segments };
}

function turnedOf(orders: Orders, was: Plan, is: Plan, id: string, now: number): { entered: string[]; left: string[] } {
  const members = (plan: Plan): Set<string> => new Set(plan.names.segments.includes(id) ? orders.ids(plan, id, now) : []);
  const [before, after] = [members(was), members(is)];
  return { entered: [...after].filter((one) => !before.has(one)), left: [...before].filter((one) => !after.has(one)) };
}

/** The visitor, and those of all tests, by the names of the tests. */
function visitorsIn(source: Tree | null, visitor: string): Visitor[] {
  const own = treeIn(visitor);
  const tests = segmentsIn(source).flatMap(({ id, name }) => testsOf(source, id).flatMap((test, index) =>
    (isTree(test["visitor"]) ? [{ ...test["visitor"], id: `${name}: ${textOf(test["name"]) || `#${index + 1}`}` } as Visitor] : [])));
  return [...(own ? [own as Visitor] : []), ...tests];
}
