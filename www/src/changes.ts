/** What is different between two answers about one visitor. */
import type { Changes, Evaluation } from "./types.js";

/** What of `after` was not so in `before`. Segments that only one of the two knows are not compared. */
export function changes(before: Evaluation, after: Evaluation): Changes {
  const turned = (member: boolean): string[] =>
    Object.keys(after.segments).filter((id) => after.segments[id]?.member === member && before.segments[id]?.member === !member);
  const [from, to] = [before.retention.cell, after.retention.cell];
  return { entered: turned(true), left: turned(false), cell: from === to ? null : { from, to } };
}
