/** The present segment as code for a page: script tag, npm, React. */
import { segmentsIn } from "../document/package.ts";
import { packageText, snippetsFor } from "../document/snippets.ts";
import type { Tree } from "../document/tree.ts";
import { button, el, setText } from "../dom.ts";
import type { Engine } from "../engine.ts";
import { save } from "../save.ts";
import { t } from "../speech.ts";
import { openDialog } from "./dialog.ts";

/** Whether there is such a segment. */
export function codeOf(source: Tree | null, segment: string, engine: Engine): boolean {
  const part = segmentsIn(source).find(({ id }) => id === segment);
  if (source && part) openCode({ source, segment, name: part.name, plan: (text) => engine.ask("plan", text).answer });
  return part !== undefined;
}

interface CodeHost {
  readonly source: Tree;
  readonly segment: string;
  readonly name: string;
  /** The bytes that pages load; `null`: the package is refused. */
  readonly plan: (text: string) => Promise<Uint8Array | null>;
}

const TITLES = { script: "Script tag", npm: "npm", react: "React" } as const;

function openCode({ source, segment, name, plan }: CodeHost): void {
  const text = packageText(source, segment);
  const said = el("p", { class: "sub", role: "status" });
  const snippets = snippetsFor(segment);
  const copy = (what: string, code: string): HTMLElement => button(t("Copy"), () => {
    navigator.clipboard.writeText(code).then(() => setText(said, t("{what} is copied.", { what })), () => setText(said, t("The browser did not let it be copied: select it and copy it by hand.")));
  }, { class: "button small", "aria-label": t("Copy {what}", { what }) });
  const download = button(t("Download regulars.plan"), () => {
    plan(text).then((bytes) => {
      if (bytes) save(new Blob([new Uint8Array(bytes)], { type: "application/octet-stream" }), "regulars.plan");
      else setText(said, t("The package is refused: its text says why."));
    }, () => setText(said, t("The plan could not be made.")));
  }, { class: "button primary", id: "download-plan" });

  const tabs = snippets.map(({ kind, file, code }, index) => {
    const panel = el("div", { role: "tabpanel", id: `code-${kind}`, "aria-labelledby": `code-tab-${kind}`, hidden: index > 0 },
      el("div", { class: "code-head" }, el("code", {}, file), copy(t(TITLES[kind]), code)),
      el("pre", { class: "snippet", tabindex: 0, role: "region", "aria-label": file, "data-snippet": kind }, code));
    const tab: HTMLButtonElement = el("button", { type: "button", role: "tab", id: `code-tab-${kind}`, "aria-controls": `code-${kind}`, onclick: () => choose(index),
      onkeydown: (event: KeyboardEvent) => {
        const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (step !== 0) choose((index + step + snippets.length) % snippets.length, true);
      } }, t(TITLES[kind]));
    return { tab, panel };
  });
  function choose(chosen: number, focus = false): void {
    tabs.forEach(({ tab, panel }, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      panel.hidden = index !== chosen;
    });
    if (focus) tabs[chosen]?.tab.focus();
  }
  choose(0);

  openDialog(t("The code for {name}", { name }),
    el("ol", { class: "steps" },
      el("li", {}, el("p", {}, t("Put the plan where your pages can load it. It holds this segment and those it refers to; it is made of the package below.")), el("div", { class: "actions" }, download)),
      el("li", {}, el("p", {}, t("Ask for the segment on the page.")), el("div", { class: "tabs", role: "tablist", "aria-label": t("Code for") }, ...tabs.map(({ tab }) => tab)), ...tabs.map(({ panel }) => panel)),
      el("li", {}, el("details", {}, el("summary", {}, t("The package itself, for the version control of your shop")),
        el("div", { class: "code-head" }, el("code", {}, "segments.json"), copy("segments.json", text)),
        el("pre", { class: "snippet", tabindex: 0, role: "region", "aria-label": "segments.json", "data-snippet": "package" }, text),
        el("p", { class: "sub" }, t("{command} makes the plan of it.", { command: "npx regulars build segments.json --out regulars.plan" }))))),
    said);
}
