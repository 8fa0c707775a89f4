/** Members of a segment as a list of hashed e-mail addresses, for Google Ads and for Meta. */
import { button, el, setText } from "../dom.ts";
import type { ListKind, ListMade, SegmentAnswer } from "../protocol.ts";
import { save } from "../save.ts";
import { t } from "../speech.ts";
import { count } from "../words.ts";
import { openDialog } from "./dialog.ts";
import type { Layout } from "./mapping.ts";

export interface ListHost {
  readonly segment: SegmentAnswer;
  readonly now: number;
  readonly layout: Layout;
  readonly make: (kind: ListKind, email: number) => Promise<ListMade>;
}

const TITLES: Record<ListKind, string> = { google: "Google Ads, Customer Match", meta: "Meta, customer list" };
/** Meta advises against lists of fewer people. */
const FEW = 100;

export function openList({ segment, now, layout, make }: ListHost): void {
  const { columns, email } = layout;
  const said = el("p", { class: "sub", role: "status" });
  if (email < 0) {
    openDialog(t("An ad list of {name}", { name: segment.name }), el("p", { class: "refusal", role: "alert" },
      t("This order file has no column with e-mail addresses, so there is nothing to hash. Add a column “email” to the file and read it again.")));
    return;
  }
  const select = el("select", { class: "field", id: "list-column" }, ...columns.map((column, index) => el("option", { value: index }, column || t("column {number}", { number: index + 1 }))));
  select.value = String(email);
  const download = (kind: ListKind): HTMLButtonElement => button(t(TITLES[kind]), () => {
    setText(said, t("Hashing …"));
    make(kind, Number(select.value)).then((made) => {
      if (made.addresses === 0) return setText(said, t("None of the {count} members has an e-mail address in this column: no file was made.", { count: count(made.members) }));
      save(made.list, `${segment.id || "members"}-${kind}-${new Date(now).toISOString().slice(0, 10)}.csv`);
      setText(said, [
        t("{addresses} addresses of {reached} of {members} members.", { addresses: count(made.addresses), reached: count(made.withAddress), members: count(made.members) }),
        made.unreadable > 0 && t("{count} cells are no address and were left out.", { count: count(made.unreadable) }),
        made.addresses < FEW && t("That is few: both networks match well only from some hundreds on."),
      ].filter(Boolean).join(" "));
    }, (reason: unknown) => setText(said, t("The list could not be made: {reason}", { reason: reason instanceof Error ? reason.message : String(reason) })));
  }, { class: "button primary", "data-kind": kind });
  openDialog(t("An ad list of {name}", { name: segment.name }),
    el("p", {}, t("The file is made in this browser: one column, “Email” for Google Ads and “email” for Meta, with one SHA-256 hash in lower-case hexadecimal a line, each address once, in the order of the hashes.")),
    el("p", {}, t("Before an address is hashed, the blanks around it are taken away and it is written in lower case. Nothing else is changed: dots and what follows a plus sign stay.")),
    el("div", { class: "form" }, el("label", { for: "list-column" }, t("Column with the e-mail addresses")), select),
    el("p", { class: "sub" }, t("Hashing hides no one who is known to the network: upload only addresses you may use for advertising.")),
    el("div", { class: "actions" }, download("google"), download("meta")), said);
}
