/** What the elements share: one shadow root, a language, a theme, and announcements for those who hear the page. */
import { html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit";
import type { SharedProperties } from "../types.js";
import { type Formats, formats, type Language, languageOf } from "./language.js";

export abstract class RegularsElement extends LitElement implements SharedProperties {
  static override properties: PropertyDeclarations = {
    language: { reflect: true },
    lang: {},
    theme: { reflect: true },
    announced: { state: true },
  };

  /** `en` or `nl`; without it the nearest `lang` decides. */
  declare language: Language | null;
  /** `light`, `dark` or `auto`; without it the page decides. */
  declare theme: SharedProperties["theme"];
  declare protected announced: string;

  constructor() {
    super();
    this.language = null;
    this.theme = null;
    this.announced = "";
  }

  /** The language in which this element speaks now. */
  get speaks(): Language {
    return languageOf(this, this.language);
  }

  get formats(): Formats {
    return formats(this.speaks);
  }

  /** Says something to those who hear the page; the same text twice is said twice. */
  announce(text: string): void {
    this.announced = this.announced === text ? `${text}\u00a0` : text;
  }

  /** The live region; every element renders it once. */
  protected liveRegion(): TemplateResult {
    return html`<p class="said" role="status" aria-live="polite">${this.announced}</p>`;
  }

  /** Tells the page, as any element does: `composed`, so that it is heard outside of another shadow root too. */
  tell<Detail>(name: string, detail: Detail): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
