/** Elements without HTML strings: the page's policy forbids them. */

export type Child = Node | string | number | null | undefined | false;
type Attributes = Record<string, string | number | boolean | undefined | ((event: never) => void)>;

export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value as (event: Event) => void);
    else element.setAttribute(key, value === true && !key.startsWith("data-") ? "" : String(value));
  }
  element.append(...children.flatMap((child) => (child === null || child === undefined || child === false ? [] : [typeof child === "number" ? String(child) : child])));
  return element;
}

/** Custom properties: the policy allows no style attributes, but a script may set them one by one. */
export function styled<E extends HTMLElement>(element: E, properties: { readonly [name: `--${string}`]: string | number }): E {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, String(value));
  return element;
}

/** Text for screen readers alone. */
export const unseen = (text: string): HTMLElement => el("span", { class: "unseen" }, text);

export function button(text: Child, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return el("button", { type: "button", class: "button", onclick: act, ...attributes }, text);
}

/** Writes only what differs, so that a live region is not read out again. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Draws anew, and puts the focus back on what has the same `data-key`, so that a keyboard
 * user stays where they were while answers come in.
 */
export function redraw(parent: HTMLElement, ...children: Child[]): void {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && parent.contains(focused) ? focused.dataset["key"] : undefined;
  parent.replaceChildren(...children.filter((child): child is Node | string => child instanceof Node || typeof child === "string"));
  if (key) parent.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
