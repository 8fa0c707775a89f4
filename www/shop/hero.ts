// The hero slot: the banner that `decide` chose, and one line that says which campaign it is and until when.

import { el, setText } from "./dom.ts";
import { pictureUrl } from "./catalogue.ts";
import { moment } from "./words.ts";
import type { Shop } from "./visitor.ts";

type Content = { label: string; because: string; tone: string; art: string; kicker: string; title: string; text: string; button: string; href: string };

// What the slot shows when no campaign is chosen, or when there is no answer to be had.
const house: Content = {
  label: "", because: "", tone: "sand", art: "coat headphones", kicker: "Winter 2026", title: "Clothes and devices\nthat last.",
  text: "Twelve things we would buy again ourselves.", button: "See everything", href: "?category=clothes",
};

export type Hero = { element: HTMLElement; draw: (shop: Shop) => void; drawWithout: () => void };

export function createHero(): Hero {
  const banner = el("div", { class: "banner", "data-waiting": true });
  const campaign = el("strong");
  const reason = el("span");
  const until = el("time");
  const holds = el("span");
  const line = el("p", { class: "why", role: "status" });
  const element = el("section", { class: "hero", "aria-label": "For you" }, banner, line);
  let shown = "";

  function show(content: Content, key: string): void {
    if (key === shown) return;
    shown = key;
    banner.removeAttribute("data-waiting");
    banner.dataset["tone"] = content.tone;
    banner.dataset["campaign"] = key;
    const art = content.art.split(" ");
    banner.replaceChildren(
      el("div", { class: "banner-words" },
        el("p", { class: "kicker" }, content.kicker),
        el("h2", { class: "banner-title" }, content.title),
        el("p", { class: "banner-text" }, content.text),
        el("a", { class: "button", href: content.href }, content.button)),
      el("div", { class: "banner-art", "data-pieces": art.length },
        ...art.map((picture) => el("img", { src: pictureUrl(picture), alt: "", width: 400, height: 400 }))),
    );
  }

  function sayUntil(holdsUntil: number | null): void {
    if (holdsUntil === null) {
      setText(holds, "Does not change by itself in the next 400 days.");
      until.remove();
      return;
    }
    setText(holds, "Holds until ");
    setText(until, moment(holdsUntil));
    until.dateTime = new Date(holdsUntil).toISOString();
    if (!until.parentNode) holds.after(until);
  }

  return {
    element,
    draw(shop) {
      const decision = shop.decide("hero");
      const content = decision.content as unknown as Content | null;
      show(content ?? house, content ? `${decision.campaign}` : "house");
      setText(campaign, content ? content.label : "None");
      setText(reason, content ? `, shown because ${content.because}. ` : ": no campaign is meant for you now. ");
      if (!line.firstChild) line.append("Campaign ", campaign, reason, holds);
      sayUntil(decision.holdsUntil);
    },
    drawWithout() {
      show(house, "house");
      line.replaceChildren("The shop's own banner: there is no plan to choose another by.");
    },
  };
}
