import { hasStatus, type Output } from "./output.js";

/** How far the reading of a long file has come, on one line of the terminal. */
export interface Progress {
  /** These bytes were read, and so many of the file so far. */
  readonly add: (bytes: Uint8Array, read: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** Milliseconds before the line is shown at all, and between two of them. */
const PATIENCE = 500;
const BETWEEN = 100;
const WIDTH = 24;
const NEWLINE = 10;

/** `size`: of the file in bytes, as far as it is known. */
export function progressOf(file: string, size: number | null, output: Output): Progress {
  if (!hasStatus()) return { add: () => undefined, end: () => undefined };
  const begun = performance.now();
  let shown = begun + PATIENCE - BETWEEN;
  let lines = 0;
  return {
    add(bytes, read) {
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
      const now = performance.now();
      if (now - shown < BETWEEN) return;
      shown = now;
      const share = size ? Math.min(1, read / size) : null;
      const done = Math.round((share ?? 0) * WIDTH);
      output.status([
        file,
        ...(share === null ? [] : [`[${"#".repeat(done)}${"-".repeat(WIDTH - done)}] ${Math.floor(share * 100)} %`]),
        `${lines.toLocaleString("en-US").replaceAll(",", " ")} lines`,
        `${(read / 1000 / (now - begun)).toFixed(1)} MB/s`,
      ].join("  "));
    },
    end: () => output.status(null),
  };
}
