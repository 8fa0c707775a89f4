/** The playground: two texts and an instant in, and what the engine makes of them out. */
import { el } from "./dom.ts";
import { latest, startEngine } from "./engine.ts";
import type { Audience, Case, CaseReport } from "./protocol.ts";
import { example, keepState, readState, type State } from "./state.ts";
import { dropping } from "./views/dropping.ts";
import { editorsView, type TextName } from "./views/editors.ts";
import { gridView } from "./views/grid.ts";
import { noticesView } from "./views/notices.ts";
import { ordersView } from "./views/orders.ts";
import { pastView } from "./views/past.ts";
import { segmentsView } from "./views/segments.ts";
import { stageView } from "./views/stage.ts";

const KEEP_AFTER = 250;
const SLOW = 5_000;
/** Counting a large file takes a while, and meanwhile the engine answers nothing else: it waits for a pause in the typing. */
const PAUSE = 150;

let state = readState();
let found: Case | null = null;
let audience: Audience | null = null;
/** For which package and instant the audience was asked. */
let countedFor = "";
let keeping = 0;
let slow = 0;
let counting = 0;

const notices = noticesView();
const engine = startEngine((again) => {
  orders.lost();
  audience = null;
  countedFor = "";
  if (again) {
    notices.say("worker", "The engine stopped and was started again.");
    ask();
  } else {
    notices.say("worker", "The engine keeps stopping. Perhaps something in the texts is too much for this browser.", { label: "Start the engine", act: () => engine.restart() });
  }
});

const askCase = latest(engine, "case", {
  onAnswer(report) {
    settle();
    draw(report);
  },
  onFailure(reason) {
    settle();
    notices.say("failure", `The engine could not answer: ${reason.message}`);
  },
});

const askAudience = latest(engine, "audience", {
  onAnswer(answer) {
    audience = answer;
    if (found) drawCounts(found);
  },
  onFailure(reason) {
    countedFor = "";
    notices.say("failure", `The customers could not be counted: ${reason.message}`);
  },
});

const editors = editorsView({ package: state.package, visitor: state.visitor }, (name, text) => change({ [name]: text }));
const stage = stageView((now) => change({ now }), (name) => editors.show(name, ""));
const segments = segmentsView((index) => editors.show("package", `/segments/${index}`));
const grid = gridView();
const past = pastView(stage.move);
const orders = ordersView({
  engine,
  found: () => found,
  onMove: stage.move,
  onOrders() {
    audience = null;
    countedFor = "";
    if (found) count(found);
  },
});

function ask(): void {
  clearTimeout(slow);
  slow = window.setTimeout(() => {
    if (found) notices.say("slow", "The engine is still at work on this.", { label: "Stop it", act: () => engine.restart() });
    else notices.say("slow", "The engine is still being loaded.");
  }, SLOW);
  askCase(state);
}

function settle(): void {
  clearTimeout(slow);
  notices.unsay("slow");
  notices.unsay("failure");
}

function change(part: Partial<State>): void {
  state = { ...state, ...part };
  clearTimeout(keeping);
  keeping = window.setTimeout(() => {
    if (!keepState(state)) notices.say("storage", "This browser keeps nothing for this page: your texts are lost when you leave.");
  }, KEEP_AFTER);
  ask();
}

function draw(report: CaseReport): void {
  editors.draw("package", report.package);
  editors.draw("visitor", report.visitor);
  const behind = (["package", "visitor"] as TextName[]).filter((name) => !report[name].used);
  answers.dataset["stale"] = String(behind.length > 0);
  if (!report.case) {
    notices.say("nothing", `There is no ${behind.join(" and no ")} to answer with yet.`, { label: "Show what is wrong", act: () => editors.show(behind[0] ?? "package", "") });
    return upgradeOnce();
  }
  notices.unsay("nothing");
  found = report.case;
  stage.draw(found, behind);
  segments.draw(found);
  past.draw(found);
  answers.dataset["ready"] = "true";
  drawCounts(found);
  count(found, report.package.text);
  upgradeOnce();
}

function drawCounts(shown: Case): void {
  grid.draw(shown, audience);
  orders.draw(shown, audience);
}

/** The customers are counted again only when the package or the instant has changed. */
function count(shown: Case, text = state.package): void {
  const key = `${shown.now} ${text}`;
  if (!orders.isOpen()) {
    drawCounts(shown);
    return;
  }
  if (key === countedFor) return;
  countedFor = key;
  clearTimeout(counting);
  counting = window.setTimeout(() => askAudience({ now: shown.now }), audience ? PAUSE : 0);
}

let upgraded = false;

/** The better editor is large: it comes when the first answers are on the screen. */
function upgradeOnce(): void {
  if (upgraded) return;
  upgraded = true;
  requestAnimationFrame(() => void editors.upgrade().catch(() => notices.say("editor", "The editor could not be loaded; the plain field does the same.")));
}

function startAgain(): void {
  const before = state;
  replaceAll(example);
  notices.say("again", "This is the example again.", { label: "Undo", act: () => replaceAll(before) });
}

function replaceAll(next: State): void {
  editors.setText("package", next.package);
  editors.setText("visitor", next.visitor);
  change(next);
}

const answers = el("div", { class: "answers" }, stage.element, el("div", { class: "pair" }, segments.element, grid.element), past.element, orders.element);
const main = document.getElementById("main");
main?.replaceChildren(notices.element, answers, editors.element);
document.getElementById("start-again")?.addEventListener("click", startAgain);
document.body.append(dropping(orders.open));
ask();
