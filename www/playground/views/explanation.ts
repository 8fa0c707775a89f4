/** Why a visitor is in a segment, or is not: a paragraph, a table, and the smallest change that would make it otherwise. */
import type { ExplainedRule, Explanation, Json } from "regulars/engine";
import { segmentsIn } from "../document/package.ts";
import { at, isTree, type Tree } from "../document/tree.ts";
import { button, el, redraw, unseen } from "../dom.ts";
import { firstToChange, has, inTime, leftOutText, needs, oneMore, partName, when, type Wording } from "../explained.ts";
import type { Case } from "../protocol.ts";
import { t } from "../speech.ts";
import { away, moment, nearDay } from "../time.ts";
import { cellName, listed } from "../words.ts";

/** Days that are named in a cell of the table. */
const NAMED = 4;

/** What is explained: the present visitor, or the visitor of a test. */
export interface Subject {
  readonly explanation: Explanation | null;
  /** Of a test, what it is called and whether it came true. */
  readonly test: { readonly name: string; readonly passes: boolean; readonly expected: boolean } | null;
}

export interface ExplanationView {
  readonly element: HTMLElement;
  readonly draw: (found: Case, source: Tree | null, subject: Subject) => void;
  readonly focus: () => void;
}

export function explanationView(onPart: (pointer: string) => void, onBack: () => void): ExplanationView {
  const title = el("h2", { id: "why-title", tabindex: -1 });
  const instant = el("p", { class: "sub" });
  const back = button(t("Back to the visitor"), onBack, { class: "button small", id: "why-back" });
  const body = el("div", { class: "why-body" });
  const element = el("section", { class: "card why", "aria-labelledby": "why-title" }, el("header", { class: "card-head" }, title, instant, back), body);

  return {
    element,
    focus: () => title.focus({ preventScroll: false }),
    draw(found, source, { explanation, test }) {
      const { looked, timeZone, currency, visitor } = found;
      const name = looked?.segment.name ?? "";
      back.hidden = test === null;
      element.dataset["test"] = test ? (test.passes ? "passes" : "fails") : "";
      const who = (test ? null : visitor) ?? t("this visitor");
      if (!explanation) {
        title.textContent = t("Why");
        instant.textContent = "";
        redraw(body, el("p", { class: "why-none" }, looked ? t("{name} has an error and never matches; the text of the package says which.", { name }) : t("There is no segment to explain yet.")));
        return;
      }
      const wording: Wording = { now: explanation.now, timeZone, currency };
      const { matched } = explanation;
      title.textContent = test
        ? t(test.passes ? "Why the test “{test}” passes" : "Why the test “{test}” fails", { test: test.name })
        : t(matched ? "Why {who} is in {name}" : "Why {who} is not in {name}", { who, name });
      instant.textContent = t("on {moment}", { moment: moment(explanation.now, timeZone) });
      redraw(body, test && !test.passes ? el("p", { class: "why-verdict" }, t(test.expected ? "The test expects a member, and this visitor is none." : "The test expects no member, and this visitor is one.")) : null,
        paragraph(explanation, who, source, wording), table(explanation, found, source, wording, onPart), ...changes(explanation, who, wording));
    },
  };
}

function namesOf(source: Tree | null): (id: string) => string {
  return (id) => segmentsIn(source).find((segment) => segment.id === id)?.name ?? id;
}

/** Of a segment that keeps, the rule itself is one step down. */
const ruleAt = (source: Tree | null, path: string): Json | undefined => at(source ?? undefined, path.replace(/\/keep$/, "/rule"));

function paragraph(explanation: Explanation, who: string, source: Tree | null, wording: Wording): HTMLElement {
  const { matched, children = [], holdsUntil, partial } = explanation;
  const segmentName = namesOf(source);
  const rule = ruleAt(source, explanation.path);
  const isAny = isTree(rule) && rule["any"] !== undefined;
  const true_ = children.filter((child) => child.matched).length;
  const wrong = children.filter((child) => !child.matched).map((child) => partName(ruleAt(source, child.path), segmentName));
  const state = children.length < 2
    ? t(matched ? "What the rule asks for is true." : "What the rule asks for is not true.")
    : matched
      ? (isAny ? t("{count} of {all} parts are true, and one is enough.", { count: true_, all: children.length }) : t("All {all} parts are true.", { all: children.length }))
      : (isAny ? t("None of {all} parts is true, and one would be enough.", { all: children.length }) : t("{count} of {all} parts are true; what is missing is {parts}.", { count: true_, all: children.length, parts: listed(wrong) }));
  const rest: (Node | string)[] = [];
  if (holdsUntil === null) rest.push(" ", t("Without anything new this stays so for the next 400 days."));
  else {
    const first = firstToChange(explanation);
    rest.push(" ", t("The first to change is"), " ", el("b", { class: "why-part" }, partName(ruleAt(source, first.path), segmentName)), ": ",
      t(matched ? "{who} leaves on" : "{who} enters on", { who }), " ", el("time", { datetime: new Date(holdsUntil).toISOString() }, when(holdsUntil, wording)), `, ${away(holdsUntil, wording.now)}.`);
  }
  if (partial) rest.push(" ", t("The history is not complete as far back as the rule looks."));
  return el("p", { class: "why-text" }, state, ...rest);
}

function table(explanation: Explanation, found: Case, source: Tree | null, wording: Wording, onPart: (pointer: string) => void): HTMLElement {
  const first = explanation.holdsUntil === null ? null : firstToChange(explanation);
  const rows: HTMLElement[] = [];
  const segmentName = namesOf(source);
  const cell = (id: string | null): string => cellName(id, found.cells);
  const add = (part: ExplainedRule, depth: number): void => {
    const rule = ruleAt(source, part.path);
    const { matched, evidence = [], children = [], holdsUntil } = part;
    const days = evidence.slice(-NAMED).map((event) => nearDay(event.at, wording.now, wording.timeZone));
    const more = evidence.length - days.length;
    const counted = evidence.length === 0 ? "" : more > 0 ? t("{count} more, {days}", { count: more, days: days.join(", ") }) : days.join(", ");
    const left = leftOutText(part);
    rows.push(el("tr", { "data-path": part.path, "data-matched": String(matched), "data-first": String(part === first) },
      el("th", { scope: "row", class: `depth-${Math.min(depth, 4)}` },
        el("span", { class: `state ${matched ? "good" : "bad"}`, "aria-hidden": "true" }, matched ? "✓" : "✕"), unseen(t(matched ? "true: " : "not true: ")),
        button(partName(rule, segmentName), () => onPart(part.path), { class: "part", "data-key": `part-${part.path}`, title: part.sentence })),
      el("td", {}, needs(rule, segmentName, cell, wording)),
      el("td", { class: "has" }, has(part, rule, cell, wording)),
      el("td", {}, counted, left && el("span", { class: "row-note" }, t("left out: {what}", { what: left }))),
      el("td", { class: "until" }, holdsUntil === null ? t("stays so") : el("time", { datetime: new Date(holdsUntil).toISOString() }, when(holdsUntil, wording)))));
    for (const child of children) add(child, depth + 1);
  };
  const root = explanation.children ?? [];
  if (root.length > 0 && isTree(ruleAt(source, explanation.path)) && (ruleAt(source, explanation.path) as Tree)["all"] !== undefined) for (const child of root) add(child, 0);
  else add(explanation, 0);
  return el("div", { class: "scroll why-scroll", tabindex: 0, role: "region", "aria-label": t("Parts of the rule") },
    el("table", { class: "lines parts" },
      el("caption", { class: "unseen" }, t("Parts of the rule: what each needs, what the visitor has, what was counted, and until when it holds")),
      el("thead", {}, el("tr", {}, ...["Part", "Needs", "Has", "Counted", "Holds until"].map((head) => el("th", { scope: "col" }, t(head))))),
      el("tbody", {}, ...rows)));
}

/** What keeps the visitor in, and what would turn the answer. */
function changes({ flips, keeps, matched }: Explanation, who: string, wording: Wording): HTMLElement[] {
  const found: HTMLElement[] = [];
  if (keeps) {
    found.push(el("p", { class: "smallest", "data-change": "keeps" }, el("b", {}, t("What keeps {who} in:", { who })), " ",
      keeps.latest === null ? `${oneMore(keeps, wording)}.` : `${t("{what} by {moment}", { what: oneMore(keeps, wording), moment: inTime(keeps.latest, wording) })}.`));
  }
  if (flips && (!matched || !("wait" in flips))) {
    const text = "wait" in flips ? t("waiting until {moment}.", { moment: when(flips.wait, wording) })
      : flips.latest === null ? `${oneMore(flips, wording)}.` : `${t("{what} by {moment}", { what: oneMore(flips, wording), moment: inTime(flips.latest, wording) })}.`;
    found.push(el("p", { class: "smallest", "data-change": "flips" }, el("b", {}, t(matched ? "What takes {who} out:" : "What gets {who} in:", { who })), " ", text));
  }
  if (!flips) found.push(el("p", { class: "smallest none", "data-change": "none" }, t("Neither waiting nor one more event changes this.")));
  return found;
}
