/** The case as a link. */
import { button, el, setText } from "../dom.ts";
import { t } from "../speech.ts";
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
