/** What survives a reload: the two texts and the instant. It stays in this browser. */
import { exampleNow, examplePackage, exampleVisitor } from "./example.ts";

const key = "regulars.playground";

export interface State {
  readonly package: string;
  readonly visitor: string;
  readonly now: number;
}

export const example: State = { package: examplePackage, visitor: exampleVisitor, now: exampleNow };

export const isExample = (state: State): boolean =>
  state.package === example.package && state.visitor === example.visitor && state.now === example.now;

export function readState(): State {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Partial<State> | null;
    if (typeof kept?.package === "string" && typeof kept.visitor === "string" && Number.isSafeInteger(kept.now)) return kept as State;
  } catch {
    // No storage, or not ours: the example it is.
  }
  return example;
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
