/**
 * Reads the markup of a template into nodes. Lit would hand it to `innerHTML`, which a page with trusted types forbids without a policy of
 * ours. The markup is our own: tags are closed, attributes are quoted or are Lit's marks, and there are no entities.
 */

const TOKEN = /<!--([^]*?)-->|<\/([\w-]+)\s*>|<(\?[^>]*)>|<([a-zA-Z][\w-]*)((?:\s+[^\s"'>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|\s*)*)\s*(\/?)>|[^<]+/g;
const ATTRIBUTE = /([^\s"'>/=]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const EMPTY = /^(?:input|br|hr|img|col|wbr)$/;
const SVG = "http://www.w3.org/2000/svg";

/** Puts the nodes of the markup into the template. */
export function readTemplate(template: HTMLTemplateElement, markup: string): void {
  // The owner of a template's content is inert: nothing upgrades or loads in it.
  const { content } = template;
  const owner = content.ownerDocument;
  let parent: Node = content;
  let svg = 0;
  for (const [text, comment, closed, mark, name, attributes = "", self] of String(markup).matchAll(TOKEN)) {
    if (comment !== undefined || mark !== undefined) {
      parent.appendChild(owner.createComment(comment ?? mark ?? ""));
    } else if (closed !== undefined) {
      if (svg > 0) svg--;
      parent = parent.parentNode ?? content;
    } else if (name !== undefined) {
      const inSvg = svg > 0 || name === "svg";
      const element = inSvg ? owner.createElementNS(SVG, name) : owner.createElement(name);
      for (const [, key = "", double, single, bare] of attributes.matchAll(ATTRIBUTE)) setAttribute(element, key, double ?? single ?? bare ?? "");
      parent.appendChild(element);
      if (self !== "/" && !EMPTY.test(name)) {
        parent = element;
        if (inSvg) svg++;
      }
    } else {
      parent.appendChild(owner.createTextNode(text));
    }
  }
}

/** Lit finds a bound attribute by its ending; the sign in front, which `setAttribute` refuses in some browsers, is told by Lit's own list. */
function setAttribute(element: Element, key: string, value: string): void {
  element.setAttribute(key.replace(/^[@.?]/, (sign) => ({ "@": "on-", ".": "of-", "?": "is-" })[sign] ?? ""), value);
}
