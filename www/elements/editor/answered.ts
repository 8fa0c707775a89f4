/** The engine's last answer, as the rows ask for it. */
import type { Cell, Description, ExplainedRule, Explanation } from "regulars/engine";
import type { Counts, LookAnswer } from "../types.js";
import { isInside, type Value } from "./pointer.js";
import { rowAt } from "./tree.js";
import type { Shown } from "./view/desk.js";
import { type Spoken, spoken } from "./view/sentence.js";

export class Answered {
  readonly shown: readonly Shown[];
  /** Problems that are not of this rule, and break it all the same. */
  readonly around: readonly Shown[];
  readonly sentence: readonly Spoken[];
  /** The sentence is one of before: the rule cannot be put in words now. */
  readonly stale: boolean;
  readonly text: string;
  readonly counts: Counts | null;
  readonly cells: readonly Cell[];
  readonly explanation: Explanation | null;
  private readonly nodes = new Map<string, ExplainedRule>();
  private readonly byRow = new Map<string, Shown[]>();

  /** `start`: where the rule stands in the package; `before`: the sentence of the answer before. */
  constructor(answer: LookAnswer | null, private readonly start: string, rule: Value, before: readonly Spoken[]) {
    const problems = answer?.problems ?? [];
    const own = problems.filter(({ pointer }) => isInside(pointer, start) && start !== "");
    this.shown = own.map((problem, index) => ({ problem, id: `problem-${index}`, pointer: problem.pointer.slice(start.length) }));
    for (const one of this.shown) {
      const row = rowAt(rule, one.pointer);
      this.byRow.set(row, [...(this.byRow.get(row) ?? []), one]);
    }
    const around = problems.filter(({ pointer, severity }) => severity === "error" && !pointer.startsWith("/segments/") && !pointer.startsWith("/campaigns/"));
    this.around = around.map((problem, index) => ({ problem, id: `around-${index}`, pointer: problem.pointer }));
    const description: Description | null = answer?.description ?? null;
    const broken = own.some(({ severity }) => severity === "error");
    this.sentence = description === null ? (broken ? before : []) : spoken(rule, description.phrases, start);
    this.stale = description === null && this.sentence.length > 0;
    this.text = this.sentence.map(({ text }) => text).join("");
    this.counts = answer?.counts ?? null;
    this.cells = answer?.cells ?? [];
    this.explanation = answer?.explanation ?? null;
    if (this.explanation) this.note(this.explanation);
  }

  private note(node: ExplainedRule): void {
    if (!this.nodes.has(node.path)) this.nodes.set(node.path, node);
    node.children?.forEach((child) => this.note(child));
  }

  problemsOf(row: string): readonly Shown[] {
    return this.byRow.get(row) ?? [];
  }

  about(pointer: string): { readonly ids: string | null; readonly wrong: boolean } {
    const said = this.shown.filter((one) => isInside(one.pointer, pointer));
    return { ids: said.length > 0 ? said.map(({ id }) => id).join(" ") : null, wrong: said.some(({ problem }) => problem.severity === "error") };
  }

  count(pointer: string): number | null {
    return this.counts?.rows[this.start + pointer] ?? null;
  }

  matched(pointer: string): boolean | null {
    return this.nodes.get(this.start + pointer)?.matched ?? null;
  }
}
