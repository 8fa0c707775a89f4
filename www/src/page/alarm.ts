/** One timer for the next change, by a clock that may be set while it runs. */
export interface Alarm {
  /** Rings when `instant` has come, in place of any earlier wish; `null`: not at all. */
  readonly set: (instant: number | null) => void;
}

/**
 * While something is awaited, the clock is looked at once a minute: it may be set, a laptop may sleep, and
 * `setTimeout` by itself cannot wait 25 days.
 */
const LOOK_AGAIN = 60_000;
/** A clock that stands still is looked at more and more seldom, down to this. */
const STILL = 1000;

/** An alarm by the clock `now`. It also rings when the clock is found to have been turned back. */
export function alarmOf(now: () => number, ring: () => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** `still`: how often in a row the clock was found where it stood. Once may be a timer that came early by a fraction. */
  const wait = (awaited: number, seen: number, still = 0): void => {
    timer = setTimeout(() => {
      const instant = now();
      if (instant >= awaited || instant < seen) ring();
      else wait(awaited, instant, instant > seen ? 0 : still + 1);
    }, Math.min(Math.max(awaited - seen, still > 1 ? Math.min(2 ** (still - 1), STILL) : 0), LOOK_AGAIN));
    // In Node nothing is kept alive by waiting.
    (timer as { unref?: () => void }).unref?.();
  };
  return {
    set(instant) {
      clearTimeout(timer);
      if (instant !== null) wait(instant, now());
    },
  };
}

/** Calls `look` whenever the page comes back: from another tab, or whole from the browser's memory. Returns the way to end that. */
export function onShown(look: () => void): () => void {
  const { window, document } = globalThis;
  const seen = (): void => {
    if (document.visibilityState !== "hidden") look();
  };
  const back = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) look();
  };
  window?.addEventListener("pageshow", back);
  document?.addEventListener("visibilitychange", seen);
  return () => {
    window?.removeEventListener("pageshow", back);
    document?.removeEventListener("visibilitychange", seen);
  };
}
