/** The playground: a package, a visitor and an instant in, and what the engine makes of them out. */
import "regulars/define";
import type { EditorEngine } from "regulars/elements";
import { pretty } from "./document/format.ts";
import { treeIn, type Tree } from "./document/tree.ts";
import { el } from "./dom.ts";
import { latest, startEngine } from "./engine.ts";
import { onFirstLook } from "./first-look.ts";
import { passes, testName } from "./passes.ts";
import type { OpenedLink } from "./opened-link.ts";
import type { Audience, Case, CaseReport } from "./protocol.ts";
import { beginSpeech, t } from "./speech.ts";
import { example, keepState, loadExample, readState, type State } from "./state.ts";
import type { Below } from "./views/below.ts";
import { editorsView, type TextName } from "./views/editors.ts";
import { examplesView } from "./views/examples.ts";
import { explanationView } from "./views/explanation.ts";
import { noticesView } from "./views/notices.ts";
import { pastView } from "./views/past.ts";
import { rulesView } from "./views/rules.ts";
import { stageView } from "./views/stage.ts";
import { topView } from "./views/top.ts";

const KEEP_AFTER = 250;
const SLOW = 5_000;
/** Counting a large file takes a while, and meanwhile the engine answers nothing else: it waits for a pause in the typing. */
const PAUSE = 600;

await Promise.all([beginSpeech(), loadExample()]);

/** The case of a link stays apart from one's own until it is said whose is kept. */
let link: OpenedLink | null = null;
let state = readState();
let found: Case | null = null;
let audience: Audience | null = null;
/** For which package and instant the audience was asked. */
let countedFor = "";
let [keeping, slow, counting, asking] = [0, 0, 0, 0];
/** The test whose explanation is shown instead of the visitor's. */
let shownTest: { readonly segment: string; readonly test: number } | null = null;

const notices = noticesView();
const engine = startEngine((again) => {
  below?.orders.lost();
  audience = null;
  countedFor = "";
  if (again) {
    notices.say("worker", t("The engine stopped and was started again."));
    ask();
  } else {
    notices.say("worker", t("The engine keeps stopping. Perhaps something in the texts is too much for this browser."), { label: t("Start the engine"), act: () => engine.restart() });
  }
});

const askCase = latest(engine, "case", {
  onAnswer(report) {
    settle();
    draw(report);
  },
  onFailure(reason) {
    settle();
    notices.say("failure", t("The engine could not answer: {reason}", { reason: reason.message }));
  },
});

const askAudience = latest(engine, "audience", {
  onAnswer(answer) {
    audience = answer;
    if (found) drawCounts(found);
  },
  onFailure(reason) {
    countedFor = "";
    notices.say("failure", t("The customers could not be counted: {reason}", { reason: reason.message }));
  },
});

/** The worker, as the rule editor asks it. */
const editorEngine: EditorEngine = {
  catalogue: () => engine.ask("catalogue", null).answer,
  look: (request) => engine.ask("look", request).answer,
};

const say = (text: string, undo?: () => void): void => notices.say("edit", text, undo && { label: t("Undo"), act: undo });
const source = (): Tree | null => treeIn(state.package);
const setSource = (next: Tree, segment = state.segment): void => change({ package: pretty(next), segment });
const looked = (): string => found?.looked?.segment.id ?? state.segment;

const rules = rulesView({ engine: editorEngine, onSource: setSource, onSegment: (segment) => look(segment), say });
const editors = editorsView(rules.head, rules.element, { package: state.package, visitor: state.visitor }, (name, text) => change({ [name]: text }),
  (text) => notices.say("editor", text));
const stage = stageView((now) => change({ now }), (name) => editors.show(name, ""), () => void editEvent(null));
const past = pastView(stage.move);
const why = explanationView((pointer) => {
  editors.show("rules");
  rules.reveal(pointer);
}, () => {
  shownTest = null;
  if (found) drawWhy(found);
  why.focus();
});
/** What stands further down comes when somebody begins to look around. */
let below: Below | null = null;
const further = el("div", { class: "further" });
const testsPlace = el("div", { class: "further short" });
async function showBelow(): Promise<void> {
  if (below) return;
  const { belowViews } = await import("./views/below.ts");
  if (below) return;
  below = belowViews({
    engine,
    found: () => found,
    onMove: stage.move,
    tests: {
      state: () => state, source, looked, say,
      onSource: (next) => {
        shownTest = null;
        setSource(next);
      },
      onState(part) {
        shownTest = null;
        change(part);
      },
      onWhy: (segment, test) => void showTest(segment, test),
    },
    onBroken: (place) => editors.show("package", `/segments/${place}`),
    onLook: look,
    onEvent: (place) => void editEvent(place),
    onContext: (next) => change({ context: next }),
    onCampaign: (place) => editors.show("package", `/campaigns/${place}`),
    onOrders() {
      audience = null;
      countedFor = "";
      if (found) count(found);
      rules.recount();
    },
  });
  stage.element.append(below.events.element, below.context.element);
  testsPlace.replaceWith(below.tests.element);
  further.replaceWith(el("div", { class: "pair" }, below.segments.element, below.grid.element), below.campaigns.element, below.orders.element);
  main.dataset["below"] = "true";
  if (found) drawBelow(found, below);
}
const examples = examplesView((next, name) => replaceAll(next, t("This is the example “{name}”.", { name })), (text) => notices.say("examples", text));
const top = topView({
  onCompare: () => void compare(),
  onCode: () => void code(),
  onShare: () => void share(),
  onAgain: () => replaceAll(example, t("This is the example again.")),
});

function ask(): void {
  clearTimeout(slow);
  slow = window.setTimeout(() => {
    if (found) notices.say("slow", t("The engine is still at work on this."), { label: t("Stop it"), act: () => engine.restart() });
    else notices.say("slow", t("The engine is still being loaded."));
  }, SLOW);
  clearTimeout(asking);
  // After the editor has asked for its counts: those are waited for while somebody types.
  asking = window.setTimeout(() => setTimeout(() => {
    const { package: text, visitor, now, segment, context: known } = state;
    askCase({ package: text, visitor, now, segment, context: known });
  }));
}

function settle(): void {
  clearTimeout(slow);
  notices.unsay("slow");
  notices.unsay("failure");
}

function change(part: Partial<State>): void {
  state = { ...state, ...part };
  // Whoever is still typing does not wait for all customers; they are counted when the answer has come.
  clearTimeout(counting);
  editors.setText("package", state.package);
  editors.setText("visitor", state.visitor);
  clearTimeout(keeping);
  keeping = window.setTimeout(() => {
    const kept = (link?.keep ?? keepState)(state);
    if (!kept) notices.say("storage", t("This browser keeps nothing for this page: your texts are lost when you leave."));
  }, KEEP_AFTER);
  drawState();
  ask();
}

/** What is drawn from the texts alone, without waiting for the engine. */
function drawState(): void {
  rules.draw(state);
  examples.draw(state);
  below?.context.draw(state.context);
}

function look(segment: string): void {
  shownTest = null;
  change({ segment });
}

function draw(report: CaseReport): void {
  editors.draw("package", report.package);
  editors.draw("visitor", report.visitor);
  const behind = (["package", "visitor"] as TextName[]).filter((name) => !report[name].used);
  answers.dataset["stale"] = String(behind.length > 0);
  if (!report.case) {
    notices.say("nothing", t("There is no {what} to answer with yet.", { what: behind.map((name) => t(name)).join(t(" and no ")) }), { label: t("Show what is wrong"), act: () => editors.show(behind[0] ?? "package", "") });
    return;
  }
  notices.unsay("nothing");
  found = report.case;
  stage.draw(found, behind);
  past.draw(found);
  drawWhy(found);
  main.dataset["ready"] = "true";
  answers.dataset["ready"] = "true";
  if (below) drawBelow(found, below);
  else watch();
  count(found, report.package.text);
}

function drawBelow(shown: Case, views: Below): void {
  const tree = source();
  views.tests.draw(shown);
  views.events.draw(shown);
  views.context.draw(state.context);
  views.segments.draw(shown, tree);
  views.campaigns.draw(shown, tree);
  drawCounts(shown);
}

let watched = false;
function watch(): void {
  if (watched) return;
  watched = true;
  onFirstLook([testsPlace, further], () => void showBelow().catch(() => notices.say("below", t("A part of the page could not be loaded."))));
}

function drawWhy(shown: Case): void {
  const test = shownTest && shownTest.segment === shown.looked?.segment.id ? shown.looked.tests[shownTest.test] : undefined;
  if (test && shownTest) return void explainTest(shownTest.segment, shownTest.test);
  shownTest = null;
  why.draw(shown, source(), { explanation: shown.looked?.explanation ?? null, test: null });
}

async function explainTest(segment: string, test: number): Promise<void> {
  const { explanation } = await engine.ask("why", { segment, test }).answer;
  const answer = found?.looked?.segment.id === segment ? found.looked.tests[test] : undefined;
  if (!found || !answer || shownTest?.test !== test || shownTest.segment !== segment) return;
  why.draw(found, source(), { explanation, test: { name: testName(answer.name, test), passes: passes(answer), expected: answer.expected } });
}

async function showTest(segment: string, test: number): Promise<void> {
  shownTest = { segment, test };
  if (segment !== looked()) return change({ segment });
  await explainTest(segment, test).catch((reason: Error) => say(reason.message));
  why.focus();
}

async function editEvent(place: number | null): Promise<void> {
  const { editEventOf } = await import("./views/event-form.ts");
  if (found) editEventOf({ visitor: state.visitor, found, place, say, onVisitor: (visitor) => change({ visitor }) });
}

async function compare(): Promise<void> {
  const { compareWithSaved } = await import("./views/compare.ts");
  compareWithSaved({ state, engine, change, say });
}

async function code(): Promise<void> {
  const { codeOf } = await import("./views/get-code.ts");
  if (!codeOf(source(), looked(), engine)) say(t("There is no segment to write code for."));
}

async function share(): Promise<void> {
  const { openShare, shareOf } = await import("./views/share.ts");
  openShare(async (visitors) => `${location.origin}${location.pathname}${await shareOf(state, visitors)}`);
}

function drawCounts(shown: Case): void {
  below?.grid.draw(shown, audience);
  below?.orders.draw(shown, audience);
}

/** The customers are counted again only when the package or the instant has changed. */
function count(shown: Case, text = state.package): void {
  const key = `${shown.now} ${text}`;
  if (!below?.orders.isOpen()) {
    drawCounts(shown);
    return;
  }
  if (key === countedFor) return;
  clearTimeout(counting);
  counting = window.setTimeout(() => {
    countedFor = key;
    askAudience({ now: shown.now });
  }, audience ? PAUSE : 0);
}

function replaceAll(next: State, said: string): void {
  const before = state;
  shownTest = null;
  change(next);
  editors.show("rules");
  notices.say("again", said, { label: t("Undo"), act: () => change(before) });
}

/** The case of the address, if it has one. One's own stays kept as it is. */
async function openLink(): Promise<void> {
  if (!location.hash.startsWith("#v")) return;
  const { openedLink } = await import("./opened-link.ts");
  const opened = await openedLink(location.hash, { notices, onKeep: change, onUse: () => change({}), onLeave: () => {
    link = null;
  } });
  if (!opened) return;
  link = opened;
  state = opened.state;
  editors.setText("package", state.package);
  editors.setText("visitor", state.visitor);
}

const answers = el("div", { class: "answers" }, further);
stage.element.append(past.element);
const main = document.getElementById("main") ?? document.body;
document.getElementById("top")?.append(...top);
main.before(examples.element);
main.replaceChildren(notices.element, editors.element, el("div", { class: "case", id: "case", tabindex: -1 }, stage.element, why.element, testsPlace), answers);
await openLink();
addEventListener("hashchange", () => {
  // Another link in the same tab; what was done with the one before is kept.
  if (location.hash.startsWith("#v1.") && location.hash !== link?.fragment) void openLink().then(() => change({}));
});
drawState();
ask();
