// The shop's clock: the device's, moved by the time machine, or stopped at one instant. It survives a reload.

const key = "veld-volt.clock";
type State = { shift: number; stopped: number | null };

let state = read();

function read(): State {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Partial<State> | null;
    if (kept && Number.isFinite(kept.shift)) {
      return { shift: kept.shift as number, stopped: Number.isFinite(kept.stopped) ? (kept.stopped as number) : null };
    }
  } catch {
    // No storage, or not ours: the clock simply tells the device's time.
  }
  return { shift: 0, stopped: null };
}

function keep(next: State): void {
  state = next;
  try {
    if (next.shift === 0 && next.stopped === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // Without storage the move lasts until the page is left.
  }
}

export const now = (): number => state.stopped ?? Date.now() + state.shift;
export const isStopped = (): boolean => state.stopped !== null;
export const isMoved = (): boolean => state.shift !== 0 || state.stopped !== null;

export function moveTo(instant: number): void {
  keep({ shift: instant - Date.now(), stopped: state.stopped === null ? null : instant });
}

export function stopAt(instant: number): void {
  keep({ shift: instant - Date.now(), stopped: instant });
}

// Time goes on from where it stood.
export function run(): void {
  if (state.stopped !== null) keep({ shift: state.stopped - Date.now(), stopped: null });
}

export function reset(): void {
  keep({ shift: 0, stopped: null });
}
