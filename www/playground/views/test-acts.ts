/** What is done to the tests of the segment that is looked at. */
import { pretty } from "../document/format.ts";
import { setTests, testsOf } from "../document/package.ts";
import { isTree, treeIn, type Tree } from "../document/tree.ts";
import { testName } from "../passes.ts";
import type { Engine } from "../engine.ts";
import type { Case, TestRun } from "../protocol.ts";
import { t } from "../speech.ts";
import type { State } from "../state.ts";
import { moment, rfc3339 } from "../time.ts";
import type { TestsHost } from "./tests.ts";

export interface TestActsHost {
  readonly state: () => State;
  /** The package; `null`: it is no JSON at the moment. */
  readonly source: () => Tree | null;
  readonly looked: () => string;
  readonly say: (text: string, undo?: () => void) => void;
  readonly onSource: (source: Tree) => void;
  readonly onState: (part: Partial<State>) => void;
  readonly onWhy: (segment: string, test: number) => void;
}

/** Everything that the tests' view needs to be told, and what it is told. */
export interface TestActs extends TestActsHost {
  readonly engine: Engine;
  readonly found: () => Case | null;
  readonly onRan: (run: TestRun) => void;
}

export function testActs({ engine, found, state, source, looked, say, onSource, onState, onWhy, onRan }: TestActs): TestsHost {
  function edit(change: (tests: readonly Tree[]) => readonly Tree[], said?: string): void {
    const before = source();
    if (!before) return say(t("The package is no JSON at the moment: its text comes first."));
    onSource(setTests(before, looked(), change(testsOf(before, looked()))));
    if (said) say(said, () => onSource(before));
  }

  return {
    onWhy: (test) => onWhy(looked(), test),
    async onRunAll() {
      try {
        const run = await engine.ask("tests", null).answer;
        onRan(run);
        if (run.first) onWhy(run.first.segment, run.first.test);
      } catch (reason) {
        say(t("The tests could not be run: {reason}", { reason: reason instanceof Error ? reason.message : String(reason) }));
      }
    },
    onAdd() {
      const shown = found();
      const visitor = treeIn(state().visitor);
      if (!shown?.looked || !visitor) return say(t("The visitor is no JSON at the moment: their text comes first."));
      const { now, timeZone, looked: { segment: { member } } } = shown;
      const { context } = state();
      const name = t("{who} on {moment}", { who: shown.visitor ?? t("a visitor"), moment: moment(now, timeZone) });
      edit((all) => [...all, { name, visitor, now: rfc3339(now, timeZone), ...(Object.keys(context).length > 0 ? { context } : {}), member }]);
    },
    onRemove: (test) => edit((all) => all.filter((_, index) => index !== test), t("The test is deleted.")),
    onExpect: (test, member) => edit((all) => all.map((one, index) => (index === test ? { ...one, member } : one))),
    /** Its visitor and instant become the present ones; that can be undone. */
    onOpen(test) {
      const asked = testsOf(source(), looked())[test];
      const answer = found()?.looked?.tests[test];
      if (!asked || !isTree(asked["visitor"]) || !answer || answer.now === null) return;
      const { visitor, now, context } = state();
      onState({ visitor: pretty(asked["visitor"]), now: answer.now, context: isTree(asked["context"]) ? asked["context"] : {} });
      say(t("This is the visitor of the test “{name}”.", { name: testName(answer.name, test) }), () => onState({ visitor, now, context }));
    },
  };
}
