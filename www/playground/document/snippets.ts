/** The present segment as code: the package it needs, and how a page asks for it. */
import type { Json } from "regulars/engine";
import { pretty } from "./format.ts";
import { reachOf, segmentsIn } from "./package.ts";
import type { Tree } from "./tree.ts";

export type SnippetKind = "script" | "npm" | "react";

export interface Snippet {
  readonly kind: SnippetKind;
  /** Where it goes. */
  readonly file: string;
  readonly code: string;
}

const SETTINGS = ["regulars", "timeZone", "currency", "rates", "weekStartsOn", "visitTimeoutMinutes", "keepDays", "retention", "predictions"];

/** A package with one segment and those it refers to. */
export function packageFor(source: Tree, segment: string): Tree {
  const segments = segmentsIn(source);
  const own = segments.find(({ id }) => id === segment);
  const reached = reachOf(source, own?.source["rule"]);
  const kept = segments.filter(({ id }) => id === segment || reached.has(id)).map((part): Json => part.source);
  return { ...Object.fromEntries(SETTINGS.flatMap((key) => (source[key] === undefined ? [] : [[key, source[key]]]))), segments: kept };
}

export const packageText = (source: Tree, segment: string): string => pretty(packageFor(source, segment));

/** Text between quotes in a script, also one that stands in HTML. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

export function snippetsFor(segment: string): readonly Snippet[] {
  const id = quoted(segment);
  return [
    {
      kind: "script", file: "index.html",
      code: `<script src="regulars.script.js"></script>
<script>
  Regulars.start({ plan: "regulars.plan" }).then((shop) => {
    window.shop = shop;
    const show = () => { document.documentElement.dataset.member = String(shop.is(${id})); };
    show();
    shop.subscribe(show); // after an event, and when only time has passed
  });
  // On the thank-you page:
  // shop.track({ type: "conversion", id: "1001", value: "59.90" });
</script>
`,
    },
    {
      kind: "npm", file: "main.js",
      code: `import { start } from "regulars";

export const shop = await start({ plan: "/regulars.plan" });

const show = () => { document.documentElement.dataset.member = String(shop.is(${id})); };
show();
shop.subscribe(show); // after an event, and when only time has passed

// On the thank-you page:
// shop.track({ type: "conversion", id: "1001", value: "59.90" });
`,
    },
    {
      kind: "react", file: "segment.jsx",
      code: `import { useEffect, useState } from "react";
import { start } from "regulars";

const starting = start({ plan: "/regulars.plan" });

/** Whether the visitor is in a segment; \`false\` until that is known. */
export function useSegment(id) {
  const [member, setMember] = useState(false);
  useEffect(() => {
    let stop = () => {};
    let gone = false;
    starting.then((shop) => {
      if (gone) return;
      setMember(shop.is(id));
      stop = shop.subscribe(() => setMember(shop.is(id)));
    });
    return () => {
      gone = true;
      stop();
    };
  }, [id]);
  return member;
}

export function OnlyForMembers({ children }) {
  return useSegment(${id}) ? children : null;
}
`,
    },
  ];
}
