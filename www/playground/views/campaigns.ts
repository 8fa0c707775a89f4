/** Every slot: what it shows this visitor, why, and why each other campaign lost. */
import type { Decision, Json } from "regulars/engine";
import { campaignsIn } from "../document/package.ts";
import { isTree, textOf, type Tree } from "../document/tree.ts";
import { el, redraw, setText } from "../dom.ts";
import type { Case } from "../protocol.ts";
import { t } from "../speech.ts";
import { moment } from "../time.ts";
import { count } from "../words.ts";

export interface CampaignsView {
  readonly element: HTMLElement;
  readonly draw: (found: Case, source: Tree | null) => void;
}

const REASONS: { readonly [reason: string]: string } = {
  schedule: "It is not its time.", consent: "The visitor has not agreed to its purpose.", when: "Its rule is not true for this visitor.",
  partial: "Its rule is true, but the history is not complete enough to be sure.", cap: "It has been shown often enough.",
  priority: "Another campaign has a higher priority.", variant: "The visitor is outside the share that sees it.", popup: "There is a pop-up already.",
};

export function campaignsView(onShow: (place: number) => void): CampaignsView {
  const summary = el("p", { class: "sub" });
  const body = el("div", { class: "slots" });
  const none = el("p", { class: "empty" }, t("This package has no campaigns."));
  const element = el("section", { class: "card campaigns", "aria-labelledby": "campaigns-title" },
    el("header", { class: "card-head" }, el("h2", { id: "campaigns-title" }, t("Campaigns")), summary), body, none);

  return {
    element,
    draw(found, source) {
      const campaigns = campaignsIn(source);
      none.hidden = campaigns.length > 0;
      setText(summary, campaigns.length === 0 ? "" : t("what {count} slots show this visitor", { count: found.decisions.length }));
      redraw(body, ...found.decisions.map((decision) => slot(decision, campaigns, found, onShow)));
    },
  };
}

function slot(decision: Decision, campaigns: readonly Tree[], { timeZone }: Case, onShow: (place: number) => void): HTMLElement {
  const { holdsUntil, heldOut, content, variant } = decision;
  const own = campaigns.filter((campaign) => textOf(campaign["slot"]) === decision.slot);
  const until = holdsUntil === null ? t("no change by itself in 400 days") : t("until {moment}", { moment: moment(holdsUntil, timeZone) });
  return el("article", { class: "slot", "data-slot": decision.slot, "data-campaign": decision.campaign ?? "" },
    el("header", { class: "slot-head" }, el("h3", {}, t("Slot “{name}”", { name: decision.slot })), el("p", { class: "sub" }, until)),
    preview(content, decision.campaign === null ? t("Nothing is shown.") : heldOut ? t("Held out: this visitor is shown nothing, so that the effect can be measured.") : null),
    el("ul", { class: "candidates", "aria-label": t("Campaigns for {name}", { name: decision.slot }) }, ...own.map((campaign) => {
      const id = textOf(campaign["id"]);
      const shown = id === decision.campaign;
      const reason = decision.rejected.find((other) => other.campaign === id)?.reason;
      const variants = Array.isArray(campaign["variants"]) ? (campaign["variants"] as readonly Json[]).length : 0;
      return el("li", { "data-campaign": id, "data-reason": shown ? "shown" : (reason ?? "") },
        el("span", { class: `state ${shown ? "good" : "off"}`, "aria-hidden": "true" }, shown ? "✓" : "–"),
        el("span", {}, el("button", { type: "button", class: "link", "data-key": `campaign-${id}`, onclick: () => onShow(campaigns.indexOf(campaign)) }, textOf(campaign["name"]) || id),
          el("span", { class: "row-note" }, shown ? t(variants > 1 ? "Shown, variant {variant}." : "Shown.", { variant: variant ?? "" }) : t(REASONS[reason ?? ""] ?? "It is broken.")),
        ), el("span", { class: "sub" }, t("priority {number}", { number: count(Number(campaign["priority"] ?? 0)) })));
    })));
}

/** As a shop might draw it: the usual keys of a content; anything else as it stands. */
function preview(content: Json, instead: string | null): HTMLElement {
  if (instead !== null) return el("p", { class: "preview none" }, instead);
  const fields = isTree(content) ? content : {};
  const [title, text, label] = [textOf(fields["title"]), textOf(fields["text"]), textOf(fields["button"])];
  if (!title && !text) return el("pre", { class: "preview raw" }, JSON.stringify(content, null, 2));
  return el("div", { class: "preview" }, title && el("p", { class: "preview-title" }, title), text && el("p", {}, text), label && el("span", { class: "preview-button" }, label));
}

