/** What survives a reload: package, visitor, instant, and which segment is looked at. It stays in this browser. */
import { pretty } from "./document/format.ts";
import { fragmentOf, type Shared } from "./document/link.ts";
import { withoutTests } from "./document/package.ts";
import { isTree, treeIn, type Tree } from "./document/tree.ts";
import { exampleNow, examplePackage, exampleSegment, exampleVisitor } from "./example.ts";

const key = "regulars.playground";
/** What was changed in this tab since a link was opened. */
const linkKey = "regulars.playground.link";

export interface State {
  readonly package: string;
  readonly visitor: string;
  readonly now: number;
  /** The id of the segment that is looked at. */
  readonly segment: string;
  /** What the page knows at that instant: device, place, address. */
  readonly context: Tree;
  /** The package to compare with: as it was when it was last saved, or came. */
  readonly saved: string;
}

export const example: State = {
  package: examplePackage, visitor: exampleVisitor, now: exampleNow, segment: exampleSegment, context: {}, saved: examplePackage,
};

export const isExample = (state: State): boolean =>
  state.package === example.package && state.visitor === example.visitor && state.now === example.now && state.segment === example.segment &&
  state.saved === example.saved && Object.keys(state.context).length === 0;

function stateIn(text: string | null): State | null {
  const kept: unknown = JSON.parse(text ?? "null");
  if (!isTree(kept) || typeof kept["package"] !== "string" || typeof kept["visitor"] !== "string" || !Number.isSafeInteger(kept["now"])) return null;
  const { package: source, visitor, now, segment, context, saved } = kept;
  return {
    package: source, visitor, now: now as number,
    segment: typeof segment === "string" ? segment : "",
    context: isTree(context) ? context : {},
    saved: typeof saved === "string" ? saved : source,
  };
}

export function readState(): State {
  try {
    return stateIn(localStorage.getItem(key)) ?? example;
  } catch {
    // No storage, or not ours: the example it is.
    return example;
  }
}

/** Whether it could be kept: storage may be full or forbidden. */
export function keepState(state: State): boolean {
  try {
    if (isExample(state)) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}

/** A link's case as it was changed in this tab, so that a reload does not lose it. `null`: it was not. */
export function readLinkState(fragment: string): State | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(linkKey) ?? "null");
    return isTree(kept) && kept["fragment"] === fragment ? stateIn(JSON.stringify(kept["state"])) : null;
  } catch {
    return null;
  }
}

export function keepLinkState(fragment: string, state: State): boolean {
  try {
    sessionStorage.setItem(linkKey, JSON.stringify({ fragment, state }));
    return true;
  } catch {
    return false;
  }
}

/** Minified if it is JSON; else as it stands. */
const partOf = (text: string): Tree | string => treeIn(text) ?? text;

/** The visitor, and those in the tests, go along only when asked for. */
export function shareOf(state: State, visitors: boolean): Promise<string> {
  const source = partOf(state.package);
  const shared: Shared = {
    package: visitors || typeof source === "string" ? source : withoutTests(source),
    segment: state.segment, now: state.now,
    ...(Object.keys(state.context).length > 0 ? { context: state.context } : {}),
    ...(visitors ? { visitor: partOf(state.visitor) } : {}),
  };
  return fragmentOf(shared);
}

/** The case of a link; what it does not bring is one's own. */
export function stateOf(shared: Shared, own: State): State {
  const text = (part: Shared["package"]): string => (typeof part === "string" ? part : pretty(part));
  const source = text(shared.package);
  return {
    package: source, saved: source, segment: shared.segment, now: shared.now, context: shared.context ?? {},
    visitor: shared.visitor === undefined ? own.visitor : text(shared.visitor),
  };
}
