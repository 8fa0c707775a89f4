/** What is done to a visitor: pure functions on their JSON. */
import type { Json } from "regulars/engine";
import { listOf, type Tree } from "./tree.ts";

const withEvents = (visitor: Tree, events: readonly Json[]): Tree => ({ ...visitor, events });

/** `place`: which event is replaced; without it the event is new. */
export function putEvent(visitor: Tree, event: Tree, place?: number): Tree {
  const events = listOf(visitor["events"]);
  return withEvents(visitor, place === undefined ? [...events, event] : events.map((other, index) => (index === place ? event : other)));
}

export const dropEvent = (visitor: Tree, place: number): Tree => withEvents(visitor, listOf(visitor["events"]).filter((_, index) => index !== place));

/** The same event at another instant. */
export function moveEvent(visitor: Tree, place: number, at: string): Tree {
  const event = listOf(visitor["events"])[place];
  return typeof event === "object" && event !== null && !Array.isArray(event) ? putEvent(visitor, { ...(event as Tree), at }, place) : visitor;
}
