/** The tests of the segment that is looked at: its examples, which travel with the package. */
import { passes, testName } from "../passes.ts";
import { button, el, redraw, setText, unseen } from "../dom.ts";
import type { Case, TestAnswer, TestRun } from "../protocol.ts";
import { t } from "../speech.ts";
import { moment } from "../time.ts";

export interface TestsHost {
  /** Keeps the present moment as a test of the segment. */
  readonly onAdd: () => void;
  readonly onRemove: (test: number) => void;
  /** The other answer is the right one. */
  readonly onExpect: (test: number, member: boolean) => void;
  /** Shows why a test comes out as it does. */
  readonly onWhy: (test: number) => void;
  /** Makes the test's visitor and instant the ones that are looked at. */
  readonly onOpen: (test: number) => void;
  readonly onRunAll: () => Promise<void>;
}

export interface TestsView {
  readonly element: HTMLElement;
  readonly draw: (found: Case) => void;
  readonly ran: (run: TestRun) => void;
}

export function testsView(host: TestsHost): TestsView {
  const state = el("span", { class: "pill", role: "status" });
  const list = el("ul", { class: "tests" });
  const none = el("p", { class: "empty" }, t("No tests yet. A test keeps this visitor and this moment, and what the answer should be."));
  const all = el("p", { class: "sub tests-all", role: "status" });
  const add = button(t("Add this moment as a test"), host.onAdd, { class: "button small", id: "add-test" });
  const element = el("section", { class: "card tests-card", "aria-labelledby": "tests-title" },
    el("header", { class: "card-head" }, el("h2", { id: "tests-title" }, t("Tests")), state, button(t("Run all"), () => void host.onRunAll(), { class: "button small head-action", id: "run-all", title: t("The tests of all segments") })),
    list, none, el("div", { class: "actions tests-actions" }, add), all);

  return {
    element,
    draw(found) {
      const tests = found.looked?.tests ?? [];
      const good = tests.filter(passes).length;
      state.hidden = tests.length === 0;
      state.className = `pill ${good === tests.length ? "in" : "broken"}`;
      setText(state, t("{good} of {all} pass", { good, all: tests.length }));
      none.hidden = tests.length > 0;
      add.disabled = !found.looked || found.looked.segment.broken;
      redraw(list, ...tests.map((test, index) => row(test, index, found, host)));
      if (all.textContent !== "" && all.dataset["of"] !== JSON.stringify(tests)) setText(all, "");
    },
    ran({ passed, failed }) {
      setText(all, failed === 0 ? t("All {count} tests of all segments pass.", { count: passed }) : t("{failed} of {all} tests of all segments fail.", { failed, all: passed + failed }));
    },
  };
}

function row(test: TestAnswer, index: number, { timeZone }: Case, { onRemove, onExpect, onWhy, onOpen }: TestsHost): HTMLElement {
  const good = passes(test);
  const name = testName(test.name, index);
  const outcome = test.unreadable ? t("cannot be read")
    : good ? t(test.actual ? "in" : "not in") : t(test.actual ? "in, expected not in" : "not in, expected in");
  const named = (text: string): (Node | string)[] => [text, unseen(`: ${name}`)];
  return el("li", { "data-test": index, "data-passes": String(good) },
    el("span", { class: `state ${good ? "good" : "bad"}`, "aria-hidden": "true" }, good ? "✓" : "✕"),
    el("div", { class: "test-text" },
      el("button", { type: "button", class: "link test-name", "data-key": `test-${index}`, onclick: () => onWhy(index), title: t("Show why") }, unseen(t(good ? "passes: " : "fails: ")), name),
      el("span", { class: "row-note" }, [test.now !== null && moment(test.now, timeZone), outcome].filter(Boolean).join(" · ")),
      el("span", { class: "test-actions" },
        el("button", { type: "button", class: "link small", "data-key": `test-open-${index}`, onclick: () => onOpen(index), disabled: test.unreadable }, ...named(t("Look at it"))),
        !good && !test.unreadable && el("button", { type: "button", class: "link small", "data-key": `test-expect-${index}`, onclick: () => onExpect(index, test.actual) }, ...named(t("That is right"))),
        el("button", { type: "button", class: "link small", "data-key": `test-remove-${index}`, onclick: () => onRemove(index) }, ...named(t("Delete"))))));
}
