/** Registers the elements under their own names. A name that is already taken is left alone, and that is said. */
import { RegularsEditor } from "./index.js";

for (const [name, element] of Object.entries({ "regulars-editor": RegularsEditor })) {
  if (globalThis.customElements === undefined) continue;
  const other = customElements.get(name);
  if (other === undefined) customElements.define(name, element);
  else if (other !== element) console.warn(`Regulars: <${name}> is already defined by another script; that one stays.`);
}

declare global {
  interface HTMLElementTagNameMap {
    "regulars-editor": RegularsEditor;
  }
}
