/** Custom properties of an element, set through its style object: a page's policy may forbid `style` attributes. */
import { nothing } from "lit";
import { Directive, directive, type ElementPart, PartType, type PartInfo } from "lit/directive.js";

class Vars extends Directive {
  private last: ReadonlySet<string> = new Set();

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("vars() stands in a tag, by itself.");
  }

  render(_values: Readonly<Record<string, string | number>>): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [values]: [Readonly<Record<string, string | number>>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    const names = new Set(Object.keys(values));
    for (const name of this.last) if (!names.has(name)) style.removeProperty(name);
    for (const [name, value] of Object.entries(values)) style.setProperty(name, String(value));
    this.last = names;
    return nothing;
  }
}

/** `<i ${vars({ "--share": 0.4 })}>` */
export const vars = directive(Vars);
