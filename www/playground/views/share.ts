/** The case as a link, and a link as a case. */
import { pretty } from "../document/format.ts";
import { fragmentOf, type Shared } from "../document/link.ts";
import { withoutTests } from "../document/package.ts";
import { treeIn, type Tree } from "../document/tree.ts";
import { button, el, setText } from "../dom.ts";
import { t } from "../speech.ts";
import type { State } from "../state.ts";
import { bytes, count } from "../words.ts";
import { openDialog } from "./dialog.ts";

/** `linkOf`: the address with everything in it; with the visitors, if that is wanted. */
export function openShare(linkOf: (visitors: boolean) => Promise<string>): void {
  const visitors = el("input", { type: "checkbox", id: "share-visitors" });
  const link = el("textarea", { class: "field link-text", id: "share-link", readonly: true, rows: 4, spellcheck: "false" });
  const said = el("p", { class: "sub", role: "status" });
  const copy = button(t("Copy link"), () => {
    navigator.clipboard.writeText(link.value).then(() => setText(said, t("Copied: {count} characters.", { count: count(link.value.length) })), () => {
      link.select();
      setText(said, t("The browser did not let it be copied: it is selected, copy it by hand."));
    });
  }, { class: "button primary", id: "share-copy" });
  let turn = 0;
  const make = async (): Promise<void> => {
    const mine = ++turn;
    const made = await linkOf(visitors.checked);
    if (mine !== turn) return;
    link.value = made;
    setText(said, made.length > 8000 ? t("This link is long ({size}); some programs cut such links.", { size: bytes(made.length) }) : "");
  };
  visitors.addEventListener("change", () => void make());
  openDialog(t("Copy a link to this case"),
    el("p", {}, t("Everything is in the link itself, after the #, which browsers send to no server: the package, the segment and the moment.")),
    el("div", { class: "checks" }, el("label", {}, visitors, el("span", {}, t("With the visitor and the visitors of the tests")))),
    el("label", { for: "share-link", class: "unseen" }, t("Link")), link,
    el("div", { class: "actions" }, copy), said);
  copy.focus();
  void make();
}

/** Minified if it is JSON; else as it stands. */
const partOf = (text: string): Tree | string => treeIn(text) ?? text;

/** The visitor, and those in the tests, go along only when asked for. */
export function shareOf(state: State, visitors: boolean): Promise<string> {
  const source = partOf(state.package);
  const shared: Shared = {
    package: visitors || typeof source === "string" ? source : withoutTests(source),
    segment: state.segment, now: state.now,
    ...(Object.keys(state.context).length > 0 ? { context: state.context } : {}),
    ...(visitors ? { visitor: partOf(state.visitor) } : {}),
  };
  return fragmentOf(shared);
}

/** The case of a link; what it does not bring is one's own. */
export function stateOf(shared: Shared, own: State): State {
  const text = (part: Shared["package"]): string => (typeof part === "string" ? part : pretty(part));
  const source = text(shared.package);
  return {
    package: source, saved: source, segment: shared.segment, now: shared.now, context: shared.context ?? {},
    visitor: shared.visitor === undefined ? own.visitor : text(shared.visitor),
  };
}
