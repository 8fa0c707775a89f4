import { replaceAll, text } from "./builtins.js";
import type { Refusal } from "./types.js";

/** Why an event, or a part of a visitor, cannot be read: the code, which is stable, and the sentence for people. */
export const SENTENCES = {
  wrong_type: "This kind of value cannot be read here. An event is an object; its items are a list of objects, its numbers are numbers or decimal texts.",
  missing_key: "Every event needs this: a type that is not empty, and the instant at which it happened.",
  unknown_key: "There is no such key here. Is it misspelt? Values of your own go into properties.",
  bad_number: "This is no plain decimal such as 59.90 (a revision is whole), at most 900000000000 in size.",
  bad_instant: "This is no instant: write whole milliseconds since 1970, or a date and time with an offset such as 2026-03-01T12:00:00+01:00.",
  event_too_large: "The event takes more than 64 KiB as JSON: leave out what no rule asks for.",
  too_many_items: "An event may have at most 200 items: join equal lines by their quantity.",
  too_many_properties: "An event may have at most 100 properties: leave out those that no rule asks for.",
  too_deep: "An event may be nested at most 8 levels deep: lift what rules ask for into properties of its own.",
  text_too_long: "A text may take at most 4 KiB: shorten it.",
};

/** What is thrown, and caught again, where something cannot be read. */
export type Code = keyof typeof SENTENCES;

/** The way to a part: keys and places in lists, from the outside. */
export type Path = (string | number)[];

/** The refusal for what was thrown on the way along `path`; what is no code of ours came from a value that is no data. */
export function refusalOf(index: number, thrown: unknown, path: Path): Refusal {
  const code = typeof thrown === "string" && Object.hasOwn(SENTENCES, thrown) ? (thrown as Code) : "wrong_type";
  const pointer = path.map((step) => `/${replaceAll(replaceAll(text(step), "~", "~0"), "/", "~1")}`).join("");
  return { index, code, pointer, message: SENTENCES[code] };
}
