/** What survives a reload: package, visitor, instant, and which segment is looked at. It stays in this browser. */
import { isTree, type Tree } from "./document/tree.ts";
import { exampleNow, exampleSegment, exampleTexts } from "./example.ts";

const key = "regulars.playground";
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

/** Before it is loaded, nothing. */
export let example: State = { package: "{}", visitor: "{}", now: exampleNow, segment: exampleSegment, context: {}, saved: "{}" };

/** To be awaited before the state is read. */
export async function loadExample(): Promise<void> {
  const texts = await exampleTexts().catch(() => null);
  if (texts) example = { ...example, ...texts, saved: texts.package };
}

export const isExample = (state: State): boolean =>
  state.package === example.package && state.visitor === example.visitor && state.now === example.now && state.segment === example.segment &&
  state.saved === example.saved && Object.keys(state.context).length === 0;

export function stateIn(text: string | null): State | null {
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
