/** Everything about one visitor under one package. The last package and visitor that could be used are kept. */
import type { Context, Engine, EngineVisitor, Evaluation, Names, Plan, Problem, UncheckedPackage, Visitor } from "regulars/engine";
import type { Case, CaseReport, Change, Looked, PlacedProblem, SegmentAnswer, Stay, TextReport } from "../protocol.ts";
import type { Speech } from "../speech.ts";
import { eventTypesOf, partsOf } from "./package.ts";
import { shownEvents } from "./events.ts";
import { testsIn } from "./tests.ts";

const CHANGES = 6;
const STAYS = 6;
const DAY = 86_400_000;
/** How far before the first event and after the last change membership is looked at. */
const MARGIN = 30 * DAY;
const AHEAD = 400 * DAY;

/** What tells where a problem stands is loaded when there is one. */
const placed = async (text: string, problems: readonly Problem[]): Promise<PlacedProblem[]> =>
  (problems.length === 0 ? [] : (await import("./place.ts")).placed(text, problems));

async function syntaxProblem(text: string): Promise<PlacedProblem | null> {
  try {
    JSON.parse(text);
    return null;
  } catch {
    return (await import("./place.ts")).syntaxProblem(text);
  }
}

export interface Good {
  readonly text: string;
  readonly plan: Plan;
  readonly source: UncheckedPackage;
  readonly problems: readonly Problem[];
}

interface Asked {
  readonly package: string;
  readonly visitor: string;
  readonly now: number;
  readonly segment: string;
  readonly context: Context;
}

export interface Cases {
  readonly answer: (asked: Asked) => Promise<CaseReport>;
  /** The last good package: what the audience is counted with. */
  readonly good: () => Good | null;
}

export function cases(engine: Engine): Cases {
  let good: Good | null = null;
  let visitor: { text: string; source: Visitor } | null = null;
  let open: { plan: Plan; text: string; engine: EngineVisitor } | null = null;
  let packageReport: TextReport = { text: "", problems: [], used: false };
  let visitorProblems: { text: string; plan: Plan | null; report: TextReport } | null = null;

  async function readPackage(text: string): Promise<TextReport> {
    if (text === packageReport.text) return packageReport;
    const broken = await syntaxProblem(text);
    if (broken) return { text, problems: [broken], used: false };
    const { plan, problems } = engine.plan(text);
    if (plan) good = { text, plan, problems, source: JSON.parse(text) as UncheckedPackage };
    return { text, problems: await placed(text, problems), used: plan !== null };
  }

  async function readVisitor(text: string): Promise<TextReport> {
    const plan = good?.plan ?? null;
    if (visitorProblems?.text === text && visitorProblems.plan === plan) return visitorProblems.report;
    const report = await visitorReport(text, plan);
    visitorProblems = { text, plan, report };
    return report;
  }

  async function visitorReport(text: string, plan: Plan | null): Promise<TextReport> {
    const broken = await syntaxProblem(text);
    if (broken) return { text, problems: [broken], used: false };
    const source: unknown = JSON.parse(text);
    if (typeof source !== "object" || source === null || Array.isArray(source)) {
      const problem: Problem = { code: "wrong_type", severity: "error", pointer: "", message: "A visitor is an object." };
      return { text, problems: await placed(text, [problem]), used: false };
    }
    visitor = { text, source: source as Visitor };
    return { text, problems: plan ? await placed(text, openFor(plan).problems) : [], used: true };
  }

  function openFor(plan: Plan): EngineVisitor {
    const { text, source } = visitor ?? { text: "{}", source: {} };
    if (open && open.plan === plan && open.text === text) return open.engine;
    open?.engine.free();
    open = null;
    open = { plan, text, engine: plan.visitor(source) };
    return open.engine;
  }

  return {
    good: () => good,
    async answer({ package: packageText, visitor: visitorText, now, segment, context }) {
      packageReport = await readPackage(packageText);
      const reports = { package: packageReport, visitor: await readVisitor(visitorText) };
      if (!good || !visitor) return { ...reports, case: null };
      try {
        return { ...reports, case: caseOf(good, openFor(good.plan), visitor.source, { now, segment, context }) };
      } catch (error) {
        // After a fault the engine has begun anew, and knows nothing of this visitor.
        open = null;
        throw error;
      }
    },
  };
}

function caseOf(good: Good, engine: EngineVisitor, visitor: Visitor, { now, segment, context }: Moment): Case {
  const { plan, source, problems } = good;
  const { names } = plan;
  const first = engine.evaluate(now, context);
  const segments = segmentsOf(source, problems, first, names);
  const looked = segments.find(({ id }) => id === segment) ?? segments[0];
  const events = shownEvents(visitor);
  return {
    now,
    timeZone: names.timeZone,
    currency: String(source["currency"] ?? "").trim().toUpperCase(),
    currencies: names.currencies,
    visitor: engine.id,
    events,
    segments,
    cells: names.cells,
    changes: changesFrom(engine, first, context),
    stays: staysFrom(engine, first, now, context),
    looked: looked ? lookedAt(good, engine, looked, { now, context, first: events[0]?.at ?? now }) : null,
    decisions: names.slots.map((slot) => engine.decide(slot, now, context)),
  };
}

interface Moment {
  readonly now: number;
  readonly segment: string;
  readonly context: Context;
}

function lookedAt(good: Good, engine: EngineVisitor, segment: SegmentAnswer, { now, context, first }: { now: number; context: Context; first: number }): Looked {
  const { plan } = good;
  const explained = segment.broken ? null : engine.explain(segment.id, now, context);
  const described = segment.broken ? null : plan.describe(segment.id, { language: spoken() });
  return {
    segment,
    explanation: explained && !("problem" in explained) ? explained : null,
    description: described && "phrases" in described ? described : null,
    timeline: segment.broken ? [] : engine.timeline(segment.id, Math.min(first, now) - MARGIN, now + AHEAD, context),
    tests: testsIn(good, segment.id),
  };
}

/** The page's own language comes with the worker's name. */
const spoken = (): Speech => ((globalThis as { name?: string }).name === "nl" ? "nl" : "en");

/** The package's segments in its order; one whose id stands twice is answered by the first. */
function segmentsOf(source: UncheckedPackage, problems: readonly Problem[], { segments }: Evaluation, names: Names): SegmentAnswer[] {
  const nobody = { member: false, holdsUntil: null, partial: false };
  const known = new Set(names.segments);
  const seen = new Set<string>();
  return partsOf(source, problems).map(({ id, name, description, broken, rule }) => {
    const again = seen.has(id);
    seen.add(id);
    const answer = known.has(id) && !again && !broken ? segments[id] : undefined;
    return { id, name, description, broken: broken || again, beyondOrders: eventTypesOf(source, rule), ...(answer ?? nobody) };
  });
}

/** Each next change, found by asking again at the instant up to which the answer holds. */
function changesFrom(engine: EngineVisitor, first: Evaluation, context: Context): Change[] {
  const changes: Change[] = [];
  let before = first;
  while (before.holdsUntil !== null && changes.length < CHANGES) {
    const at = before.holdsUntil;
    const after = engine.evaluate(at, context);
    const moved = Object.keys(after.segments).filter((id) => after.segments[id]?.member !== before.segments[id]?.member);
    changes.push({
      at,
      entered: moved.filter((id) => after.segments[id]?.member),
      left: moved.filter((id) => !after.segments[id]?.member),
      ...(after.retention.cell === before.retention.cell ? {} : { cell: after.retention.cell }),
    });
    before = after;
  }
  return changes;
}

function staysFrom(engine: EngineVisitor, { retention }: Evaluation, now: number, context: Context): Stay[] {
  const stays: Stay[] = [{ from: now, retention }];
  for (let until = retention.holdsUntil; until !== null && stays.length < STAYS;) {
    const next = engine.evaluate(until, context).retention;
    stays.push({ from: until, retention: next });
    until = next.holdsUntil;
  }
  return stays;
}
